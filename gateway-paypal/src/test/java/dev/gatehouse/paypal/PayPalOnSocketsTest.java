package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.paypal.PayPalServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway on the framework's own transport and real sockets. */
@Timeout(60)
class PayPalOnSocketsTest {
  private static final int CALLERS = 16;

  private final Bench bench = new Bench();
  private final Map<String, String> settings = bench.app.settings();

  @Test
  void a_sale_and_its_webhook_go_over_real_sockets() {
    try (PayPalServer server = PayPalServer.start(bench.paypal);
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      PayPalGateway gateway = open(server.baseUrl().toString(), http, Duration.ofSeconds(10));
      String order = Bench.orderId(gateway.charge(Bench.sale("pay-1")));
      bench.controls().approve(order);

      Outcome paid = gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));

      assertThat(paid).isInstanceOf(Outcome.Succeeded.class);
      WebhookRequest delivery = bench.paypal.takeWebhooks().get(1).toWebhookRequest();
      assertThat(gateway.receive(delivery)).isInstanceOf(WebhookAnswer.Verified.class);
      assertThat(bench.ledger().requests("POST /v1/notifications/verify-webhook-signature"))
          .isEqualTo(1);

      settings.put("webhook-verification", "certificate");
      PayPalGateway verifying = open(server.baseUrl().toString(), http, Duration.ofSeconds(10));
      assertThat(verifying.receive(delivery)).isInstanceOf(WebhookAnswer.Verified.class);
      assertThat(bench.ledger().requests("GET /v1/notifications/certs/{id}")).isEqualTo(1);
    }
  }

  @Test
  void many_callers_get_one_token_and_do_not_mix() throws Exception {
    try (PayPalServer server = PayPalServer.start(bench.paypal);
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      PayPalGateway gateway = open(server.baseUrl().toString(), http, Duration.ofSeconds(30));
      ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
      try {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          String reference = "pay-" + i;
          calls.add(() -> Bench.orderId(gateway.charge(Bench.sale(reference))));
        }
        List<Future<String>> orders = callers.invokeAll(calls);
        for (int i = 0; i < CALLERS; i++) {
          assertThat(bench.order("pay-" + i).order()).isEqualTo(orders.get(i).get());
        }
      } finally {
        callers.shutdownNow();
      }
      assertThat(bench.ledger().requests("POST /v1/oauth2/token")).isEqualTo(1);
    }
  }

  @Test
  void a_paypal_that_is_down_is_not_sent_to_and_nothing_is_known_of_it() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    try (HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      PayPalGateway gateway = open("http://127.0.0.1:" + port, http, Duration.ofSeconds(5));

      assertThat(gateway.charge(Bench.sale("pay-1"))).isInstanceOf(Outcome.NotSent.class);
      assertThat(gateway.lookup(bench.trace("pay-1"))).isInstanceOf(Lookup.CannotTell.class);
    }
  }

  @Test
  void a_paypal_that_never_answers_is_given_up_in_time_and_without_a_token_nothing_was_sent()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      Duration limit = Duration.ofMillis(250);
      PayPalGateway gateway = open("http://127.0.0.1:" + silent.getLocalPort(), http, limit);
      long before = System.nanoTime();

      Outcome outcome = gateway.charge(Bench.sale("pay-1"));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    }
  }

  @Test
  void an_answer_that_is_too_late_leaves_the_outcome_unknown() {
    HttpTransport slow =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            if (request.uri().getPath().endsWith("/capture")) {
              bench.paypal.handle(request);
              throw new TransportException.Unknown(
                  request, "http.timeout", "no complete answer in " + limit);
            }
            return bench.paypal.handle(request);
          }

          @Override
          public void close() {}
        };
    PayPalGateway gateway = bench.open(bench.app.settings(), slow, Mode.TEST);
    String order = Bench.orderId(gateway.charge(Bench.sale("pay-1")));
    bench.controls().approve(order);

    assertThat(gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC)))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(bench.order("pay-1").captures()).hasSize(1);
  }

  private PayPalGateway open(String baseUrl, HttpTransport http, Duration limit) {
    settings.put("base-url", baseUrl);
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("paypal-eu"), Mode.TEST, http, bench.clock, limit);
    return (PayPalGateway)
        new PayPalGatewayProvider().open(GatewaySettings.of(settings), environment);
  }
}
