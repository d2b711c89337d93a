package dev.gatehouse.examples.membership;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.reference.PendingWebhook;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Carries the provider's webhooks to the shop, over HTTP. Not thread-safe. */
final class Courier {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReferenceProvider provider;
  private final HttpTransport http;
  private final List<String> refused = new ArrayList<>();
  private int delivered;

  Courier(ReferenceProvider provider, HttpTransport http) {
    this.provider = provider;
    this.http = http;
  }

  /** Delivers what waits, in order; says how many deliveries that were. */
  int deliver() {
    return deliver(provider.takeWebhooks());
  }

  /** Delivers what waits, the last first, and each twice. */
  void deliverDoubledAndReversed() {
    List<PendingWebhook> waiting = new ArrayList<>();
    for (PendingWebhook webhook : provider.takeWebhooks()) {
      waiting.add(webhook);
      waiting.add(webhook);
    }
    Collections.reverse(waiting);
    deliver(waiting);
  }

  /** How many deliveries were made. */
  int delivered() {
    return delivered;
  }

  /** The deliveries that the shop did not take. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private int deliver(List<PendingWebhook> webhooks) {
    for (PendingWebhook webhook : webhooks) {
      HttpResponse answer = http.send(webhook.toHttpRequest(), PATIENCE);
      delivered++;
      if (answer.status() / 100 != 2) {
        refused.add(webhook + " was answered " + answer.status());
      }
    }
    return webhooks.size();
  }
}
