package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.testkit.reference.ReferenceClient.Answer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Lists which payments changed, from the provider's log of events. */
final class ReferenceChanges {
  private static final int MAX_PAGES = 50;

  private final ReferenceClient client;

  ReferenceChanges(ReferenceClient client) {
    this.client = client;
  }

  Changes since(Instant since) {
    try {
      return read(since);
    } catch (ReferenceSnapshots.Unreadable | DateTimeException e) {
      return new Changes.CannotTell(
          ReferenceErrors.unknown("answer.unreadable", "the list of events can't be read"));
    }
  }

  private Changes read(Instant since) {
    Deadline deadline = client.deadline();
    Set<PaymentHint> hints = new LinkedHashSet<>();
    Instant upTo = since;
    String after = "0";
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer answer = client.get("/v1/events?since=" + since + "&after=" + after, "list", deadline);
      if (!(answer instanceof Answer.Done done)) {
        return new Changes.CannotTell(failure(answer));
      }
      for (JsonNode event : ReferenceSnapshots.list(done.body(), "data")) {
        hint(event).ifPresent(hints::add);
        upTo = Instant.parse(ReferenceSnapshots.text(event, "created_at"));
      }
      if (!ReferenceSnapshots.flag(done.body(), "has_more")) {
        Instant told = Instant.parse(ReferenceSnapshots.text(done.body(), "up_to"));
        // Never back behind the start: a list that lags says less than we knew.
        return listed(hints, since, told.isAfter(since) ? told : since);
      }
      after = Integer.toString(Integer.parseInt(ReferenceSnapshots.text(done.body(), "next")));
    }
    // There is more; whoever goes on from the last event's time sees that event again.
    return listed(hints, since, upTo);
  }

  private static Changes listed(Set<PaymentHint> hints, Instant from, Instant upTo) {
    return new Changes.Listed(List.copyOf(new ArrayList<>(hints)), from, upTo);
  }

  private static Failure failure(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return refused.failure();
    }
    if (answer instanceof Answer.Unsure unsure) {
      return unsure.failure();
    }
    return ReferenceErrors.unknown("answer.unexpected", "a list was declined");
  }

  /** Which payment an event is about; empty for events that are about none. */
  static Optional<PaymentHint> hint(JsonNode event) {
    JsonNode data = event.path("data");
    return hint(data, ReferenceSnapshots.CHARGE).or(() -> hint(data, ReferenceSnapshots.SET_UP));
  }

  private static Optional<PaymentHint> hint(JsonNode data, String kind) {
    return ReferenceSnapshots.optional(data, kind)
        .map(
            id ->
                new PaymentHint(
                    ReferenceSnapshots.optional(data, "reference"),
                    Set.of(new ProviderId(kind, id))));
  }
}
