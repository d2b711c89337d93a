package dev.gatehouse.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.HasId;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds a payment: by its intent where we know it, and by listing what was made around the time of
 * the send where we do not. Never by Stripe's search, which lags behind.
 */
final class StripeLookup {
  /** Our clock and Stripe's may differ by so much before it matters. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final long PAGE = 100;
  private static final int MAX_PAGES = 50;

  private final StripeCall call;
  private final Clock clock;

  StripeLookup(StripeCall call, Clock clock) {
    this.call = call;
    this.clock = clock;
  }

  /** One page of a list, after the object with this id. */
  private interface Page<T extends HasId> {
    StripeCollection<T> after(Optional<String> id) throws StripeException;
  }

  /** The list goes on and on: what was read of it is not all. */
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("the list does not end", null, false, false);
    }
  }

  /** Stripe does not show what it made. */
  private static final class NotShown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotShown() {
      super("an intent is not shown", null, false, false);
    }
  }

  Lookup find(Trace trace) {
    List<String> known =
        trace.known().providerIds().stream()
            .filter(id -> id.kind().equals(StripeFacts.INTENT))
            .map(ProviderId::id)
            .toList();
    if (known.isEmpty() && trace.reference().isEmpty()) {
      return new Lookup.CannotTell(
          Failure.of(ErrorCategory.VALIDATION, "trace.empty", "there is nothing to look up by"));
    }
    try {
      return find(trace, known);
    } catch (NotShown e) {
      return new Lookup.CannotTell(StripeErrors.notShown(call));
    } catch (TransportException e) {
      return new Lookup.CannotTell(StripeErrors.transport(e));
    } catch (StripeException e) {
      return new Lookup.CannotTell(
          StripeErrors.certainRefusal(e, call).orElseGet(() -> StripeErrors.unclear(e)));
    } catch (Unreadable e) {
      return new Lookup.CannotTell(
          StripeErrors.unknown("answer.unreadable", String.valueOf(e.getMessage())));
    } catch (TooLong e) {
      return new Lookup.CannotTell(
          StripeErrors.unknown("list.too-long", String.valueOf(e.getMessage())));
    }
  }

  private Lookup find(Trace trace, List<String> known) throws StripeException {
    // Taken before we ask: what Stripe knew when it answered, it knew at least since then.
    Instant asOf = clock.instant();
    boolean settled = !asOf.isBefore(lastSend(trace).plus(StripeGatewayProvider.SETTLES));
    Map<String, PaymentIntent> intents = new TreeMap<>();
    for (String id : known) {
      intents.put(id, byId(id));
    }
    boolean listed = trace.reference().isPresent() && (intents.isEmpty() || mayBeUnknown(trace));
    if (listed) {
      for (PaymentIntent intent : byReference(trace.reference().get(), trace)) {
        intents.putIfAbsent(intent.getId(), intent);
      }
    }
    if (intents.isEmpty() && hasCome(trace.known())) {
      throw new NotShown();
    }
    if (intents.isEmpty()) {
      return new Lookup.AbsentAsOf(asOf, settled);
    }
    Snapshot.Builder seen = Snapshot.builder();
    for (PaymentIntent intent : intents.values()) {
      everythingOf(intent, trace, seen);
    }
    if (settled) {
      seen.complete(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS);
    }
    if (settled && listed) {
      seen.complete(FactList.ATTEMPTS);
    }
    return new Lookup.Found(seen.build());
  }

  /** Whether an intent is in question that is none of those that we know. */
  private static boolean mayBeUnknown(Trace trace) {
    return trace
        .operation()
        .filter(doubt -> doubt.kind() == OperationKind.CHARGE)
        .filter(
            doubt ->
                trace.known().attempts().values().stream()
                    .noneMatch(attempt -> attempt.operation().has(doubt.key())))
        .isPresent();
  }

  private static Instant lastSend(Trace trace) {
    return trace.operation().map(Trace.InDoubt::lastSentAt).orElse(trace.startedAt());
  }

  /** What only something that Stripe made can have brought about. */
  private static boolean hasCome(PaymentFacts known) {
    return !known.attempts().isEmpty()
        || !known.authorizations().isEmpty()
        || !known.movements().isEmpty();
  }

  /**
   * Stripe forgets no intent. One that is not there was made with another account's key, and what
   * the present one does not show proves nothing.
   */
  private PaymentIntent byId(String id) throws StripeException {
    try {
      return call.client().v1().paymentIntents().retrieve(id);
    } catch (InvalidRequestException e) {
      if ("resource_missing".equals(e.getCode())) {
        throw new NotShown();
      }
      throw e;
    }
  }

  /** When we sent is by our clock, when Stripe made something is by its own. */
  private List<PaymentIntent> byReference(String reference, Trace trace) throws StripeException {
    List<PaymentIntent> found = byReference(reference, trace, Duration.ZERO);
    Duration ahead =
        call.date().map(date -> Duration.between(clock.instant(), date)).orElse(Duration.ZERO);
    if (ahead.abs().compareTo(SKEW) > 0) {
      found.addAll(byReference(reference, trace, ahead));
    }
    return found;
  }

  private List<PaymentIntent> byReference(String reference, Trace trace, Duration ahead)
      throws StripeException {
    Instant from = trace.startedAt().plus(ahead).minus(SKEW);
    Instant to = lastSend(trace).plus(ahead).plus(StripeGatewayProvider.SETTLES).plus(SKEW);
    var created =
        PaymentIntentListParams.Created.builder()
            .setGte(from.getEpochSecond())
            .setLte(to.getEpochSecond())
            .build();
    List<PaymentIntent> found = new ArrayList<>();
    for (PaymentIntent intent :
        all(
            after -> {
              var params = PaymentIntentListParams.builder().setCreated(created).setLimit(PAGE);
              after.ifPresent(params::setStartingAfter);
              return call.client().v1().paymentIntents().list(params.build());
            })) {
      if (StripeFacts.metadata(intent.getMetadata(), StripeFacts.REFERENCE)
          .filter(reference::equals)
          .isPresent()) {
        found.add(intent);
      }
    }
    return found;
  }

  /** The intent, then its charges, which are at least as new, with their refunds and disputes. */
  private void everythingOf(PaymentIntent intent, Trace trace, Snapshot.Builder seen)
      throws StripeException {
    String id = Unreadable.demand("id", intent.getId());
    List<Charge> charges = charges(id);
    StripeFacts.guarded(() -> StripeFacts.into(seen, intent, charges, trace));
    boolean disputed = false;
    for (Charge charge : charges) {
      disputed |= Boolean.TRUE.equals(charge.getDisputed());
      if (Boolean.TRUE.equals(charge.getCaptured())) {
        new StripeReleases(call)
            .leftOut(intent, charge, refunds(charge))
            .forEach(refund -> StripeMovements.refund(seen, refund));
      }
    }
    if (disputed) {
      disputes(id).forEach(dispute -> StripeMovements.dispute(seen, dispute));
    }
  }

  private List<Charge> charges(String intent) throws StripeException {
    return all(
        after -> {
          var params =
              ChargeListParams.builder()
                  .setPaymentIntent(intent)
                  .setLimit(PAGE)
                  .addExpand("data.refunds");
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().charges().list(params.build());
        });
  }

  /** Those that came with the charge, if they are all. */
  private List<Refund> refunds(Charge charge) throws StripeException {
    if (charge.getRefunds() != null && !Boolean.TRUE.equals(charge.getRefunds().getHasMore())) {
      return charge.getRefunds().getData();
    }
    return all(
        after -> {
          var params = RefundListParams.builder().setCharge(charge.getId()).setLimit(PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().refunds().list(params.build());
        });
  }

  private List<Dispute> disputes(String intent) throws StripeException {
    return all(
        after -> {
          var params = DisputeListParams.builder().setPaymentIntent(intent).setLimit(PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().disputes().list(params.build());
        });
  }

  /** Every page of a list, or nothing: half a list must not look like a whole one. */
  private static <T extends HasId> List<T> all(Page<T> pages) throws StripeException {
    List<T> all = new ArrayList<>();
    Optional<String> last = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      StripeCollection<T> list = pages.after(last);
      List<T> data = Unreadable.demand("data", list.getData());
      all.addAll(data);
      if (!Unreadable.demand("has_more", list.getHasMore())) {
        return all;
      }
      if (data.isEmpty()) {
        throw Unreadable.in("has_more");
      }
      last = Optional.of(Unreadable.demand("id", data.get(data.size() - 1).getId()));
    }
    throw new TooLong();
  }
}
