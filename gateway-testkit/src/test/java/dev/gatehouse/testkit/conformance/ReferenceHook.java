package dev.gatehouse.testkit.conformance;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hook that does as it should, to a service that takes several things in one request. */
final class ReferenceHook implements BatchHook, AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration LONGEST_PAUSE = Duration.ofDays(7);

  private final HookPlace place;
  private final int mostItems;
  private volatile boolean closed;

  ReferenceHook(HookPlace place) {
    this(place, ReferenceSink.MOST_ITEMS);
  }

  ReferenceHook(HookPlace place, int mostItems) {
    this.place = place;
    this.mostItems = mostItems;
  }

  @Override
  public String id() {
    return "reference";
  }

  @Override
  public boolean wants(LifecycleEvent event) {
    boolean isTest = event.header().mode().filter(Mode.TEST::equals).isPresent();
    return (place.testMode() || !isTest)
        && (event instanceof CustomerCreated
            || event instanceof CustomerErased
            || event instanceof CheckoutCompleted
            || event instanceof PaymentFailed
            || event instanceof PaymentRefunded
            || event instanceof MembershipStatusChanged);
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    if (closed) {
      throw new InvalidStateException(
          new Problem("hook", "hook.closed", "the hook is closed", "open another"));
    }
    List<Map<String, String>> items = items(event, context);
    long end = System.nanoTime() + place.timeLimit().toNanos();
    for (int from = 0; from < items.size(); from += mostItems) {
      int to = Math.min(items.size(), from + mostItems);
      HookResult result = send(items.subList(from, to), Duration.ofNanos(end - System.nanoTime()));
      if (!(result instanceof HookResult.Delivered)) {
        return result;
      }
    }
    if (event instanceof CustomerCreated && !items.isEmpty()) {
      context.putCustomerMetadata("crm_contact_id", items.get(0).get("id"));
    }
    return HookResult.delivered();
  }

  @Override
  public int most() {
    return 5;
  }

  /** Several of them are no more than one after another here. */
  @Override
  public List<HookResult> handleAll(List<Told> told) {
    return told.stream().map(one -> handle(one.event(), one.context())).toList();
  }

  private List<Map<String, String>> items(LifecycleEvent event, HookContext context) {
    List<Map<String, String>> items = new ArrayList<>();
    if (event instanceof CustomerCreated created) {
      context
          .customer()
          .flatMap(Customer::person)
          .ifPresent(
              person -> {
                Map<String, String> contact =
                    item("contact:" + created.customer(), "contact", person.name());
                contact.put("email", person.email());
                items.add(contact);
              });
      return items;
    }
    if (event instanceof CustomerErased erased) {
      return List.of(item("contact:" + erased.customer(), "forget", ""));
    }
    String id = event.header().id();
    Map<String, String> happened = item(id, event.type(), text(event));
    if (isRecent(event.header().at())) {
      happened.put("at", event.header().at().toString());
    }
    items.add(happened);
    if (event instanceof CheckoutCompleted completed) {
      for (int i = 0; i < completed.lines().size(); i++) {
        items.add(item(id + "#" + i, "line", completed.lines().get(i).description()));
      }
    }
    return items;
  }

  private static String text(LifecycleEvent event) {
    if (event instanceof CheckoutCompleted completed) {
      return completed.membership().map(membership -> membership.planName()).orElse("");
    }
    return event instanceof MembershipStatusChanged changed
        ? changed.to() + " " + changed.planName()
        : "";
  }

  private static Map<String, String> item(String id, String kind, String text) {
    Map<String, String> item = new LinkedHashMap<>();
    item.put("id", id);
    item.put("kind", kind);
    item.put("text", cut(text));
    return item;
  }

  private static String cut(String text) {
    int most = ReferenceSink.LONGEST_TEXT;
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private boolean isRecent(Instant at) {
    Instant now = place.clock().instant();
    return !at.isAfter(now) && at.isAfter(now.minus(ReferenceSink.OLDEST));
  }

  private HookResult send(List<Map<String, String>> items, Duration limit) {
    HttpRequest request =
        new HttpRequest(
            "POST",
            URI.create(place.baseUrl() + "/batch"),
            HttpHeaders.none()
                .with("authorization", "Bearer " + place.secret())
                .with("content-type", "application/json"),
            MAPPER.writeValueAsBytes(Map.of("items", items)));
    if (limit.isNegative() || limit.isZero()) {
      return retry("no time was left");
    }
    try {
      return read(place.http().send(request, limit), items.size());
    } catch (TransportException e) {
      return retry("no answer came");
    }
  }

  private HookResult read(HttpResponse answer, int sent) {
    int status = answer.status();
    if (status == 200 || status == 207) {
      return readItems(answer, sent);
    }
    if (status == 401 || status == 403) {
      return new HookResult.Park("the sink refuses the credentials");
    }
    return status == 408 || status == 429 || status >= 500
        ? new HookResult.Retry(
            answer.headers().first("retry-after").flatMap(this::pause), "the sink says " + status)
        : new HookResult.Park("the sink says " + status);
  }

  private static HookResult readItems(HttpResponse answer, int sent) {
    JsonNode results;
    try {
      results = MAPPER.readTree(answer.body()).path("results");
    } catch (JacksonException e) {
      return retry("the answer can't be read");
    }
    if (results.size() != sent) {
      return retry("the answer does not name what was taken");
    }
    HookResult worst = HookResult.delivered();
    for (JsonNode one : results) {
      if (one.path("status").asString("").equals("refused")) {
        return new HookResult.Park("the sink refuses a part of it");
      } else if (!one.path("status").asString("").equals("taken")) {
        worst = retry("the sink does not take a part of it now");
      }
    }
    return worst;
  }

  private static HookResult retry(String why) {
    return new HookResult.Retry(Optional.empty(), why);
  }

  /** In seconds or as a date; nonsense is none. */
  private Optional<Duration> pause(String header) {
    try {
      Duration pause =
          header.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(header))
              : Duration.between(
                  place.clock().instant(),
                  ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(pause).filter(p -> !p.isNegative() && p.compareTo(LONGEST_PAUSE) <= 0);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "ReferenceHook[" + place.baseUrl() + "]";
  }
}
