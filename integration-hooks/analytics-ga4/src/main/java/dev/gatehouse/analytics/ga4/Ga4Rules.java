package dev.gatehouse.analytics.ga4;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The limits of the Measurement Protocol. It answers 204 to whatever it is sent and drops in
 * silence what breaks them, so they are kept here.
 */
final class Ga4Rules {
  static final int MOST_EVENTS = 25;
  static final int MOST_PARAMETERS = 25;
  static final int LONGEST_VALUE = 100;
  static final int MOST_ITEMS = 200;
  static final int LARGEST_BODY = 130_000;
  static final int LONGEST_USER_ID = 256;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Set<String> ABOUT_MONEY = Set.of("purchase", "refund");
  private static final Set<String> PREFIXES = Set.of("ga_", "google_", "firebase_", "gtag.", "_");
  private static final Set<String> RESERVED =
      Set.of(
          "ad_activeview",
          "ad_click",
          "ad_exposure",
          "ad_query",
          "ad_reward",
          "adunit_exposure",
          "app_clear_data",
          "app_exception",
          "app_remove",
          "app_store_refund",
          "app_store_subscription_cancel",
          "app_store_subscription_convert",
          "app_store_subscription_renew",
          "app_update",
          "app_upgrade",
          "dynamic_link_app_open",
          "dynamic_link_app_update",
          "dynamic_link_first_open",
          "error",
          "first_open",
          "first_visit",
          "in_app_purchase",
          "notification_dismiss",
          "notification_foreground",
          "notification_open",
          "notification_receive",
          "notification_send",
          "os_update",
          "screen_view",
          "session_start",
          "user_engagement");

  private Ga4Rules() {}

  /** Whether an event may be called so that is not one of Google's own. */
  static boolean isFreeName(String name) {
    return isName(name) && !ABOUT_MONEY.contains(name);
  }

  private static boolean isName(String name) {
    return NAME.matcher(name).matches() && !RESERVED.contains(name) && !isPrefixed(name);
  }

  /** What is wrong with a request, by the place in it, without a value; empty if nothing is. */
  static Optional<String> fault(JsonNode request, int bytes) {
    if (bytes > LARGEST_BODY) {
      return Optional.of("the body has more than " + LARGEST_BODY + " bytes");
    }
    if (request.path("client_id").asString("").isBlank()) {
      return Optional.of("client_id is missing");
    }
    String user = request.path("user_id").asString("");
    if (user.length() > LONGEST_USER_ID || request.has("user_data") && user.isBlank()) {
      return Optional.of("user_id is too long, or missing beside user_data");
    }
    JsonNode events = request.path("events");
    if (events.isEmpty() || events.size() > MOST_EVENTS) {
      return Optional.of("there are not 1 to " + MOST_EVENTS + " events");
    }
    for (JsonNode event : events) {
      Optional<String> fault = fault(event);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fault(JsonNode event) {
    String name = event.path("name").asString("");
    JsonNode params = event.path("params");
    if (!isName(name)) {
      return Optional.of("the event's name is malformed or reserved");
    }
    if (params.size() > MOST_PARAMETERS) {
      return Optional.of("there are more than " + MOST_PARAMETERS + " parameters");
    }
    Optional<String> fault = textFault(params, "params");
    if (fault.isEmpty() && params.path("items").size() > MOST_ITEMS) {
      fault = Optional.of("there are more than " + MOST_ITEMS + " items");
    }
    for (JsonNode item : params.path("items")) {
      fault = fault.or(() -> itemFault(item));
    }
    if (fault.isEmpty() && ABOUT_MONEY.contains(name)) {
      fault = moneyFault(params);
    }
    return fault;
  }

  private static Optional<String> itemFault(JsonNode item) {
    if (item.path("item_id").isMissingNode() && item.path("item_name").isMissingNode()) {
      return Optional.of("an item has neither item_id nor item_name");
    }
    return textFault(item, "items");
  }

  private static Optional<String> moneyFault(JsonNode params) {
    if (params.path("transaction_id").asString("").isBlank()) {
      return Optional.of("transaction_id is missing");
    }
    if (!CURRENCY.matcher(params.path("currency").asString("")).matches()) {
      return Optional.of("currency is no code of three letters");
    }
    return params.path("value").isNumber()
        ? Optional.empty()
        : Optional.of("value is missing or no number");
  }

  private static Optional<String> textFault(JsonNode object, String place) {
    for (String name : object.propertyNames()) {
      if (!NAME.matcher(name).matches() || isPrefixed(name)) {
        return Optional.of("the name of a parameter in " + place + " is malformed or reserved");
      }
      JsonNode value = object.get(name);
      if (value.isString() && value.stringValue().length() > LONGEST_VALUE) {
        return Optional.of(place + "." + name + " has more than " + LONGEST_VALUE + " characters");
      }
    }
    return Optional.empty();
  }

  private static boolean isPrefixed(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith);
  }
}
