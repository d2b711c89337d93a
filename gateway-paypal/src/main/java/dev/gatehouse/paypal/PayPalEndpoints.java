package dev.gatehouse.paypal;

import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.Failure;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Registers the address at which webhooks are received, with the events that matter here. */
final class PayPalEndpoints {
  private static final String WEBHOOKS = "/v1/notifications/webhooks";
  private static final String EVERYTHING = "*";

  private final PayPalSdk sdk;
  private final Deadline deadline;

  PayPalEndpoints(PayPalSdk sdk, Deadline deadline) {
    this.sdk = sdk;
    this.deadline = deadline;
  }

  /** PayPal did not do it, or nobody knows; on its way out. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(Failure failure) {
      super(failure.message(), null, false, false);
    }
  }

  /**
   * What was done.
   *
   * @param id PayPal's id of the webhook, for the settings
   * @param words what became of it
   */
  record Registered(String id, String words) {}

  /**
   * Makes the webhook, or gives one that is there the events that it lacks. Doing it again changes
   * nothing. Events that somebody else asked for stay. Which events there are, PayPal tells.
   */
  Registered register(URI url) throws Refused {
    Set<String> wanted = names(body(sdk.get(WEBHOOKS + "-event-types", deadline)));
    wanted.removeIf(type -> !PayPalEvents.matters(type));
    Optional<Node> known =
        body(sdk.get(WEBHOOKS, deadline)).list("webhooks").stream()
            .filter(webhook -> webhook.optional("url").filter(url.toString()::equals).isPresent())
            .findFirst();
    return known.isPresent() ? completed(known.get(), wanted) : made(url, wanted);
  }

  private Registered completed(Node webhook, Set<String> wanted) throws Refused {
    String id = webhook.text("id");
    Set<String> events = names(webhook);
    if (events.contains(EVERYTHING) || events.containsAll(wanted)) {
      return new Registered(id, "was there, with all events that are needed");
    }
    events.addAll(wanted);
    List<?> patch =
        List.of(Map.of("op", "replace", "path", "/event_types", "value", types(events)));
    body(sdk.webhook("PATCH", WEBHOOKS + "/" + id, patch, deadline));
    return new Registered(id, "was there, and has all events that are needed now");
  }

  private Registered made(URI url, Set<String> events) throws Refused {
    Map<String, Object> webhook = Map.of("url", url.toString(), "event_types", types(events));
    return new Registered(
        body(sdk.webhook("POST", WEBHOOKS, webhook, deadline)).text("id"), "was made");
  }

  private static Set<String> names(Node webhook) {
    Set<String> names = new LinkedHashSet<>();
    webhook.list("event_types").forEach(type -> names.add(type.text("name")));
    return names;
  }

  private static List<Map<String, String>> types(Set<String> names) {
    return names.stream().map(name -> Map.of("name", name)).toList();
  }

  private static Node body(Answer answer) throws Refused {
    if (answer instanceof Answer.Done done) {
      return done.body();
    }
    throw new Refused(
        answer instanceof Answer.Refused refused
            ? refused.failure()
            : answer instanceof Answer.Unsure unsure
                ? unsure.failure()
                : PayPalErrors.unknown("answer.unexpected", "a webhook was declined"));
  }
}
