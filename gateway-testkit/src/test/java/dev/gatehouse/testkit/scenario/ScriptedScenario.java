package dev.gatehouse.testkit.scenario;

import dev.gatehouse.command.Pay;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.joda.money.Money;

/** A shop whose gateway does what a test tells it. */
abstract class ScriptedScenario {
  static final GatewayInstanceId S = new GatewayInstanceId("s");
  final Shop shop = new Shop();
  final Scripted gw = new Scripted();

  void scripted() {
    shop.with(gw, new GatewayConfig(S, "scripted", Mode.TEST, Map.of()));
  }

  Pay sale(CheckoutView c) {
    return Pay.sale(c.id(), shop.newKey(), S, new PaymentMethod.Token("card", "tok_1"));
  }

  static Attempt attempt(AttemptStep step, String key) {
    return Attempt.at(step).with(Shop.TEN).causedBy(key);
  }

  static Movement capture(String amount) {
    return Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
        .with(Money.parse(amount))
        .ofCharge("ch");
  }

  static Outcome paid(ChargeRequest r, String amount) {
    return new Outcome.Succeeded(
        Scripted.of(r.reference())
            .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
            .movement("cap", capture(amount))
            .build());
  }

  static Outcome held(ChargeRequest r) {
    return new Outcome.Succeeded(
        Scripted.of(r.reference())
            .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
            .authorization("auth", Authorization.of(Shop.TEN))
            .build());
  }

  WebhookRequest hook() {
    return new WebhookRequest("POST", URI.create("https://x.test/"), Map.of(), new byte[0]);
  }

  void announces(String notice, Optional<String> reference, ProviderId... ids) {
    gw.receive =
        r ->
            new WebhookAnswer.Verified(
                List.of(WebhookNotice.of(notice, "t", new PaymentHint(reference, Set.of(ids)))),
                WebhookReply.status(200));
    shop.house().webhook(S, hook());
  }

  boolean told(Class<?>... types) {
    return shop.events().stream()
        .anyMatch(e -> Arrays.stream(types).anyMatch(t -> t.isInstance(e)));
  }

  List<String> kinds() {
    return shop.events().stream().map(e -> e.getClass().getSimpleName()).toList();
  }

  CheckoutView transfer(CheckoutView c) {
    return shop.house()
        .pay(Pay.sale(c.id(), shop.newKey(), Shop.BANK, new PaymentMethod.OfType("bank_transfer")));
  }

  void report(
      CheckoutView c, OperatorReport.Finding finding, String amount, Optional<String> movement) {
    shop.house()
        .operations()
        .report(
            new ReportMoney(
                shop.payment(c).id(), finding, Money.parse(amount), movement, "o", "statement"));
  }

  GatewayProvider described(String id, GatewayDescription description) {
    return new GatewayProvider() {
      @Override
      public int spiVersion() {
        return SPI_VERSION;
      }

      @Override
      public String id() {
        return id;
      }

      @Override
      public GatewayDescription describe() {
        return description;
      }

      @Override
      public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
        return gw.open(settings, environment);
      }
    };
  }

  CheckoutView capturedWithoutAmount() {
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(held(r).snapshot());
          return held(r);
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    gw.capture =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .movement(
                        "cap",
                        Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                            .outOf(r.authorization())
                            .causedBy(r.idempotencyKey()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true);
    return shop.view(c);
  }

  AtomicReference<Snapshot> approved() {
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    return seen;
  }

  /** The first refund is shown again, differently. */
  void sees(CheckoutView c, Movement refund) {
    sees(c, seen -> seen.movement("re1", refund));
  }

  /** From now on this is shown of its payment, as a notice says. */
  void sees(CheckoutView c, UnaryOperator<Snapshot.Builder> shown) {
    String reference = shop.payment(c).id().value();
    gw.lookup = t -> new Lookup.Found(shown.apply(Scripted.of(reference)).build());
    announces("n", Optional.of(reference));
  }

  void voidHolds() {
    gw.voids =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .authorization(
                        "auth", Authorization.of(Shop.TEN).ended(AuthorizationEnd.VOIDED))
                    .build());
  }

  /** A hold whose answer was lost, until a person said under which id it is there. */
  CheckoutView heldAsAPersonSays(String effect) {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    settle(c, leftToPerson(c), Optional.of(effect));
    return c;
  }

  /** The key of the operation that its payment began with. */
  String chargeKey(CheckoutView c) {
    return shop.payment(c).operations().get(0).key();
  }

  void collectRefunds() {
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.Succeeded(
              Snapshot.builder()
                  .movement("re" + refunds.size(), refundOf(r, MovementStep.DONE))
                  .build());
        };
  }

  void collectCaptures() {
    gw.capture =
        r -> {
          captures.add(r);
          return new Outcome.Succeeded(
              Snapshot.builder()
                  .movement(
                      "cap" + captures.size(),
                      Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                          .with(r.amount())
                          .outOf(r.authorization())
                          .causedBy(r.idempotencyKey()))
                  .build());
        };
  }

  static Movement refundOf(RefundRequest r, MovementStep step) {
    return Movement.of(MovementKind.REFUND, step)
        .with(r.amount())
        .outOf(r.capture())
        .causedBy(r.idempotencyKey());
  }

  Operation leftToPerson(CheckoutView c) {
    shop.pass(Duration.ofDays(3), 100);
    return shop.payment(c).operations().stream()
        .filter(Operation::leftToPerson)
        .findFirst()
        .orElseThrow();
  }

  void settle(CheckoutView c, Operation operation, Optional<String> effect) {
    shop.house()
        .operations()
        .settle(
            new SettleOperation(shop.payment(c).id(), operation.key(), effect, "Olga", "console"));
  }

  static final Failure GONE = Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "lost", "lost");

  static final Outcome LOST = new Outcome.Unknown(GONE);

  final List<RefundRequest> refunds = new ArrayList<>();

  final List<CaptureRequest> captures = new ArrayList<>();
}
