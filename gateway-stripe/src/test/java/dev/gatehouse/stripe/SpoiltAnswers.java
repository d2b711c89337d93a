package dev.gatehouse.stripe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Changes answers of Stripe's: what stands in them, and how it is written. */
final class SpoiltAnswers {
  private static final JsonMapper JSON = new JsonMapper();

  /** Of any kind. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "7",
          "-7",
          "1000",
          "1000.0",
          "1000.5",
          "1e3",
          "01",
          "-0",
          "1E400",
          "9007199254740993",
          "9007199254740993.0",
          "999999999999999999",
          "99999999999999999999",
          "true",
          "false",
          "TRUE",
          "\"true\"",
          "\"1000\"",
          "\"\"",
          "\"pm_1\"",
          "{}",
          "[]",
          "[1]",
          "{\"id\":\"x_1\",\"object\":\"charge\"}",
          "{\"tip\":{}}",
          "[{\"a\":[null]}]");

  /** What may well stand there. */
  private static final Map<String, List<String>> USUAL = new LinkedHashMap<>();

  static {
    USUAL.put("id", List.of("\"pi_9\"", "\"a b\""));
    USUAL.put(
        "status",
        List.of(
            "\"succeeded\"",
            "\"requires_capture\"",
            "\"processing\"",
            "\"canceled\"",
            "\"requires_action\"",
            "\"pending\"",
            "\"failed\"",
            "\"reconsidering\""));
    USUAL.put("capture_method", List.of("\"manual\"", "\"automatic\"", "\"automatic_async\""));
    USUAL.put("currency", List.of("\"jpy\"", "\"isk\"", "\"EUR\"", "\"zzz\"", "\"bhd\""));
    USUAL.put("amount", List.of("1", "1001", "999999999999"));
    USUAL.put("amount_captured", List.of("0", "1", "300", "1000"));
    USUAL.put("amount_capturable", List.of("0", "700", "1000"));
    USUAL.put("setup_future_usage", List.of("\"off_session\"", "\"on_session\""));
    USUAL.put("customer", List.of("\"cus_1\"", "{\"id\":\"cus_1\",\"object\":\"customer\"}"));
    USUAL.put(
        "payment_method", List.of("\"pm_7\"", "{\"id\":\"pm_7\",\"object\":\"payment_method\"}"));
    USUAL.put("latest_charge", List.of("\"ch_1\""));
    USUAL.put("captured", List.of("true", "false"));
    USUAL.put("livemode", List.of("true"));
    USUAL.put(
        "multicapture", List.of("{\"status\":\"available\"}", "{\"status\":\"unavailable\"}"));
    USUAL.put("three_d_secure", List.of("{\"result\":\"authenticated\"}"));
    USUAL.put("capture_before", List.of("1772884800", "999999999999999999"));
    USUAL.put("exp_month", List.of("1", "13"));
    USUAL.put("exp_year", List.of("2034", "999999999999"));
    USUAL.put("next_action", List.of("{\"type\":\"use_stripe_sdk\"}"));
    USUAL.put("last_payment_error", List.of("{\"type\":\"card_error\",\"code\":\"expired_card\"}"));
    USUAL.put("gatehouse_reference", List.of("\"pay-2\"", "\"no reference\"", "\"\\u0007\""));
    USUAL.put("gatehouse_operation", List.of("\"pay-2:charge:1\"", "\"\\u0000\"", "\"\""));
    USUAL.put("gatehouse_capture", List.of("\"pay-1:capture:1\"", "\"pay-1:capture:9\""));
    USUAL.put("gatehouse_release", List.of("\"pay-1:void:1\""));
    USUAL.put("gatehouse_method", List.of("\"checkout\"", "\"other\""));
    USUAL.put("gatehouse_capture_" + StripeParts.hash("k"), List.of("\"300 k\"", "\"9999 k\""));
  }

  private final Random random;

  SpoiltAnswers(Random random) {
    this.random = random;
  }

  /** Up to three values are others, are gone or are new; sometimes it is written otherwise, too. */
  String of(String answer) {
    ObjectNode tree = (ObjectNode) JSON.readTree(answer);
    for (int i = random.nextInt(3); i >= 0; i--) {
      change(pick(objects(tree, new ArrayList<>())));
    }
    String text = tree.toString();
    return random.nextInt(3) == 0 ? pick(WRITING).of(text, random) : text;
  }

  private static List<ObjectNode> objects(JsonNode in, List<ObjectNode> found) {
    if (in instanceof ObjectNode object) {
      found.add(object);
    }
    in.forEach(inner -> objects(inner, found));
    return found;
  }

  private void change(ObjectNode object) {
    List<String> names = new ArrayList<>(object.propertyNames());
    String name = names.isEmpty() || random.nextInt(4) == 0 ? pick(USUAL.keySet()) : pick(names);
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(random.nextBoolean() ? name : "brand_new", value(pick(VALUES)));
      default -> object.set(name, value(pick(USUAL.getOrDefault(name, VALUES))));
    }
  }

  /** As it is written here, be it JSON or not. */
  private static JsonNode value(String text) {
    return JSON.getNodeFactory().rawValueNode(new RawValue(text));
  }

  private <T> T pick(Iterable<T> all) {
    List<T> list = new ArrayList<>();
    all.forEach(list::add);
    return list.get(random.nextInt(list.size()));
  }

  /** Another way to write the same, or what is hardly JSON any more. */
  private interface Writing {
    String of(String text, Random random);
  }

  private static final List<Writing> WRITING =
      List.of(
          (text, random) -> " \n\t" + text.replace(",", " ,\n").replace(":", " : ") + "\r\n ",
          (text, random) -> text.replace("e", "\\u0065"),
          (text, random) -> text.replace("/", "\\/").replace("u", "\\u0075"),
          SpoiltAnswers::twice,
          (text, random) -> text.substring(0, random.nextInt(text.length())),
          (text, random) -> text + (random.nextBoolean() ? "}" : " {}"),
          (text, random) -> "\ufeff" + text,
          (text, random) -> text.replace('"', '\''),
          (text, random) -> text.replace(",\"status\"", ";\"status\""),
          (text, random) -> text.replace("{", "{/* new */"),
          (text, random) -> text.replaceAll("\"(\\w+)\":", "$1:"),
          (text, random) -> text.replace(":null", ":NULL"),
          (text, random) -> text.replace("}", ",}"));

  /** Some name is there twice, with another value. */
  private static String twice(String text, Random random) {
    List<String> names = List.copyOf(USUAL.keySet());
    String name = "\"" + names.get(random.nextInt(names.size())) + "\":";
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return text.replace(name, name + value + "," + name);
  }
}
