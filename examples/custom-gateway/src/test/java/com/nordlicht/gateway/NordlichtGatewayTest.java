package com.nordlicht.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.emulator.DirectTransport;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is this bank's own: its words, its lists, its keys. What every gateway must do, the kit
 * asks.
 */
class NordlichtGatewayTest {
  private final Counter counter = new Counter();
  private final NordlichtGateway gateway = counter.gateway();

  private static ChargeRequest sale(String reference, String amount, String token) {
    return ChargeRequest.sale(
        reference, "k-" + reference, Money.parse(amount), new PaymentMethod.Token("card", token));
  }

  private Trace trace(String reference, Outcome seen) {
    return new Trace(
        Optional.of(reference), counter.clock.instant(), Optional.empty(), seen.snapshot().facts());
  }

  private Outcome answered(int status, String body, HttpHeaders headers) {
    DirectTransport odd =
        new DirectTransport(
            request -> new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    return counter.gateway(odd, Map.of()).charge(sale("p-1", "EUR 10.00", "tok_good"));
  }

  // snippet: NordlichtOwnTest
  @ParameterizedTest
  @CsvSource({
    "tok_reject_51, INSUFFICIENT_FUNDS, NL-51",
    "tok_reject_54, EXPIRED_CARD, NL-54",
    "tok_reject_43, STOLEN_CARD, NL-43",
    "tok_reject_77, GENERIC_DECLINE, NL-77"
  })
  void a_rejection_is_a_decline_with_the_banks_code(String token, DeclineCode code, String raw) {
    Outcome outcome = gateway.charge(sale("p-1", "EUR 10.00", token));

    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
    Outcome.Declined declined = (Outcome.Declined) outcome;
    assertThat(declined.decline().code()).isEqualTo(code);
    assertThat(declined.decline().rawCode()).isEqualTo(raw);
  }

  // end snippet

  @Test
  void kronur_are_written_with_two_decimals_that_are_always_zero() {
    List<String> bodies = new ArrayList<>();
    DirectTransport listening =
        new DirectTransport(
            request -> {
              bodies.add(new String(request.body(), StandardCharsets.UTF_8));
              return counter.bank.handle(request);
            });

    counter.gateway(listening, Map.of()).charge(sale("p-1", "ISK 1500", "tok_good"));

    assertThat(bodies.get(0)).contains("{\"value\":\"1500.00\",\"currency\":\"ISK\"}");
    assertThat(counter.bank.ledger().chargesOf("p-1").get(0).captured())
        .isEqualTo(Money.parse("ISK 1500"));
  }

  @ParameterizedTest
  @CsvSource({
    "invalid, 422, VALIDATION",
    "not-found, 404, NOT_FOUND",
    "not-possible, 409, INVALID_STATE",
    "request-id-reused, 409, IDEMPOTENCY_CONFLICT"
  })
  void the_banks_own_problems_are_certain(String type, int status, ErrorCategory category) {
    String body = "{\"type\":\"https://nordlicht.example/problems/" + type + "\",\"title\":\"x\"}";

    Outcome outcome = answered(status, body, HttpHeaders.none());

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().category()).isEqualTo(category);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | <html>nothing here</html>",
        "422 | {\"type\":\"https://elsewhere.example/problems/invalid\"}",
        "422 | {\"type\":\"invalid\"}",
        "409 | {\"type\":\"https://nordlicht.example/problems/new-one\"}",
        "500 | {\"type\":\"https://nordlicht.example/problems/invalid\"}",
        "200 | {\"state\":\"BOOKED\"}",
        "200 | [1]"
      })
  void whatever_else_comes_is_unknown(int status, String body) {
    assertThat(answered(status, body, HttpHeaders.none())).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void too_many_requests_are_told_to_wait_as_long_as_the_bank_says() {
    Outcome outcome = answered(429, "", HttpHeaders.none().with("retry-after", "9"));

    assertThat(((Outcome.NotSent) outcome).failure().retryAfter()).contains(Duration.ofSeconds(9));
  }

  @Test
  void the_bank_itself_slows_down_who_asks_too_often() {
    List<Outcome> outcomes =
        IntStream.rangeClosed(1, 501)
            .mapToObj(n -> gateway.charge(sale("p-" + n, "EUR 1.00", "tok_good")))
            .toList();

    assertThat(outcomes.subList(0, 500)).allMatch(Outcome.Succeeded.class::isInstance);
    assertThat(((Outcome.NotSent) outcomes.get(500)).failure().category())
        .isEqualTo(ErrorCategory.RATE_LIMITED);
  }

  @Test
  void a_payment_from_the_account_is_approved_at_the_banks_page_and_then_simply_there() {
    ChargeRequest request =
        ChargeRequest.sale(
                "p-1",
                "k-1",
                Money.parse("SEK 99.00"),
                new PaymentMethod.OfType("nordlicht_account"))
            .returningTo(URI.create("https://shop.test/back"));
    Outcome asked = gateway.charge(request);
    assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);

    Ledger.Charge charge = counter.bank.ledger().chargesOf("p-1").get(0);
    counter.bank.happens(Happening.CUSTOMER_APPROVES, charge.id());

    Lookup.Found found = (Lookup.Found) gateway.lookup(trace("p-1", asked));
    assertThat(found.snapshot().facts().movements().values())
        .singleElement()
        .satisfies(capture -> assertThat(capture.is(MovementKind.CAPTURE)).isTrue());
  }

  @Test
  void a_payment_is_found_by_our_reference_on_a_later_page_of_the_list() {
    for (int n = 0; n < 25; n++) {
      assertThat(gateway.charge(sale("p-1", "EUR 1.00", n, "tok_good")))
          .isInstanceOf(Outcome.Succeeded.class);
    }
    counter.clock.advance(Duration.ofSeconds(5));

    Lookup lookup =
        gateway.lookup(
            new Trace(
                Optional.of("p-1"),
                counter.clock.instant(),
                Optional.empty(),
                PaymentFacts.none()));

    assertThat(((Lookup.Found) lookup).snapshot().facts().attempts()).hasSize(25);
  }

  private static ChargeRequest sale(String reference, String amount, int number, String token) {
    return ChargeRequest.sale(
        reference, "k-" + number, Money.parse(amount), new PaymentMethod.Token("card", token));
  }

  @Test
  void the_journal_says_what_changed_and_how_far_it_reaches() {
    Instant begin = counter.clock.instant();
    for (int n = 0; n < 25; n++) {
      gateway.charge(sale("p-" + n, "EUR 1.00", "tok_good"));
    }
    counter.clock.advance(Duration.ofSeconds(3));
    assertThat(((Changes.Listed) gateway.changesSince(begin)).hints()).isEmpty();
    counter.clock.advance(Duration.ofSeconds(3));

    Changes.Listed listed = (Changes.Listed) gateway.changesSince(begin);

    assertThat(listed.hints()).hasSize(25);
    assertThat(listed.upTo()).isEqualTo(begin.plusSeconds(1));
    assertThat(listed.from()).isEqualTo(begin);
  }

  @Test
  void parts_of_a_reservation_are_booked_and_given_back_each_under_its_tag() {
    Outcome held = gateway.charge(sale("p-1", "NOK 100.00", "tok_good").holdOnly());
    String hold = held.snapshot().facts().authorizations().firstKey();
    for (String key : List.of("c1", "c2")) {
      Outcome booked =
          gateway.capture(
              new CaptureRequest(trace("p-1", held), key, hold, Money.parse("NOK 30.00"), false));
      assertThat(booked).isInstanceOf(Outcome.Succeeded.class);
    }
    Ledger.Charge charge = counter.bank.ledger().chargesOf("p-1").get(0);
    String booking = charge.captures().get(1).id();

    Outcome back =
        gateway.refund(
            new RefundRequest(
                trace("p-1", held), "r1", booking, Money.parse("NOK 10.00"), Optional.empty()));

    assertThat(back).isInstanceOf(Outcome.Succeeded.class);
    assertThat(back.snapshot().facts().movements().get(booking).operation().has("c2")).isTrue();
    assertThat(counter.bank.ledger().chargesOf("p-1").get(0).kept())
        .isEqualTo(Money.parse("NOK 50.00"));
  }

  @Test
  void all_that_is_wrong_with_the_settings_is_said_at_once_and_without_a_secret() {
    GatewaySettings wrong =
        GatewaySettings.of(
            Map.of(
                NordlichtProvider.BASE_URL, "https://api.nordlicht.example",
                NordlichtProvider.API_KEY, "nlk_live_hidden",
                NordlichtProvider.WEBHOOK_SECRET, "hidden"));

    assertThatThrownBy(
            () ->
                new NordlichtProvider()
                    .open(wrong, counter.environment(new DirectTransport(counter.bank::handle))))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              assertThat(e.problems())
                  .extracting(problem -> problem.field())
                  .containsExactly("api-key", "webhook-secret");
              assertThat(e.toString()).doesNotContain("hidden");
            });
  }

  @Test
  void an_address_with_a_path_keeps_it() {
    List<HttpRequest> sent = new ArrayList<>();
    DirectTransport listening =
        new DirectTransport(
            request -> {
              sent.add(request);
              return new HttpResponse(500, HttpHeaders.none(), new byte[0]);
            });

    counter
        .gateway(listening, Map.of(NordlichtProvider.BASE_URL, "https://proxy.example/nordlicht/"))
        .charge(sale("p-1", "EUR 1.00", "tok_good"));

    assertThat(sent.get(0).uri()).hasToString("https://proxy.example/nordlicht/v2/payments");
  }
}
