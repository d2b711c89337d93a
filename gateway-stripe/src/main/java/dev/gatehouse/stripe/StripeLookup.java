package dev.gatehouse.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Trace;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds a payment: by its intent where we know it, and by listing what was made around the time of
 * the send where we do not. Never by Stripe's search, which lags behind.
 */
final class StripeLookup {
  private final StripeCall call;
  private final Clock clock;

  StripeLookup(StripeCall call, Clock clock) {
    this.call = call;
    this.clock = clock;
  }

  Lookup find(Trace trace) {
    boolean known =
        trace.known().providerIds().stream()
            .anyMatch(
                id ->
                    id.kind().equals(StripeFacts.INTENT)
                        || id.kind().equals(StripeCheckout.SESSION));
    if (!known && isOfMethodAlone(trace)) {
      // Nothing of ours stored it, as far as we know; the answer that says so may be on its way.
      return new Lookup.AbsentAsOf(clock.instant(), false);
    }
    if (!known && trace.reference().isEmpty()) {
      return new Lookup.CannotTell(
          Failure.of(ErrorCategory.VALIDATION, "trace.empty", "there is nothing to look up by"));
    }
    return told(() -> found(trace));
  }

  private static boolean isOfMethodAlone(Trace trace) {
    return trace.reference().isEmpty()
        && trace.known().providerIds().stream()
            .anyMatch(id -> id.kind().equals(StripeStored.METHOD));
  }

  /** A set-up instead of a payment. */
  Lookup findSetUp(Trace trace) {
    return told(() -> StripeSetUps.find(call, clock, trace));
  }

  /** Something that Stripe is asked. */
  private interface Asked {
    Lookup answer() throws StripeException;
  }

  private Lookup told(Asked asked) {
    try {
      return asked.answer();
    } catch (StripeWhole.NotShown e) {
      return new Lookup.CannotTell(StripeErrors.notShown(call));
    } catch (TransportException e) {
      return new Lookup.CannotTell(StripeErrors.transport(e));
    } catch (StripeException e) {
      return new Lookup.CannotTell(
          StripeErrors.certainRefusal(e, call).orElseGet(() -> StripeErrors.unclear(e)));
    } catch (Unreadable e) {
      return new Lookup.CannotTell(
          StripeErrors.unknown("answer.unreadable", String.valueOf(e.getMessage())));
    } catch (StripePages.TooLong e) {
      return new Lookup.CannotTell(
          StripeErrors.unknown("list.too-long", String.valueOf(e.getMessage())));
    }
  }

  private Lookup found(Trace trace) throws StripeException {
    // Taken before we ask: what Stripe knew when it answered, it knew at least since then.
    Instant asOf = clock.instant();
    Instant certain = StripeListing.lastSend(trace).plus(StripeGatewayProvider.SETTLES);
    boolean settled = !asOf.isBefore(certain);
    StripeWhole whole = new StripeWhole(call, trace);
    whole.readKnown();
    boolean listed = trace.reference().isPresent() && (whole.isEmpty() || mayBeUnknown(trace));
    if (listed) {
      list(whole, trace, trace.reference().get());
    }
    if (whole.isEmpty() && hasCome(trace.known())) {
      throw new StripeWhole.NotShown();
    }
    if (whole.isEmpty()) {
      return new Lookup.AbsentAsOf(asOf, settled);
    }
    Snapshot.Builder seen = everythingOf(whole, trace);
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

  /** What only something that Stripe made can have brought about. */
  private static boolean hasCome(PaymentFacts known) {
    return !known.attempts().isEmpty()
        || !known.authorizations().isEmpty()
        || !known.movements().isEmpty();
  }

  /** A payment is charged once: an intent that was found leads to its page, if it has one. */
  private void list(StripeWhole whole, Trace trace, String reference) throws StripeException {
    StripeListing listing = new StripeListing(call, clock, trace);
    List<PaymentIntent> intents = listing.intents(reference);
    for (PaymentIntent intent : intents) {
      whole.add(intent);
    }
    for (Session page : intents.isEmpty() ? listing.sessions(reference) : List.<Session>of()) {
      whole.add(page);
    }
  }

  private Snapshot.Builder everythingOf(StripeWhole whole, Trace trace) throws StripeException {
    Snapshot.Builder seen = Snapshot.builder();
    for (Session session : whole.untried()) {
      StripeFacts.guarded(() -> StripeCheckout.into(seen, session, Optional.empty(), List.of()));
    }
    for (PaymentIntent intent : whole.intents()) {
      List<Charge> charges = everythingOf(intent, trace, seen);
      Optional<Session> page = whole.sessionOf(Unreadable.demand("id", intent.getId()));
      if (page.isPresent()) {
        StripeFacts.guarded(
            () -> StripeCheckout.into(seen, page.get(), Optional.of(intent), charges));
      }
    }
    return seen;
  }

  /** The intent, then its charges, which are at least as new, with their refunds and disputes. */
  private List<Charge> everythingOf(PaymentIntent intent, Trace trace, Snapshot.Builder seen)
      throws StripeException {
    String id = Unreadable.demand("id", intent.getId());
    List<Charge> charges = charges(id);
    StripeFacts.guarded(() -> StripeFacts.into(seen, intent, charges, trace));
    boolean disputed = false;
    for (Charge charge : charges) {
      disputed |= Boolean.TRUE.equals(charge.getDisputed());
      boolean inParts = StripeParts.areAllowed(intent, charge);
      if (inParts ? isBegun(charge) : Boolean.TRUE.equals(charge.getCaptured())) {
        Optional<String> capture = inParts ? Optional.empty() : Optional.of(charge.getId());
        new StripeReleases(call)
            .leftOut(intent, charge, refunds(charge))
            .forEach(refund -> StripeMovements.refund(seen, refund, capture));
      }
    }
    if (disputed) {
      disputes(id).forEach(dispute -> StripeMovements.dispute(seen, dispute));
    }
    return charges;
  }

  private static boolean isBegun(Charge charge) {
    return Unreadable.demand("amount_captured", charge.getAmountCaptured()) > 0;
  }

  private List<Charge> charges(String intent) throws StripeException {
    return StripePages.all(
        after -> {
          var params =
              ChargeListParams.builder()
                  .setPaymentIntent(intent)
                  .setLimit(StripePages.PAGE)
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
    return StripePages.all(
        after -> {
          var params =
              RefundListParams.builder().setCharge(charge.getId()).setLimit(StripePages.PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().refunds().list(params.build());
        });
  }

  private List<Dispute> disputes(String intent) throws StripeException {
    return StripePages.all(
        after -> {
          var params =
              DisputeListParams.builder().setPaymentIntent(intent).setLimit(StripePages.PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().disputes().list(params.build());
        });
  }
}
