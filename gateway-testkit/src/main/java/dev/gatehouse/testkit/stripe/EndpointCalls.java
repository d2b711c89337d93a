package dev.gatehouse.testkit.stripe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhook endpoints over the API: made, changed and listed. The secret shows once, when one is
 * made. Deliveries go to the address of the {@link StripeAccount}, whatever is registered here.
 */
final class EndpointCalls {
  private final Desk desk;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

  EndpointCalls(Desk desk) {
    this.desk = desk;
  }

  private static final class Endpoint {
    final String id;
    final StripeAccount account;
    final long created;
    final @Nullable String version;
    final Map<String, String> metadata = new TreeMap<>();
    String url;
    List<String> events;
    boolean enabled = true;
    @Nullable String description;

    Endpoint(
        String id,
        StripeAccount account,
        long created,
        String url,
        List<String> events,
        @Nullable String version) {
      this.id = id;
      this.account = account;
      this.created = created;
      this.url = url;
      this.events = events;
      this.version = version;
    }
  }

  ObjectNode create(StripeAccount account, Params params) {
    String url = url(params.required("url"));
    List<String> events = events(params);
    if (events.isEmpty()) {
      throw params.missing("enabled_events");
    }
    Endpoint endpoint =
        new Endpoint(
            desk.id("we"),
            account,
            desk.now().getEpochSecond(),
            url,
            events,
            params.text("api_version").orElse(null));
    endpoint.description = params.text("description", 5000).orElse(null);
    params.flag("connect");
    endpoint.metadata.putAll(params.metadata());
    params.done();
    endpoints.put(endpoint.id, endpoint);
    return view(endpoint).put("secret", "whsec_" + endpoint.id.replace("_", ""));
  }

  ObjectNode update(StripeAccount account, String id, Params params) {
    Endpoint endpoint = endpoint(account, id);
    params.text("url").ifPresent(url -> endpoint.url = url(url));
    List<String> events = events(params);
    params.text("description", 5000).ifPresent(text -> endpoint.description = text);
    params
        .oneOf("disabled", "true", "false")
        .ifPresent(disabled -> endpoint.enabled = disabled.equals("false"));
    endpoint.metadata.putAll(params.metadata());
    params.done();
    endpoint.events = events.isEmpty() ? endpoint.events : events;
    return view(endpoint);
  }

  private static String url(String url) {
    if (!url.matches("https?://.+")) {
      throw ApiError.parameter("url_invalid", "url", "Not a valid URL");
    }
    return url;
  }

  private static List<String> events(Params params) {
    return params.list("enabled_events");
  }

  private Endpoint endpoint(StripeAccount account, String id) {
    Endpoint endpoint = endpoints.get(id);
    if (endpoint == null || !endpoint.account.id().equals(account.id())) {
      throw ApiError.missing("webhook_endpoint", id);
    }
    return endpoint;
  }

  ObjectNode one(StripeAccount account, String id) {
    return view(endpoint(account, id));
  }

  /** All of an account, newest first. An account has few. */
  ObjectNode list(StripeAccount account, Params params) {
    params.integer("limit");
    String after = params.text("starting_after").orElse("");
    params.done();
    ObjectNode list =
        Json.object()
            .put("object", "list")
            .put("has_more", false)
            .put("url", "/v1/webhook_endpoints");
    ArrayNode data = list.putArray("data");
    List<Endpoint> all = List.copyOf(endpoints.values());
    for (int i = all.size() - 1; i >= 0 && after.isEmpty(); i--) {
      if (all.get(i).account.id().equals(account.id())) {
        data.add(view(all.get(i)));
      }
    }
    return list;
  }

  private static ObjectNode view(Endpoint endpoint) {
    ObjectNode node =
        Json.object()
            .put("id", endpoint.id)
            .put("object", "webhook_endpoint")
            .put("api_version", endpoint.version)
            .putNull("application")
            .put("created", endpoint.created)
            .put("description", endpoint.description)
            .put("livemode", endpoint.account.isLive())
            .put("status", endpoint.enabled ? "enabled" : "disabled")
            .put("url", endpoint.url);
    ArrayNode events = node.putArray("enabled_events");
    endpoint.events.forEach(events::add);
    Views.metadata(node, endpoint.metadata);
    return node;
  }
}
