package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.Event;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the provider lists. A list lags: what is younger than the index delay is not in it yet. */
final class Lists {
  private final Books books;

  Lists(Books books) {
    this.books = books;
  }

  /** The charges, or the set-ups. */
  HttpResponse charges(ReferenceAccount account, URI uri, boolean setUps) {
    Map<String, String> query = query(uri);
    Instant from = time(query, "created_from", Instant.MIN);
    Instant to = time(query, "created_to", Instant.MAX);
    String reference = query.get("reference");
    List<ObjectNode> found = new ArrayList<>();
    for (Charge charge : books.charges()) {
      boolean wanted =
          charge.account.id().equals(account.id())
              && charge.order.setUp() == setUps
              && (reference == null || reference.equals(charge.order.reference()))
              && !charge.createdAt.isBefore(from)
              && !charge.createdAt.isAfter(to);
      if (wanted && !charge.createdAt.isAfter(books.indexedUpTo())) {
        found.add(books.json(charge));
      }
    }
    return page(found, query);
  }

  HttpResponse events(ReferenceAccount account, URI uri) {
    Map<String, String> query = query(uri);
    Instant since = time(query, "since", Instant.MIN);
    List<ObjectNode> found = new ArrayList<>();
    for (Event event : books.events()) {
      if (event.charge().account.id().equals(account.id())
          && !event.at().isBefore(since)
          && !event.at().isAfter(books.indexedUpTo())) {
        found.add(ChargeJson.event(event));
      }
    }
    return page(found, query);
  }

  private HttpResponse page(List<ObjectNode> found, Map<String, String> query) {
    int from = Math.min(offset(query), found.size());
    int to = Math.min(from + books.pageSize(), found.size());
    ObjectNode body = Json.object().put("object", "list").put("has_more", to < found.size());
    body.put("next", Integer.toString(to));
    body.put("up_to", books.indexedUpTo().toString());
    ArrayNode data = body.putArray("data");
    found.subList(from, to).forEach(data::add);
    return Json.response(200, body);
  }

  private static int offset(Map<String, String> query) {
    String after = query.getOrDefault("after", "0");
    if (!after.matches("[0-9]{1,8}")) {
      throw ApiError.invalid("after", "It is no cursor of ours.");
    }
    return Integer.parseInt(after);
  }

  private static Instant time(Map<String, String> query, String name, Instant fallback) {
    String text = query.get(name);
    try {
      return text == null ? fallback : Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiError.invalid(name, "A time such as 2026-01-31T12:00:00Z is wanted.");
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> values = new HashMap<>();
    String raw = uri.getRawQuery();
    if (raw == null) {
      return values;
    }
    for (String pair : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("query", "It is not well encoded.");
    }
  }
}
