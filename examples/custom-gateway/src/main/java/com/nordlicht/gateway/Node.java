package com.nordlicht.gateway;

import dev.gatehouse.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An object of the bank's JSON. What is not there, or is of another kind, is {@link Unreadable}.
 */
record Node(JsonNode json) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  // Two values under one name: two readers may see two different payments.
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  /** An answer that lacks what every answer has. It says nothing about what happened. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
      super("the bank's answer lacks a proper " + what, null, false, false);
    }
  }

  static Node read(byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (json != null && json.isObject()) {
        return new Node(json);
      }
    } catch (JacksonException e) {
      // What a parser says may quote the answer, so it is not handed on.
    }
    throw new Unreadable("object");
  }

  static byte[] write(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  Optional<String> maybe(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw new Unreadable(field);
    }
    return Optional.of(value.stringValue());
  }

  String text(String field) {
    return maybe(field).orElseThrow(() -> new Unreadable(field));
  }

  Instant time(String field) {
    try {
      return Instant.parse(text(field));
    } catch (DateTimeException e) {
      throw new Unreadable(field);
    }
  }

  /** Such as {@code {"value": "12.50", "currency": "EUR"}}. */
  Money money(String field) {
    Node amount = object(field).orElseThrow(() -> new Unreadable(field));
    try {
      return NordlichtProvider.MONEY.fromDecimal(
          NordlichtProvider.MONEY.currency(field, amount.text("currency")), amount.text("value"));
    } catch (InvalidInputException e) {
      throw new Unreadable(field);
    }
  }

  Optional<Node> object(String field) {
    return json.path(field).isObject() ? Optional.of(new Node(json.path(field))) : Optional.empty();
  }

  List<Node> list(String field) {
    if (!json.path(field).isArray()) {
      throw new Unreadable(field);
    }
    List<Node> nodes = new ArrayList<>();
    json.path(field).forEach(each -> nodes.add(new Node(each)));
    return nodes;
  }
}
