package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Edits what goes over the wire. */
final class Wire {
  static final JsonMapper JSON = new JsonMapper();

  private Wire() {}

  static boolean is(HttpRequest request, String end) {
    return request.method().equals("POST") && request.uri().getPath().endsWith(end);
  }

  static boolean isGet(HttpRequest request) {
    return request.method().equals("GET");
  }

  static HttpRequest edited(HttpRequest request, BiConsumer<HttpRequest, ObjectNode> edit) {
    ObjectNode body = (ObjectNode) JSON.readTree(request.body());
    edit.accept(request, body);
    return new HttpRequest(
        request.method(), request.uri(), request.headers(), JSON.writeValueAsBytes(body));
  }

  static HttpRequest withHeader(HttpRequest request, String name, UnaryOperator<String> edit) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : request.headers().fields()) {
      boolean wanted = field.name().equalsIgnoreCase(name);
      headers = headers.with(field.name(), wanted ? edit.apply(field.value()) : field.value());
    }
    return new HttpRequest(request.method(), request.uri(), headers, request.body());
  }

  static HttpRequest withKey(HttpRequest request, UnaryOperator<String> edit) {
    return withHeader(request, "idempotency-key", edit);
  }

  static String key(HttpRequest request) {
    return request.headers().first("idempotency-key").orElse("");
  }

  /** The JSON of an answer; an empty object if it is none. */
  static ObjectNode json(HttpResponse response) {
    try {
      return JSON.readTree(response.body()) instanceof ObjectNode node
          ? node
          : JSON.createObjectNode();
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  static HttpResponse with(HttpResponse response, JsonNode body) {
    return new HttpResponse(response.status(), response.headers(), JSON.writeValueAsBytes(body));
  }

  static HttpResponse edited(
      HttpRequest request, HttpResponse response, BiConsumer<HttpRequest, ObjectNode> edit) {
    ObjectNode body = json(response);
    if (body.isEmpty()) {
      return response;
    }
    if (body.path("object").asString("").equals("charge")) {
      edit.accept(request, body);
    }
    if (body.path("charge") instanceof ObjectNode charge) {
      edit.accept(request, charge);
    }
    if (body.path("error").path("charge") instanceof ObjectNode charge) {
      edit.accept(request, charge);
    }
    if (body.path("data") instanceof ArrayNode list) {
      for (JsonNode one : list) {
        if (one instanceof ObjectNode charge
            && charge.path("object").asString("").equals("charge")) {
          edit.accept(request, charge);
        }
      }
    }
    return with(response, body);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
