package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of {@code /v1/notifications/webhooks}: which address is told of what. Deliveries are
 * signed for the webhook of {@link PayPalApp#webhookId()}, whatever is registered besides.
 */
final class Registrations {
  private static final String EVERYTHING = "*";

  /** PayPal allows an app so many. */
  private static final int MOST = 10;

  /** Of the names that PayPal lists, those of the parts that are emulated, and two of others. */
  private static final List<String> TYPES =
      List.of(
          "BILLING.SUBSCRIPTION.CREATED",
          "CHECKOUT.ORDER.APPROVED",
          "CHECKOUT.ORDER.COMPLETED",
          "CUSTOMER.DISPUTE.CREATED",
          "CUSTOMER.DISPUTE.RESOLVED",
          "CUSTOMER.DISPUTE.UPDATED",
          "INVOICING.INVOICE.PAID",
          "PAYMENT.AUTHORIZATION.CREATED",
          "PAYMENT.AUTHORIZATION.VOIDED",
          "PAYMENT.CAPTURE.COMPLETED",
          "PAYMENT.CAPTURE.DECLINED",
          "PAYMENT.CAPTURE.DENIED",
          "PAYMENT.CAPTURE.PENDING",
          "PAYMENT.CAPTURE.REFUNDED",
          "PAYMENT.CAPTURE.REVERSED",
          "PAYMENT.REFUND.FAILED",
          "PAYMENT.REFUND.PENDING",
          "VAULT.PAYMENT-TOKEN.CREATED",
          "VAULT.PAYMENT-TOKEN.DELETED",
          "VAULT.PAYMENT-TOKEN.DELETION-INITIATED");

  private final Books books;
  private final Answers answers;
  private final Map<PayPalApp, List<Webhook>> byApp = new HashMap<>();

  private record Webhook(String id, String url, List<String> types) {
    ObjectNode json(PayPalApp app) {
      ObjectNode node = Json.object().put("id", id).put("url", url);
      node.set("event_types", Registrations.json(types));
      node.putArray("links")
          .addObject()
          .put("href", "https://" + app.host() + "/v1/notifications/webhooks/" + id)
          .put("rel", "self")
          .put("method", "GET");
      return node;
    }
  }

  Registrations(Books books, Answers answers) {
    this.books = books;
    this.answers = answers;
  }

  HttpResponse list(Call call) {
    ObjectNode body = Json.object();
    ArrayNode webhooks = body.putArray("webhooks");
    of(call.app()).forEach(webhook -> webhooks.add(webhook.json(call.app())));
    return answers.json(200, body);
  }

  HttpResponse eventTypes(Call call) {
    ObjectNode body = Json.object();
    body.set("event_types", json(TYPES));
    return answers.json(200, body);
  }

  HttpResponse create(Call call) {
    String url = call.body().required("url", 2048);
    List<String> types = types(call.body().node().path("event_types"));
    if (!isHttps(url)) {
      throw Issue.named(400, "VALIDATION_ERROR");
    }
    List<Webhook> known = of(call.app());
    if (known.stream().anyMatch(webhook -> webhook.url().equals(url))) {
      throw Issue.named(400, "WEBHOOK_URL_ALREADY_EXISTS");
    }
    if (known.size() >= MOST) {
      throw Issue.named(400, "WEBHOOK_NUMBER_LIMIT_EXCEEDED");
    }
    Webhook made = new Webhook(books.nextId(), url, types);
    known.add(made);
    return answers.json(201, made.json(call.app()));
  }

  /** Of JSON Patch, PayPal takes replacements only. */
  HttpResponse update(Call call) {
    List<Webhook> known = of(call.app());
    Webhook webhook =
        known.stream()
            .filter(one -> one.id().equals(call.id()))
            .findFirst()
            .orElseThrow(Issue::notFound);
    Webhook changed = webhook;
    for (JsonNode change : call.body().node()) {
      String path = change.path("path").asString("");
      JsonNode value = change.path("value");
      if (!change.path("op").asString("").equals("replace")) {
        throw Issue.named(400, "VALIDATION_ERROR");
      }
      changed =
          switch (path) {
            case "/event_types" -> new Webhook(changed.id(), changed.url(), types(value));
            case "/url" -> new Webhook(changed.id(), value.asString(""), changed.types());
            default -> throw Issue.named(400, "VALIDATION_ERROR");
          };
    }
    if (changed.equals(webhook)) {
      throw Issue.named(400, "WEBHOOK_PATCH_REQUEST_NO_CHANGE");
    }
    known.set(known.indexOf(webhook), changed);
    return answers.json(200, changed.json(call.app()));
  }

  private List<Webhook> of(PayPalApp app) {
    return byApp.computeIfAbsent(app, nobody -> new ArrayList<>());
  }

  private static List<String> types(JsonNode array) {
    TreeSet<String> types = new TreeSet<>();
    for (JsonNode type : array) {
      types.add(type.path("name").asString(""));
    }
    boolean known = types.stream().allMatch(t -> t.equals(EVERYTHING) || TYPES.contains(t));
    if (types.isEmpty() || !known) {
      throw Issue.named(400, "VALIDATION_ERROR");
    }
    return List.copyOf(types);
  }

  private static ArrayNode json(List<String> types) {
    ArrayNode array = Json.array();
    types.forEach(type -> array.addObject().put("name", type));
    return array;
  }

  private static boolean isHttps(String url) {
    try {
      return "https".equals(URI.create(url).getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
