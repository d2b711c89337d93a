package dev.gatehouse.testkit.simulator;

import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.OperatorReport.Finding;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What operators do: they look at the provider's console and at the bank's statements, and say what
 * they see there. They never guess. Each says whether it was possible.
 */
final class OperatorSteps {
  private static final String ACTOR = "operator";

  private final World world;

  OperatorSteps(World world) {
    this.world = world;
  }

  private record InQuestion(Payment payment, Operation operation, Optional<String> effect) {}

  /** Settles an operation that was left to a person, as the provider's ledger says. */
  boolean settle() {
    List<InQuestion> open = leftToPeople();
    if (open.isEmpty() || world.isInCall()) {
      return false;
    }
    settle(world.oneOf(open));
    return true;
  }

  private void settle(InQuestion question) {
    String key = question.operation().key();
    SettleOperation command =
        new SettleOperation(
            question.payment().id(), key, question.effect(), ACTOR, "seen at the console");
    world.by(
        ACTOR + " says that " + key + question.effect().map(e -> " was " + e).orElse(" was not"),
        node -> tell(node.engine().settle(command)));
  }

  private List<InQuestion> leftToPeople() {
    List<InQuestion> open = new ArrayList<>();
    Ledger ledger = world.ledger();
    for (Payment payment : world.store.payments()) {
      for (Operation operation : payment.operations()) {
        boolean inQuestion =
            operation.leftToPerson() && payment.status(operation) == OperationStatus.IN_DOUBT;
        if (inQuestion && !world.provider.isAwaited(operation.key())) {
          Optional<String> effect = effectOf(payment, operation, ledger);
          if (effect.isPresent() || ledger.effectsOf(operation.key()) == 0) {
            open.add(new InQuestion(payment, operation, effect));
          }
        }
      }
    }
    return open;
  }

  /**
   * What an operation did. Not settled are refunds that the bank has not decided on, and charges
   * that did anything else than take what was asked for: one id says too little of them.
   */
  private static Optional<String> effectOf(Payment payment, Operation operation, Ledger ledger) {
    String key = operation.key();
    if (operation.kind() == OperationKind.REMOVE) {
      return ledger
          .method(operation.target())
          .filter(Ledger.Method::isRemoved)
          .map(Ledger.Method::id);
    }
    if (ledger.effectsOf(key) == 0) {
      return Optional.empty();
    }
    return switch (operation.kind()) {
      case CHARGE ->
          ledger.chargesByKey(key).stream()
              .filter(charge -> isPlain(payment, charge))
              .map(Ledger.Charge::id)
              .findFirst();
      case CAPTURE -> ledger.capturesByKey(key).stream().map(Ledger.Capture::id).findFirst();
      case REFUND ->
          ledger.refundsByKey(key).stream()
              .filter(r -> r.status().equals("succeeded") || r.status().equals("reversed"))
              .map(Ledger.Refund::id)
              .findFirst();
      case COMPLETE ->
          ledger
              .charge(operation.target())
              .filter(charge -> isPlain(payment, charge))
              .map(Ledger.Charge::id);
      case VOID, REMOVE -> Optional.of(operation.target());
      case SET_UP -> Optional.empty();
    };
  }

  /** Whether a charge took what was asked for, at once, so that one id says it all. */
  private static boolean isPlain(Payment payment, Ledger.Charge charge) {
    return charge.authorization().isEmpty()
        && charge.status().equals("succeeded")
        && payment.terms().filter(t -> t.amount().equals(charge.amount())).isPresent();
  }

  /** The customer's money arrives; now and then twice, or a little less and then the rest. */
  boolean transferArrives() {
    List<Payment> waiting =
        world.bank.payments().stream()
            .filter(p -> !world.bank.isGivenUp(p) && world.bank.arrivals(p).size() < 2)
            .toList();
    if (waiting.isEmpty()) {
      return false;
    }
    Payment payment = world.oneOf(waiting);
    Money asked = payment.terms().orElseThrow().amount();
    boolean little = world.bank.arrivals(payment).isEmpty() && world.random.nextInt(6) == 0;
    Money amount = little ? asked.minusMinor(1) : world.bank.missing(payment).orElse(asked);
    arrives(payment, amount);
    return true;
  }

  private void arrives(Payment payment, Money amount) {
    boolean again = !world.bank.arrivals(payment).isEmpty();
    String movement = again ? Bank.transfer(payment) + "-2" : Bank.transfer(payment);
    world.bank.arrive(payment, movement, amount);
    reportArrival(payment, movement, amount);
  }

  private void reportArrival(Payment payment, String movement, Money amount) {
    boolean second = !movement.equals(Bank.transfer(payment));
    report(
        payment, Finding.MONEY_ARRIVED, amount, second ? Optional.of(movement) : Optional.empty());
  }

  /** The customer says that they will not pay. */
  boolean transferNeverArrives() {
    List<Payment> waiting =
        world.bank.payments().stream()
            .filter(p -> !world.bank.isGivenUp(p) && world.bank.arrivals(p).isEmpty())
            .toList();
    if (waiting.isEmpty()) {
      return false;
    }
    Payment payment = world.oneOf(waiting);
    world.bank.giveUp(payment);
    reportGivenUp(payment);
    return true;
  }

  private void reportGivenUp(Payment payment) {
    Money asked = payment.terms().orElseThrow().amount();
    report(payment, Finding.MONEY_WILL_NOT_ARRIVE, asked, Optional.empty());
  }

  /** Somebody makes a transfer back, or finds that it can't be made. */
  boolean transferBack() {
    List<Payment> waiting =
        world.bank.payments().stream().filter(p -> !Bank.openRefunds(p).isEmpty()).toList();
    if (waiting.isEmpty()) {
      return false;
    }
    Payment payment = world.oneOf(waiting);
    transferBack(payment, world.oneOf(List.copyOf(Bank.openRefunds(payment).keySet())));
    return true;
  }

  private void transferBack(Payment payment, String refund) {
    if (world.bank.refund(refund).isEmpty()) {
      world.bank.decide(refund, world.random.nextInt(4) > 0);
    }
    boolean sent = world.bank.refund(refund).orElseThrow();
    Movement movement = Optional.ofNullable(payment.facts().movements().get(refund)).orElseThrow();
    report(
        payment,
        sent ? Finding.REFUND_SENT : Finding.REFUND_NOT_SENT,
        movement.amount().value().orElseThrow(),
        Optional.of(refund));
  }

  private void report(Payment payment, Finding finding, Money amount, Optional<String> movement) {
    ReportMoney command =
        new ReportMoney(payment.id(), finding, amount, movement, ACTOR, "seen on the statement");
    world.by(
        ACTOR + " reports " + finding + " " + amount + " of " + payment.id(),
        node -> tell(node.engine().report(command)));
  }

  /** In the end, what has not come will not come, and who paid too little pays the rest. */
  void giveUpAll() {
    for (Payment payment : world.bank.payments()) {
      if (world.bank.arrivals(payment).isEmpty()) {
        world.bank.giveUp(payment);
      } else {
        world.bank.missing(payment).ifPresent(rest -> arrives(payment, rest));
      }
    }
  }

  /** Everything is reported once more, and nothing is left open that people can decide. */
  void finishAll() {
    for (Payment payment : world.bank.payments()) {
      for (Map.Entry<String, Money> arrival : world.bank.arrivals(payment).entrySet()) {
        if (!payment.facts().movements().containsKey(arrival.getKey())) {
          reportArrival(payment, arrival.getKey(), arrival.getValue());
        }
      }
      if (world.bank.isGivenUp(payment) && payment.state() == PaymentState.ACTION_REQUIRED) {
        reportGivenUp(payment);
      }
      Bank.openRefunds(payment).keySet().forEach(refund -> transferBack(payment, refund));
    }
    leftToPeople().forEach(this::settle);
  }

  private void tell(Payment payment) {
    world.checks.noSecrets("payment " + payment.id(), payment);
    world.tell("= " + payment.id() + " is " + payment.state());
  }
}
