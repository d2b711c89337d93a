package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a shop does all day, over sockets, against a Stripe that nobody here controls. */
abstract class StripeFlows {
  private static final Money TEN = Money.parse("EUR 10.00");

  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));

  private final HttpTransport http = HttpTransport.create(HttpOptions.defaults());
  private final String reference = "flow-" + UUID.randomUUID();
  private final Instant began = clock().instant();

  /** The settings of a test account. */
  abstract Map<String, String> settings();

  /** The time there. */
  abstract Clock clock();

  @AfterEach
  void close() {
    http.close();
  }

  private StripeGateway gateway() {
    return gateway(settings().get("secret-key"));
  }

  private StripeGateway gateway(String key) {
    Map<String, String> settings = new TreeMap<>(settings());
    settings.put("secret-key", key);
    return (StripeGateway)
        new StripeGatewayProvider()
            .open(
                GatewaySettings.of(settings),
                new GatewayEnvironment(
                    new GatewayInstanceId("flows"),
                    Mode.TEST,
                    http,
                    clock(),
                    Duration.ofSeconds(60)));
  }

  private ChargeRequest sale(String token) {
    return ChargeRequest.sale(
            reference, reference + ":1", TEN, new PaymentMethod.Token("card", token))
        .describedAs("A plan & more")
        .returningTo(URI.create("https://shop.example/return"));
  }

  private Trace trace(Snapshot seen) {
    return new Trace(Optional.of(reference), began, Optional.empty(), seen.facts());
  }

  private PaymentFacts lookedUp(Snapshot known) {
    Lookup.Found found = (Lookup.Found) gateway().lookup(trace(known));
    PaymentFacts all = known.facts().join(found.snapshot().facts());
    assertThat(Conflict.in(all)).isEmpty();
    return all;
  }

  @Test
  void a_sale_is_made_once_looked_up_refunded_in_parts_and_listed() {
    Outcome sold = gateway().charge(sale("pm_card_visa"));
    assertThat(sold).isInstanceOf(Outcome.Succeeded.class);
    assertThat(gateway().charge(sale("pm_card_visa")).snapshot().facts())
        .isEqualTo(sold.snapshot().facts());
    String capture = sold.snapshot().facts().movements().firstKey();
    for (int part = 1; part <= 2; part++) {
      assertThat(
              gateway()
                  .refund(
                      new RefundRequest(
                          trace(sold.snapshot()),
                          reference + ":refund:" + part,
                          capture,
                          Money.parse("EUR 5.00"),
                          Optional.empty())))
          .isInstanceOf(Outcome.Succeeded.class);
    }
    PaymentFacts seen = lookedUp(sold.snapshot());
    assertThat(Totals.of(seen, CurrencyUnit.EUR).captured()).isEqualTo(TEN);
    assertThat(Totals.of(seen, CurrencyUnit.EUR).refunded()).isEqualTo(TEN);
    assertThat(gateway().changesSince(began.minusSeconds(60))).isInstanceOf(Changes.Listed.class);
  }

  @Test
  void a_charge_whose_answer_got_lost_is_found_by_our_reference() {
    gateway().charge(sale("pm_card_visa"));
    Trace doubt =
        new Trace(
            Optional.of(reference),
            began,
            Optional.of(new Trace.InDoubt(OperationKind.CHARGE, reference + ":1", began)),
            PaymentFacts.none());
    PaymentFacts found = ((Lookup.Found) gateway().lookup(doubt)).snapshot().facts();
    assertThat(Totals.of(found, CurrencyUnit.EUR).captured()).isEqualTo(TEN);
  }

  @Test
  void declines_say_why_and_the_lookup_says_the_same() {
    Outcome outcome = gateway().charge(sale("pm_card_visa_chargeDeclinedInsufficientFunds"));
    assertThat(((Outcome.Declined) outcome).decline().code())
        .isEqualTo(DeclineCode.INSUFFICIENT_FUNDS);
    lookedUp(outcome.snapshot());
  }

  @Test
  void a_customer_who_must_authenticate_is_sent_away() {
    assertThat(gateway().charge(sale("pm_card_threeDSecure2Required")))
        .isInstanceOf(Outcome.ActionRequired.class);
  }

  @Test
  void a_hold_is_captured_in_part_and_another_is_voided() {
    Outcome held = gateway().charge(sale("pm_card_visa").holdOnly());
    String hold = held.snapshot().facts().authorizations().firstKey();
    Outcome captured =
        gateway()
            .capture(
                new CaptureRequest(
                    trace(held.snapshot()),
                    reference + ":capture",
                    hold,
                    Money.parse("EUR 7.00"),
                    true));
    assertThat(captured).isInstanceOf(Outcome.Succeeded.class);
    Snapshot seen = ((Lookup.Found) gateway().lookup(trace(captured.snapshot()))).snapshot();
    assertThat(Totals.of(seen.facts(), CurrencyUnit.EUR).captured())
        .isEqualTo(Money.parse("EUR 7.00"));
    assertThat(Totals.of(seen.facts(), CurrencyUnit.EUR).refunded().isZero()).isTrue();
  }

  @Test
  void a_hold_is_voided() {
    Outcome held = gateway().charge(sale("pm_card_visa").holdOnly());
    String hold = held.snapshot().facts().authorizations().firstKey();
    assertThat(
            gateway()
                .voidAuthorization(
                    new VoidRequest(trace(held.snapshot()), reference + ":void", hold)))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void a_card_is_stored_twice_known_again_charged_without_the_customer_and_removed() {
    CustomerDetails ann =
        new CustomerDetails(
                Optional.of("Ann"), Optional.of(reference + "@example.org"), Optional.of(Locale.UK))
            .of(reference);
    Snapshot first = stored("1", ann);
    Snapshot again = stored("2", ann);
    String kept = first.facts().credentials().firstKey();
    String twice = again.facts().credentials().firstKey();
    Credential one = first.facts().credentials().get(kept);
    Credential other = again.facts().credentials().get(twice);
    assertThat(kept).isNotEqualTo(twice);
    assertThat(one.details().fingerprint()).isPresent().isEqualTo(other.details().fingerprint());
    assertThat(one.owner()).isEqualTo(other.owner());

    assertThat(gateway().remove(removal(twice, other))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(gateway().remove(removal(twice, other))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(gateway().charge(renewal("3", kept, one, ann)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(gateway().charge(renewal("4", twice, other, ann)))
        .isInstanceOf(Outcome.Declined.class);
  }

  private Snapshot stored(String number, CustomerDetails who) {
    SetUpRequest request =
        new SetUpRequest(
            reference + "." + number,
            reference + "." + number + ":1",
            new PaymentMethod.Token("card", "pm_card_visa"),
            AGREED,
            Optional.of(URI.create("https://shop.example/return")),
            who);
    Outcome outcome = gateway().setUp(request);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return outcome.snapshot();
  }

  private RemoveRequest removal(String method, Credential seen) {
    return new RemoveRequest(reference + ":remove", method, seen.owner().value(), Optional.empty());
  }

  private ChargeRequest renewal(
      String number, String method, Credential seen, CustomerDetails who) {
    return ChargeRequest.sale(
            reference + "." + number,
            reference + "." + number + ":1",
            TEN,
            new PaymentMethod.Stored("card", method))
        .withoutCustomer()
        .under(AGREED)
        .by(who.knownAs(seen.owner().value()));
  }

  @Test
  void a_key_of_nobody_is_refused_and_the_setting_is_named() {
    Outcome outcome = gateway("sk_test_nobody").charge(sale("pm_card_visa"));
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().message()).contains("'secret-key'");
  }

  @Test
  void a_page_is_opened_and_found_again() {
    ChargeRequest page =
        ChargeRequest.sale(reference, reference + ":1", TEN, new PaymentMethod.OfType("checkout"))
            .describedAs("A plan & more")
            .returningTo(URI.create("https://shop.example/return"));
    Outcome asked = gateway().charge(page);
    assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);
    assertThat(lookedUp(asked.snapshot()).attempts().values())
        .singleElement()
        .matches(attempt -> attempt.step().isAt(AttemptStep.ACTION_NEEDED));
  }
}
