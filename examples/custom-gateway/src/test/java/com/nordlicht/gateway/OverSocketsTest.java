package com.nordlicht.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.Answers;
import dev.gatehouse.testkit.emulator.FaultProxy;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import dev.gatehouse.testkit.emulator.WebhookSender;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The bank on loopback, behind a proxy that loses things; a browser; and a shop that is notified.
 */
class OverSocketsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Counter counter = new Counter();
  private final LoopbackServer server = counter.bank.serve();
  private final FaultProxy proxy = FaultProxy.before(server.baseUrl());
  private final HttpTransport transport = HttpTransport.onJdkClient(HttpOptions.defaults());
  private final NordlichtGateway gateway =
      counter.gateway(transport, Map.of(NordlichtProvider.BASE_URL, proxy.baseUrl().toString()));
  private final LoopbackServer shop =
      LoopbackServer.start("shop", this::notified, e -> Answers.json(400, Map.of()));

  @AfterEach
  void close() {
    transport.close();
    proxy.close();
    server.close();
    shop.close();
  }

  private HttpResponse notified(HttpRequest request) {
    WebhookAnswer answer =
        gateway.receive(
            new WebhookRequest(
                request.method(),
                request.uri(),
                request.headers().fields().stream()
                    .collect(
                        Collectors.groupingBy(
                            HttpHeaders.Field::name,
                            Collectors.mapping(HttpHeaders.Field::value, Collectors.toList()))),
                request.body()));
    return Answers.json(answer instanceof WebhookAnswer.Verified ? 200 : 400, Map.of());
  }

  private HttpResponse browse(String method, URI page, String form) {
    return transport.send(
        new HttpRequest(method, page, HttpHeaders.none(), form.getBytes(StandardCharsets.UTF_8)),
        LIMIT);
  }

  private static ChargeRequest sale(PaymentMethod method) {
    return ChargeRequest.sale("p-1", "k-1", Money.parse("EUR 10.00"), method);
  }

  private Lookup lookup() {
    return gateway.lookup(
        new Trace(
            Optional.of("p-1"), counter.clock.instant(), Optional.empty(), PaymentFacts.none()));
  }

  // snippet: NordlichtLost
  @Test
  void an_answer_that_is_lost_is_unknown_and_found_again() {
    proxy.strikeNext(FaultProxy.Fault.DROP_ANSWER);

    assertThat(gateway.charge(sale(new PaymentMethod.Token("card", "tok_good"))))
        .isInstanceOf(Outcome.Unknown.class);

    counter.clock.advance(Duration.ofSeconds(5));
    assertThat(lookup()).isInstanceOf(Lookup.Found.class);
    assertThat(gateway.charge(sale(new PaymentMethod.Token("card", "tok_good"))))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(counter.bank.ledger().chargesOf("p-1")).hasSize(1);
  }

  // end snippet

  @Test
  void a_bank_that_can_not_be_reached_was_sent_nothing() {
    proxy.refuse();

    assertThat(gateway.charge(sale(new PaymentMethod.Token("card", "tok_good"))))
        .isInstanceOf(Outcome.NotSent.class);
  }

  @Test
  void a_customer_approves_in_a_browser_and_comes_back_and_the_shop_is_notified() {
    Outcome asked =
        gateway.charge(
            sale(new PaymentMethod.OfType("nordlicht_account"))
                .returningTo(URI.create("https://shop.test/back?order=1")));
    CustomerAction.Redirect action =
        (CustomerAction.Redirect) ((Outcome.ActionRequired) asked).action();
    assertThat(browse("GET", action.url(), "").bodyAsUtf8()).contains("EUR 10.00");

    HttpResponse back = browse("POST", action.url(), "decision=approve");

    assertThat(back.headers().first("location")).contains("https://shop.test/back?order=1");
    counter.clock.advance(Duration.ofSeconds(5));
    assertThat(lookup()).isInstanceOf(Lookup.Found.class);
    assertThat(counter.bank.ledger().chargesOf("p-1").get(0).captured())
        .isEqualTo(Money.parse("EUR 10.00"));
    WebhookSender sender =
        new WebhookSender(
            counter.clock,
            counter.bank::takeWebhooks,
            counter.bank::signedNow,
            transport,
            shop.baseUrl().resolve("/webhooks/nordlicht"));
    assertThat(sender.deliverDue()).hasSize(2).allMatch(WebhookSender.Delivery::isTaken);
  }
}
