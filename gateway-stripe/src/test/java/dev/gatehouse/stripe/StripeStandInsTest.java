package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.spec.StandIn;
import dev.gatehouse.testkit.spec.StripeSpec;
import dev.gatehouse.testkit.stripe.StripeServer;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Stand-ins for Stripe that nobody here wrote; see {@link StandIn} for how they are run. */
class StripeStandInsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern USED =
      Pattern.compile(
          "^/v1/(payment_intents|setup_intents|payment_methods|customers|charges|refunds"
              + "|disputes|events|balance_transactions|checkout/sessions|webhook_endpoints)");

  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));

  private static final CustomerDetails ANN =
      new CustomerDetails(
              Optional.of("Ann"), Optional.of("ann@example.org"), Optional.of(Locale.UK))
          .of("ann");

  private final List<String> refused = new ArrayList<>();

  @TempDir private Path folder;

  private StripeGateway gateway(HttpTransport http, URI baseUrl, Clock clock) {
    HttpTransport watched =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            HttpResponse response = http.send(request, limit);
            if (response.status() == 422 || response.status() >= 500) {
              refused.add(request.method() + " " + request.uri() + ": " + response.bodyAsUtf8());
            }
            return response;
          }

          @Override
          public void close() {
            http.close();
          }
        };
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "secret-key", "sk_test_main",
                "base-url", baseUrl.toString(),
                "send-receipts", "true",
                "statement-descriptor-suffix", "GOLD PLAN"));
    return (StripeGateway)
        new StripeGatewayProvider()
            .open(
                GatewaySettings.of(settings),
                new GatewayEnvironment(
                    new GatewayInstanceId("stripe-eu"), Mode.TEST, watched, clock, LIMIT));
  }

  /**
   * It reads Stripe's description and refuses each request that does not fit. Lists of objects it
   * can't read in forms, so a Checkout Session is not made here.
   */
  @Test
  void a_proxy_that_validates_every_parameter_takes_every_request() throws Exception {
    Path prism = StandIn.installed("@stoplight/prism-cli", "5.16.0");
    Path description = requestsAlone(StripeSpec.description());
    Bench bench = new Bench();
    try (StripeServer stripe = bench.stripe.serve();
        StandIn proxy =
            StandIn.start(
                prism.resolve("dist/index.js"),
                "proxy",
                "--errors",
                "--port=PORT",
                description.toString(),
                stripe.baseUrl().toString());
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      StripeGateway gateway = gateway(http, proxy.baseUrl(), bench.clock);

      Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
      assertThat(refused).isEmpty();
      gateway.charge(Bench.sale("pay-2", StripeToken.INSUFFICIENT_FUNDS));
      Outcome asked = gateway.charge(Bench.sale("pay-3", StripeToken.THREE_D_SECURE_2));
      assertThat(refused).isEmpty();
      assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);
      bench.controls().authenticate(Bench.intent(asked));
      gateway.lookup(bench.trace("pay-3", asked.snapshot()));
      gateway.refund(bench.refund(sold, "pay-1", "EUR 4.00", 1));
      gateway.refund(bench.refund(sold, "pay-1", "EUR 6.00", 2));
      Snapshot held = gateway.charge(Bench.hold("pay-4", StripeToken.VISA)).snapshot();
      gateway.capture(bench.capture(held, "pay-4", "EUR 7.00"));
      Snapshot other = gateway.charge(Bench.hold("pay-5", StripeToken.VISA)).snapshot();
      gateway.voidAuthorization(bench.release(other, "pay-5"));
      gateway.lookup(
          Bench.inDoubt(
              "pay-6",
              OperationKind.CHARGE,
              "pay-6:charge:1",
              bench.clock.instant(),
              PaymentFacts.none()));
      Lookup seen = gateway.lookup(bench.trace("pay-1", sold));
      gateway.changesSince(bench.clock.instant().minusSeconds(60));
      cardsAreStoredChargedAndRemoved(bench, gateway);

      assertThat(refused).isEmpty();
      assertThat(Totals.of(Bench.found(seen).facts(), CurrencyUnit.EUR).refunded())
          .isEqualTo(Bench.TEN);
      assertThat(bench.ledger().captured("pay-4", CurrencyUnit.EUR))
          .isEqualTo(Money.parse("EUR 7.00"));
      // That it can refuse is what makes the rest worth something.
      HttpResponse wrong =
          http.send(
              new HttpRequest(
                  "POST",
                  URI.create(proxy.baseUrl() + "/v1/payment_intents"),
                  HttpHeaders.none()
                      .with("authorization", "Bearer sk_test_main")
                      .with("content-type", "application/x-www-form-urlencoded"),
                  "currency=usd&confirm=perhaps".getBytes(StandardCharsets.UTF_8)),
              LIMIT);
      assertThat(wrong.status()).isEqualTo(422);
    }
  }

  private static void cardsAreStoredChargedAndRemoved(Bench bench, StripeGateway gateway) {
    Snapshot first = gateway.charge(storing("pay-7", ANN)).snapshot();
    String card = first.facts().credentials().firstKey();
    Optional<String> owner = first.facts().credentials().get(card).owner().value();
    gateway.charge(storing("pay-8", ANN));
    gateway.charge(storing("pay-9", ANN.knownAs(owner)));
    gateway.lookup(bench.trace("pay-7", first));
    ChargeRequest renewal =
        ChargeRequest.sale(
                "pay-10", "pay-10:charge:1", Bench.TEN, new PaymentMethod.Stored("card", card))
            .withoutCustomer()
            .under(AGREED)
            .by(ANN.knownAs(owner));
    assertThat(gateway.charge(renewal)).isInstanceOf(Outcome.Succeeded.class);
    Outcome setUp =
        gateway.setUp(
            new SetUpRequest(
                "set-1",
                "set-1.set_up.1",
                new PaymentMethod.Token("card", StripeToken.MASTERCARD.id()),
                AGREED,
                Optional.of(URI.create("https://shop.test/return")),
                ANN));
    assertThat(setUp).isInstanceOf(Outcome.Succeeded.class);
    gateway.lookupSetUp(bench.trace("set-1", setUp.snapshot()));
    gateway.lookupSetUp(bench.trace("set-1", Snapshot.empty()));
    for (int i = 1; i <= 2; i++) {
      assertThat(gateway.remove(new RemoveRequest("rem-" + i, card, owner, Optional.empty())))
          .isInstanceOf(Outcome.Succeeded.class);
    }
    Credential seen =
        Bench.found(gateway.lookup(bench.trace("pay-7", first))).facts().credentials().get(card);
    assertThat(seen.isRemoved()).isTrue();
    assertThat(bench.ledger().requests("POST", "/v1/customers")).isEqualTo(1);
  }

  private static ChargeRequest storing(String reference, CustomerDetails who) {
    return Bench.sale(reference, StripeToken.VISA).storingMethod().by(who).under(AGREED);
  }

  /**
   * What the description says of requests. Its answers refer to one another without end, which no
   * validator for all of it gets through; they are held against it by {@link
   * dev.gatehouse.testkit.spec.HeldTransport}.
   */
  private Path requestsAlone(Path description) throws Exception {
    ObjectNode all = (ObjectNode) JSON.readTree(Files.readAllBytes(description));
    all.putObject("components");
    ObjectNode paths = (ObjectNode) all.path("paths");
    for (String path : List.copyOf(paths.propertyNames())) {
      if (!USED.matcher(path).find()) {
        paths.remove(path);
        continue;
      }
      for (JsonNode operation : paths.path(path)) {
        if (operation instanceof ObjectNode one && one.has("responses")) {
          one.remove("security");
          ObjectNode any = one.putObject("responses").putObject("default");
          any.put("description", "any").putObject("content").putObject("application/json");
          for (JsonNode property : form(one).path("properties")) {
            optional(property);
          }
          one.path("parameters").forEach(parameter -> optional(parameter.path("schema")));
        }
      }
    }
    all.remove("security");
    return Files.write(folder.resolve("requests.json"), JSON.writeValueAsBytes(all));
  }

  private static JsonNode form(JsonNode operation) {
    return operation
        .path("requestBody")
        .path("content")
        .path("application/x-www-form-urlencoded")
        .path("schema");
  }

  /** It reads an object that is not in a form as an empty one, and misses what that must have. */
  private static void optional(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("required").isArray()) {
      object.remove("required");
    }
    schema.forEach(StripeStandInsTest::optional);
  }

  /**
   * It keeps state, and has pages. It makes intents without confirming them, and knows no captures,
   * refunds or keys; so this goes as far as it does.
   */
  @Test
  void a_stand_in_that_keeps_state_shows_what_was_made_and_what_became_of_it() throws Exception {
    Path emulate = StandIn.installed("emulate", "0.8.0");
    try (StandIn stripe =
            StandIn.start(
                emulate.resolve("dist/index.js"), "--service", "stripe", "--port", "PORT");
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      StripeGateway gateway = gateway(http, stripe.baseUrl(), Clock.systemUTC());
      Instant began = Instant.now();
      Outcome made = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
      assertThat(made).isInstanceOf(Outcome.Pending.class);
      assertThat(made.snapshot().facts().reference().value()).contains("pay-1");

      confirm(http, stripe.baseUrl(), Bench.intent(made));
      PaymentFacts seen =
          Bench.found(
                  gateway.lookup(
                      new Trace(
                          Optional.of("pay-1"), began, Optional.empty(), PaymentFacts.none())))
              .facts();

      assertThat(seen.providerIds()).isEqualTo(made.snapshot().facts().providerIds());
      assertThat(seen.attempts().values()).anyMatch(a -> a.step().isAt(AttemptStep.SUCCEEDED));
      assertThat(refused).isEmpty();
    }
  }

  /** It knows no keys, so that only looking keeps this customer one; pages it makes of prices. */
  @Test
  void a_stand_in_that_keeps_state_has_one_customer_for_two_cards() throws Exception {
    Path emulate = StandIn.installed("emulate", "0.8.0");
    try (StandIn stripe =
            StandIn.start(
                emulate.resolve("dist/index.js"), "--service", "stripe", "--port", "PORT");
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      StripeGateway gateway = gateway(http, stripe.baseUrl(), Clock.systemUTC());

      Outcome first = gateway.charge(storing("pay-1", ANN));
      Outcome second = gateway.charge(storing("pay-2", ANN));

      assertThat(List.of(first, second)).allMatch(one -> one instanceof Outcome.Pending);
      String url = stripe.baseUrl() + "/v1/customers?email=ann@example.org";
      HttpHeaders key = HttpHeaders.none().with("authorization", "Bearer sk_test_main");
      HttpResponse customers =
          http.send(new HttpRequest("GET", URI.create(url), key, new byte[0]), LIMIT);
      assertThat(JSON.readTree(customers.body()).path("data")).hasSize(1);
      assertThat(refused).isEmpty();
    }
  }

  private static void confirm(HttpTransport http, URI stripe, String intent) {
    post(http, stripe + "/v1/payment_intents/" + intent + "/confirm");
  }

  private static void post(HttpTransport http, String url) {
    http.send(
        new HttpRequest(
            "POST",
            URI.create(url),
            HttpHeaders.none()
                .with("authorization", "Bearer sk_test_main")
                .with("content-type", "application/x-www-form-urlencoded"),
            new byte[0]),
        LIMIT);
  }
}
