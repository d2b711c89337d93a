package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a capture leaves of a hold, Stripe gives back by itself, and calls that a refund. */
class StripeReleasesTest {
  private static final String REST = "EUR 4.00";

  private final Bench bench = new Bench();
  private final StripeGateway gateway = bench.gateway;

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  /** Answers of Stripe's, whose charges were changed on their way. */
  private record Changed(HttpTransport behind, Consumer<JsonObject> change)
      implements HttpTransport {
    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      HttpResponse answer = behind.send(request, limit);
      JsonElement body = JsonParser.parseString(answer.bodyAsUtf8());
      walk(body);
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      return new HttpResponse(answer.status(), answer.headers(), bytes);
    }

    private void walk(JsonElement element) {
      if (element instanceof JsonArray array) {
        array.forEach(this::walk);
      } else if (element instanceof JsonObject object) {
        object.entrySet().forEach(entry -> walk(entry.getValue()));
        if (object.has("object") && object.get("object").getAsString().equals("charge")) {
          change.accept(object);
        }
      }
    }

    @Override
    public void close() {
      behind.close();
    }
  }

  /** A hold of 10.00, of which 6.00 were captured a day later. */
  private Snapshot captured() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    bench.clock.advance(Duration.ofDays(1));
    return gateway.capture(bench.capture(held, "pay-1", "EUR 6.00")).snapshot();
  }

  private void refundedAtTheDashboard(String amount) {
    bench.controls().consoleRefund("ch_1", Money.parse(amount));
  }

  private Totals totals(StripeGateway through, Snapshot seen) {
    Snapshot found = Bench.found(through.lookup(bench.trace("pay-1", seen)));
    return Totals.of(found.facts(), CurrencyUnit.EUR);
  }

  private Totals totals(Snapshot seen) {
    return totals(gateway, seen);
  }

  private Totals totals(Snapshot seen, Consumer<JsonObject> change) {
    return totals(bench.open(bench.account, new Changed(bench.door, change), Map.of()), seen);
  }

  @Test
  void the_released_rest_is_no_refund_of_what_was_captured() {
    Snapshot seen = captured();
    Snapshot found = bench.lookup("pay-1", seen);
    assertThat(found.facts().movements().values())
        .singleElement()
        .matches(movement -> movement.is(MovementKind.CAPTURE));
    assertThat(totals(seen).kept()).isEqualTo(Money.parse("EUR 6.00"));
  }

  @Test
  void a_refund_of_the_same_amount_at_the_dashboard_counts_whether_at_once_or_later() {
    Snapshot seen = captured();
    refundedAtTheDashboard(REST);
    assertThat(totals(seen).refunded()).isEqualTo(Money.parse(REST));
    bench.clock.advance(Duration.ofHours(1));
    refundedAtTheDashboard("EUR 1.00");
    assertThat(totals(seen).refunded()).isEqualTo(Money.parse("EUR 5.00"));
  }

  @Test
  void a_refund_of_ours_of_the_same_amount_counts() {
    Snapshot seen = captured();
    gateway.refund(bench.refund(seen, "pay-1", REST, 1));
    Snapshot found = bench.lookup("pay-1", seen);
    assertThat(found.facts().movements().values())
        .filteredOn(movement -> movement.is(MovementKind.REFUND))
        .singleElement()
        .matches(refund -> refund.operation().has("pay-1:refund:1"));
  }

  @Test
  void where_stripe_makes_no_refund_of_the_rest_a_later_one_at_the_dashboard_counts() {
    Snapshot seen = captured();
    bench.clock.advance(Duration.ofMinutes(1));
    refundedAtTheDashboard(REST);
    Consumer<JsonObject> withoutRelease =
        charge -> {
          if (charge.has("refunds")) {
            // Newest first.
            charge.getAsJsonObject("refunds").getAsJsonArray("data").remove(1);
          }
        };
    assertThat(totals(seen, withoutRelease).refunded()).isEqualTo(Money.parse(REST));
  }

  @Test
  void money_that_is_not_booked_yet_was_captured_just_now() {
    Snapshot seen = captured();
    Totals totals = totals(seen, charge -> charge.add("balance_transaction", JsonNull.INSTANCE));
    assertThat(totals.refunded()).isEqualTo(Money.parse("EUR 0.00"));
  }

  @Test
  void of_a_hold_captured_in_parts_every_refund_counts_also_one_as_large_as_the_rest() {
    StripeGateway inParts =
        bench.open(
            bench.account, bench.door, Map.of(StripeGatewayProvider.MULTIPLE_CAPTURES, "true"));
    Snapshot held = inParts.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    Snapshot seen = inParts.capture(bench.capture(held, "pay-1", "EUR 6.00")).snapshot();
    assertThat(totals(inParts, seen).refunded()).isEqualTo(Money.parse("EUR 0.00"));
    refundedAtTheDashboard(REST);
    assertThat(totals(inParts, seen).refunded()).isEqualTo(Money.parse(REST));
  }

  @Test
  void a_capture_between_two_requests_of_one_lookup_leaves_no_refund_behind() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    HttpTransport capturing =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            HttpResponse answer = bench.door.send(request, limit);
            if (request.uri().getPath().startsWith("/v1/payment_intents/")) {
              gateway.capture(bench.capture(held, "pay-1", "EUR 6.00"));
            }
            return answer;
          }

          @Override
          public void close() {
            bench.door.close();
          }
        };
    Totals totals = totals(bench.open(bench.account, capturing, Map.of()), held);
    assertThat(totals.captured()).isEqualTo(Money.parse("EUR 6.00"));
    assertThat(totals.refunded()).isEqualTo(Money.parse("EUR 0.00"));
  }

  @Test
  void a_hold_that_was_voided_or_ran_out_shows_no_refund() {
    Snapshot voided = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    gateway.voidAuthorization(bench.release(voided, "pay-1"));
    assertThat(bench.lookup("pay-1", voided).facts().movements()).isEmpty();
    Snapshot forgotten = gateway.charge(Bench.hold("pay-2", StripeToken.VISA)).snapshot();
    bench.clock.advance(Duration.ofDays(7));
    assertThat(bench.lookup("pay-2", forgotten).facts().movements()).isEmpty();
  }

  @Test
  void a_key_that_may_not_read_bookings_cannot_tell() {
    Snapshot seen = captured();
    HttpTransport restricted =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            if (request.uri().getPath().startsWith("/v1/balance_transactions/")) {
              bench.door.answerInstead(
                  403,
                  "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"The provided key"
                      + " does not have the required permissions for this endpoint.\"}}");
            }
            return bench.door.send(request, limit);
          }

          @Override
          public void close() {
            bench.door.close();
          }
        };
    Lookup lookup =
        bench.open(bench.account, restricted, Map.of()).lookup(bench.trace("pay-1", seen));
    assertThat(((Lookup.CannotTell) lookup).failure().message()).contains("'secret-key'");
  }
}
