package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.money.CurrencyProfile;
import java.net.URI;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request to the provider; refuses with 400. */
record Fields(JsonNode node) {
  private static final CurrencyProfile MONEY = CurrencyProfile.iso();

  @Nullable String optional(String name, int max) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().isEmpty() || value.stringValue().length() > max) {
      throw ApiError.invalid(name, "A text of 1 to " + max + " characters is wanted.");
    }
    return value.stringValue();
  }

  String required(String name, int max) {
    String value = optional(name, max);
    if (value == null) {
      throw ApiError.invalid(name, "It is missing.");
    }
    return value;
  }

  boolean flag(String name) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw ApiError.invalid(name, "true or false is wanted.");
    }
    return value.isBoolean() && value.booleanValue();
  }

  Fields inner(String name) {
    JsonNode value = node.path(name);
    if (!value.isObject()) {
      throw ApiError.invalid(name, "An object is wanted.");
    }
    return new Fields(value);
  }

  /** The caller's id of the customer, if it names one. */
  @Nullable String customer() {
    return node.path("customer").isObject() ? inner("customer").optional("reference", 64) : null;
  }

  /** The key that the caller's metadata names, if any. */
  @Nullable String operationKey() {
    return node.path("metadata").isObject()
        ? inner("metadata").optional("operation_key", 255)
        : null;
  }

  Money positiveMoney() {
    Money money;
    try {
      money =
          MONEY.fromDecimal(
              MONEY.currency("currency", required("currency", 3)), required("amount", 40));
    } catch (GatehouseException e) {
      throw ApiError.invalid("amount", "It is not an exact amount of a known currency.");
    }
    if (!money.isPositive()) {
      throw ApiError.invalid("amount", "It must be more than zero.");
    }
    return money;
  }

  @Nullable URI webAddress(String name) {
    String text = optional(name, 2048);
    if (text == null) {
      return null;
    }
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw ApiError.invalid(name, "An absolute web address is wanted.");
  }
}
