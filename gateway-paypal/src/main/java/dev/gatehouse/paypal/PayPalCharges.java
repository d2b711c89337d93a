package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Orders: made, approved by their payers, and captured or authorised by their ids. */
final class PayPalCharges {
  private static final Failure OF_ANOTHER =
      Failure.of(
          ErrorCategory.VALIDATION,
          "attempt.of-another",
          "attempt: is no order of this payment, so nothing was taken of it; complete one that the"
              + " payment shows");

  /** The second call of a charge has an id of its own; no key of an operation ends like that. */
  static final String PAID = "~paid";

  private final PayPalSettings settings;
  private final PayPalSdk sdk;
  private final PayPalSnapshots snapshots;
  private final Clock clock;

  PayPalCharges(PayPalSettings settings, PayPalSdk sdk, PayPalSnapshots snapshots, Clock clock) {
    this.settings = settings;
    this.sdk = sdk;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  Outcome charge(ChargeRequest request, Deadline deadline) {
    String key = request.idempotencyKey();
    return Outcomes.of(
        () -> sdk.createOrder(PayPalOrders.create(request, settings), key, deadline),
        made ->
            request.method() instanceof PaymentMethod.Stored stored
                ? paid(made.body(), request, stored.id(), deadline)
                : ofOrder(made.body(), first(made.body())));
  }

  private static Rounds first(Node order) {
    return Rounds.of(order.text("id"));
  }

  /**
   * An order is made first and paid by its id, so that one that got lost has cost nobody anything.
   * Made again under its key, it is shown as it is now: paid, perhaps.
   */
  private Outcome paid(Node order, ChargeRequest request, String wallet, Deadline deadline) {
    Rounds round = first(order);
    Outcome made = ofOrder(order, round);
    Attempt attempt = made.snapshot().facts().attempts().get(round.attempt());
    if (attempt != null && attempt.step().reached(AttemptStep.PROCESSING)) {
      return made;
    }
    String key = request.idempotencyKey();
    Map<String, Object> source = PayPalOrders.paidWith(wallet, request);
    Answer answer =
        sdk.completeOrder(round.order(), request.capture(), key + PAID, source, deadline);
    return answer instanceof Answer.Declined declined
        ? failed(round, declined.decline(), Optional.of(key))
        : Outcomes.of(answer, done -> ofOrder(done.body(), round));
  }

  /** A decline of which PayPal keeps no record is still the end of its attempt. */
  private static Outcome failed(Rounds round, Decline decline, Optional<String> key) {
    Snapshot seen =
        Snapshot.builder()
            .providerId(PayPalSnapshots.ORDER, round.order())
            .attempt(round.attempt(), Attempt.declined(decline).causedBy(key))
            .build();
    return new Outcome.Declined(seen, decline);
  }

  /** Captures or authorises what the payer has approved. */
  Outcome complete(CompleteRequest request, Deadline deadline) {
    Map<String, Attempt> known = request.trace().known().attempts();
    if (!known.isEmpty() && !known.containsKey(request.attempt())) {
      return new Outcome.NotSent(OF_ANOTHER);
    }
    Rounds round = Rounds.of(request.attempt());
    String key = request.idempotencyKey();
    Answer answer = sdk.completeOrder(round.order(), request.capture(), key, Map.of(), deadline);
    if (answer instanceof Answer.Declined declined) {
      return declined
          .page()
          .map(page -> again(request.trace().known(), round, declined, page))
          .orElseGet(() -> failed(round, declined.decline(), Optional.empty()));
    }
    return Outcomes.of(answer, done -> ofOrder(done.body(), round));
  }

  /** PayPal sends the payer back to the same order, to choose or to prove something else. */
  private Outcome again(PaymentFacts known, Rounds round, Answer.Declined declined, URI page) {
    Rounds next = round.next(declined.date().orElseGet(clock::instant));
    CustomerAction action = CustomerAction.Redirect.to(page);
    Attempt waiting = Attempt.at(AttemptStep.ACTION_NEEDED).with(action);
    Attempt before = known.attempts().get(round.attempt());
    if (before != null) {
      waiting = waiting.causedBy(before.operation().value());
      waiting = before.amount().value().map(waiting::with).orElse(waiting);
    }
    Snapshot seen =
        Snapshot.builder()
            .providerId(PayPalSnapshots.ORDER, round.order())
            .attempt(
                round.attempt(), Attempt.declined(declined.decline()).supersededBy(next.attempt()))
            .attempt(next.attempt(), waiting)
            .build();
    return new Outcome.ActionRequired(seen, action);
  }

  private Outcome ofOrder(Node order, Rounds round) {
    Snapshot.Builder into = Snapshot.builder();
    snapshots.order(into, order, round, clock.instant());
    Snapshot seen = into.build();
    Attempt attempt =
        Optional.ofNullable(seen.facts().attempts().get(round.attempt()))
            .orElseThrow(() -> new Node.Unreadable("id"));
    return switch (attempt.step().value().orElseThrow()) {
      case SUCCEEDED -> new Outcome.Succeeded(seen);
      case FAILED -> new Outcome.Declined(seen, attempt.failure().orElseThrow());
      case ACTION_NEEDED -> {
        Optional<CustomerAction> action = attempt.action().value();
        yield action.isPresent()
            ? new Outcome.ActionRequired(seen, action.get())
            : new Outcome.Pending(seen);
      }
      case STARTED, APPROVED, PROCESSING -> new Outcome.Pending(seen);
    };
  }
}
