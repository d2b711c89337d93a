package dev.gatehouse.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferenceServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Bench bench = new Bench();
  private final ReferenceServer server = ReferenceServer.start(bench.provider);
  private final HttpTransport http = HttpTransport.create(HttpOptions.defaults());
  private final ReferenceGateway gateway = bench.open(bench.account, http, server.baseUrl());

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  @Test
  void the_whole_way_of_a_payment_is_the_same_over_http() {
    Outcome held = gateway.charge(Bench.hold("pay-1", TestToken.APPROVE));
    String auth = held.snapshot().facts().authorizations().firstKey();
    Outcome captured = gateway.capture(bench.capture("pay-1", auth, "EUR 6.00", true));
    String capture = captured.snapshot().facts().movements().firstKey();
    Outcome refunded = gateway.refund(bench.refund("pay-1", "r-1", capture, "EUR 1.00"));

    assertThat(refunded).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR).toString()).isEqualTo("EUR 5.00");
    bench.clock.advance(ReferenceGatewayProvider.SETTLES);
    assertThat(gateway.lookup(bench.trace("pay-1")))
        .isEqualTo(bench.gateway.lookup(bench.trace("pay-1")))
        .isInstanceOf(Lookup.Found.class);
  }

  @Test
  void declines_conflicts_and_pending_charges_are_the_same_over_http() {
    assertThat(gateway.charge(Bench.sale("p1", TestToken.DECLINE_UNKNOWN)))
        .isInstanceOf(Outcome.Declined.class);
    assertThat(gateway.charge(Bench.sale("p1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.NotSent.class);
    assertThat(gateway.charge(Bench.sale("p2", TestToken.PENDING)))
        .isInstanceOf(Outcome.Pending.class);
    assertThat(gateway.charge(Bench.sale("p3", TestToken.RATE_LIMITED_ONCE)))
        .isInstanceOf(Outcome.NotSent.class);
    assertThat(gateway.charge(Bench.sale("p4", TestToken.SERVER_ERROR)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_customer_approves_on_the_providers_page_and_is_sent_back() {
    Outcome.ActionRequired asked =
        (Outcome.ActionRequired) gateway.charge(Bench.sale("pay-1", TestToken.ACTION));
    URI page = ((CustomerAction.Redirect) asked.action()).url();
    assertThat(page.toString()).startsWith(server.baseUrl().toString());
    assertThat(send("GET", page, "").bodyAsUtf8()).contains("decision", "EUR 10.00");

    HttpResponse decided = send("POST", page, "decision=approve");

    assertThat(decided.status()).isEqualTo(303);
    assertThat(decided.headers().first("location")).contains("https://shop.test/return");
    assertThat(gateway.complete(bench.complete("pay-1", Bench.chargeId(asked))))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(send("POST", page, "decision=approve").status()).isEqualTo(409);
  }

  @Test
  void a_customer_who_is_asked_twice_is_sent_to_the_second_page() {
    Outcome.ActionRequired asked =
        (Outcome.ActionRequired) gateway.charge(Bench.sale("pay-1", TestToken.ACTION_TWICE));
    URI page = ((CustomerAction.Redirect) asked.action()).url();

    HttpResponse once = send("POST", page, "decision=approve");

    URI second = URI.create(once.headers().first("location").orElseThrow());
    assertThat(second).isNotEqualTo(page);
    assertThat(send("GET", second, "").bodyAsUtf8()).contains("EUR 10.00");
    assertThat(send("POST", second, "decision=approve").headers().first("location"))
        .contains("https://shop.test/return");
  }

  @Test
  void bodies_are_capped_and_unknown_places_are_refused() {
    URI charges = server.baseUrl().resolve("/v1/charges");
    assertThat(send("POST", charges, "x".repeat(256 * 1024 + 1)).status()).isEqualTo(413);
    assertThat(send("GET", server.baseUrl().resolve("/nowhere"), "").status()).isEqualTo(404);
    assertThat(send("GET", charges, "").status()).isEqualTo(401);
  }

  @Test
  void a_server_that_was_closed_was_never_asked() {
    server.close();
    server.close();
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.NotSent.class);
  }

  private HttpResponse send(String method, URI uri, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return http.send(new HttpRequest(method, uri, HttpHeaders.none(), bytes), LIMIT);
  }
}
