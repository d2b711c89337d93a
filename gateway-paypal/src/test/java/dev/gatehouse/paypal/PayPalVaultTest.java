package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.paypal.Funding;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Wallets that are stored, charged again and removed, in PayPal's words. */
class PayPalVaultTest {
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));
  private static final CustomerDetails ANN =
      new CustomerDetails(
              Optional.of("Ann"), Optional.of("ann@example.org"), Optional.of(Locale.UK))
          .of("ann");
  private static final String ORDERS = "POST /v2/checkout/orders";
  private static final String CAPTURE_ORDER = "POST /v2/checkout/orders/{id}/capture";

  private final Bench bench = new Bench();
  private final PayPalGateway gateway = bench.gateway;

  @AfterEach
  void everything_fits_paypals_description() {
    bench.spec.assertThatAllFits();
  }

  @Test
  void wrong_requests_and_answers_would_be_noticed_on_every_path_that_is_used() {
    String id = setUp("set-1");
    gateway.setUp(request("set-2"));
    gateway.lookupSetUp(bench.trace("set-2", gateway.setUp(request("set-2"))));
    // The list of a customer's tokens is left out: PayPal gives it no type, so that all would pass.
    gateway.remove(new RemoveRequest("remove-1", id, Optional.empty(), Optional.empty()));

    assertThat(bench.spec.seen())
        .contains(
            "POST /v3/vault/setup-tokens 201",
            "POST /v3/vault/setup-tokens 200",
            "GET /v3/vault/setup-tokens/{id} 200",
            "POST /v3/vault/payment-tokens 201",
            "DELETE /v3/vault/payment-tokens/{id} 204");
    bench.spec.assertThatWrongOnesAreRejected();
  }

  @Test
  void a_charge_that_stores_asks_for_it_and_shows_what_was_stored_and_for_whom() {
    Outcome paid = paid(Bench.sale("pay-1").storingMethod().by(ANN).under(AGREED));

    JsonNode wallet = body(ORDERS, 0).at("/payment_source/paypal");
    assertThat(wallet.at("/attributes/vault/store_in_vault").asString()).isEqualTo("ON_SUCCESS");
    assertThat(wallet.at("/attributes/vault/usage_type").asString()).isEqualTo("MERCHANT");
    assertThat(wallet.at("/attributes/vault/usage_pattern").asString())
        .isEqualTo("RECURRING_PREPAID");
    assertThat(wallet.at("/attributes/vault/permit_multiple_payment_tokens").asBoolean()).isTrue();
    String id = stored(paid.snapshot());
    PayPalLedger.Kept kept = bench.ledger().kept().get(0);
    assertThat(kept.id()).isEqualTo(id);
    assertThat(kept.order()).contains(bench.order("pay-1").order());
    Credential credential = paid.snapshot().facts().credentials().get(id);
    assertThat(credential.details())
        .isEqualTo(MethodDetails.none().brand("paypal").fingerprint("QYR5Z8XDVJNXQ"));
    assertThat(credential.owner().has(kept.customer())).isTrue();
    assertThat(stored(found(gateway.lookup(bench.trace("pay-1", paid))))).isEqualTo(id);
  }

  @Test
  void a_hold_stores_too() {
    Outcome held = paid(Bench.hold("pay-1").storingMethod().by(ANN));

    assertThat(stored(held.snapshot())).isEqualTo(bench.ledger().kept().get(0).id());
  }

  @Test
  void what_paypal_stores_after_the_money_came_is_found_by_its_notice() {
    bench.controls().nextIsKeptLater();
    Outcome paid = paid(Bench.sale("pay-1").storingMethod().by(ANN));
    assertThat(paid.snapshot().facts().credentials()).isEmpty();

    bench.controls().keep(bench.order("pay-1").order());

    var notice = bench.paypal.takeWebhooks();
    assertThat(notice.get(notice.size() - 1).type()).isEqualTo("VAULT.PAYMENT-TOKEN.CREATED");
    assertThat(stored(found(gateway.lookup(bench.trace("pay-1", paid)))))
        .isEqualTo(bench.ledger().kept().get(0).id());
  }

  @Test
  void one_customer_of_ours_is_one_of_paypals_whatever_is_known_of_it() {
    paid(Bench.sale("pay-1").storingMethod().by(ANN));
    setUp("set-1");
    paid(Bench.sale("pay-2").storingMethod().by(ANN.knownAs(Optional.of("of-paypals"))));

    assertThat(bench.ledger().kept())
        .extracting(PayPalLedger.Kept::customer)
        .hasSize(3)
        .satisfies(
            owners -> {
              assertThat(owners.get(0)).isEqualTo(owners.get(1)).hasSize(22);
              assertThat(owners.get(2)).isEqualTo("of-paypals");
            });
  }

  @Test
  void a_wallet_of_nobody_is_not_stored_and_nothing_is_sent() {
    Outcome charge = gateway.charge(Bench.sale("pay-1").storingMethod());
    Outcome setUp = gateway.setUp(request("set-1").by(CustomerDetails.none()));

    for (Outcome outcome : new Outcome[] {charge, setUp}) {
      assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
      assertThat(((Outcome.NotSent) outcome).failure().category())
          .isEqualTo(ErrorCategory.VALIDATION);
      assertThat(((Outcome.NotSent) outcome).failure().message()).contains("customer");
    }
    assertThat(bench.door.sent()).isEmpty();
  }

  @Test
  void a_wallet_is_stored_without_a_charge_once_its_payer_has_agreed() {
    Outcome asked = gateway.setUp(request("set-1"));
    String setupToken = Bench.orderId(asked);
    CustomerAction action = ((Outcome.ActionRequired) asked).action();
    assertThat(((CustomerAction.Redirect) action).url().toString()).endsWith(setupToken);
    assertThat(asked.snapshot().facts().credentials()).isEmpty();
    assertThat(step(asked.snapshot())).isEqualTo(AttemptStep.ACTION_NEEDED);

    bench.controls().approveSetUp(setupToken);
    assertThat(step(found(gateway.lookupSetUp(bench.trace("set-1", asked)))))
        .isEqualTo(AttemptStep.APPROVED);
    Outcome done = gateway.complete(complete("set-1", asked));

    assertThat(done).isInstanceOf(Outcome.Succeeded.class);
    assertThat(stored(done.snapshot())).isEqualTo(bench.ledger().kept().get(0).id());
    assertThat(bench.ledger().orders()).isEmpty();
  }

  @Test
  void a_stored_wallet_whose_answer_got_lost_is_found_in_its_customers_list() {
    for (int other = 1; other <= 25; other++) {
      setUp("other-" + other);
    }
    Outcome asked = gateway.setUp(request("set-1"));
    bench.controls().approveSetUp(Bench.orderId(asked));
    bench.door.next("POST /v3/vault/payment-tokens", FaultyDoor.Fault.LOST_RESPONSE);
    assertThat(gateway.complete(complete("set-1", asked))).isInstanceOf(Outcome.Unknown.class);

    Snapshot seen = found(gateway.lookupSetUp(bench.trace("set-1", asked)));

    assertThat(stored(seen)).isEqualTo(bench.ledger().kept().get(25).id());
    assertThat(bench.ledger().kept()).hasSize(26);
  }

  @Test
  void a_payer_who_never_agrees_is_waited_for_and_then_has_stored_nothing() {
    Outcome asked = gateway.setUp(request("set-1"));
    var trace = bench.trace("set-1", asked);

    bench.clock.advance(Duration.ofDays(4));
    assertThat(gateway.lookupSetUp(trace)).isInstanceOf(Lookup.CannotTell.class);
    bench.clock.advance(Duration.ofDays(4));

    assertThat(step(found(gateway.lookupSetUp(trace)))).isEqualTo(AttemptStep.FAILED);
  }

  @Test
  void a_stored_wallet_is_charged_by_id_after_its_order_was_made() {
    String id = setUp("set-1");

    Outcome renewed = gateway.charge(renewal("pay-2", id).under(AGREED));

    assertThat(renewed).isInstanceOf(Outcome.Succeeded.class);
    assertThat(body(ORDERS, 0).has("payment_source")).isFalse();
    JsonNode wallet = Bench.body(bench.door.sent("/capture").get(0)).at("/payment_source/paypal");
    assertThat(wallet.path("vault_id").asString()).isEqualTo(id);
    assertThat(wallet.at("/stored_credential/payment_initiator").asString()).isEqualTo("MERCHANT");
    assertThat(wallet.at("/stored_credential/usage_pattern").asString())
        .isEqualTo("RECURRING_PREPAID");
    assertThat(bench.order("pay-2").captured()).isEqualTo(Bench.TEN);
    assertThat(bench.ledger().requests(ORDERS)).isEqualTo(1);
    assertThat(bench.ledger().requests(CAPTURE_ORDER)).isEqualTo(1);
  }

  /** Nowhere does PayPal say that an id may serve for calls of two kinds. */
  @Test
  void each_call_of_a_charge_has_a_request_id_of_its_own_that_stays_the_same() {
    ChargeRequest longest =
        ChargeRequest.sale(
                "pay-2",
                "k".repeat(100),
                Bench.TEN,
                new PaymentMethod.Stored("paypal", setUp("set-1")))
            .withoutCustomer()
            .by(ANN);
    bench.door.next("/capture", FaultyDoor.Fault.LOST_REQUEST);
    int before = bench.door.sent("POST /v2/").size();
    gateway.charge(longest);
    gateway.charge(longest);

    List<String> ids =
        bench.door.sent("POST /v2/").stream()
            .skip(before)
            .map(sent -> sent.headers().first("paypal-request-id").orElseThrow())
            .toList();
    assertThat(ids).hasSize(4).allMatch(id -> id.length() <= 108);
    assertThat(ids.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(ids.subList(2, 4));
  }

  @Test
  void a_stored_wallet_is_held_too() {
    Outcome held = gateway.charge(renewal("pay-2", setUp("set-1")).holdOnly());

    assertThat(held).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.order("pay-2").authorizations()).hasSize(1);
    assertThat(bench.order("pay-2").captures()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST /v2/checkout/orders,LOST_REQUEST",
    "POST /v2/checkout/orders,LOST_RESPONSE",
    "/capture,REFUSED_CONNECTION",
    "/capture,LOST_REQUEST",
    "/capture,LOST_RESPONSE",
    "/capture,HALF_RESPONSE"
  })
  void a_charge_that_got_lost_takes_the_money_once_under_its_key(
      String where, FaultyDoor.Fault fault) {
    String id = setUp("set-1");
    bench.door.next(where, fault);
    Outcome lost = gateway.charge(renewal("pay-2", id));
    boolean certain = fault == FaultyDoor.Fault.REFUSED_CONNECTION;
    assertThat(lost).isInstanceOf(certain ? Outcome.NotSent.class : Outcome.Unknown.class);
    bench.clock.advance(Duration.ofHours(5));

    Outcome again = gateway.charge(renewal("pay-2", id));

    assertThat(again).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().ordersOf("pay-2")).hasSize(1);
    assertThat(bench.order("pay-2").captures()).hasSize(1);
    assertThat(bench.ledger().requests(CAPTURE_ORDER)).isEqualTo(1);
  }

  @Test
  void a_charge_whose_answer_got_lost_is_found_by_its_notices_when_its_key_has_run_out() {
    String id = setUp("set-1");
    bench.door.next("/capture", FaultyDoor.Fault.LOST_RESPONSE);
    gateway.charge(renewal("pay-2", id));
    bench.clock.advance(Duration.ofDays(2));

    String order = bench.order("pay-2").order();
    Snapshot known = Snapshot.builder().providerId(PayPalSnapshots.ORDER, order).build();
    Lookup.Found seen = (Lookup.Found) gateway.lookup(bench.trace("pay-2", known.facts()));

    assertThat(seen.snapshot().facts().reference().has("pay-2")).isTrue();
    assertThat(seen.snapshot().facts().movements()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "DECLINED,GENERIC_DECLINE",
    "RESTRICTED,RESTRICTED_CARD",
    "NEEDS_PAYER_EACH_TIME,AUTHENTICATION_REQUIRED",
    "DECLINED_IN_CAPTURE,GENERIC_DECLINE",
    "EXPIRED,EXPIRED_CARD"
  })
  void a_stored_wallet_that_is_declined_takes_nothing_and_ends_its_order(
      Funding funding, DeclineCode code) {
    String id = setUp("set-1");
    bench.controls().fund(id, funding);

    Outcome declined = gateway.charge(renewal("pay-2", id));

    assertThat(declined).isInstanceOf(Outcome.Declined.class);
    assertThat(((Outcome.Declined) declined).decline().code()).isEqualTo(code);
    assertThat(step(declined.snapshot())).isEqualTo(AttemptStep.FAILED);
    assertThat(bench.order("pay-2").captured().isZero()).isTrue();
  }

  @Test
  void a_hold_with_a_stored_wallet_whose_card_has_expired_says_so_too() {
    String id = setUp("set-1");
    bench.controls().fund(id, Funding.EXPIRED);

    Outcome declined = gateway.charge(renewal("pay-2", id).holdOnly());

    assertThat(((Outcome.Declined) declined).decline().code()).isEqualTo(DeclineCode.EXPIRED_CARD);
    assertThat(step(found(gateway.lookup(bench.trace("pay-2", declined)))))
        .isEqualTo(AttemptStep.FAILED);
  }

  @Test
  void a_payer_who_says_no_has_stored_nothing_and_shows_as_failed_once_the_token_has_run_out() {
    Outcome asked = gateway.setUp(request("set-1"));
    var trace = bench.trace("set-1", asked);
    assertThat(step(found(gateway.lookupSetUp(trace)))).isEqualTo(AttemptStep.ACTION_NEEDED);
    Outcome tooSoon = gateway.complete(complete("set-1", asked));
    assertThat(tooSoon).isInstanceOf(Outcome.NotSent.class);

    bench.clock.advance(Duration.ofDays(7));

    assertThat(step(found(gateway.lookupSetUp(trace)))).isEqualTo(AttemptStep.FAILED);
    assertThat(bench.ledger().kept()).isEmpty();
  }

  @Test
  void what_was_removed_or_revoked_or_never_there_is_not_charged() {
    String removed = setUp("set-1");
    String revoked = setUp("set-2");
    for (int time = 0; time < 2; time++) {
      Outcome outcome =
          gateway.remove(
              new RemoveRequest("r" + time, removed, Optional.empty(), Optional.empty()));
      assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
      assertThat(outcome.snapshot().facts().credentials().get(removed).isRemoved()).isTrue();
    }
    bench.controls().revoke(revoked);

    int number = 0;
    for (String id : new String[] {removed, revoked, "neverthere"}) {
      Outcome outcome = gateway.charge(renewal("pay-" + ++number, id));
      assertThat(outcome).isInstanceOf(Outcome.Declined.class);
      assertThat(((Outcome.Declined) outcome).decline().code())
          .isEqualTo(DeclineCode.REVOCATION_OF_AUTHORIZATION);
    }
    assertThat(bench.ledger().orders()).allMatch(order -> order.captured().isZero());
  }

  @Test
  void what_the_payer_revoked_shows_as_removed_where_its_order_stored_it() {
    Outcome paid = paid(Bench.sale("pay-1").storingMethod().by(ANN));
    String id = stored(paid.snapshot());
    bench.controls().revoke(id);

    Snapshot seen = found(gateway.lookup(bench.trace("pay-1", paid)));

    assertThat(seen.facts().credentials().get(id).isRemoved()).isTrue();
  }

  /** What its charge may have done is not over because another account does not show its order. */
  @Test
  void a_wallet_that_may_have_been_charged_is_not_called_failed_by_another_account() {
    Snapshot seen =
        Snapshot.builder()
            .attempt(
                "5O190127TN364715T", Attempt.at(AttemptStep.PROCESSING).causedBy("pay-1.charge.1"))
            .providerId(PayPalSnapshots.ORDER, "5O190127TN364715T")
            .build();
    var known = seen.facts().join(PaymentFacts.ofSend("pay-1.charge.1#1", SendStep.HAD_EFFECT));
    Trace trace = bench.trace("pay-1", known);
    bench.clock.advance(Duration.ofDays(8));

    assertThat(bench.gateway.lookup(trace)).isInstanceOf(Lookup.CannotTell.class);
  }

  private Outcome paid(ChargeRequest request) {
    String order = bench.approved(request);
    return gateway.complete(bench.complete(request.reference(), order, request.capture()));
  }

  private static SetUpRequest request(String reference) {
    return new SetUpRequest(
        reference,
        reference + ".set_up.1",
        Bench.PAYPAL,
        AGREED,
        Optional.of(URI.create("https://shop.test/return?a=1&b=2")),
        ANN);
  }

  private String setUp(String reference) {
    Outcome asked = gateway.setUp(request(reference));
    bench.controls().approveSetUp(Bench.orderId(asked));
    return stored(gateway.complete(complete(reference, asked)).snapshot());
  }

  private CompleteRequest complete(String reference, Outcome asked) {
    return new CompleteRequest(
        bench.trace(reference, asked),
        reference + ".complete.1",
        Bench.orderId(asked),
        CaptureMode.AUTOMATIC);
  }

  private static ChargeRequest renewal(String reference, String wallet) {
    return ChargeRequest.sale(
            reference,
            reference + ".charge.1",
            Bench.TEN,
            new PaymentMethod.Stored("paypal", wallet))
        .withoutCustomer()
        .by(ANN);
  }

  private static String stored(Snapshot snapshot) {
    return snapshot.facts().attempts().values().stream()
        .flatMap(attempt -> attempt.storedMethod().value().stream())
        .findFirst()
        .orElseThrow();
  }

  private static AttemptStep step(Snapshot snapshot) {
    return snapshot
        .facts()
        .attempts()
        .get(snapshot.facts().attempts().firstKey())
        .step()
        .value()
        .orElseThrow();
  }

  private static Snapshot found(Lookup lookup) {
    return ((Lookup.Found) lookup).snapshot();
  }

  private JsonNode body(String methodAndPath, int number) {
    return Bench.body(
        bench.door.sent(methodAndPath).stream()
            .filter(sent -> FaultyDoor.line(sent).equals(methodAndPath))
            .toList()
            .get(number));
  }
}
