package dev.gatehouse.analytics.ga4;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.sink.Consent;
import dev.gatehouse.sink.HttpSink;
import dev.gatehouse.sink.PersonalData;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.sink.SinkReply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One instance. Each delivery is one request, as each customer is a client of its own. */
final class Ga4Hook implements LifecycleHook {
  /** Older events are taken with their time of arrival only. */
  private static final Duration BACKDATED_AT_MOST = Duration.ofHours(72).minusMinutes(5);

  /** A purchase without a time of engagement is missing in reports about users. */
  private static final int ENGAGED_MILLIS = 1;

  private static final int CLIENT_PART = 8;
  private static final int HEXADECIMAL = 16;
  private static final Pattern CODE = Pattern.compile("[A-Z_]{1,60}");
  private static final Pattern SESSION = Pattern.compile("[0-9]{1,20}");

  private final Ga4Settings settings;
  private final HookEnvironment environment;
  private final HttpSink sink;

  Ga4Hook(Ga4Settings settings, HookEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.sink = new HttpSink("Google Analytics", Ga4Settings.API_SECRET, environment);
  }

  @Override
  public String id() {
    return environment.instance();
  }

  /** A membership that was never paid for ends as well, but nobody leaves. */
  @Override
  public boolean wants(LifecycleEvent event) {
    if (event instanceof MembershipStatusChanged changed) {
      return changed.from() == MembershipState.ACTIVE && changed.to() == MembershipState.CANCELLED;
    }
    return event.header().customer().isPresent();
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    Optional<Customer> customer = context.customer().filter(known -> !known.isErased());
    Optional<Checkout> checkout = context.checkout();
    if (customer.isEmpty() || event instanceof PaymentRefunded r && !wasPurchase(r, checkout)) {
      return HookResult.delivered();
    }
    Optional<Attribution> visit = checkout.flatMap(c -> customer.get().attribution(c.id()));
    Optional<Attribution> last = Consent.of(customer.get(), checkout);
    if (!settings.consent().allows(last, Purpose.ANALYTICS) || isDropped(event)) {
      return HookResult.delivered();
    }
    ObjectNode request = request(customer.get(), last);
    ObjectNode told = told(event);
    ObjectNode params = (ObjectNode) told.get("params");
    params.put("engagement_time_msec", ENGAGED_MILLIS).put("event_id", idOf(event));
    visit
        .flatMap(Attribution::sessionId)
        .filter(session -> SESSION.matcher(session).matches())
        .ifPresent(session -> params.put("session_id", session));
    time(event).ifPresent(at -> request.put("timestamp_micros", micros(at)));
    request.putArray("events").add(told);
    return send(request);
  }

  /**
   * What completed no checkout was no purchase, and is given back without a word: an excess, or
   * late money. Whether a purchase was told, or was dropped, nobody remembers.
   */
  private static boolean wasPurchase(PaymentRefunded event, Optional<Checkout> checkout) {
    return checkout.flatMap(Checkout::paidBy).filter(event.payment()::equals).isPresent();
  }

  private ObjectNode told(LifecycleEvent event) {
    if (event instanceof CheckoutCompleted completed) {
      return Ga4Events.purchase(completed);
    } else if (event instanceof PaymentRefunded refunded) {
      return Ga4Events.refund(refunded);
    } else if (event instanceof PaymentFailed failed) {
      return Ga4Events.failure(settings.failure(), failed);
    }
    return Ga4Events.churn(settings.churn(), (MembershipStatusChanged) event);
  }

  private ObjectNode request(Customer customer, Optional<Attribution> visit) {
    ObjectNode request =
        SinkJson.object()
            .put("client_id", visit.flatMap(Attribution::clientId).orElse(clientOf(customer)));
    ObjectNode consent = SinkJson.object();
    visit.ifPresent(
        known -> {
          consent(consent, "ad_user_data", Purpose.AD_USER_DATA, known);
          consent(consent, "ad_personalization", Purpose.AD_PERSONALIZATION, known);
        });
    if (!consent.isEmpty()) {
      request.set("consent", consent);
    }
    if (settings.personalData() == PersonalData.HASH
        && settings.consent().allows(visit, Purpose.AD_USER_DATA)) {
      customer.person().ifPresent(person -> userData(request, customer, person));
    }
    return request;
  }

  /** Google demands an id of the user beside user data; ours may say who it is, so it is hashed. */
  private static void userData(ObjectNode request, Customer customer, Person person) {
    request
        .put("user_id", PersonalData.sha256(customer.id().value()))
        .putObject("user_data")
        .putArray("sha256_email_address")
        .add(PersonalData.sha256(normalized(person.email())));
  }

  private static void consent(ObjectNode all, String name, Purpose purpose, Attribution visit) {
    if (visit.granted().contains(purpose)) {
      all.put(name, "GRANTED");
    } else if (visit.denied().contains(purpose)) {
      all.put(name, "DENIED");
    }
  }

  /** By it, who exports the events tells those that were told twice. */
  private static String idOf(LifecycleEvent event) {
    String id = event.header().id();
    return id.length() <= Ga4Rules.LONGEST_VALUE ? id : PersonalData.sha256(id);
  }

  /** Without a browser's id, one that stays the same, in the form of theirs; no secret is in it. */
  private static String clientOf(Customer customer) {
    String hash = PersonalData.sha256("client of " + customer.id().value());
    return Long.parseLong(hash.substring(0, CLIENT_PART), HEXADECIMAL)
        + "."
        + Long.parseLong(hash.substring(CLIENT_PART, 2 * CLIENT_PART), HEXADECIMAL);
  }

  /** As Google asks for it: in small letters, and without the dots that its own mail ignores. */
  private static String normalized(String email) {
    String small = Person.comparable(email);
    int at = small.lastIndexOf('@');
    String domain = small.substring(at + 1).toLowerCase(Locale.ROOT);
    return domain.equals("gmail.com") || domain.equals("googlemail.com")
        ? small.substring(0, at).replace(".", "") + "@" + domain
        : small;
  }

  private boolean isDropped(LifecycleEvent event) {
    return settings.dropsLate() && age(event).compareTo(BACKDATED_AT_MOST) > 0;
  }

  private Duration age(LifecycleEvent event) {
    return Duration.between(event.header().at(), environment.clock().instant());
  }

  /** When it happened, unless that is too long ago to be taken, or yet to come. */
  private Optional<Instant> time(LifecycleEvent event) {
    Instant at = event.header().at();
    Duration age = age(event);
    boolean isTaken = age.compareTo(BACKDATED_AT_MOST) <= 0 && !age.isNegative();
    return isTaken ? Optional.of(at) : Optional.empty();
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private HookResult send(ObjectNode request) {
    if (settings.debug()) {
      request.put("validation_behavior", "ENFORCE_RECOMMENDATIONS");
    }
    byte[] body = SinkJson.write(request);
    Optional<String> fault = Ga4Rules.fault(request, body.length);
    if (fault.isPresent()) {
      return new HookResult.Park("not sent, as Google Analytics would drop it: " + fault.get());
    }
    HttpHeaders headers = HttpHeaders.none().with("content-type", "application/json");
    SinkReply reply = sink.send(new HttpRequest("POST", settings.address(), headers, body));
    if (reply instanceof SinkReply.Taken taken) {
      return settings.debug() ? validated(taken) : collected(taken);
    }
    return reply.result();
  }

  /** Whoever says something is somebody else, such as the page to log in to a network. */
  private static HookResult collected(SinkReply.Taken taken) {
    return taken.response().body().length == 0
        ? taken.result()
        : new HookResult.Retry(
            Optional.empty(), "an answer with a body is none of Google Analytics'");
  }

  /** Only here does the service say what it thinks. Its sentences may quote us: codes are kept. */
  private static HookResult validated(SinkReply.Taken taken) {
    Optional<JsonNode> answer = SinkJson.read(taken.response().body());
    if (answer.filter(JsonNode::isObject).isEmpty()) {
      return new HookResult.Retry(Optional.empty(), "the validation's answer is no JSON");
    }
    TreeSet<String> codes = new TreeSet<>();
    for (JsonNode message : answer.get().path("validationMessages")) {
      String code = message.path("validationCode").asString("");
      String path = message.path("fieldPath").asString("").replaceAll("[^\\w.\\[\\]]", "");
      codes.add(
          (CODE.matcher(code).matches() ? code : "INVALID")
              + " at "
              + path.substring(0, Math.min(path.length(), Ga4Rules.LONGEST_VALUE)));
    }
    return codes.isEmpty()
        ? HookResult.delivered()
        : new HookResult.Park("Google Analytics would drop it: " + String.join(", ", codes));
  }
}
