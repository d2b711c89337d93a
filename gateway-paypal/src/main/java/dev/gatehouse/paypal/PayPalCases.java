package dev.gatehouse.paypal;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cases in the resolution centre. One may be hidden from the app, or be unreadable; then it stays
 * unseen, and nothing else does.
 */
final class PayPalCases {
  private static final String CASES = "/v1/customer/disputes";

  private final PayPalSdk sdk;
  private final PayPalSnapshots snapshots;

  PayPalCases(PayPalSdk sdk, PayPalSnapshots snapshots) {
    this.sdk = sdk;
    this.snapshots = snapshots;
  }

  /**
   * The cases about an order's captures, of those that are known, hinted at or found by capture.
   */
  void of(Node order, PaymentFacts known, Snapshot.Builder seen, Deadline deadline) {
    SortedSet<String> ids = new TreeSet<>(known.disputes().keySet());
    known.providerIds().stream()
        .filter(id -> id.kind().equals(PayPalSnapshots.DISPUTE))
        .map(ProviderId::id)
        .forEach(ids::add);
    Set<String> captures =
        PayPalSnapshots.captures(order)
            .map(capture -> capture.text("id"))
            .collect(Collectors.toSet());
    PayPalSnapshots.captures(order)
        .filter(PayPalSnapshots::isDisputed)
        .forEach(capture -> ids.addAll(about(capture.text("id"), deadline)));
    ids.forEach(id -> read(id, captures, order.text("id"), seen, deadline));
  }

  private SortedSet<String> about(String capture, Deadline deadline) {
    SortedSet<String> ids = new TreeSet<>();
    try {
      String path = CASES + "?disputed_transaction_id=" + encoded(capture);
      if (sdk.get(path, deadline) instanceof Answer.Done done) {
        done.body().list("items").forEach(item -> ids.add(item.text("dispute_id")));
      }
    } catch (Node.Unreadable e) {
      return ids;
    }
    return ids;
  }

  /** Which case it is, anybody may have said; what it is about, PayPal says. */
  private void read(
      String id, Set<String> captures, String order, Snapshot.Builder seen, Deadline deadline) {
    try {
      if (sdk.get(CASES + "/" + encoded(id), deadline) instanceof Answer.Done done
          && isAbout(captures, done.body())) {
        snapshots.dispute(seen, order, done.body());
      }
    } catch (Node.Unreadable e) {
      // Then nothing is known of it, and the money shows all the same.
    }
  }

  private static boolean isAbout(Set<String> captures, Node dispute) {
    return dispute.list("disputed_transactions").stream()
        .flatMap(transaction -> transaction.optional("seller_transaction_id").stream())
        .anyMatch(captures::contains);
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
