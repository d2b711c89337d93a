package dev.gatehouse.paypal;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Money that is held: taken in parts, renewed before that where it has grown old, let go. */
final class PayPalHolds {
  /** For so long PayPal vouches that the money is there. */
  private static final Duration HONOURED = Duration.ofDays(3);

  private static final Duration LIFE = Duration.ofDays(29);

  private final PayPalSdk sdk;
  private final PayPalSnapshots snapshots;
  private final Clock clock;

  PayPalHolds(PayPalSdk sdk, PayPalSnapshots snapshots, Clock clock) {
    this.sdk = sdk;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * Takes money of a hold, or of the one that it goes on in. One that PayPal no longer vouches for
   * is renewed first, under a key of its own that is the hold's: whoever asks again, for whichever
   * capture, gets the same renewal. Where PayPal certainly refuses that, the hold itself is what is
   * left.
   */
  Outcome capture(CaptureRequest request, Deadline deadline) {
    PaymentFacts known = request.trace().known();
    String hold = furthest(request.authorization(), id -> heir(known, id));
    if (!isToBeRenewed(request.trace(), hold)) {
      return captured(request, hold, Snapshot.builder(), deadline);
    }
    Answer renewal = sdk.renewHold(hold, deadline);
    return isRefused(renewal)
        ? captured(request, hold, Snapshot.builder(), deadline)
        : Outcomes.of(
            renewal,
            done -> {
              Node renewed = done.body();
              return captured(request, renewed.text("id"), renewed(known, hold, renewed), deadline);
            });
  }

  /** Once, by what PayPal says of it in one place; and only one that is whole. */
  private boolean isToBeRenewed(Trace trace, String hold) {
    Map<String, Authorization> holds = trace.known().authorizations();
    boolean touched =
        trace.known().movements().values().stream()
            .anyMatch(m -> m.parent().has(hold) && !m.step().isAt(MovementStep.NEVER));
    Authorization fact = holds.get(hold);
    if (fact == null || touched || parent(trace.known(), hold).isPresent()) {
      return false;
    }
    Instant begun = trace.startedAt();
    Instant made =
        fact.terms()
            .value()
            .flatMap(Authorization.Terms::expiresAt)
            .map(end -> end.minus(LIFE))
            .filter(begun::isBefore)
            .orElse(begun);
    return !clock.instant().isBefore(made.plus(HONOURED));
  }

  /** What stands in the way of any call stands in the way of the capture, too. */
  private static boolean isRefused(Answer renewal) {
    if (renewal instanceof Answer.Refused refused) {
      return switch (refused.failure().category()) {
        case VALIDATION, INVALID_STATE, NOT_FOUND -> true;
        default -> false;
      };
    }
    return renewal instanceof Answer.Declined;
  }

  private Snapshot.Builder renewed(PaymentFacts known, String hold, Node renewed) {
    Snapshot.Builder seen = Snapshot.builder();
    snapshots.hold(seen, renewed);
    Authorization old = known.authorizations().get(hold);
    return old == null ? seen : seen.authorization(hold, old.supersededBy(renewed.text("id")));
  }

  private Outcome captured(
      CaptureRequest request, String hold, Snapshot.Builder seen, Deadline deadline) {
    Outcome outcome =
        Outcomes.of(
            () ->
                sdk.captureHold(
                    hold, request.amount(), request.isFinal(), request.idempotencyKey(), deadline),
            done -> ofCapture(done.body(), heldOrder(request.trace()), seen));
    // A decline shows nothing of its own; that the hold was renewed before it stays so.
    return outcome instanceof Outcome.Declined declined
            && declined.snapshot().equals(Snapshot.empty())
        ? new Outcome.Declined(seen.build(), declined.decline())
        : outcome;
  }

  /** The order of the holds: the one attempt that came to something. */
  private static Optional<String> heldOrder(Trace trace) {
    List<String> orders =
        trace.known().attempts().entrySet().stream()
            .filter(entry -> entry.getValue().step().isAt(AttemptStep.SUCCEEDED))
            .map(entry -> Rounds.of(entry.getKey()).order())
            .toList();
    return orders.size() == 1 ? Optional.of(orders.get(0)) : Optional.empty();
  }

  private Outcome ofCapture(Node capture, Optional<String> order, Snapshot.Builder into) {
    snapshots.capture(into, order, capture);
    Snapshot seen = into.build();
    return switch (PayPalSnapshots.captureStep(capture)) {
      case DONE, UNDONE -> new Outcome.Succeeded(seen);
      case NEVER -> new Outcome.Declined(seen, PayPalDeclines.of(capture));
      case OPEN -> new Outcome.Pending(seen);
    };
  }

  /** PayPal voids the hold that the payer approved, and with it what was renewed of it. */
  Outcome release(VoidRequest request, Deadline deadline) {
    PaymentFacts known = request.trace().known();
    String origin = furthest(request.authorization(), id -> parent(known, id).orElse(id));
    return Outcomes.of(
        () -> sdk.voidHold(origin, request.idempotencyKey(), deadline),
        done -> ofVoid(done, request.authorization()));
  }

  private static String heir(PaymentFacts known, String hold) {
    Authorization fact = known.authorizations().get(hold);
    return fact == null ? hold : fact.supersededBy().value().orElse(hold);
  }

  private static Optional<String> parent(PaymentFacts known, String hold) {
    return known.authorizations().entrySet().stream()
        .filter(entry -> entry.getValue().supersededBy().has(hold))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The hold that no other one went before; the smallest id, if there are several. */
  static Optional<String> first(PaymentFacts known) {
    return known.authorizations().keySet().stream()
        .filter(hold -> parent(known, hold).isEmpty())
        .findFirst();
  }

  /** The end of a row of holds, each in the place of the one before. */
  private static String furthest(String hold, UnaryOperator<String> next) {
    String furthest = hold;
    // PayPal makes no such rings; whoever does, does not keep us.
    for (int steps = 0; steps < 10 && !next.apply(furthest).equals(furthest); steps++) {
      furthest = next.apply(furthest);
    }
    return furthest;
  }

  /**
   * PayPal answers with the hold, or that it is done without a word. An empty page says nothing.
   */
  private Outcome ofVoid(Answer.Done done, String asked) {
    Snapshot.Builder seen = Snapshot.builder();
    Node hold = done.body();
    if (done.isWithoutContent()) {
      seen.authorization(asked, Authorization.over(AuthorizationEnd.VOIDED));
      return new Outcome.Succeeded(seen.build());
    }
    snapshots.hold(seen, hold);
    boolean voided = hold.text("status").equals("VOIDED");
    if (voided && !hold.text("id").equals(asked)) {
      // The renewed one went with the one that it renewed.
      Snapshot.Builder both = Snapshot.builder();
      both.authorization(asked, Authorization.over(AuthorizationEnd.VOIDED));
      return new Outcome.Succeeded(both.build());
    }
    return voided ? new Outcome.Succeeded(seen.build()) : new Outcome.Pending(seen.build());
  }
}
