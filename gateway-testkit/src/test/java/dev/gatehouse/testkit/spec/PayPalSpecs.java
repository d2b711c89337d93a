package dev.gatehouse.testkit.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A door that holds all that goes to PayPal against PayPal's own descriptions, one for each part of
 * its address, if they are there. Tokens, certificates and disputes are in none of them and pass
 * unheld. Thread-safe.
 */
public final class PayPalSpecs implements HttpTransport {
  /** What the descriptions do not know, with its reason. */
  private static final List<SpecException> NEWER =
      List.of(
          new SpecException(
              SpecException.Part.REQUEST_BODY,
              "POST /v3/vault/payment-tokens",
              List.of("payment_source", "token"),
              "PayPal's pages exchange a SETUP_TOKEN; the description lists BILLING_AGREEMENT"));

  private final HttpTransport inner;
  private final Map<String, HeldTransport> held = new TreeMap<>();

  /** Around another door. */
  public PayPalSpecs(HttpTransport inner) {
    this.inner = inner;
    hold("/v2/checkout/", "checkout_orders_v2.json");
    hold("/v2/payments/", "payments_payment_v2.json");
    hold("/v3/vault/", "vault_payment_tokens_v3.json");
    hold("/v1/notifications/verify-", "notifications_webhooks_v1.json");
    hold("/v1/notifications/webhooks", "notifications_webhooks_v1.json");
  }

  private void hold(String path, String file) {
    held.put(path, new HeldTransport(file, Specs.find(file).map(s -> s.allowing(NEWER)), inner));
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    for (Map.Entry<String, HeldTransport> part : held.entrySet()) {
      if (request.uri().getPath().startsWith(part.getKey())) {
        return part.getValue().send(request, limit);
      }
    }
    return inner.send(request, limit);
  }

  @Override
  public void close() {
    inner.close();
  }

  /** Whether the descriptions are there. */
  public boolean isHere() {
    return held.values().stream().allMatch(HeldTransport::isHolding);
  }

  /** Asserts that nothing was wrong so far. */
  public void assertThatAllFits() {
    assertThat(held.values().stream().flatMap(part -> part.problems().stream())).isEmpty();
  }

  /** Asserts that wrong requests and answers are noticed on every path that was used. */
  public void assertThatWrongOnesAreRejected() {
    List<HeldTransport> used =
        held.values().stream().filter(part -> !part.seen().isEmpty()).toList();
    assertThat(used).as("parts that were used").isNotEmpty();
    used.forEach(HeldTransport::assertThatWrongOnesAreRejected);
  }

  /** The operations and statuses seen, such as {@code GET /v2/checkout/orders/{id} 200}. */
  public List<String> seen() {
    return held.values().stream().flatMap(part -> part.seen().stream()).sorted().toList();
  }
}
