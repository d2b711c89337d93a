package dev.gatehouse.testkit.simulator;

import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What must hold after every step. What the provider did is read from its ledger, not from us. */
final class Checks {
  private final World world;
  private final Set<String> completed = new HashSet<>();

  /** Operations whose times were read from a clock that jumped: no settle time holds for them. */
  private final Set<String> mistimed = new HashSet<>();

  /** How much had happened when everything was checked last. */
  private long checked = -1;

  Checks(World world) {
    this.world = world;
  }

  /** A request that can move money is about to be sent. */
  void intent(HttpRequest request) {
    String key = world.provider.simulated().key(request).orElse("");
    int end = key.indexOf('.');
    Optional<Payment> payment =
        end < 0 ? Optional.empty() : world.store.payment(new PaymentId(key.substring(0, end)));
    if (payment.flatMap(p -> p.operation(key)).isEmpty()) {
      throw new ViolationFound(
          Invariant.INTENT_FIRST, key, "was sent, and no such operation is saved");
    }
  }

  /** A hook is about to be told. */
  void order(Audience audience, LifecycleEvent event) {
    String subject = event.header().subject();
    List<String> firsts = audience.firsts(subject);
    List<String> timeline = timeline(audience, subject);
    String id = event.header().id();
    boolean next = timeline.indexOf(id) <= firsts.size() && timeline.contains(id);
    if (!next) {
      throw new ViolationFound(
          Invariant.HOOKS_HEAR_ALL,
          id,
          "hook " + audience.id() + " was told too early, or of what was not committed");
    }
    boolean goesBack = audience.last(subject).filter(l -> later(timeline, l, id)).isPresent();
    if (goesBack) {
      throw new ViolationFound(
          Invariant.HOOKS_HEAR_ALL,
          id,
          "hook " + audience.id() + " was told again of what came before what it was told last");
    }
  }

  private static boolean later(List<String> timeline, String one, String other) {
    return timeline.indexOf(one) > timeline.indexOf(other);
  }

  List<String> timeline(Audience audience, String subject) {
    return world.store.timeline(subject).stream()
        .filter(audience::wants)
        .map(event -> event.header().id())
        .toList();
  }

  /** An event was committed. */
  void raised(LifecycleEvent event) {
    if (event instanceof CheckoutCompleted done && !completed.add(done.checkout().value())) {
      throw new ViolationFound(
          Invariant.EVENTS_ARE_TRUE, done.checkout().value(), "CheckoutCompleted was raised twice");
    }
  }

  /** Something is shown to somebody. */
  void noSecrets(String where, Object shown) {
    String text = String.valueOf(shown);
    if (text.contains(World.CANARY)) {
      throw new ViolationFound(Invariant.NO_SECRETS, where, "shows a secret");
    }
    if (shown instanceof Throwable thrown && thrown.getCause() != null) {
      noSecrets(where, thrown.getCause());
    }
  }

  /** We were told that a customer is erased. */
  void erased(CustomerId id) {
    boolean known =
        world.store.customer(id).filter(c -> !c.isErased()).isPresent()
            || world.store.checkouts().stream()
                .filter(c -> c.customer().equals(id))
                .flatMap(c -> c.membership().flatMap(world.store::membership).stream())
                .anyMatch(m -> m.cancelReason().isPresent());
    if (known) {
      throw new ViolationFound(Invariant.NO_SECRETS, id.value(), "was erased, and is still known");
    }
  }

  void clockJumps() {
    for (Payment payment : world.store.payments()) {
      payment.operations().forEach(operation -> mistimed.add(operation.key()));
    }
  }

  /** A step was done. */
  void step() {
    if (world.isSkewed()) {
      clockJumps();
    }
    Ledger ledger = world.ledger();
    long now = world.commits * 1_000_000L + world.provider.activity();
    if (now == checked) {
      return;
    }
    checked = now;
    oneEffect(ledger);
    for (Payment payment : world.store.payments()) {
      withinFunds(payment, ledger);
      absenceIsTrue(payment, ledger);
      noSecrets("payment " + payment.id(), payment.notes());
    }
  }

  private void oneEffect(Ledger ledger) {
    for (Map.Entry<String, Set<String>> operation : world.provider.keysByOperation().entrySet()) {
      int effects = operation.getValue().stream().mapToInt(ledger::effectsOf).sum();
      if (effects > 1) {
        throw new ViolationFound(
            Invariant.ONE_EFFECT, operation.getKey(), "had " + effects + " effects");
      }
    }
  }

  private static void withinFunds(Payment payment, Ledger ledger) {
    if (payment.operations().size() < 2 || payment.currency().isEmpty()) {
      return;
    }
    CurrencyUnit currency = payment.currency().get();
    Money captured = sum(currency, charges(payment, ledger).map(Ledger.Charge::captured));
    Money held =
        sum(
            currency,
            charges(payment, ledger)
                .flatMap(charge -> charge.authorization().stream())
                .map(Ledger.Authorization::amount));
    demandWithin(payment, OperationKind.REFUND, captured, ledger);
    demandWithin(payment, OperationKind.CAPTURE, held, ledger);
  }

  private static void demandWithin(Payment payment, OperationKind kind, Money most, Ledger ledger) {
    Money asked =
        sum(
            most.getCurrencyUnit(),
            payment.operations().stream()
                .filter(o -> o.kind() == kind && mayTakeEffect(payment, o, ledger))
                .flatMap(o -> o.amount().stream()));
    if (asked.isGreaterThan(most)) {
      throw new ViolationFound(
          Invariant.WITHIN_FUNDS,
          payment.id().value(),
          kind + " of " + asked + " was asked for, and there are " + most);
    }
  }

  private static boolean mayTakeEffect(Payment payment, Operation operation, Ledger ledger) {
    OperationStatus status = payment.status(operation);
    boolean over =
        status == OperationStatus.FAILED
            || status == OperationStatus.NO_EFFECT && operation.closed();
    boolean undone =
        ledger.refundsByKey(operation.key()).stream()
            .anyMatch(r -> r.status().equals("failed") || r.status().equals("reversed"));
    return !over && !undone;
  }

  /** What all of its sends are said not to have had, an operation has not had. */
  private void absenceIsTrue(Payment payment, Ledger ledger) {
    for (Operation operation : payment.operations()) {
      boolean claimed = true;
      for (int number = 1; number <= operation.sends() && claimed; number++) {
        Chain<SendStep> send = payment.facts().sends().get(operation.sendKey(number));
        claimed = send != null && send.isAt(SendStep.HAD_NONE);
      }
      if (claimed && !mistimed.contains(operation.key()) && ledger.effectsOf(operation.key()) > 0) {
        throw new ViolationFound(
            Invariant.ABSENCE_IS_TRUE,
            operation.key(),
            "is said to have had no effect, and had one");
      }
    }
  }

  /** The provider's charges that belong to a payment: by our reference, or found by their id. */
  static Stream<Ledger.Charge> charges(Payment payment, Ledger ledger) {
    return payment.terms().isPresent()
        ? ledger.chargesOf(payment.id().value()).stream()
        : payment.facts().attempts().keySet().stream().flatMap(id -> ledger.charge(id).stream());
  }

  static Money sum(CurrencyUnit currency, Stream<Money> amounts) {
    return amounts
        .filter(amount -> amount.getCurrencyUnit().equals(currency))
        .reduce(Money.zero(currency), Money::plus);
  }
}
