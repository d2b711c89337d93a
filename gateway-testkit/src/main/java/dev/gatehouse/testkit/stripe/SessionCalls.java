package dev.gatehouse.testkit.stripe;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The calls that make and end Checkout Sessions: what they accept, and what they answer. */
final class SessionCalls {
  private static final Duration LIFE = Duration.ofHours(24);
  private static final Duration SHORTEST = Duration.ofMinutes(30);
  private static final int MOST_LINES = 100;

  private final Desk desk;
  private final Sessions sessions;

  SessionCalls(Desk desk, Sessions sessions) {
    this.desk = desk;
    this.sessions = sessions;
  }

  ObjectNode create(StripeAccount account, String base, Params params, @Nullable String key) {
    if (!params.required("mode").equals("payment")) {
      throw ApiError.parameter(null, "mode", "Only payments are emulated.");
    }
    Session.Back back =
        new Session.Back(
            url(params, "success_url", params.required("success_url")),
            params.text("cancel_url", 5000).map(to -> url(params, "cancel_url", to)).orElse(null));
    Lines lines = lines(params);
    Amounts.check(lines.sum().amount(), lines.sum().currency());
    desk.demandTaken(lines.sum().currency());
    String id = desk.id(account.isLive() ? "cs_live" : "cs_test");
    Instant until = until(params);
    Session session =
        new Session(id, account, lines.sum(), lines.first(), back, desk.now(), until, base, key);
    keep(session.metadata, params.metadata());
    intentData(session, params.inner("payment_intent_data"));
    session.wantsParts = desk.wantsParts(params.inner("payment_method_options")) && session.manual;
    params.text("customer_email", 800);
    params.text("client_reference_id", 200);
    params.text("locale");
    for (String type : params.list("payment_method_types")) {
      if (!type.equals("card")) {
        throw ApiError.parameter(
            null, "payment_method_types", "The payment method type " + type + " is invalid.");
      }
    }
    Expand expand = params.expand().only("payment_intent", "line_items");
    params.done();
    sessions.created(session);
    return SessionViews.session(session, expand);
  }

  /** What is bought: the sum, and the first line, which stands for all on the page. */
  private record Lines(Session.Sum sum, String first) {}

  private static Lines lines(Params params) {
    long sum = 0;
    String currency = "";
    String first = "";
    for (Params line : params.items("line_items", MOST_LINES)) {
      Params price = line.inner("price_data");
      String in = price.required("currency").toLowerCase(Locale.ROOT);
      if (!currency.isEmpty() && !currency.equals(in)) {
        throw ApiError.parameter(null, "line_items", "All prices must use the same currency.");
      }
      currency = in;
      Params product = price.inner("product_data");
      String name = product.text("name", 5000).orElseThrow(() -> product.missing("name"));
      product.text("description", 40_000);
      product.done();
      sum += price.requiredInteger("unit_amount") * line.requiredInteger("quantity");
      price.done();
      line.done();
      first = first.isEmpty() ? name : first;
    }
    return new Lines(new Session.Sum(sum, currency), first);
  }

  private Instant until(Params params) {
    Instant until =
        params.integer("expires_at").map(Instant::ofEpochSecond).orElse(desk.now().plus(LIFE));
    if (until.isBefore(desk.now().plus(SHORTEST)) || until.isAfter(desk.now().plus(LIFE))) {
      throw ApiError.parameter(
          null,
          "expires_at",
          "The expires_at timestamp must be at least 30 minutes and at most 24 hours from Checkout"
              + " Session creation.");
    }
    return until;
  }

  private static void intentData(Session session, Params data) {
    session.manual =
        data.oneOf("capture_method", "automatic", "automatic_async", "manual")
            .filter("manual"::equals)
            .isPresent();
    session.description = data.text("description", 1000).orElse(null);
    session.receiptEmail = data.text("receipt_email", 800).orElse(null);
    session.descriptorSuffix = data.text("statement_descriptor_suffix", 22).orElse(null);
    keep(session.intentMetadata, data.metadata());
    data.done();
  }

  private static void keep(Map<String, String> metadata, Map<String, String> given) {
    given.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            metadata.put(name, value);
          }
        });
  }

  private static String url(Params params, String name, String url) {
    if (!url.matches("https?://.+")) {
      throw ApiError.parameter("url_invalid", name, "Not a valid URL");
    }
    return url;
  }

  ObjectNode expire(StripeAccount account, String id, Params params) {
    Session session = desk.session(account, id);
    Expand expand = params.expand().only("payment_intent", "line_items");
    params.done();
    sessions.expire(session);
    return SessionViews.session(session, expand);
  }
}
