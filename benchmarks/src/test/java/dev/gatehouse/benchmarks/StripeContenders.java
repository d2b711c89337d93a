package dev.gatehouse.benchmarks;

import com.stripe.StripeClient;
import com.stripe.net.HttpClient;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import com.stripe.param.PaymentIntentCreateParams;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.stripe.StripeGatewayProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/** Ways to take a card payment at Stripe. */
final class StripeContenders {
  static final Money PRICE = Money.parse("EUR 90.00");
  static final String CARD = "pm_card_visa";
  private static final String KEY = "sk_test_benchmark";
  private static final String TEXT = "A year of everything";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final GatewayInstanceId MAIN = new GatewayInstanceId("main");

  private StripeContenders() {}

  /** A way to pay; whatever it needs for so many payments is made before they are measured. */
  interface Contender {
    /** Payments to make, each once, by any thread. */
    List<Runnable> payments(int count);
  }

  /** The SDK by itself, on a transport of its own or of ours. */
  record Sdk(StripeClient client) implements Contender {
    @Override
    public List<Runnable> payments(int count) {
      List<Runnable> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String key = UUID.randomUUID().toString();
        all.add(() -> pay(key));
      }
      return all;
    }

    private void pay(String key) {
      try {
        String status =
            client
                .v1()
                .paymentIntents()
                .create(params(key), RequestOptions.builder().setIdempotencyKey(key).build())
                .getStatus();
        demand("succeeded".equals(status));
      } catch (com.stripe.exception.StripeException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What the gateway sends, too. */
    private static PaymentIntentCreateParams params(String key) {
      return PaymentIntentCreateParams.builder()
          .setAmount(9_000L)
          .setCurrency("eur")
          .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.AUTOMATIC)
          .setPaymentMethod(CARD)
          .setConfirm(true)
          .putMetadata("gatehouse_reference", key)
          .putMetadata("gatehouse_operation", key)
          .addExpand("latest_charge")
          .setDescription(TEXT)
          .addPaymentMethodType("card")
          .build();
    }
  }

  /** As an application has it that does nothing about it. */
  static Contender sdkAlone(URI server) {
    return new Sdk(
        StripeClient.builder()
            .setApiKey(KEY)
            .setApiBase(server.toString())
            .setMaxNetworkRetries(0)
            .build());
  }

  /** The SDK on the framework's transport, with nothing else between the two. */
  static Contender sdkOn(HttpTransport http, URI server) {
    return new Sdk(
        StripeClient.builder()
            .setApiKey(KEY)
            .setApiBase(server.toString())
            .setMaxNetworkRetries(0)
            .setHttpClient(new Door(http))
            .build());
  }

  private static final class Door extends HttpClient {
    private final HttpTransport http;

    Door(HttpTransport http) {
      this.http = http;
    }

    @Override
    public StripeResponse request(StripeRequest request) {
      HttpHeaders headers = HttpHeaders.none();
      for (Map.Entry<String, List<String>> field : request.headers().map().entrySet()) {
        headers = headers.with(field.getKey(), field.getValue().get(0));
      }
      headers = headers.with("Content-Type", request.content().contentType());
      HttpResponse response =
          http.send(
              new HttpRequest(
                  request.method().name(),
                  URI.create(request.url().toString()),
                  headers,
                  request.content().byteArrayContent()),
              LIMIT);
      Map<String, List<String>> answered = new HashMap<>();
      for (HttpHeaders.Field field : response.headers().fields()) {
        answered.put(field.name(), List.of(field.value()));
      }
      return new StripeResponse(
          response.status(), com.stripe.net.HttpHeaders.of(answered), response.bodyAsUtf8());
    }
  }

  private static Map<String, String> settings(URI server) {
    return Map.of("secret-key", KEY, "base-url", server.toString());
  }

  /** The gateway by itself: mapped requests, read facts, and no engine. */
  static Contender gateway(HttpTransport http, URI server) {
    PaymentGateway gateway =
        new StripeGatewayProvider()
            .open(
                GatewaySettings.of(settings(server)),
                new GatewayEnvironment(MAIN, Mode.TEST, http, Clock.systemUTC(), LIMIT));
    return count -> {
      List<Runnable> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String key = UUID.randomUUID().toString();
        PaymentMethod card = new PaymentMethod.Token("card", CARD);
        ChargeRequest sale = ChargeRequest.sale(key, key, PRICE, card).describedAs(TEXT);
        all.add(() -> demand(gateway.charge(sale) instanceof Outcome.Succeeded));
      }
      return all;
    };
  }

  /**
   * All of it, with a store in memory that is empty at first: decided, committed, sent, seen,
   * committed.
   */
  static Contender engine(HttpTransport http, URI server) {
    return count -> {
      Gatehouse house =
          Gatehouse.builder()
              .store(new InMemoryStore())
              .catalog(GatewayCatalog.of(new StripeGatewayProvider()))
              .gateway(new GatewayConfig(MAIN, "stripe", Mode.TEST, settings(server)))
              .transport(http)
              .build();
      house.pay(started(house, "first")); // what is set up once is no part of a payment
      List<Runnable> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Pay payment = started(house, "customer-" + UUID.randomUUID());
        all.add(() -> demand(house.pay(payment).state() == CheckoutState.COMPLETED));
      }
      return all;
    };
  }

  private static Pay started(Gatehouse house, String name) {
    CustomerId customer = new CustomerId(name);
    house.register(
        new RegisterCustomer(
            customer, new Person("Ann Example", name + "@example.org", Locale.ENGLISH)));
    CheckoutId checkout =
        house
            .startCheckout(StartCheckout.forLines(customer, name, List.of(Line.of(TEXT, 1, PRICE))))
            .id();
    return Pay.sale(checkout, name, MAIN, new PaymentMethod.Token("card", CARD));
  }

  private static void demand(boolean paid) {
    if (!paid) {
      throw new IllegalStateException("it was not paid");
    }
  }
}
