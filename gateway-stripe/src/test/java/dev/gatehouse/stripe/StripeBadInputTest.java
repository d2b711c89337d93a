package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.GatewayStatus;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeServer;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is set up wrongly, or down, through the whole house: it is told by the name of its setting,
 * JAR or host, shows no secret, and the rest goes on.
 */
class StripeBadInputTest {
  private static final CustomerId ADA = new CustomerId("ada");
  private static final GatewayInstanceId BAD = new GatewayInstanceId("stripe-eu");
  private static final GatewayInstanceId GOOD = new GatewayInstanceId("stripe-us");
  private static final String CANARY = "sk_test_canary99";

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final StripeEmulator provider = new StripeEmulator(clock);
  private final Store store = new InMemoryStore();
  private int keys;

  @TempDir Path folder;

  @Test
  void a_wrong_key_is_told_by_its_setting_once_and_another_instance_takes_the_payment() {
    try (Gatehouse house = house(provider.transport(), bad("secret-key", CANARY), good())) {
      CheckoutView checkout = pay(house, start(house), BAD);

      Failure failure = checkout.failure().orElseThrow();
      assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
      assertThat(failure.message()).contains("'secret-key'", "'stripe-eu'");
      pass(house, Duration.ofHours(1));
      assertThat(provider.ledger().requests("POST", "/v1/payment_intents")).isEqualTo(1);
      assertThat(shown(house, checkout)).doesNotContain(CANARY);
      complete(house, pay(house, checkout, GOOD));
    }
  }

  @Test
  void a_key_that_is_wrong_from_one_day_on_fails_a_refund_and_leaves_the_payment_paid() {
    CheckoutView checkout;
    try (Gatehouse house = house(provider.transport(), bad())) {
      checkout = complete(house, pay(house, start(house), BAD));
    }
    try (Gatehouse house = house(provider.transport(), bad("secret-key", CANARY))) {
      PaymentId id = checkout.lastPayment().orElseThrow().id();
      Payment payment = house.refund(Refund.of(id, "refund-1", Money.parse("USD 1.00")));

      Failure failure = payment.failure().orElseThrow();
      assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
      assertThat(failure.message()).contains("'secret-key'", "'stripe-eu'");
      pass(house, Duration.ofDays(4));
      assertThat(house.payment(id).state()).isEqualTo(PaymentState.CAPTURED);
      assertThat(house.reconcile(BAD, clock.instant()).failure().orElseThrow().message())
          .contains("'stripe-eu'")
          .doesNotContain(CANARY);
    }
  }

  @Test
  void
      live_keys_in_test_mode_and_test_keys_in_live_mode_are_refused_at_the_start_and_the_others_open() {
    GatewayConfig liveInTest =
        config(new GatewayInstanceId("live-in-test"), Mode.TEST, "secret-key", "sk_live_canary99");
    GatewayConfig testInLive =
        config(new GatewayInstanceId("test-in-live"), Mode.LIVE, "secret-key", CANARY);
    try (Gatehouse house = house(provider.transport(), liveInTest, testInLive, good())) {
      for (String wrong : List.of("live-in-test", "test-in-live")) {
        GatewayStatus status = status(house, wrong);
        assertThat(status.state()).isEqualTo(GatewayStatus.State.REFUSED);
        assertThat(status.problems())
            .singleElement()
            .satisfies(
                problem ->
                    assertThat(problem.describe())
                        .contains("setting 'secret-key' of gateway '" + wrong + "'")
                        .doesNotContain("canary"));
      }
      complete(house, pay(house, start(house), GOOD));
    }
  }

  @Test
  void a_host_that_nobody_is_at_keeps_no_application_from_starting_and_is_named_when_one_pays()
      throws IOException {
    try (StripeServer server = provider.serve();
        Gatehouse house =
            house(
                HttpTransport.create(HttpOptions.defaults()),
                bad("base-url", nobody()),
                good("base-url", server.baseUrl().toString()))) {
      CheckoutView checkout = pay(house, start(house), BAD);

      Failure failure = checkout.failure().orElseThrow();
      assertThat(failure.category()).isEqualTo(ErrorCategory.NOT_SENT);
      assertThat(failure.message()).contains("127.0.0.1");
      assertThat(provider.ledger().requests("POST", "/v1/payment_intents")).isZero();
      complete(house, pay(house, start(house), GOOD));
    }
  }

  @Test
  void a_provider_that_is_down_at_the_start_and_comes_up_takes_the_payment_once() {
    AtomicBoolean up = new AtomicBoolean();
    try (Gatehouse house = house(downUntil(up), bad())) {
      CheckoutView checkout = pay(house, start(house), BAD);
      assertThat(checkout.failure().orElseThrow().message()).contains("stripe.test");
      assertThat(checkout.lastPayment().orElseThrow().state()).isEqualTo(PaymentState.PENDING);

      up.set(true);
      pass(house, Duration.ofMinutes(2));

      complete(house, house.checkout(checkout.id()));
      assertThat(provider.ledger().requests("POST", "/v1/payment_intents")).isEqualTo(1);
    }
  }

  @Test
  void a_malformed_jar_in_the_folder_is_named_and_payments_go_on() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("torn")).resolve("torn.jar"), "PK");
    try (Gatehouse house = builder(provider.transport(), good()).gatewayFolder(folder).build()) {
      assertThat(house.gatewayList())
          .filteredOn(status -> status.state() == GatewayStatus.State.REFUSED)
          .singleElement()
          .satisfies(
              status ->
                  assertThat(status.source() + status.problems()).contains("torn.jar", "no JAR"));
      complete(house, pay(house, start(house), GOOD));
    }
  }

  @Test
  void a_gateway_for_another_version_of_the_spi_is_refused_by_that_and_the_others_open() {
    GatewayCatalog catalog = GatewayCatalog.of(new OfAnotherVersion(), new ManualGatewayProvider());
    GatewayConfig manual =
        GatewayConfig.test("manual", Map.of("instructions", "Transfer to|DE00|Shop Ltd"));
    try (Gatehouse house = builder(provider.transport(), bad(), manual).catalog(catalog).build()) {
      assertThat(house.gatewayList().toString())
          .contains("OfAnotherVersion", "version " + (GatewayProvider.SPI_VERSION + 1));
      assertThat(status(house, "stripe-eu").state()).isEqualTo(GatewayStatus.State.REFUSED);
      assertThat(status(house, "manual").state()).isEqualTo(GatewayStatus.State.ON);
    }
  }

  /** The gateway as if it were built for the next version. */
  private static final class OfAnotherVersion implements GatewayProvider {
    private final StripeGatewayProvider behind = new StripeGatewayProvider();

    @Override
    public String id() {
      return behind.id();
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION + 1;
    }

    @Override
    public GatewayDescription describe() {
      return behind.describe();
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      return behind.open(settings, environment);
    }
  }

  private Gatehouse house(HttpTransport door, GatewayConfig... gateways) {
    return builder(door, gateways).build();
  }

  private GatehouseBuilder builder(HttpTransport door, GatewayConfig... gateways) {
    GatehouseBuilder builder =
        Gatehouse.builder()
            .catalog(GatewayCatalog.of(new StripeGatewayProvider()))
            .whenRefused(WhenRefused.GO_ON)
            .store(store)
            .transport(door)
            .clock(clock);
    List.of(gateways).forEach(builder::gateway);
    return builder;
  }

  private static GatewayConfig bad(String... changed) {
    return config(BAD, Mode.TEST, changed);
  }

  private static GatewayConfig good(String... changed) {
    return config(GOOD, Mode.TEST, changed);
  }

  private static GatewayConfig config(GatewayInstanceId id, Mode mode, String... changed) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "secret-key", StripeAccount.test("main").secretKey(),
                "base-url", StripeEmulator.BASE_URL.toString()));
    for (int i = 0; i < changed.length; i += 2) {
      settings.put(changed[i], changed[i + 1]);
    }
    return new GatewayConfig(id, "stripe", mode, settings);
  }

  private CheckoutView start(Gatehouse house) {
    house.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
    List<Line> lines = List.of(Line.of("A book", 1, Money.parse("USD 10.00")));
    return house.startCheckout(StartCheckout.forLines(ADA, "order-" + ++keys, lines));
  }

  private CheckoutView pay(Gatehouse house, CheckoutView checkout, GatewayInstanceId gateway) {
    return house.pay(
        Pay.sale(
                checkout.id(),
                "pay-" + ++keys,
                gateway,
                new PaymentMethod.Token("card", StripeToken.VISA.id()))
            .returningTo(URI.create("https://shop.test/return")));
  }

  /** The payment is made. */
  private CheckoutView complete(Gatehouse house, CheckoutView checkout) {
    CheckoutView paid = house.checkout(checkout.id());
    assertThat(paid.isCompleted()).as(paid.toString()).isTrue();
    return paid;
  }

  /** What the operator can see of it. */
  private static String shown(Gatehouse house, CheckoutView checkout) {
    return house.checkout(checkout.id()).payments()
        + house.timeline(ADA).toString()
        + house.gatewayList();
  }

  private static GatewayStatus status(Gatehouse house, String instance) {
    return house.gatewayList().stream()
        .filter(
            status ->
                status
                    .instance()
                    .map(GatewayInstanceId::value)
                    .filter(instance::equals)
                    .isPresent())
        .findFirst()
        .orElseThrow();
  }

  private void pass(Gatehouse house, Duration time) {
    for (int step = 0; step < 60; step++) {
      clock.advance(time.dividedBy(60));
      while (house.runDueWork() > 0) {
        // What was done may call for more.
      }
    }
  }

  private HttpTransport downUntil(AtomicBoolean up) {
    HttpTransport behind = provider.transport();
    return new HttpTransport() {
      @Override
      public HttpResponse send(HttpRequest request, Duration limit) {
        if (!up.get()) {
          throw new TransportException.NotSent(request, "http.connect", "no connection", null);
        }
        return behind.send(request, limit);
      }

      @Override
      public void close() {
        behind.close();
      }
    };
  }

  /** An address on loopback where nobody listens. */
  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
