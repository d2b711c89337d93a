package dev.gatehouse.examples.membership;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Carries the provider's webhooks to the shop, over HTTP. Not thread-safe. */
final class Courier {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Outside outside;
  private final HttpTransport http;
  private final List<String> refused = new ArrayList<>();

  Courier(Outside outside, HttpTransport http) {
    this.outside = outside;
    this.http = http;
  }

  /** Delivers what waits, in order; says how many deliveries that were. */
  int deliver() {
    return deliver(outside.takeWebhooks());
  }

  /** Delivers what waits, the last first, and each twice. */
  void deliverDoubledAndReversed() {
    List<PendingWebhook> waiting = new ArrayList<>();
    for (PendingWebhook webhook : outside.takeWebhooks()) {
      waiting.add(webhook);
      waiting.add(webhook);
    }
    Collections.reverse(waiting);
    deliver(waiting);
  }

  /** The deliveries that the shop did not take. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private int deliver(List<PendingWebhook> webhooks) {
    for (PendingWebhook webhook : webhooks) {
      HttpResponse answer = http.send(webhook.toHttpRequest(), PATIENCE);
      if (answer.status() / 100 == 2) {
        outside.carried(webhook);
      } else {
        refused.add(webhook + " was answered " + answer.status());
      }
    }
    return webhooks.size();
  }
}
