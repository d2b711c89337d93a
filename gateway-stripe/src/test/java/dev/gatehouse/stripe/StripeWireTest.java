package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.FormEncoder;
import com.stripe.net.HttpClient;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import com.stripe.param.ChargeListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.WebhookEndpointUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over the wire is what Stripe's SDK would send, whatever language the server speaks. */
class StripeWireTest {
  private static final String ANSWER = "{\"object\":\"anything\"}";
  private static final String TEXT = "A plan & more [50 % off] \u5bff\u53f8 \ud83c\udf63 +*~";
  private static final RequestOptions KEY = StripeCall.under("pay-1:charge:1");
  private static final List<Locale> LANGUAGES =
      List.of(
          Locale.ENGLISH,
          Locale.forLanguageTag("tr-TR"),
          Locale.forLanguageTag("ar-EG-u-nu-arab"),
          Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai"));

  private final Bench bench = new Bench();

  /** Something that is asked of Stripe. */
  private record Asked(String what, Sent sent) {
    interface Sent {
      void by(StripeClient client) throws StripeException;
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Asked> everything() {
    return List.of(
        new Asked("a charge", by -> by.v1().paymentIntents().create(charge(), KEY)),
        new Asked("a cancel", by -> by.v1().paymentIntents().cancel("pi_[1]/\u0661", KEY)),
        new Asked("a look", by -> by.v1().paymentIntents().retrieve("pi_1", expanded())),
        new Asked("a plain look", by -> by.v1().customers().retrieve("cus_1")),
        new Asked("a list", by -> by.v1().charges().list(recent())),
        new Asked("a search", by -> by.v1().paymentIntents().search(named())),
        new Asked("a change", by -> by.v1().webhookEndpoints().update("we_1", changed(), KEY)),
        new Asked("a deletion", by -> by.v1().webhookEndpoints().delete("we_1")));
  }

  private static PaymentIntentCreateParams charge() {
    Bench like = new Bench();
    Map<String, String> all = new TreeMap<>(Bench.settings(like.account, StripeEmulator.BASE_URL));
    all.put(StripeGatewayProvider.MULTIPLE_CAPTURES, "true");
    return StripeRequests.charge(
        Bench.hold("pay-1", StripeToken.VISA)
            .describedAs(TEXT)
            .under(new Agreement(Agreement.Use.RECURRING, TEXT, Instant.EPOCH)),
        StripeSettings.read(GatewaySettings.of(all), like.environment(like.door)),
        Optional.of("cus_1"));
  }

  private static PaymentIntentRetrieveParams expanded() {
    return PaymentIntentRetrieveParams.builder()
        .addExpand("latest_charge")
        .addExpand("customer")
        .build();
  }

  private static ChargeListParams recent() {
    return ChargeListParams.builder()
        .setCreated(ChargeListParams.Created.builder().setGte(1_772_366_400L).build())
        .setLimit(100L)
        .build();
  }

  private static PaymentIntentSearchParams named() {
    return PaymentIntentSearchParams.builder().setQuery("metadata['a']:'" + TEXT + "'").build();
  }

  private static WebhookEndpointUpdateParams changed() {
    return WebhookEndpointUpdateParams.builder()
        .setMetadata(EmptyParam.EMPTY)
        .putExtraParam("enabled_events", StripeHints.TYPES)
        .setDisabled(false)
        .build();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void a_request_is_the_sdks(Asked asked) throws StripeException {
    String theirs = bySdk(asked);
    Locale before = Locale.getDefault();
    try {
      for (Locale language : LANGUAGES) {
        Locale.setDefault(language);
        assertThat(byOurs(asked)).as(language.toString()).isEqualTo(theirs);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void what_is_sent_once_has_a_key_of_its_own_and_what_changes_nothing_has_none()
      throws StripeException {
    Asked once = new Asked("", by -> by.v1().paymentIntents().cancel("pi_1"));
    assertThat(byOurs(once)).containsPattern("idempotency-key: [0-9a-f-]{36}\n");
    assertThat(byOurs(once)).isNotEqualTo(byOurs(once));
    assertThat(byOurs(everything().get(3))).doesNotContain("idempotency-key");
  }

  /** They are the application's, for its own use of the SDK. */
  @Test
  void what_the_sdks_statics_say_does_not_matter() {
    String key = Stripe.apiKey;
    String client = Stripe.clientId;
    String base = Stripe.getApiBase();
    int retries = Stripe.getMaxNetworkRetries();
    Stripe.apiKey = "sk_live_another";
    Stripe.clientId = "";
    Stripe.overrideApiBase("another.example");
    Stripe.setMaxNetworkRetries(5);
    try {
      assertThat(bench.gateway.charge(Bench.sale("pay-1", StripeToken.DECLINED)))
          .isInstanceOf(Outcome.Declined.class);
      bench.door.answerInstead(409, "{\"error\":{\"type\":\"invalid_request_error\"}}");
      assertThat(bench.gateway.charge(Bench.sale("pay-2", StripeToken.VISA)))
          .isInstanceOf(Outcome.Unknown.class);
      Outcome paid = bench.gateway.charge(Bench.sale("pay-3", StripeToken.VISA));
      assertThat(bench.door.requests).hasSize(3);
      assertThat(bench.lookup("pay-3", paid.snapshot()).facts().attempts()).hasSize(1);
    } finally {
      Stripe.apiKey = key;
      Stripe.clientId = client;
      Stripe.overrideApiBase(base);
      Stripe.setMaxNetworkRetries(retries);
    }
  }

  /** Stripe warns of what will work no longer in a header of its answers. */
  @Test
  void what_stripe_warns_of_is_logged_by_the_sdk() {
    HttpTransport warning =
        answering(200, HttpHeaders.none().with("stripe-notice", "Too old."), ANSWER);
    List<String> logged = new ArrayList<>();
    Logger log = Logger.getLogger("Stripe");
    Filter before = log.getFilter();
    log.setFilter(
        told -> {
          logged.add(told.getMessage());
          return false;
        });
    try {
      bench.open(bench.account, warning, Map.of()).lookup(bench.trace("pay-1", Snapshot.empty()));
    } finally {
      log.setFilter(before);
    }
    assertThat(logged).contains("Too old.");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "123456789, 86400",
    "-7,",
    "9999999999999999999,",
    "٧,",
    "soon,",
    "'Sun, 01 Mar 2026 12:00:00 GMT',",
  })
  void how_long_stripe_asks_us_to_wait_is_a_day_at_most(String said, Long seconds) {
    HttpTransport busy =
        answering(
            429,
            HttpHeaders.none().with("retry-after", said),
            "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"rate_limit\"}}");
    Outcome outcome =
        bench.open(bench.account, busy, Map.of()).charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(((Outcome.NotSent) outcome).failure().retryAfter())
        .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }

  @Test
  void a_date_that_is_none_is_passed_over() {
    HttpTransport odd =
        answering(
            200,
            HttpHeaders.none().with("date", "yesterday"),
            "{\"object\":\"list\",\"data\":[],\"has_more\":false}");
    assertThat(
            bench
                .open(bench.account, odd, Map.of())
                .changesSince(bench.clock.instant().minusSeconds(9)))
        .isInstanceOf(Changes.Listed.class);
  }

  private static HttpTransport answering(int status, HttpHeaders headers, String body) {
    return new HttpTransport() {
      @Override
      public HttpResponse send(HttpRequest request, Duration limit) {
        return new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void a_form_of_anything_is_the_sdks() {
    long seed = Long.getLong("gatehouse.seed", 20261122L);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Map<String, Object> params = map(random, 3);
      assertThat(StripeForm.of(params))
          .as("seed %s, number %s: %s", seed, i, params)
          .isEqualTo(FormEncoder.createQueryString(params));
    }
    assertThat(StripeForm.of(null)).isEmpty();
  }

  /** By itself, so that nothing beside it has it encoded. */
  @Test
  void each_character_is_written_as_the_sdk_writes_it() {
    for (char c = 0; c < 0x800; c++) {
      Map<String, Object> params = Map.of("n" + c, "v" + c);
      assertThat(StripeForm.of(params)).isEqualTo(FormEncoder.createQueryString(params));
    }
  }

  private static Map<String, Object> map(Random random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put("n\u00e4me " + random.nextInt(9), value(random, depth));
    }
    return map;
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2 -> TEXT.substring(random.nextInt(TEXT.length()));
      case 3 -> "";
      case 4 -> map(random, depth - 1);
      default -> list(random, depth - 1);
    };
  }

  /** Nothing is in it, too. */
  private static List<Object> list(Random random, int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(13); i > 0; i--) {
      list.add(random.nextInt(5) == 0 ? null : value(random, depth));
    }
    return list;
  }

  private String byOurs(Asked asked) throws StripeException {
    List<HttpRequest> sent = new ArrayList<>();
    HttpTransport http =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            sent.add(request);
            return new HttpResponse(
                200, HttpHeaders.none(), ANSWER.getBytes(StandardCharsets.UTF_8));
          }

          @Override
          public void close() {}
        };
    StripeSettings settings =
        StripeSettings.read(
            GatewaySettings.of(Bench.settings(bench.account, StripeEmulator.BASE_URL)),
            bench.environment(http));
    asked.sent().by(new StripeCall(settings, bench.environment(http)).client());
    HttpRequest request = sent.get(0);
    Map<String, String> headers = new TreeMap<>();
    for (HttpHeaders.Field field : request.headers().fields()) {
      headers.put(field.name().toLowerCase(Locale.ROOT), field.value());
    }
    assertThat(headers.remove("user-agent")).startsWith("Gatehouse stripe-java/");
    return text(
        request.method(),
        request.uri().toString(),
        headers,
        new String(request.body(), StandardCharsets.UTF_8));
  }

  private String bySdk(Asked asked) throws StripeException {
    List<StripeRequest> sent = new ArrayList<>();
    HttpClient http =
        new HttpClient() {
          @Override
          public StripeResponse request(StripeRequest request) {
            sent.add(request);
            return new StripeResponse(200, com.stripe.net.HttpHeaders.of(Map.of()), ANSWER);
          }
        };
    asked
        .sent()
        .by(
            StripeClient.builder()
                .setApiKey(bench.account.secretKey())
                .setApiBase(StripeEmulator.BASE_URL.toString())
                .setHttpClient(http)
                .build());
    StripeRequest request = sent.get(0);
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    // There is but one.
    headers.remove("accept-charset");
    if (request.content() != null) {
      headers.put("content-type", request.content().contentType());
    }
    return text(
        request.method().name(),
        // What stands in brackets is no address elsewhere.
        request.url().toString().replace("[", "%5B").replace("]", "%5D"),
        headers,
        request.content() == null ? "" : request.content().stringContent());
  }

  private static String text(
      String method, String address, Map<String, String> headers, String body) {
    StringBuilder text = new StringBuilder(method + " " + address + "\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append(body).toString();
  }
}
