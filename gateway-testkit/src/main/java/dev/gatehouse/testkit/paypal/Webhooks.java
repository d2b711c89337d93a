package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.paypal.Notices.Event;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of {@code /v1/notifications}. */
final class Webhooks {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MOST = 300;
  private static final int USUAL = 10;

  private final Books books;
  private final Answers answers;
  private final Signer signer;

  Webhooks(Books books, Answers answers, Signer signer) {
    this.books = books;
    this.answers = answers;
    this.signer = signer;
  }

  /** Newest first, for 30 days; the next page begins with the time at which this one ends. */
  HttpResponse list(Call call) {
    Map<String, String> query = query(call);
    Instant from = time(call, query, "start_time", books.now().minus(KEPT));
    Instant to = time(call, query, "end_time", books.now());
    int size = Math.max(1, number(call, query, "page_size", USUAL));
    List<Event> found = new ArrayList<>(books.notices().all());
    Collections.reverse(found);
    found.removeIf(
        event ->
            !event.app().equals(call.app())
                || event.at().isBefore(from)
                || event.at().isAfter(to)
                || event.at().isBefore(books.now().minus(KEPT)));
    if (query.containsKey("transaction_id")) {
      found.removeIf(event -> !event.concerns(query.get("transaction_id")));
    }
    if (query.containsKey("event_type")) {
      found.removeIf(event -> !event.type().equals(query.get("event_type")));
    }
    List<Event> page = found.subList(0, Math.min(Math.min(size, MOST), found.size()));
    return answers.json(200, page(call, page, from, size, found.size() > page.size()));
  }

  private static ObjectNode page(
      Call call, List<Event> page, Instant from, int size, boolean more) {
    ObjectNode body = Json.object();
    ArrayNode events = body.putArray("events");
    page.forEach(event -> events.add(event.json()));
    body.put("count", page.size());
    ArrayNode links = body.putArray("links");
    if (more) {
      String path = "https://" + call.app().host() + "/v1/notifications/webhooks-events";
      Instant to = page.get(page.size() - 1).at();
      links
          .addObject()
          .put("href", path + "?start_time=" + from + "&end_time=" + to + "&page_size=" + size)
          .put("rel", "next")
          .put("method", "GET");
    }
    return body;
  }

  HttpResponse get(Call call) {
    return answers.json(
        200,
        books.notices().all().stream()
            .filter(event -> event.id().equals(call.id()) && event.app().equals(call.app()))
            .findFirst()
            .orElseThrow(Issue::notFound)
            .json());
  }

  /** Says whether a delivery is genuine. The event must be the very bytes that were delivered. */
  HttpResponse verify(Call call) {
    Fields body = call.body();
    String id = body.required("transmission_id", 50);
    String time = body.required("transmission_time", 100);
    String signature = body.required("transmission_sig", 500);
    String webhookId = body.required("webhook_id", 50);
    body.required("auth_algo", 100);
    body.required("cert_url", 500);
    body.inner("webhook_event");
    byte[] event = Json.raw(call.request().body(), "webhook_event");
    boolean genuine =
        webhookId.equals(call.app().webhookId())
            && signer.isGenuine(id, time, webhookId, event, signature);
    return answers.json(
        200, Json.object().put("verification_status", genuine ? "SUCCESS" : "FAILURE"));
  }

  HttpResponse certificate(String name) {
    return name.equals(Signer.CERTIFICATE)
        ? answers.text(200, "application/x-pem-file", signer.certificate())
        : answers.issue(Issue.notFound());
  }

  static Map<String, String> query(Call call) {
    Map<String, String> fields = new HashMap<>();
    String raw = call.request().uri().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(
          parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static Instant time(
      Call call, Map<String, String> query, String name, Instant otherwise) {
    try {
      return query.containsKey(name) ? Instant.parse(query.get(name)) : otherwise;
    } catch (DateTimeException e) {
      throw Issue.invalid(call.kind(), "INVALID_PARAMETER_SYNTAX", name);
    }
  }

  private static int number(Call call, Map<String, String> query, String name, int otherwise) {
    try {
      return query.containsKey(name) ? Integer.parseInt(query.get(name)) : otherwise;
    } catch (NumberFormatException e) {
      throw Issue.invalid(call.kind(), "INVALID_PARAMETER_SYNTAX", name);
    }
  }
}
