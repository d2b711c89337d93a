package dev.gatehouse.testkit.paypal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request, and refuses as PayPal does. */
record Fields(Call.Kind kind, String path, JsonNode node) {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+|-?[0-9]*\\.[0-9]+");
  private static final BigDecimal MOST = new BigDecimal("999999999999999.99");

  boolean has(String name) {
    return !node.path(name).isMissingNode() && !node.path(name).isNull();
  }

  @Nullable String optional(String name, int max) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw Issue.invalid(kind, "INVALID_PARAMETER_SYNTAX", at(name));
    }
    if (value.stringValue().isEmpty() || value.stringValue().length() > max) {
      throw Issue.invalid(kind, "INVALID_STRING_LENGTH", at(name));
    }
    return value.stringValue();
  }

  String required(String name, int max) {
    String value = optional(name, max);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  boolean flag(String name) {
    if (has(name) && !node.path(name).isBoolean()) {
      throw Issue.invalid(kind, "INVALID_PARAMETER_SYNTAX", at(name));
    }
    return has(name) && node.path(name).booleanValue();
  }

  Fields inner(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    if (!node.path(name).isObject()) {
      throw Issue.invalid(kind, "INVALID_PARAMETER_SYNTAX", at(name));
    }
    return new Fields(kind, at(name), node.path(name));
  }

  List<Fields> list(String name) {
    if (!has(name) || node.path(name).isEmpty()) {
      throw missing(name);
    }
    List<Fields> items = new ArrayList<>();
    for (JsonNode item : node.path(name)) {
      items.add(new Fields(kind, at(name) + "/" + items.size(), item));
    }
    return items;
  }

  /** An amount above zero, in a currency that PayPal takes, with no more decimals than it has. */
  Amount amount(String name) {
    Fields amount = inner(name);
    String currency = amount.required("currency_code", 3);
    String value = amount.required("value", 32);
    if (!DECIMAL.matcher(value).matches()) {
      throw Issue.invalid(kind, "INVALID_PARAMETER_SYNTAX", amount.at("value"));
    }
    if (!Amount.CURRENCIES.contains(currency)) {
      throw Issue.unprocessable(kind, "INVALID_CURRENCY_CODE", amount.at("currency_code"));
    }
    BigDecimal decimal = new BigDecimal(value);
    if (decimal.signum() <= 0) {
      throw Issue.unprocessable(kind, "CANNOT_BE_ZERO_OR_NEGATIVE", amount.at("value"));
    }
    boolean whole = Amount.isWhole(currency);
    if (decimal.scale() > (whole ? 0 : 2)) {
      // Order calls know one word for both; so says their description.
      String issue = whole && !kind.isOfOrders() ? "DECIMALS_NOT_SUPPORTED" : "DECIMAL_PRECISION";
      throw Issue.unprocessable(kind, issue, amount.at("value"));
    }
    if (decimal.compareTo(MOST) > 0) {
      throw Issue.unprocessable(kind, "MAX_VALUE_EXCEEDED", amount.at("value"));
    }
    return new Amount(currency, decimal);
  }

  Issue missing(String name) {
    return Issue.invalid(kind, "MISSING_REQUIRED_PARAMETER", at(name));
  }

  private String at(String name) {
    return path + "/" + name;
  }
}
