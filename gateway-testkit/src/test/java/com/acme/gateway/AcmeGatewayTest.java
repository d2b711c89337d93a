package com.acme.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.TestClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shows that the gateway of docs/writing-a-gateway.md tells the truth, whatever gets lost. */
class AcmeGatewayTest {
  private static final GatewayInstanceId ACME = new GatewayInstanceId("acme");
  private static final CustomerId ADA = new CustomerId("ada");

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final AcmeBank acme = new AcmeBank();
  private final Gatehouse gatehouse =
      Gatehouse.builder()
          .catalog(GatewayCatalog.of(new AcmeGatewayProvider()))
          .gateway(GatewayConfig.test("acme", settings("test_k")))
          .transport(acme)
          .clock(clock)
          .build();

  @Test
  void a_lost_response_is_found_again_and_the_customer_is_charged_once() {
    acme.failNext(AcmeBank.Fault.LOSE_RESPONSE);
    CheckoutView checkout = pay("tok_ok");
    assertThat(checkout.state()).isEqualTo(CheckoutState.PENDING);

    clock.advance(Duration.ofSeconds(5));
    gatehouse.runDueWork();

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(acme.records(reference(checkout))).hasSize(1);
  }

  @BeforeEach
  void register() {
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  @AfterEach
  void close() {
    gatehouse.close();
  }

  @Test
  void a_sale_is_paid() {
    assertThat(pay("tok_ok").isCompleted()).isTrue();
  }

  @Test
  void a_decline_says_why() {
    CheckoutView checkout = pay("tok_poor");

    assertThat(checkout.state()).isEqualTo(CheckoutState.FAILED);
    assertThat(checkout.decline().orElseThrow().code()).isEqualTo(DeclineCode.INSUFFICIENT_FUNDS);
    assertThat(checkout.decline().orElseThrow().rawCode()).isEqualTo("no_funds");
  }

  @Test
  void a_refusal_that_is_certain_fails_the_payment_and_is_not_repeated() {
    CheckoutView checkout = pay("tok_of_somebody_else");

    assertThat(checkout.state()).isEqualTo(CheckoutState.FAILED);
    assertThat(acme.records(reference(checkout))).isEmpty();
    assertThat(checkout.failure().orElseThrow().category()).isEqualTo(ErrorCategory.VALIDATION);
    assertThat(checkout.decline().orElseThrow().rawCode()).isEqualTo("http.422");
  }

  @Test
  void a_lost_request_is_sent_again_once_it_is_certain_that_it_never_arrived() {
    acme.failNext(AcmeBank.Fault.LOSE_REQUEST);
    CheckoutView checkout = pay("tok_ok");

    passTime(Duration.ofMinutes(4));

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(acme.records(reference(checkout))).hasSize(1);
  }

  @Test
  void a_page_of_a_proxy_proves_nothing() {
    acme.failNext(AcmeBank.Fault.PAGE_OF_A_PROXY);
    CheckoutView checkout = pay("tok_ok");
    assertThat(checkout.lastPayment().orElseThrow().state()).isEqualTo(PaymentState.IN_DOUBT);

    passTime(Duration.ofMinutes(4));

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(acme.records(reference(checkout))).hasSize(1);
  }

  @Test
  void refunds_add_up() {
    CheckoutView checkout = pay("tok_ok");
    Payment payment = checkout.lastPayment().orElseThrow();

    gatehouse.refund(Refund.of(payment.id(), "refund-1", Money.parse("EUR 4.00")));
    acme.failNext(AcmeBank.Fault.LOSE_RESPONSE);
    gatehouse.refund(Refund.of(payment.id(), "refund-2", Money.parse("EUR 6.00")));
    passTime(Duration.ofMinutes(1));

    assertThat(gatehouse.payment(payment.id()).state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(acme.records(reference(checkout))).hasSize(3);
  }

  @Test
  void a_refund_that_fails_is_a_decline_and_gives_nothing_back() {
    CheckoutView checkout = pay("tok_ok");
    acme.failRefunds();

    Payment payment =
        gatehouse.refund(
            Refund.of(
                checkout.lastPayment().orElseThrow().id(), "refund-1", Money.parse("EUR 4.00")));

    Operation refund = payment.operations().get(payment.operations().size() - 1);
    assertThat(payment.state()).isEqualTo(PaymentState.CAPTURED);
    assertThat(payment.status(refund)).isEqualTo(OperationStatus.FAILED);
    assertThat(refund.failure().orElseThrow().category()).isEqualTo(ErrorCategory.HARD_DECLINE);
  }

  @Test
  void a_status_that_nobody_knows_is_pending_and_claims_nothing() {
    CheckoutView checkout = pay("tok_odd");

    assertThat(checkout.state()).isEqualTo(CheckoutState.PENDING);
    assertThat(checkout.lastPayment().orElseThrow().facts().attempts().values())
        .singleElement()
        .matches(attempt -> attempt.step().isAt(AttemptStep.STARTED));

    acme.settle(reference(checkout), "paid");
    passTime(Duration.ofMinutes(1));

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
  }

  @Test
  void a_refund_that_somebody_made_at_the_console_is_seen() {
    CheckoutView checkout = pay("tok_ok");
    acme.refundAtConsole(reference(checkout));

    String body = "id=evt_9&type=payment.changed&reference=" + reference(checkout);
    gatehouse.webhook(ACME, notice(body, "whsec"));

    Payment payment = gatehouse.payment(checkout.lastPayment().orElseThrow().id());
    assertThat(payment.state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(payment.operations()).hasSize(1);
  }

  @Test
  void a_webhook_brings_the_outcome_and_changes_state_once() {
    CheckoutView checkout = pay("tok_slow");
    assertThat(checkout.state()).isEqualTo(CheckoutState.PENDING);
    acme.settle(reference(checkout), "paid");
    WebhookRequest notice =
        notice("id=evt_1&type=charge.paid&reference=" + reference(checkout), "whsec");

    WebhookReply first = gatehouse.webhook(ACME, notice);
    Payment once = gatehouse.payment(checkout.lastPayment().orElseThrow().id());
    WebhookReply second = gatehouse.webhook(ACME, notice);
    Payment twice = gatehouse.payment(once.id());

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void a_forged_webhook_is_refused_and_changes_nothing() {
    CheckoutView checkout = pay("tok_slow");
    acme.settle(reference(checkout), "paid");
    String body = "id=evt_1&type=charge.paid&reference=" + reference(checkout);

    assertThat(gatehouse.webhook(ACME, notice(body, "guessed")).status()).isEqualTo(400);
    assertThat(gatehouse.checkout(checkout.id()).state()).isEqualTo(CheckoutState.PENDING);
  }

  @Test
  void a_test_key_does_not_open_a_live_gateway() {
    GatewayConfig live = new GatewayConfig(ACME, "acme", Mode.LIVE, settings("test_k"));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                Gatehouse.builder()
                    .catalog(GatewayCatalog.of(new AcmeGatewayProvider()))
                    .gateway(live)
                    .transport(new AcmeBank())
                    .build())
        .satisfies(e -> assertThat(e.problems().get(0).field()).isEqualTo("secret-key"))
        .withMessageNotContaining("test_k");
  }

  private CheckoutView pay(String token) {
    List<Line> lines = List.of(Line.of("A book", 1, Money.parse("EUR 10.00")));
    CheckoutView checkout = gatehouse.startCheckout(StartCheckout.forLines(ADA, "order-1", lines));
    PaymentMethod card = new PaymentMethod.Token("card", token);
    return gatehouse.pay(Pay.sale(checkout.id(), "order-1-try-1", ACME, card));
  }

  /** Our reference at Acme: the id of the payment. */
  private static String reference(CheckoutView checkout) {
    return checkout.lastPayment().orElseThrow().id().value();
  }

  private void passTime(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(5)) {
      clock.advance(Duration.ofSeconds(5));
      gatehouse.runDueWork();
    }
  }

  private static Map<String, String> settings(String key) {
    return Map.of("base-url", "https://acme.test/v1", "secret-key", key, "webhook-secret", "whsec");
  }

  private WebhookRequest notice(String body, String secret) {
    String time = Long.toString(clock.instant().getEpochSecond());
    return new WebhookRequest(
        "POST",
        URI.create("https://shop.test/webhooks/acme"),
        Map.of("Acme-Time", List.of(time), "Acme-Signature", List.of(hmac(secret, time, body))),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String hmac(String secret, String time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = (time + "." + body).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
