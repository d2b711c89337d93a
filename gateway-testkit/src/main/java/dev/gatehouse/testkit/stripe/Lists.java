package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Customer;
import dev.gatehouse.testkit.stripe.Entries.Dispute;
import dev.gatehouse.testkit.stripe.Entries.Event;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import dev.gatehouse.testkit.stripe.Entries.Refund;
import dev.gatehouse.testkit.stripe.Entries.SetUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, newest first, with their filters and pages; and the search, which lags behind. */
final class Lists {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT = 100;
  private static final Duration EVENT_LIFE = Duration.ofDays(30);
  private static final Pattern CLAUSE =
      Pattern.compile(
          "\\s*(?:metadata\\[['\"]([^'\"]+)['\"]]|(status|currency))\\s*:\\s*['\"]([^'\"]*)['\"]\\s*");

  private final Desk desk;

  Lists(Desk desk) {
    this.desk = desk;
  }

  ObjectNode intents(StripeAccount account, Params params) {
    params.text("customer");
    List<Intent> all =
        desk.intents().stream().filter(intent -> isOf(account, intent.account)).toList();
    return page("/v1/payment_intents", all, i -> i.id, i -> i.createdAt, Views::intent, params);
  }

  ObjectNode setUps(StripeAccount account, Params params) {
    Optional<String> customer = params.text("customer");
    List<SetUp> all =
        desk.setUps().stream()
            .filter(setUp -> isOf(account, setUp.account))
            .filter(
                setUp ->
                    customer
                        .map(id -> setUp.customer != null && setUp.customer.id.equals(id))
                        .orElse(true))
            .toList();
    return page("/v1/setup_intents", all, s -> s.id, s -> s.createdAt, SetUpViews::setUp, params);
  }

  ObjectNode customers(StripeAccount account, Params params) {
    Optional<String> email = params.text("email");
    List<Customer> all =
        desk.customers().stream()
            .filter(customer -> isOf(account, customer.account))
            .filter(customer -> email.map(text -> text.equals(customer.email)).orElse(true))
            .toList();
    return page(
        "/v1/customers",
        all,
        c -> c.id,
        c -> c.createdAt,
        (customer, expand) -> SetUpViews.customer(customer),
        params);
  }

  ObjectNode charges(StripeAccount account, Params params) {
    params.text("customer");
    Optional<String> intent = params.text("payment_intent");
    List<Charge> all =
        desk.charges().stream()
            .filter(charge -> isOf(account, charge.intent.account))
            .filter(charge -> intent.map(charge.intent.id::equals).orElse(true))
            .toList();
    return page("/v1/charges", all, c -> c.id, c -> c.createdAt, Views::charge, params);
  }

  ObjectNode sessions(StripeAccount account, Params params) {
    Optional<String> intent = params.text("payment_intent");
    Optional<String> status = params.oneOf("status", "open", "complete", "expired");
    List<Session> all =
        desk.sessions().stream()
            .filter(session -> isOf(account, session.account))
            .filter(session -> status.map(session.status::equals).orElse(true))
            .filter(session -> intent.map(id -> isPaidBy(session, id)).orElse(true))
            .toList();
    return page(
        "/v1/checkout/sessions", all, s -> s.id, s -> s.createdAt, SessionViews::session, params);
  }

  private static boolean isPaidBy(Session session, String intent) {
    return session.intent != null && session.intent.id.equals(intent);
  }

  ObjectNode refunds(StripeAccount account, Params params) {
    Predicate<Charge> wanted = ofParent(account, params);
    List<Refund> all =
        desk.refunds().stream().filter(refund -> wanted.test(refund.charge)).toList();
    return page("/v1/refunds", all, r -> r.id, r -> r.createdAt, MoneyViews::refund, params);
  }

  ObjectNode disputes(StripeAccount account, Params params) {
    Predicate<Charge> wanted = ofParent(account, params);
    List<Dispute> all =
        desk.disputes().stream().filter(dispute -> wanted.test(dispute.charge)).toList();
    return page("/v1/disputes", all, d -> d.id, d -> d.createdAt, MoneyViews::dispute, params);
  }

  private static Predicate<Charge> ofParent(StripeAccount account, Params params) {
    Optional<String> charge = params.text("charge");
    Optional<String> intent = params.text("payment_intent");
    return one ->
        isOf(account, one.intent.account)
            && charge.map(one.id::equals).orElse(true)
            && intent.map(one.intent.id::equals).orElse(true);
  }

  /** Events are listed for 30 days. */
  ObjectNode events(StripeAccount account, Params params) {
    Optional<String> type = params.text("type");
    List<String> types = params.list("types");
    Instant oldest = desk.now().minus(EVENT_LIFE);
    List<Event> all =
        desk.events().stream()
            .filter(event -> isOf(account, event.account()))
            .filter(event -> event.createdAt().isAfter(oldest))
            .filter(event -> type.map(t -> matches(t, event.type())).orElse(true))
            .filter(event -> types.isEmpty() || types.contains(event.type()))
            .toList();
    return page(
        "/v1/events", all, Event::id, Event::createdAt, (e, x) -> MoneyViews.event(e), params);
  }

  private static boolean matches(String wanted, String type) {
    return wanted.endsWith("*")
        ? type.startsWith(wanted.substring(0, wanted.length() - 1))
        : type.equals(wanted);
  }

  private static boolean isOf(StripeAccount account, StripeAccount owner) {
    return account.id().equals(owner.id());
  }

  private <T> ObjectNode page(
      String url,
      List<T> oldestFirst,
      Function<T, String> id,
      Function<T, Instant> createdAt,
      BiFunction<T, Expand, ObjectNode> view,
      Params params) {
    Instant listed = desk.now().minus(desk.options().listDelay());
    Predicate<Long> created = created(params);
    List<T> all = new ArrayList<>(oldestFirst);
    all.removeIf(
        one ->
            createdAt.apply(one).isAfter(listed)
                || !created.test(createdAt.apply(one).getEpochSecond()));
    Collections.reverse(all);
    int limit = Math.min(limit(params), desk.mostListed());
    Optional<String> after = params.text("starting_after");
    Optional<String> before = params.text("ending_before");
    Expand expand = params.expand();
    params.done();
    boolean more;
    if (before.isPresent()) {
      List<T> newer = all.subList(0, place(all, id, before.get(), "ending_before"));
      more = newer.size() > limit;
      all = newer.subList(Math.max(0, newer.size() - limit), newer.size());
    } else {
      int from = after.map(last -> place(all(oldestFirst), id, last, "starting_after")).orElse(-1);
      List<T> older = after.isPresent() ? rest(all, id, oldestFirst, from) : all;
      more = older.size() > limit;
      all = older.subList(0, Math.min(limit, older.size()));
    }
    ObjectNode list = Json.object().put("object", "list").put("url", url).put("has_more", more);
    ArrayNode data = list.putArray("data");
    Expand each = expand.within("data");
    all.forEach(one -> data.add(view.apply(one, each)));
    if (!data.isEmpty()) {
      expand.done();
    }
    return list;
  }

  private static <T> List<T> all(List<T> oldestFirst) {
    List<T> all = new ArrayList<>(oldestFirst);
    Collections.reverse(all);
    return all;
  }

  /** What of the filtered list is older than the place in the whole one. */
  private static <T> List<T> rest(
      List<T> filtered, Function<T, String> id, List<T> oldestFirst, int from) {
    List<String> older = all(oldestFirst).stream().skip(from + 1L).map(id).toList();
    return filtered.stream().filter(one -> older.contains(id.apply(one))).toList();
  }

  private static <T> int place(List<T> all, Function<T, String> id, String wanted, String param) {
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(wanted)) {
        return i;
      }
    }
    throw ApiError.parameter("resource_missing", param, "No such object: '" + wanted + "'");
  }

  private static int limit(Params params) {
    long limit = params.integer("limit").orElse((long) DEFAULT_LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ApiError.parameter(
          "parameter_invalid_integer", "limit", "Invalid integer: limit is 1 to 100.");
    }
    return (int) limit;
  }

  private static Predicate<Long> created(Params params) {
    if (params.isText("created")) {
      long at = params.requiredInteger("created");
      return time -> time == at;
    }
    Params range = params.inner("created");
    long gt = range.integer("gt").orElse(Long.MIN_VALUE);
    long gte = range.integer("gte").orElse(Long.MIN_VALUE);
    long lt = range.integer("lt").orElse(Long.MAX_VALUE);
    long lte = range.integer("lte").orElse(Long.MAX_VALUE);
    range.done();
    return time -> time > gt && time >= gte && time < lt && time <= lte;
  }

  /** The search knows only what is older than its delay, so "not found" means little. */
  ObjectNode search(StripeAccount account, Params params) {
    String query = params.required("query");
    int limit = limit(params);
    params.text("page");
    Expand expand = params.expand();
    params.done();
    Instant known = desk.now().minus(desk.options().searchDelay());
    Predicate<Intent> wanted = query(query);
    List<Intent> found =
        all(desk.intents()).stream()
            .filter(intent -> isOf(account, intent.account))
            .filter(intent -> !intent.createdAt.isAfter(known))
            .filter(wanted)
            .toList();
    ObjectNode result =
        Json.object()
            .put("object", "search_result")
            .put("url", "/v1/payment_intents/search")
            .put("has_more", found.size() > limit)
            .putNull("next_page");
    ArrayNode data = result.putArray("data");
    Expand each = expand.within("data");
    found.stream().limit(limit).forEach(intent -> data.add(Views.intent(intent, each)));
    return result;
  }

  private static Predicate<Intent> query(String query) {
    Predicate<Intent> all = intent -> true;
    for (String clause : query.split("\\bAND\\b", -1)) {
      Matcher parts = CLAUSE.matcher(clause);
      if (!parts.matches()) {
        throw ApiError.parameter(null, "query", "We were unable to parse your search query.");
      }
      String value = parts.group(3);
      String key = parts.group(1);
      if (key != null) {
        all = all.and(intent -> value.equals(intent.metadata.get(key)));
      } else if (parts.group(2).equals("status")) {
        all = all.and(intent -> intent.is(value));
      } else {
        all = all.and(intent -> intent.currency.equals(value));
      }
    }
    return all;
  }
}
