package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A payment of EUR 10.00 that was just started, and short words for what is seen of one. */
public final class PaymentExample {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final Money TEN = eur("10.00");
  public static final String CHARGE = "pay_1.charge.1";

  private PaymentExample() {}

  public static Money eur(String amount) {
    return Money.parse("EUR " + amount);
  }

  /** Ours, with its charge committed and nothing seen. */
  public static Payment started() {
    return without(OperationKind.CHARGE)
        .with(operation(OperationKind.CHARGE, CHARGE, "", TEN))
        .observing(sent(CHARGE, 1, SendStep.SAVED));
  }

  /** Ours, to be captured at once, with its charge committed and nothing seen. */
  public static Payment startedSale() {
    return payment(Optional.of(terms(CaptureMode.AUTOMATIC)), Optional.of(new CustomerId("ann")))
        .with(operation(OperationKind.CHARGE, CHARGE, "", TEN))
        .observing(sent(CHARGE, 1, SendStep.SAVED));
  }

  /** Ours, with no operation at all. */
  public static Payment without(OperationKind kind) {
    return payment(Optional.of(terms(CaptureMode.MANUAL)), Optional.of(new CustomerId("ann")));
  }

  /** Ours, that takes the money at once, with no operation. */
  public static Payment sale() {
    return payment(Optional.of(terms(CaptureMode.AUTOMATIC)), Optional.empty());
  }

  /** One that we did not start. */
  public static Payment foreign() {
    return payment(Optional.empty(), Optional.empty());
  }

  private static Payment payment(Optional<ChargeTerms> terms, Optional<CustomerId> customer) {
    return new Payment(
        new PaymentId("pay_1"),
        3,
        new GatewayInstanceId("main"),
        Mode.TEST,
        terms.map(t -> new CheckoutId("chk_1")),
        customer,
        terms,
        PaymentFacts.none(),
        List.of(),
        new TreeSet<>(String.CASE_INSENSITIVE_ORDER),
        List.of(),
        NOW,
        Optional.empty(),
        0);
  }

  public static ChargeTerms terms(CaptureMode capture) {
    return new ChargeTerms(
        TEN,
        capture,
        new PaymentMethod.Stored("card", "pm_1"),
        false,
        Initiator.CUSTOMER,
        Optional.empty(),
        Optional.empty());
  }

  public static Operation operation(OperationKind kind, String key, String target, Money amount) {
    return Operation.first(
        key,
        new Intent(kind, "cmd-" + key, Optional.of(amount), target, false, Optional.empty()),
        NOW);
  }

  /** The provider vouches for our reference and mode. */
  public static PaymentFacts vouched() {
    return Snapshot.builder()
        .reference("pay_1")
        .mode(Mode.TEST)
        .currency(CurrencyUnit.EUR)
        .build()
        .facts();
  }

  public static PaymentFacts sent(String operation, int number, SendStep step) {
    return PaymentFacts.ofSend(operation + "#" + number, step);
  }

  public static PaymentFacts attempt(String id, AttemptStep step) {
    return attempt(id, Attempt.at(step).with(TEN).causedBy(CHARGE));
  }

  public static PaymentFacts attempt(String id, Attempt attempt) {
    return Snapshot.builder().attempt(id, attempt).build().facts();
  }

  public static PaymentFacts hold(String id, Authorization hold) {
    return Snapshot.builder().authorization(id, hold).build().facts();
  }

  public static PaymentFacts capture(String id, MovementStep step, String amount) {
    return movement(id, Movement.of(MovementKind.CAPTURE, step).with(eur(amount)).outOf("au_1"));
  }

  public static PaymentFacts refund(String id, MovementStep step, String amount) {
    return movement(id, Movement.of(MovementKind.REFUND, step).with(eur(amount)).outOf("ca_1"));
  }

  public static PaymentFacts movement(String id, Movement movement) {
    return Snapshot.builder().movement(id, movement).build().facts();
  }
}
