package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.paypal.PayPalServer;
import dev.gatehouse.testkit.spec.Specs;
import dev.gatehouse.testkit.spec.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proxy that nobody here wrote reads PayPal's descriptions, and refuses each request that does
 * not fit. See {@link StandIn} for how it is run; tokens, certificates and disputes are in none of
 * the descriptions and pass beside it.
 */
class PayPalStandInsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What is described, by how its address begins. */
  private static final Map<String, String> DESCRIBED =
      Map.of(
          "/v2/checkout/", "checkout_orders_v2.json",
          "/v2/payments/", "payments_payment_v2.json",
          "/v3/vault/", "vault_payment_tokens_v3.json",
          "/v1/notifications/verify-", "notifications_webhooks_v1.json",
          "/v1/notifications/webhooks", "notifications_webhooks_v1.json");

  private final Bench bench = new Bench();
  private final Map<String, StandIn> proxies = new TreeMap<>();
  private final List<String> refused = new ArrayList<>();
  private final ConcurrentSkipListSet<String> taken = new ConcurrentSkipListSet<>();

  @TempDir private Path folder;

  /** Sends what is described by way of its proxy. */
  private final class Door implements HttpTransport {
    private final HttpTransport http;

    Door(HttpTransport http) {
      this.http = http;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      String path = request.uri().getRawPath();
      String file =
          DESCRIBED.entrySet().stream()
              .filter(part -> path.startsWith(part.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("");
      if (file.isEmpty()) {
        return http.send(request, limit);
      }
      String query = request.uri().getRawQuery();
      URI to = URI.create(proxies.get(file).baseUrl() + path + (query == null ? "" : "?" + query));
      HttpResponse answer =
          http.send(
              new HttpRequest(request.method(), to, request.headers(), request.body()), limit);
      String line = FaultyDoor.line(request);
      // Its own refusals, not PayPal's, which have a debug id.
      if (answer.headers().first("sl-violations").isPresent()
          || answer.bodyAsUtf8().contains("stoplight.io")) {
        refused.add(line + " " + answer.status() + ": " + answer.bodyAsUtf8());
      } else {
        taken.add(line.replaceAll("/(?=[A-Za-z-]*[0-9])[A-Za-z0-9-]{10,}", "/{id}"));
      }
      return answer;
    }

    @Override
    public void close() {
      http.close();
    }
  }

  @Test
  void a_proxy_that_validates_every_request_takes_every_one_of_ours() throws Exception {
    Path prism = StandIn.installed("@stoplight/prism-cli", "5.16.0");
    try (PayPalServer paypal = PayPalServer.start(bench.paypal);
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      for (String file : new TreeSet<>(DESCRIBED.values())) {
        proxies.put(
            file,
            StandIn.start(
                prism.resolve("dist/index.js"),
                "proxy",
                "--errors",
                "--port=PORT",
                requestsAlone(file).toString(),
                paypal.baseUrl().toString()));
      }
      Map<String, String> settings = bench.app.settings();
      settings.put("base-url", paypal.baseUrl().toString());
      PayPalGateway gateway = bench.open(settings, new Door(http), Mode.TEST);
      everythingIsDone(gateway);
      walletsAreStored(gateway);
      everythingIsRegistered(paypal.baseUrl(), new Door(http));

      assertThat(refused).isEmpty();
      assertThat(taken)
          .contains(
              "POST /v2/checkout/orders",
              "GET /v2/checkout/orders/{id}",
              "POST /v2/checkout/orders/{id}/capture",
              "POST /v2/checkout/orders/{id}/authorize",
              "POST /v2/payments/authorizations/{id}/capture",
              "POST /v2/payments/authorizations/{id}/void",
              "POST /v2/payments/captures/{id}/refund",
              "POST /v3/vault/setup-tokens",
              "GET /v3/vault/setup-tokens/{id}",
              "POST /v3/vault/payment-tokens",
              "GET /v3/vault/payment-tokens",
              "GET /v3/vault/payment-tokens/{id}",
              "DELETE /v3/vault/payment-tokens/{id}",
              "POST /v1/notifications/verify-webhook-signature",
              "GET /v1/notifications/webhooks-events",
              "GET /v1/notifications/webhooks",
              "POST /v1/notifications/webhooks");
      wrongOnesAreRefused(http);
    } finally {
      proxies.values().forEach(StandIn::close);
    }
  }

  private void everythingIsDone(PayPalGateway gateway) {
    String sold = approved(gateway, gateway.charge(Bench.sale("pay-1")));
    Snapshot paid =
        gateway.complete(bench.complete("pay-1", sold, CaptureMode.AUTOMATIC)).snapshot();
    var trace = bench.trace("pay-1", paid.facts());
    gateway.refund(bench.refund(trace, "r1", Bench.captureId(paid), "USD 4.00"));
    gateway.lookup(trace);
    String held = approved(gateway, gateway.charge(Bench.hold("pay-2")));
    Snapshot hold = gateway.complete(bench.complete("pay-2", held, CaptureMode.MANUAL)).snapshot();
    gateway.capture(bench.capture("pay-2", "c1", Bench.holdId(hold), "USD 7.00", false));
    gateway.voidAuthorization(
        bench.release(bench.trace("pay-2", hold.facts()), Bench.holdId(hold)));
    gateway.changesSince(bench.clock.instant().minusSeconds(60));
    assertThat(gateway.receive(bench.paypal.takeWebhooks().get(1).toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);

    assertThat(refused).isEmpty();
    assertThat(bench.order("pay-1").refunds()).hasSize(1);
    assertThat(bench.order("pay-2").captures()).hasSize(1);
  }

  /** With a payment and without one; charged, held, looked at and removed. */
  private void walletsAreStored(PayPalGateway gateway) {
    CustomerDetails ann = CustomerDetails.none().of("ann");
    ChargeRequest storing = Bench.sale("pay-3").storingMethod().by(ann);
    String sold = approved(gateway, gateway.charge(storing));
    Outcome paid = gateway.complete(bench.complete("pay-3", sold, CaptureMode.AUTOMATIC));
    Agreement agreed =
        new Agreement(Agreement.Use.RECURRING, "Gold, each month", bench.clock.instant());
    Outcome asked =
        gateway.setUp(
            new SetUpRequest(
                "set-1",
                "set-1.set_up.1",
                Bench.PAYPAL,
                agreed,
                Optional.of(URI.create("https://shop.test/return")),
                ann));
    bench.controls().approveSetUp(Bench.orderId(asked));
    Trace known = bench.trace("set-1", asked);
    String setUp = Bench.orderId(asked);
    gateway.complete(new CompleteRequest(known, "set-1.complete.1", setUp, CaptureMode.AUTOMATIC));
    gateway.lookupSetUp(known);
    String wallet = bench.ledger().kept().get(1).id();
    ChargeRequest renewal =
        ChargeRequest.sale(
                "pay-4", "pay-4.charge.1", Bench.TEN, new PaymentMethod.Stored("paypal", wallet))
            .withoutCustomer()
            .by(ann)
            .under(agreed);
    gateway.charge(renewal);
    gateway.charge(
        new ChargeRequest(
                "pay-5",
                "pay-5.charge.1",
                Bench.TEN,
                CaptureMode.MANUAL,
                renewal.method(),
                false,
                Initiator.CUSTOMER,
                Optional.empty(),
                Optional.empty(),
                ann)
            .under(agreed));
    gateway.lookup(bench.trace("pay-3", paid));
    gateway.remove(new RemoveRequest("remove-1", wallet, Optional.empty(), Optional.empty()));

    assertThat(refused).isEmpty();
    assertThat(bench.order("pay-4").captures()).hasSize(1);
    assertThat(bench.order("pay-5").authorizations()).hasSize(1);
    assertThat(bench.ledger().kept())
        .extracting(kept -> kept.removed())
        .containsExactly(false, true);
  }

  private String approved(PayPalGateway gateway, Outcome asked) {
    assertThat(refused).isEmpty();
    bench.controls().approve(Bench.orderId(asked));
    return Bench.orderId(asked);
  }

  private void everythingIsRegistered(URI paypal, HttpTransport door) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int ended =
        PayPalWebhookEndpoint.run(
            new String[] {"sandbox", "https://shop.test/webhooks", paypal.toString()},
            Map.of(
                "PAYPAL_CLIENT_ID", bench.app.clientId(),
                "PAYPAL_CLIENT_SECRET", bench.app.clientSecret()),
            door,
            new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(ended).as(said.toString(StandardCharsets.UTF_8) + refused).isZero();
  }

  /** That it can refuse is what makes the rest worth something. */
  private void wrongOnesAreRefused(HttpTransport http) {
    Map.of(
            "/v2/checkout/orders", "{\"intent\":\"SOON\",\"purchase_units\":[]}",
            "/v2/payments/captures/1C/refund", "{\"amount\":{\"currency_code\":1}}",
            "/v3/vault/setup-tokens", "{\"payment_source\":{\"paypal\":{\"usage_type\":1}}}",
            "/v3/vault/payment-tokens", "{\"payment_source\":{\"token\":{\"id\":\"1\"}}}",
            "/v1/notifications/verify-webhook-signature", "{\"webhook_id\":\"1\"}",
            "/v1/notifications/webhooks", "{\"event_types\":[]}")
        .forEach(
            (path, body) -> {
              int before = refused.size();
              new Door(http)
                  .send(
                      new HttpRequest(
                          "POST",
                          URI.create("https://api-m.sandbox.paypal.com" + path),
                          HttpHeaders.none()
                              .with("authorization", "Bearer x")
                              .with("paypal-request-id", "1")
                              .with("content-type", "application/json"),
                          body.getBytes(StandardCharsets.UTF_8)),
                      LIMIT);
              assertThat(refused).as(path).hasSizeGreaterThan(before);
            });
  }

  /**
   * What a description says of requests; answers are held against it by the bench. Some of its
   * patterns are none that a validator in JavaScript compiles, and one forbids what Base64 may
   * begin with: it would skip what they stand in, or refuse what is right. And {@code SETUP_TOKEN},
   * as PayPal's pages have it, is newer than the description.
   */
  private Path requestsAlone(String file) throws Exception {
    ObjectNode all = (ObjectNode) JSON.readTree(Files.readAllBytes(Specs.path(file)));
    for (JsonNode path : all.path("paths")) {
      for (JsonNode operation : path) {
        if (operation instanceof ObjectNode one && one.has("responses")) {
          ObjectNode responses = one.putObject("responses");
          responses.putObject("204").put("description", "done, without a word");
          ObjectNode any = responses.putObject("default");
          any.put("description", "any").putObject("content").putObject("application/json");
        }
      }
    }
    mended(all);
    return Files.write(folder.resolve(file), JSON.writeValueAsBytes(all));
  }

  private static void mended(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("transmission_sig") instanceof ObjectNode signature) {
        signature.remove("pattern");
      }
      if (object.path("enum") instanceof ArrayNode words
          && words.size() == 1
          && words.get(0).asString("").equals("BILLING_AGREEMENT")) {
        words.add("SETUP_TOKEN");
      }
      String pattern = object.path("pattern").asString("");
      if (pattern.contains("\\!") || pattern.startsWith("(?:[a-zA-Z0-9!#")) {
        object.remove("pattern");
      }
    }
    node.forEach(PayPalStandInsTest::mended);
  }
}
