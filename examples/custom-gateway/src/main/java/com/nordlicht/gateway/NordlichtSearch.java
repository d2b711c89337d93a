package com.nordlicht.gateway;

import com.nordlicht.gateway.NordlichtClient.Answer;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.Trace;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds payments at the bank, by id and in its lists. Executes nothing. */
final class NordlichtSearch {
  private static final int MAX_PAGES = 50;

  private final NordlichtClient client;
  private final Clock clock;

  NordlichtSearch(NordlichtClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** We could not find out; on its way to the caller. */
  private static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    Untold(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }
  }

  Lookup find(Trace trace) {
    try {
      return found(trace);
    } catch (Untold e) {
      return new Lookup.CannotTell(e.failure);
    } catch (Node.Unreadable e) {
      return new Lookup.CannotTell(NordlichtErrors.unreadable(e));
    }
  }

  // snippet: NordlichtLookup
  private Lookup found(Trace trace) {
    Deadline deadline = client.deadline();
    // Before asking: what the bank knew when it answered, it knew at least since then.
    Instant asOf = clock.instant();
    boolean settled = !asOf.isBefore(lastSent(trace).plus(NordlichtProvider.SETTLES));
    Map<String, NordlichtPayment> payments = new LinkedHashMap<>();
    for (String id : ids(trace)) {
      byId(id, deadline).ifPresent(payment -> payments.put(id, payment));
    }
    boolean listed = trace.reference().isPresent() && (payments.isEmpty() || isCharge(trace));
    if (listed) {
      byReference(trace.reference().get(), deadline).forEach(payments::putIfAbsent);
    }
    if (payments.isEmpty()) {
      return trace.reference().isPresent()
          ? new Lookup.AbsentAsOf(asOf, settled)
          : new Lookup.CannotTell(
              Failure.of(ErrorCategory.NOT_FOUND, "trace.unknown", "the bank has none of its ids"));
    }
    Snapshot.Builder seen = Snapshot.builder();
    payments.values().forEach(payment -> payment.addTo(seen));
    // A payment shows all that belongs to it. Whether there is another, only the list says.
    seen.complete(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS);
    if (listed && settled) {
      seen.complete(FactList.ATTEMPTS);
    }
    return new Lookup.Found(seen.build());
  }

  // end snippet

  private static Instant lastSent(Trace trace) {
    return trace.operation().map(Trace.InDoubt::lastSentAt).orElse(trace.startedAt());
  }

  private static Set<String> ids(Trace trace) {
    Set<String> ids = new TreeSet<>(trace.known().attempts().keySet());
    trace.known().providerIds().stream()
        .filter(id -> id.kind().equals(NordlichtPayment.KIND))
        .map(ProviderId::id)
        .forEach(ids::add);
    return ids;
  }

  /** Then there may be a payment that we do not know yet. */
  private static boolean isCharge(Trace trace) {
    return trace.operation().filter(doubt -> doubt.kind() == OperationKind.CHARGE).isPresent();
  }

  private Optional<NordlichtPayment> byId(String id, Deadline deadline) {
    Answer answer = client.get("/v2/payments/" + NordlichtClient.encoded(id), deadline);
    boolean absent =
        answer instanceof Answer.Refused refused
            && refused.failure().category() == ErrorCategory.NOT_FOUND;
    return absent ? Optional.empty() : Optional.of(new NordlichtPayment(body(answer)));
  }

  private Map<String, NordlichtPayment> byReference(String reference, Deadline deadline) {
    Map<String, NordlichtPayment> payments = new LinkedHashMap<>();
    String query = "/v2/payments?merchantReference=" + NordlichtClient.encoded(reference);
    boolean whole =
        pages(
            query,
            deadline,
            page ->
                page.list("payments").stream()
                    // The list is the bank's; what is ours is for us to say.
                    .filter(p -> p.maybe("merchantReference").filter(reference::equals).isPresent())
                    .forEach(p -> payments.put(p.text("paymentId"), new NordlichtPayment(p))));
    if (!whole) {
      // Half a list must not look like a whole one.
      throw new Untold(
          Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "list.endless", "the list does not end"));
    }
    return payments;
  }

  // snippet: NordlichtJournal
  /** The bank keeps a journal, to which it only ever adds. */
  Changes changesSince(Instant since) {
    Set<PaymentHint> hints = new LinkedHashSet<>();
    List<Instant> reached = new ArrayList<>();
    try {
      boolean whole =
          pages(
              "/v2/journal?since=" + NordlichtClient.encoded(since.toString()),
              client.deadline(),
              page -> {
                reached.add(page.time("completeUpTo"));
                for (Node entry : page.list("entries")) {
                  hints.add(hint(entry));
                  reached.add(entry.time("at"));
                }
              });
      // What the first page reached, or the last entry of a list that is cut short.
      Instant upTo = reached.get(whole ? 0 : reached.size() - 1);
      // Never back behind the start, though the journal lags.
      return new Changes.Listed(List.copyOf(hints), since, upTo.isAfter(since) ? upTo : since);
    } catch (Untold e) {
      return new Changes.CannotTell(e.failure);
    } catch (Node.Unreadable e) {
      return new Changes.CannotTell(NordlichtErrors.unreadable(e));
    }
  }

  // end snippet

  /** Which payment an entry of the journal, or a notice, is about. */
  static PaymentHint hint(Node entry) {
    return new PaymentHint(
        entry.maybe("merchantReference"),
        Set.of(new ProviderId(NordlichtPayment.KIND, entry.text("paymentId"))));
  }

  /** Page by page; says whether that was all. */
  private boolean pages(String query, Deadline deadline, Consumer<Node> each) {
    String after = "0";
    for (int count = 0; count < MAX_PAGES; count++) {
      Node page = body(client.get(query + "&after=" + NordlichtClient.encoded(after), deadline));
      each.accept(page);
      Optional<String> next = page.maybe("next");
      if (next.isEmpty()) {
        return true;
      }
      after = next.get();
    }
    return false;
  }

  private static Node body(Answer answer) {
    if (answer instanceof Answer.Done done) {
      return done.body();
    }
    throw new Untold(
        answer instanceof Answer.Refused refused
            ? refused.failure()
            : ((Answer.Unsure) answer).failure());
  }
}
