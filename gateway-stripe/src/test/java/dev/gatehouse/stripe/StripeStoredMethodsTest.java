package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers, SetupIntents and cards that are charged again, in Stripe's words. */
class StripeStoredMethodsTest {
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));

  private static final CustomerDetails ANN =
      new CustomerDetails(
              Optional.of("Ann"), Optional.of("ann@example.org"), Optional.of(Locale.UK))
          .of("ann");

  private final Bench bench = new Bench();
  private final StripeGateway gateway = bench.gateway;

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  @Test
  void a_charge_that_stores_says_so_and_what_was_agreed_to() {
    Outcome paid = gateway.charge(storing("pay-1", StripeToken.VISA).under(AGREED));

    String id = stored(paid.snapshot());
    assertThat(last("/v1/payment_intents"))
        .contains("setup_future_usage=off_session", "customer=cus_")
        .contains("metadata[gatehouse_agreement]=Gold, each month")
        .contains("metadata[gatehouse_agreement_use]=recurring");
    Credential credential = paid.snapshot().facts().credentials().get(id);
    assertThat(credential.details())
        .isEqualTo(
            MethodDetails.none()
                .brand("visa")
                .lastDigits("4242")
                .expiring(YearMonth.of(2034, 12))
                .fingerprint("fp4242"));
    assertThat(credential.owner().value()).isEqualTo(owner(id));
    assertThat(Bench.found(gateway.lookup(bench.trace("pay-1", paid.snapshot()))).facts())
        .extracting(facts -> facts.credentials().get(id))
        .isEqualTo(credential);
  }

  @Test
  void one_customer_of_ours_is_one_of_stripes_whatever_is_known_of_it() {
    gateway.charge(storing("pay-1", StripeToken.VISA));
    gateway.setUp(setUp("set-1", StripeToken.MASTERCARD));
    bench.clock.advance(Duration.ofDays(3));
    gateway.charge(storing("pay-2", StripeToken.VISA));

    assertThat(bench.ledger().methods())
        .hasSize(3)
        .extracting(Ledger.Method::owner)
        .containsOnly(bench.ledger().methods().get(0).owner());
    assertThat(bench.ledger().requests("POST", "/v1/customers")).isEqualTo(1);
  }

  @Test
  void a_customer_whose_answer_got_lost_is_not_made_twice() {
    bench.door.onPost(LossyDoor.Fault.LOST_RESPONSE);

    assertThat(gateway.setUp(setUp("set-1", StripeToken.VISA))).isInstanceOf(Outcome.Unknown.class);
    assertThat(bench.ledger().setUps()).isEmpty();
    assertThat(gateway.setUp(setUp("set-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);

    gateway.setUp(setUp("set-2", StripeToken.VISA));
    assertThat(bench.ledger().methods())
        .extracting(Ledger.Method::owner)
        .containsOnly(bench.ledger().methods().get(0).owner());
  }

  @Test
  void the_merchant_charges_off_session_for_the_customer_that_the_card_belongs_to() {
    String id = stored(gateway.setUp(setUp("set-1", StripeToken.VISA)).snapshot());

    Outcome renewed = gateway.charge(renewal("pay-2", id));

    assertThat(renewed).isInstanceOf(Outcome.Succeeded.class);
    assertThat(last("/v1/payment_intents"))
        .contains("off_session=true", "confirm=true", "payment_method=" + id)
        .contains("customer=" + owner(id).orElseThrow())
        .doesNotContain("setup_future_usage");
  }

  @Test
  void a_bank_that_wants_the_customer_says_so() {
    Outcome asked = gateway.setUp(setUp("set-1", StripeToken.AUTHENTICATION_REQUIRED));
    assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);
    assertThat(asked.snapshot().facts().credentials()).isEmpty();
    bench.controls().authenticateSetUp(asked.snapshot().facts().attempts().firstKey());
    Snapshot done = Bench.found(gateway.lookupSetUp(bench.trace("set-1", asked.snapshot())));
    String id = stored(done);

    Outcome renewed = gateway.charge(renewal("pay-2", id));

    assertThat(renewed).isInstanceOf(Outcome.Declined.class);
    assertThat(((Outcome.Declined) renewed).decline().code())
        .isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
  }

  @Test
  void a_customer_who_fails_to_authenticate_has_stored_nothing_and_may_be_told_so() {
    Outcome asked = gateway.setUp(setUp("set-1", StripeToken.THREE_D_SECURE_2));
    bench.controls().failSetUp(asked.snapshot().facts().attempts().firstKey());

    Snapshot failed = Bench.found(gateway.lookupSetUp(bench.trace("set-1", asked.snapshot())));

    assertThat(failed.facts().attempts().values())
        .allMatch(attempt -> attempt.step().isAt(AttemptStep.FAILED));
    assertThat(failed.facts().credentials()).isEmpty();
  }

  @Test
  void a_card_that_can_be_stored_and_not_charged_is_declined_when_it_is_charged() {
    String id = stored(gateway.setUp(setUp("set-1", StripeToken.CUSTOMER_FAIL)).snapshot());

    assertThat(gateway.charge(renewal("pay-2", id))).isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void a_declined_set_up_is_read_out_of_stripes_error() {
    Outcome outcome = gateway.setUp(setUp("set-1", StripeToken.STOLEN_CARD));

    assertThat(((Outcome.Declined) outcome).decline().code()).isEqualTo(DeclineCode.STOLEN_CARD);
    assertThat(outcome.snapshot().facts().reference().value()).contains("set-1");
  }

  @Test
  void what_was_detached_is_removed_however_often_and_by_whom() {
    String id = stored(gateway.setUp(setUp("set-1", StripeToken.VISA)).snapshot());
    ChargeRequest renewal = renewal("pay-2", id);
    bench.controls().detach(id);

    assertThat(removed(id, "rem-1")).isTrue();
    assertThat(removed(id, "rem-2")).isTrue();
    assertThat(removed("pm_unheard_of", "rem-3")).isTrue();
    Outcome renewed = gateway.charge(renewal);
    assertThat(((Outcome.Declined) renewed).decline().code())
        .isEqualTo(DeclineCode.REVOCATION_OF_AUTHORIZATION);
    assertThat(renewed.snapshot().facts().credentials().get(id).isRemoved()).isTrue();
    Snapshot seen = Bench.found(gateway.lookupSetUp(bench.trace("set-1", Snapshot.empty())));
    assertThat(seen.facts().credentials().get(id).isRemoved()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"ok\":true}", "{\"object\":7}", "<html>hello</html>", ""})
  void what_is_not_stripes_answer_removes_nothing(String body) {
    String id = stored(gateway.setUp(setUp("set-1", StripeToken.VISA)).snapshot());
    bench.door.answerInstead(200, body);
    assertThat(gateway.remove(new RemoveRequest("rem-1", id, Optional.empty(), Optional.empty())))
        .isInstanceOf(Outcome.Unknown.class);
  }

  private boolean removed(String id, String key) {
    Outcome outcome =
        gateway.remove(new RemoveRequest(key, id, Optional.empty(), Optional.empty()));
    return outcome instanceof Outcome.Succeeded done
        && done.snapshot().facts().credentials().get(id).isRemoved();
  }

  @Test
  void a_set_up_is_told_of_by_notices_and_somebody_elses_is_not() {
    gateway.setUp(setUp("set-1", StripeToken.VISA));

    var notices =
        bench.stripe.takeWebhooks().stream()
            .filter(webhook -> webhook.type().startsWith("setup_intent."))
            .map(webhook -> gateway.receive(webhook.toWebhookRequest()))
            .flatMap(answer -> ((WebhookAnswer.Verified) answer).notices().stream())
            .toList();

    assertThat(notices)
        .isNotEmpty()
        .allMatch(notice -> notice.hint().reference().equals(Optional.of("set-1")));
  }

  @Test
  void nobody_in_particular_can_not_store_a_card() {
    Outcome outcome = gateway.charge(Bench.sale("pay-1", StripeToken.VISA).storingMethod());

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().code()).isEqualTo("stripe.customer");
    assertThat(bench.ledger().requests()).isZero();
  }

  @Test
  void what_was_never_made_is_not_there() {
    assertThat(gateway.lookupSetUp(bench.trace("set-9", Snapshot.empty())))
        .isInstanceOf(Lookup.AbsentAsOf.class);
  }

  private static ChargeRequest storing(String reference, StripeToken token) {
    return Bench.sale(reference, token).storingMethod().by(ANN);
  }

  private static SetUpRequest setUp(String reference, StripeToken token) {
    return new SetUpRequest(
        reference,
        reference + ".set_up.1",
        new PaymentMethod.Token("card", token.id()),
        AGREED,
        Optional.of(URI.create("https://shop.test/return")),
        ANN);
  }

  private ChargeRequest renewal(String reference, String method) {
    return ChargeRequest.sale(
            reference, reference + ".charge.1", Bench.TEN, new PaymentMethod.Stored("card", method))
        .withoutCustomer()
        .under(AGREED)
        .by(ANN.knownAs(owner(method)));
  }

  private Optional<String> owner(String method) {
    return bench.ledger().method(method).flatMap(Ledger.Method::owner);
  }

  private static String stored(Snapshot seen) {
    return seen.facts().attempts().values().stream()
        .flatMap(attempt -> attempt.storedMethod().values().stream())
        .findFirst()
        .orElseThrow();
  }

  private String last(String path) {
    return bench.door.requests.stream()
        .filter(request -> request.method().equals("POST"))
        .filter(request -> request.uri().getPath().equals(path))
        .map(request -> new String(request.body(), StandardCharsets.UTF_8))
        .map(form -> URLDecoder.decode(form, StandardCharsets.UTF_8))
        .reduce((one, other) -> other)
        .orElseThrow();
  }
}
