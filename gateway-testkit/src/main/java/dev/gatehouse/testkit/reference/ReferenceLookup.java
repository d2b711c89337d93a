package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.reference.ReferenceClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Finds a payment by its charges, or a set-up: by those that we know, and by listing where one may
 * be unknown to us.
 */
final class ReferenceLookup {
  /** Our clock and the provider's may differ by so much. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final int MAX_PAGES = 20;

  private final ReferenceClient client;
  private final Clock clock;
  private final String object;
  private final OperationKind begins;

  private ReferenceLookup(
      ReferenceClient client, Clock clock, String object, OperationKind begins) {
    this.client = client;
    this.clock = clock;
    this.object = object;
    this.begins = begins;
  }

  static ReferenceLookup ofCharges(ReferenceClient client, Clock clock) {
    return new ReferenceLookup(client, clock, ReferenceSnapshots.CHARGE, OperationKind.CHARGE);
  }

  static ReferenceLookup ofSetUps(ReferenceClient client, Clock clock) {
    return new ReferenceLookup(client, clock, ReferenceSnapshots.SET_UP, OperationKind.SET_UP);
  }

  /** The provider's refusal to tell, on its way out. */
  private static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    Untold(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }
  }

  Lookup find(Trace trace) {
    SortedSet<String> ids = chargeIds(trace);
    if (ids.isEmpty() && trace.reference().isEmpty()) {
      return new Lookup.CannotTell(
          Failure.of(ErrorCategory.VALIDATION, "trace.empty", "there is nothing to look up by"));
    }
    try {
      return find(trace, ids);
    } catch (Untold e) {
      return new Lookup.CannotTell(e.failure);
    } catch (ReferenceSnapshots.Unreadable e) {
      return new Lookup.CannotTell(
          ReferenceErrors.unknown("answer.unreadable", String.valueOf(e.getMessage())));
    }
  }

  private Lookup find(Trace trace, SortedSet<String> ids) {
    Deadline deadline = client.deadline();
    // Taken before we ask: what the provider knew when it answered, it knew at least since then.
    Instant asOf = clock.instant();
    boolean settled = !asOf.isBefore(lastSend(trace).plus(ReferenceGatewayProvider.SETTLES));
    List<JsonNode> charges = new ArrayList<>();
    for (String id : ids) {
      byId(id, deadline, charges);
    }
    boolean listed = trace.reference().isPresent() && (charges.isEmpty() || mayBeUnknown(trace));
    if (listed) {
      byReference(trace.reference().get(), trace.startedAt().minus(SKEW), deadline, charges);
    }
    if (charges.isEmpty()) {
      return new Lookup.AbsentAsOf(asOf, settled);
    }
    Snapshot.Builder seen = Snapshot.builder();
    charges.forEach(charge -> ReferenceSnapshots.add(seen, charge));
    if (listed && settled) {
      seen.complete(FactList.ATTEMPTS);
    }
    if (!listed || settled) {
      // A charge shows all that belongs to it; the list of charges may lag behind.
      seen.complete(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS);
    }
    return new Lookup.Found(seen.build());
  }

  private SortedSet<String> chargeIds(Trace trace) {
    SortedSet<String> ids = new TreeSet<>(trace.known().attempts().keySet());
    trace.known().providerIds().stream()
        .filter(id -> id.kind().equals(object))
        .map(ProviderId::id)
        .forEach(ids::add);
    return ids;
  }

  /** Whether a charge is in question that is none of those that we know. */
  private boolean mayBeUnknown(Trace trace) {
    return trace
        .operation()
        .filter(doubt -> doubt.kind() == begins)
        .filter(
            doubt ->
                trace.known().attempts().values().stream()
                    .noneMatch(attempt -> attempt.operation().has(doubt.key())))
        .isPresent();
  }

  private static Instant lastSend(Trace trace) {
    return trace.operation().map(Trace.InDoubt::lastSentAt).orElse(trace.startedAt());
  }

  private void byId(String id, Deadline deadline, List<JsonNode> charges) {
    Answer answer = client.get("/v1/" + object + "s/" + encoded(id), object, deadline);
    boolean absent =
        answer instanceof Answer.Refused refused
            && refused.failure().category() == ErrorCategory.NOT_FOUND;
    if (!absent) {
      charges.add(body(answer));
    }
  }

  private void byReference(
      String reference, Instant from, Deadline deadline, List<JsonNode> charges) {
    String query = "/v1/" + object + "s?reference=" + encoded(reference) + "&created_from=" + from;
    for (JsonNode charge : pages(client, query, deadline)) {
      if (ReferenceSnapshots.optional(charge, "reference").filter(reference::equals).isPresent()) {
        charges.add(charge);
      }
    }
  }

  /** Every page of a list, or {@link Untold}: half a list must not look like a whole one. */
  private static List<JsonNode> pages(ReferenceClient client, String query, Deadline deadline) {
    List<JsonNode> all = new ArrayList<>();
    String after = "0";
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode body = body(client.get(query + "&after=" + encoded(after), "list", deadline));
      ReferenceSnapshots.list(body, "data").forEach(all::add);
      if (!ReferenceSnapshots.flag(body, "has_more")) {
        return all;
      }
      after = ReferenceSnapshots.text(body, "next");
    }
    throw new Untold(ReferenceErrors.unknown("list.too-long", "the list does not end"));
  }

  private static JsonNode body(Answer answer) {
    if (answer instanceof Answer.Done done) {
      return done.body();
    }
    if (answer instanceof Answer.Refused refused) {
      throw new Untold(refused.failure());
    }
    if (answer instanceof Answer.Unsure unsure) {
      throw new Untold(unsure.failure());
    }
    throw new Untold(ReferenceErrors.unknown("answer.unexpected", "a lookup was declined"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
