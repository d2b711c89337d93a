package dev.gatehouse.json;

import static dev.gatehouse.json.Samples.LATER;
import static dev.gatehouse.json.Samples.TIME;
import static dev.gatehouse.json.Samples.eur;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.Counter;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.TotalKey;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Payments in which everything occurs, contradictions included, and in which nothing does. */
final class PaymentSamples {
  static final Decline DECLINE =
      new Decline(
          DeclineCode.DO_NOT_HONOR, DeclineAdvice.TRY_AGAIN_LATER, "do_not_honor", "Declined.");

  private static final CustomerAction REDIRECT =
      new CustomerAction.Redirect(
          URI.create("https://bank.example/3ds?x=%C3%A9"), "POST", Map.of("PaReq", "e", "MD", "1"));

  private PaymentSamples() {}

  static Payment full() {
    return storing(card().in("acct_1"));
  }

  /** As it was when it was not known in which account a method is stored. */
  static Payment fullInVersion3() {
    return storing(card());
  }

  private static Credential card() {
    return Credential.stored().with(Samples.card()).ownedBy("cus_1");
  }

  private static Payment storing(Credential card) {
    return full(
        notes(),
        terms(new PaymentMethod.Token("card", "tok_1")).under(Optional.of(Samples.agreement())),
        facts()
            .join(
                Snapshot.builder()
                    .credential("pm_1", card)
                    .credential("pm_0", Credential.removed())
                    .build()
                    .facts()));
  }

  /** As it was before what is known of stored methods. */
  static Payment fullInVersion2() {
    return full(notes(), terms(new PaymentMethod.Token("card", "tok_1")), facts());
  }

  /** As it was before a note could settle a conflict. */
  static Payment fullInVersion1() {
    return full(notes().subList(0, 1), terms(new PaymentMethod.Token("card", "tok_1")), facts());
  }

  private static List<Note> notes() {
    return List.of(
        new Note(TIME, "ann@ops", "settled", "seen in the dashboard"),
        new Note(LATER, "ann@ops", "mode", "a test key", Optional.of("0123456789ab")));
  }

  private static Payment full(List<Note> notes, ChargeTerms terms, PaymentFacts facts) {
    return new Payment(
        Samples.PAYMENT,
        9,
        Samples.GATEWAY,
        Mode.LIVE,
        Optional.of(Samples.CHECKOUT),
        Optional.of(Samples.CUSTOMER),
        Optional.of(terms),
        facts,
        operations(),
        new TreeSet<>(Set.of("captured.ca_1", "authorized.au_1")),
        notes,
        TIME,
        Optional.of(LATER),
        2);
  }

  static Payment bare() {
    return bare(Optional.empty());
  }

  /** One that was just asked for, with this method. */
  static Payment by(PaymentMethod method) {
    return bare(Optional.of(terms(method)));
  }

  private static Payment bare(Optional<ChargeTerms> terms) {
    return new Payment(
        Samples.PAYMENT,
        0,
        Samples.GATEWAY,
        Mode.TEST,
        Optional.empty(),
        Optional.empty(),
        terms,
        PaymentFacts.none(),
        List.of(),
        new TreeSet<>(),
        List.of(),
        TIME,
        Optional.empty(),
        0);
  }

  private static ChargeTerms terms(PaymentMethod method) {
    return new ChargeTerms(
        eur("14.00"),
        CaptureMode.MANUAL,
        method,
        true,
        Initiator.CUSTOMER,
        Optional.of("Gold, a month"),
        Optional.of(URI.create("https://shop.example/back")));
  }

  private static PaymentFacts facts() {
    return new PaymentFacts(
        Flat.of("pay_1"),
        Flat.of("acct_1"),
        new Flat<>(Set.of(Mode.LIVE, Mode.TEST)),
        Flat.of(CurrencyUnit.EUR),
        new TreeSet<>(
            Set.of(new ProviderId("payment_intent", "pi_1"), new ProviderId("charge", "ch_1"))),
        new TreeMap<>(Map.of("ch_0", declined(), "ch_1", succeeded())),
        new TreeMap<>(Map.of("au_1", authorization())),
        new TreeMap<>(Map.of("ca_1", capture(), "re_1", refund())),
        new TreeMap<>(Map.of("dp_1", dispute())),
        new TreeMap<>(
            Map.of(
                new TotalKey(MovementKind.CAPTURE, "ch_1", CurrencyUnit.EUR), new Counter(1400),
                new TotalKey(MovementKind.REFUND, "ch_1", CurrencyUnit.JPY), new Counter(500))),
        new TreeMap<>(
            Map.of(
                "pay_1.charge.1#1", Chain.at(SendStep.HAD_EFFECT),
                "pay_1.charge.1#2", Chain.at(SendStep.HAD_NONE))));
  }

  private static Attempt declined() {
    return new Attempt(
        new Chain<>(Set.of(AttemptStep.SUCCEEDED, AttemptStep.FAILED)),
        Flat.of(eur("14.00")),
        Flat.of(DECLINE),
        Flat.of("pay_1.charge.1"),
        Flat.unknown(),
        new Register<>(5, Set.of(REDIRECT, new CustomerAction.ClientToken("cs_1"))),
        Flat.of("ch_1"));
  }

  private static Attempt succeeded() {
    return new Attempt(
        Chain.at(AttemptStep.SUCCEEDED),
        new Flat<>(Set.of(eur("14.00"), Money.parse("JPY 1400"))),
        Flat.unknown(),
        Flat.of("pay_1.charge.1"),
        Flat.of("pm_1"),
        Register.updatedAt(
            TIME, new CustomerAction.Instructions(List.of("Pay to", "DE00 1234 5678"))),
        Flat.unknown());
  }

  private static Authorization authorization() {
    return new Authorization(
        Register.updatedAt(TIME, new Authorization.Terms(eur("14.00"), Optional.of(LATER))),
        Flat.of(eur("14.00")),
        Flat.of(AuthorizationEnd.VOIDED),
        Flat.of("au_2"),
        Flat.of("pay_1.charge.1"));
  }

  private static Movement capture() {
    return new Movement(
        Flat.of(MovementKind.CAPTURE),
        Chain.at(MovementStep.DONE),
        Flat.of(eur("14.00")),
        Flat.of("ch_1"),
        Flat.of("au_1"),
        Flat.of("pay_1.capture.1"),
        Flat.of(Money.parse("USD 15.17")));
  }

  private static Movement refund() {
    return Movement.of(MovementKind.REFUND, MovementStep.OPEN).with(eur("0.01")).outOf("ca_1");
  }

  private static Dispute dispute() {
    return new Dispute(
        Register.unstamped(DisputeStatus.NEEDS_RESPONSE),
        Flat.of(eur("14.00")),
        Flat.of("ch_1"),
        Flat.of("fraudulent"));
  }

  private static List<Operation> operations() {
    return List.of(
        operation(
            OperationKind.CAPTURE,
            Optional.of(
                new Failure(
                    ErrorCategory.RATE_LIMITED,
                    "429",
                    "Slow down",
                    Optional.of(Duration.ofNanos(1)))),
            Optional.of(new CustomerAction.ClientToken("cs_2"))),
        operation(
            OperationKind.REFUND,
            Optional.of(Failure.of(ErrorCategory.UNAVAILABLE, "503", "Down")),
            Optional.of(CustomerAction.Redirect.to(URI.create("https://bank.example/")))));
  }

  private static Operation operation(
      OperationKind kind, Optional<Failure> failure, Optional<CustomerAction> action) {
    return new Operation(
        "pay_1." + kind + ".1",
        kind,
        "cmd-2",
        Optional.of(eur("14.00")),
        "au_1",
        true,
        Optional.of("goodwill"),
        TIME,
        2,
        LATER,
        Optional.of(LATER),
        true,
        true,
        failure,
        action,
        Optional.of("ca_9"));
  }
}
