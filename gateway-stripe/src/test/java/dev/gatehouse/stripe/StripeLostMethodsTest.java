package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored cards that change, or go, without a word of ours. */
class StripeLostMethodsTest {
  private static final GatewayInstanceId STRIPE = new GatewayInstanceId("stripe");
  private static final CustomerId ADA = new CustomerId("ada");
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));
  private static final CustomerDetails ANN =
      new CustomerDetails(
              Optional.of("Ann"), Optional.of("ann@example.org"), Optional.of(Locale.UK))
          .of("ann");

  private final Bench bench = new Bench();
  private final Gatehouse gatehouse = bench.shop();

  @BeforeEach
  void register() {
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  @AfterEach
  void all_that_was_said_fits_the_description() {
    gatehouse.close();
    assertThat(bench.held.problems()).isEmpty();
  }

  @Test
  void a_card_that_is_detached_at_the_dashboard_is_the_customers_no_more() {
    CheckoutView paid = paidAndStored();
    Payment setUp = setUp("store-1");
    assertThat(gatehouse.storedMethods(ADA)).hasSize(2);
    deliver();

    for (StoredMethod method : gatehouse.storedMethods(ADA)) {
      bench.controls().detach(method.method());
    }
    deliver();

    assertThat(gatehouse.storedMethods(ADA)).isEmpty();
    assertThat(gatehouse.checkout(paid.id()).isCompleted()).isTrue();
    assertThat(gatehouse.payment(setUp.id()).mismatches()).isEmpty();
  }

  @Test
  void a_card_that_was_detached_while_nobody_listened_is_found_in_the_list_of_events() {
    paidAndStored();
    setUp("store-1");
    Instant since = bench.clock.instant();
    gatehouse.storedMethods(ADA).forEach(method -> bench.controls().detach(method.method()));
    bench.stripe.takeWebhooks();
    bench.clock.advance(Duration.ofMinutes(5));

    gatehouse.reconcile(STRIPE, since);

    assertThat(gatehouse.storedMethods(ADA)).isEmpty();
  }

  @Test
  void a_card_that_its_bank_renewed_is_known_by_its_new_expiry() {
    paidAndStored();
    setUp("store-1");
    YearMonth expires = YearMonth.of(2039, 4);

    for (StoredMethod method : gatehouse.storedMethods(ADA)) {
      bench.controls().renew(method.method(), expires);
    }
    deliver();

    assertThat(gatehouse.storedMethods(ADA))
        .hasSize(2)
        .allMatch(method -> method.details().expires().equals(Optional.of(expires)));
  }

  @Test
  void a_card_that_is_gone_unheard_is_declined_for_good_and_the_customers_no_more() {
    setUp("store-1");
    StoredMethod card = gatehouse.storedMethods(ADA).first();
    bench.controls().detach(card.method());
    bench.stripe.takeWebhooks();
    List<Line> lines = List.of(Line.of("Gold", 1, Bench.TEN));
    CheckoutView checkout = gatehouse.startCheckout(StartCheckout.forLines(ADA, "order-2", lines));

    CheckoutView renewed =
        gatehouse.pay(
            Pay.sale(
                    checkout.id(),
                    "order-2-try-1",
                    STRIPE,
                    new PaymentMethod.Stored("card", card.method()))
                .withoutCustomer());

    Payment payment = renewed.lastPayment().orElseThrow();
    assertThat(payment.state()).isEqualTo(PaymentState.FAILED);
    assertThat(gatehouse.storedMethods(ADA)).isEmpty();
    assertThat(payment.mismatches()).isEmpty();
    assertThat(bench.ledger().charges()).isEmpty();
  }

  @Test
  void with_another_accounts_key_no_card_is_called_gone() {
    Snapshot stored = bench.gateway.charge(storing("pay-1")).snapshot();
    Credential card = stored.facts().credentials().get(credential(stored));
    StripeGateway other =
        bench.open(
            bench.account,
            new HttpTransport() {
              @Override
              public HttpResponse send(HttpRequest request, Duration limit) {
                return new HttpResponse(
                    404,
                    HttpHeaders.none().with("content-type", "application/json"),
                    missing("customer").getBytes(StandardCharsets.UTF_8));
              }

              @Override
              public void close() {
                // Nothing is open.
              }
            },
            Map.of());

    Outcome renewed =
        other.charge(
            ChargeRequest.sale(
                    "pay-2",
                    "pay-2:charge:1",
                    Bench.TEN,
                    new PaymentMethod.Stored("card", credential(stored)))
                .withoutCustomer()
                .by(ANN.knownAs(card.owner().value())));

    assertThat(((Outcome.NotSent) renewed).failure().code()).isEqualTo("stripe.other-account");
    assertThat(renewed.snapshot().facts().credentials()).isEmpty();
  }

  private static String missing(String what) {
    return "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"param\":\""
        + what
        + "\",\"message\":\"No such "
        + what
        + "\"}}";
  }

  @Test
  void what_was_removed_here_is_told_of_too_and_stays_removed() {
    setUp("store-1");
    StoredMethod method = gatehouse.storedMethods(ADA).first();
    gatehouse.removeStoredMethod(new RemoveStoredMethod(ADA, STRIPE, method.method()));

    deliver();

    assertThat(gatehouse.storedMethods(ADA)).isEmpty();
  }

  @Test
  void a_card_of_somebody_else_is_asked_about_nowhere() {
    StripeGateway gateway = bench.gateway;
    String id = credential(bench.gateway.charge(storing("pay-1")).snapshot());
    bench.controls().detach(id);
    int before = bench.ledger().requests();

    PaymentFacts hinted =
        Snapshot.builder().providerId("payment_method", "pm_of_others").build().facts();
    Lookup lookup =
        gateway.lookup(
            new Trace(Optional.empty(), bench.clock.instant(), Optional.empty(), hinted));

    assertThat(lookup).isEqualTo(new Lookup.AbsentAsOf(bench.clock.instant(), false));
    assertThat(bench.ledger().requests()).isEqualTo(before);
  }

  @Test
  void each_event_of_a_method_names_it_and_attaching_it_is_nothing() {
    String id = credential(bench.gateway.charge(storing("pay-1")).snapshot());
    bench.controls().renew(id, YearMonth.of(2039, 4));
    bench.controls().detach(id);
    bench.clock.advance(Duration.ofMinutes(5));

    List<PendingWebhook> told =
        bench.stripe.takeWebhooks().stream()
            .filter(webhook -> webhook.type().startsWith("payment_method."))
            .toList();

    assertThat(told)
        .extracting(PendingWebhook::type)
        .containsExactly(
            "payment_method.attached",
            "payment_method.automatically_updated",
            "payment_method.detached");
    assertThat(told.stream().map(this::hinted))
        .containsExactly(
            List.of(),
            List.of(new ProviderId("payment_method", id)),
            List.of(new ProviderId("payment_method", id)));
    Changes changes = bench.gateway.changesSince(Instant.parse("2026-03-01T11:00:00Z"));
    assertThat(((Changes.Listed) changes).hints())
        .anyMatch(hint -> hint.providerIds().contains(new ProviderId("payment_method", id)));
    assertThat(StripeHints.LISTED).hasSizeLessThanOrEqualTo(20);
  }

  private List<ProviderId> hinted(PendingWebhook webhook) {
    WebhookAnswer answer = bench.gateway.receive(webhook.toWebhookRequest());
    return ((WebhookAnswer.Verified) answer)
        .notices().stream().flatMap(notice -> notice.hint().providerIds().stream()).toList();
  }

  @Test
  void the_cards_of_a_customer_who_was_deleted_are_gone_and_a_new_card_makes_a_new_customer() {
    Snapshot stored = bench.gateway.charge(storing("pay-1")).snapshot();
    Credential card = stored.facts().credentials().get(credential(stored));
    String customer = card.owner().value().orElseThrow();
    bench.controls().deleteCustomer(customer);

    assertThat(bench.lookup("pay-1", stored).facts().credentials().get(credential(stored)))
        .matches(Credential::isRemoved);
    for (int i = 2; i <= 3; i++) {
      Outcome again =
          bench.gateway.charge(storing("pay-" + i).by(ANN.knownAs(Optional.of(customer))));
      assertThat(again).isInstanceOf(Outcome.Succeeded.class);
      assertThat(owner(again)).isPresent().isNotEqualTo(Optional.of(customer));
    }
    assertThat(bench.ledger().requests("POST", "/v1/customers")).isEqualTo(2);
  }

  @Test
  void a_customer_whose_address_changed_after_a_decline_stores_a_card_the_same_day() {
    assertThat(bench.gateway.charge(storing("pay-1", StripeToken.DECLINED)))
        .isInstanceOf(Outcome.Declined.class);
    CustomerDetails moved =
        new CustomerDetails(Optional.of("Ann"), Optional.of("ann@new.example"), Optional.empty())
            .of("ann");

    Outcome paid = bench.gateway.charge(storing("pay-2").by(moved));

    assertThat(paid).isInstanceOf(Outcome.Succeeded.class);
  }

  private static ChargeRequest storing(String reference) {
    return storing(reference, StripeToken.VISA);
  }

  private static ChargeRequest storing(String reference, StripeToken token) {
    return Bench.sale(reference, token).storingMethod().by(ANN).under(AGREED);
  }

  private static String credential(Snapshot seen) {
    return seen.facts().credentials().firstKey();
  }

  private static Optional<String> owner(Outcome outcome) {
    return outcome
        .snapshot()
        .facts()
        .credentials()
        .get(credential(outcome.snapshot()))
        .owner()
        .value();
  }

  private CheckoutView paidAndStored() {
    List<Line> lines = List.of(Line.of("A book", 1, Bench.TEN));
    CheckoutView checkout = gatehouse.startCheckout(StartCheckout.forLines(ADA, "order-1", lines));
    return gatehouse.pay(
        Pay.sale(checkout.id(), "order-1-try-1", STRIPE, token(StripeToken.VISA))
            .storingMethod(AGREED));
  }

  private Payment setUp(String key) {
    return gatehouse.storeMethod(
        new StoreMethod(
            ADA,
            key,
            STRIPE,
            token(StripeToken.MASTERCARD),
            AGREED,
            Optional.of(URI.create("https://shop.test/return"))));
  }

  private static PaymentMethod.Token token(StripeToken token) {
    return new PaymentMethod.Token("card", token.id());
  }

  private void deliver() {
    for (PendingWebhook webhook : bench.stripe.takeWebhooks()) {
      assertThat(gatehouse.webhook(STRIPE, webhook.toWebhookRequest()).status()).isEqualTo(200);
    }
  }
}
