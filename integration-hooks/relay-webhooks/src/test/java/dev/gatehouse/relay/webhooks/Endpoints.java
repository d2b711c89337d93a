package dev.gatehouse.relay.webhooks;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.GatewaySettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings and events that tests begin with. */
final class Endpoints {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0123456789ab";
  static final String NEXT_SECRET = "whsec_bmV4dC1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXRlcy4=";
  static final Duration LIMIT = Duration.ofSeconds(10);

  private Endpoints() {}

  /** What an endpoint at this address needs, changed by these names and values. */
  static Map<String, String> settings(URI url, String... more) {
    Map<String, String> all = new HashMap<>();
    all.put("url", url.toString());
    all.put("secret", SECRET);
    all.put("source", "https://shop.example");
    all.put("allowed-networks", "127.0.0.0/8");
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    all.values().removeIf(String::isEmpty);
    return all;
  }

  static WebhookRelay open(Map<String, String> settings, Clock clock) {
    return open(new WebhookRelayProvider(), settings, clock, LIMIT);
  }

  static WebhookRelay open(
      WebhookRelayProvider provider, Map<String, String> settings, Clock clock, Duration limit) {
    return provider.relay(
        GatewaySettings.of(settings), new HookEnvironment("shop-a", NOT_USED, clock, limit));
  }

  static HookResult tell(WebhookRelay relay, LifecycleEvent event) {
    return relay.handle(event, new Context(1));
  }

  static LifecycleEvent event(String id) {
    EventHeader header =
        new EventHeader(
            id,
            Instant.parse("2026-03-01T12:00:00Z"),
            "cus-1",
            Optional.of(new CustomerId("cus-1")),
            Optional.of(Mode.LIVE));
    return new PaymentFailed(
        header,
        new PaymentId("pay-1"),
        Optional.empty(),
        "at-1",
        Decline.of(DeclineCode.GENERIC_DECLINE));
  }

  /** The framework's own door, which an endpoint must never be told through. */
  private static final HttpTransport NOT_USED =
      new HttpTransport() {
        @Override
        public HttpResponse send(HttpRequest request, Duration limit) {
          throw new AssertionError("sent through a door that checks no address");
        }

        @Override
        public void close() {
          // There is nothing to close.
        }
      };

  private record Context(int attempt) implements HookContext {
    @Override
    public Optional<Customer> customer() {
      return Optional.empty();
    }

    @Override
    public Optional<Checkout> checkout() {
      return Optional.empty();
    }

    @Override
    public boolean putCustomerMetadata(String key, String value) {
      return false;
    }
  }
}
