package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.jdbc.death.Said.Kind;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Holds what is stored against the provider's ledger and against what the processes said. */
final class Audit {
  private static final CurrencyUnit CURRENCY = Flow.TOTAL.getCurrencyUnit();

  /** What must not be. */
  enum Offence {
    CHARGED_TWICE,
    WRITE_LOST,
    EVENT_LOST,
    ORDER_BROKEN,
    LEFT_IN_DOUBT,
    VIEW_UNTRUE
  }

  /** One of them, and what it is about. */
  record Violation(Offence offence, String what) {}

  /**
   * What came of a run.
   *
   * @param payments how many are stored
   * @param resent how many operations were sent more than once
   * @param people how many operations are in a person's hands
   * @param events how many are in the timelines
   * @param duplicates how often a hook was told again
   * @param found what must not be
   */
  record Result(
      int payments, int resent, int people, int events, int duplicates, List<Violation> found) {
    Result {
      found = List.copyOf(found);
    }

    /** For people, such as in the report of a long run. */
    String told() {
      return payments
          + " payments, "
          + resent
          + " operations sent again, "
          + people
          + " left to people, "
          + events
          + " events, "
          + duplicates
          + " of them told again, "
          + found.size()
          + " violations";
    }
  }

  private final Store store;
  private final Ledger ledger;
  private final Diary diary;
  private final List<String> lanes;
  private final List<Violation> found = new ArrayList<>();
  private final Map<CheckoutId, Checkout> checkouts = new HashMap<>();
  private final Map<PaymentId, Payment> payments = new HashMap<>();
  private final Set<String> people = new HashSet<>();
  private int events;
  private int resent;

  Audit(Store store, Ledger ledger, Diary diary, List<String> lanes) {
    this.store = store;
    this.ledger = ledger;
    this.diary = diary;
    this.lanes = lanes;
  }

  Result run() {
    Map<String, List<String>> heard = new HashMap<>();
    diary
        .heard()
        .forEach(
            line ->
                heard.computeIfAbsent(line.field(1), s -> new ArrayList<>()).add(line.field(2)));
    int told = heard.values().stream().mapToInt(List::size).sum();
    for (String lane : lanes) {
      for (int number = 0; number <= diary.next(lane); number++) {
        CustomerId customer = Flow.customer(lane, number);
        load(customer);
        heardAll(customer, heard.getOrDefault(customer.value(), List.of()));
        heard.remove(customer.value());
      }
    }
    heard.keySet().forEach(subject -> offend(Offence.WRITE_LOST, subject + " was heard of"));
    payments.values().forEach(this::check);
    checkouts.values().forEach(this::paidOnce);
    everyChargeIsKnown();
    nothingAcknowledgedIsLost();
    return new Result(payments.size(), resent, people.size(), events, told - events, found);
  }

  private void offend(Offence offence, String what) {
    found.add(new Violation(offence, what));
  }

  private void load(CustomerId customer) {
    Optional<Checkout> checkout = store.checkoutByCommand(customer, Flow.START);
    checkout.ifPresent(
        c -> {
          checkouts.put(c.id(), c);
          for (PaymentId id : c.payments()) {
            store
                .payment(id)
                .ifPresentOrElse(
                    p -> payments.put(id, p),
                    () -> offend(Offence.WRITE_LOST, c.id() + " has lost " + id));
          }
        });
  }

  /** Every event, first in its order; again only what was told last. */
  private void heardAll(CustomerId customer, List<String> heard) {
    List<String> timeline =
        store.timeline(customer.value()).stream().map(event -> event.header().id()).toList();
    events += timeline.size();
    Set<String> firsts = new LinkedHashSet<>(heard);
    if (!firsts.containsAll(timeline)) {
      offend(Offence.EVENT_LOST, customer + " has " + timeline + ", and heard was " + heard);
    } else if (!List.copyOf(firsts).equals(timeline)) {
      offend(Offence.ORDER_BROKEN, customer + " has " + timeline + ", and heard was " + heard);
    }
  }

  private void check(Payment payment) {
    for (Operation operation : payment.operations()) {
      OperationStatus status = payment.status(operation);
      boolean decided =
          status.isOver() || status == OperationStatus.NO_EFFECT && operation.closed();
      resent += operation.sends() > 1 ? 1 : 0;
      if (operation.leftToPerson()) {
        people.add(operation.key());
      } else if (!decided) {
        offend(Offence.LEFT_IN_DOUBT, operation.key() + " is " + status);
      }
      if (ledger.effectsOf(operation.key()) > 1) {
        offend(Offence.CHARGED_TWICE, operation.key());
      }
    }
    String reference = payment.id().value();
    if (ledger.chargesOf(reference).size() > 1) {
      offend(Offence.CHARGED_TWICE, reference);
    }
    same(reference, payment.totals(CURRENCY).captured(), ledger.captured(reference, CURRENCY));
    same(reference, payment.totals(CURRENCY).refunded(), ledger.refunded(reference, CURRENCY));
  }

  private void same(String payment, Money seen, Money truth) {
    if (!seen.equals(truth)) {
      offend(Offence.VIEW_UNTRUE, payment + ": we say " + seen + ", the ledger says " + truth);
    }
  }

  private void paidOnce(Checkout checkout) {
    Money captured = Money.zero(CURRENCY);
    for (PaymentId id : checkout.payments()) {
      captured = captured.plus(ledger.captured(id.value(), CURRENCY));
    }
    if (captured.isGreaterThan(checkout.total())) {
      offend(Offence.CHARGED_TWICE, checkout.id() + " is paid with " + captured);
    }
    boolean paid = captured.equals(checkout.total());
    if (paid != (checkout.state() == CheckoutState.COMPLETED)) {
      offend(Offence.VIEW_UNTRUE, checkout.id() + " is " + checkout.state() + ", paid: " + paid);
    }
  }

  private void everyChargeIsKnown() {
    for (Ledger.Charge charge : ledger.charges()) {
      if (charge.reference().map(PaymentId::new).filter(payments::containsKey).isEmpty()) {
        offend(Offence.WRITE_LOST, "nobody knows of the charge for " + charge.reference());
      }
    }
  }

  private void nothingAcknowledgedIsLost() {
    for (Said line : diary.of(Kind.REGISTERED)) {
      demand(store.customer(new CustomerId(line.field(0))).isPresent(), line);
    }
    for (Said line : diary.of(Kind.STARTED)) {
      CustomerId customer = new CustomerId(line.field(0));
      demand(
          Optional.ofNullable(checkouts.get(new CheckoutId(line.field(1))))
              .filter(checkout -> checkout.customer().equals(customer))
              .isPresent(),
          line);
    }
    for (Said line : diary.of(Kind.PAID)) {
      demand(payments.containsKey(new PaymentId(line.field(2))), line);
      demandStays(line, 1);
    }
    for (Said line : diary.of(Kind.MOVED)) {
      demand(
          Optional.ofNullable(payments.get(new PaymentId(line.field(0)))).stream()
              .flatMap(payment -> payment.operations().stream())
              .anyMatch(operation -> operation.command().equals(line.field(1))),
          line);
    }
    diary.of(Kind.CANCELLED).forEach(line -> demandStays(line, 1));
  }

  /** What was said to be over is over, and in the same way. */
  private void demandStays(Said line, int field) {
    CheckoutState said = CheckoutState.valueOf(line.field(field));
    Checkout checkout = checkouts.get(new CheckoutId(line.field(0)));
    demand(checkout != null && (!said.isTerminal() || checkout.state() == said), line);
  }

  private void demand(boolean holds, Said line) {
    if (!holds) {
      offend(Offence.WRITE_LOST, line.written());
    }
  }
}
