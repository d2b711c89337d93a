package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Dispute;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Everything that PayPal announces, in the order in which it happened. */
final class Notices {
  private final Books books;
  private final List<Event> all = new ArrayList<>();
  private int told;

  /**
   * One announcement. Its resource is what was true when it happened.
   *
   * @param transmission the id of its delivery, the same whenever PayPal repeats it
   */
  record Event(
      String id,
      PayPalApp app,
      String type,
      String resourceType,
      Instant at,
      String transmission,
      ObjectNode resource) {

    ObjectNode json() {
      ObjectNode node =
          Json.object()
              .put("id", id)
              .put("event_version", "1.0")
              .put("create_time", at.toString())
              .put("resource_type", resourceType)
              .put("resource_version", "2.0")
              .put("event_type", type)
              .put("summary", type.toLowerCase(Locale.ROOT).replace('.', ' '));
      node.set("resource", resource);
      node.putArray("links")
          .addObject()
          .put("href", "https://" + app.host() + "/v1/notifications/webhooks-events/" + id)
          .put("rel", "self")
          .put("method", "GET");
      return node;
    }

    /** The same, delivered under another id. */
    Event under(String otherTransmission) {
      return new Event(id, app, type, resourceType, at, otherTransmission, resource);
    }

    /** Whether it is about this transaction. */
    boolean concerns(String transaction) {
      return resource.path("id").asString("").equals(transaction);
    }
  }

  Notices(Books books) {
    this.books = books;
  }

  void of(String type, Order order) {
    add(order.app, type, "checkout-order", Views.order(order));
  }

  void of(String type, Hold hold) {
    add(hold.order.app, type, "authorization", Views.holdAlone(hold));
  }

  void of(String type, Capture capture) {
    add(capture.order.app, type, "capture", Views.captureAlone(capture));
  }

  void of(String type, Refund refund) {
    add(refund.capture.order.app, type, "refund", Views.refund(refund));
  }

  void of(String type, VaultEntries.Vaulted vaulted) {
    add(vaulted.app, type, "payment_token", VaultViews.told(vaulted));
  }

  void of(String type, Dispute dispute) {
    add(dispute.capture.order.app, type, "dispute", Views.dispute(dispute));
  }

  private void add(PayPalApp app, String type, String resourceType, ObjectNode resource) {
    String id = "WH-" + books.nextId() + "-" + books.nextId();
    String transmission = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    all.add(new Event(id, app, type, resourceType, books.now(), transmission, resource));
  }

  List<Event> all() {
    return all;
  }

  /** What was announced since the last time. */
  List<Event> takeUntold() {
    List<Event> untold = List.copyOf(all.subList(told, all.size()));
    told = all.size();
    return untold;
  }
}
