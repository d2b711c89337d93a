package dev.gatehouse.stripe;

import static dev.gatehouse.stripe.Unreadable.demand;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Trace;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Reads PaymentIntents and their charges as facts.
 *
 * <p>An attempt is a charge. Until there is one, while the customer authenticates, the attempt is
 * known under the intent's id; the charge then takes its place. A hold and a capture have the id of
 * their charge: Stripe gives them none of their own, and a charge has at most one of each, but for
 * {@link StripeParts}.
 *
 * <p>What is looked at here in the answer to a payment, {@link StripeSale} has to read.
 */
final class StripeFacts {
  /** The kind of the provider's ids. */
  static final String INTENT = "payment_intent";

  /** Where our reference is in an intent's metadata, which Stripe copies to its charges. */
  static final String REFERENCE = "gatehouse_reference";

  /** Where the key of the operation is that made an intent or a refund. */
  static final String OPERATION = "gatehouse_operation";

  /** Where the key of the operation is that captured an intent. */
  static final String CAPTURE = "gatehouse_capture";

  private static final String ACTION = "requires_action";

  private StripeFacts() {}

  /** What the intent itself shows, and its latest charge if it was expanded. */
  static Snapshot.Builder intent(PaymentIntent intent) {
    return guarded(
        () -> {
          Snapshot.Builder seen = Snapshot.builder();
          whole(seen, intent);
          Charge latest = intent.getLatestChargeObject();
          if (latest != null) {
            charge(seen, latest, intent);
          }
          return seen;
        });
  }

  /** What an intent and all of its charges show. */
  static Snapshot.Builder into(
      Snapshot.Builder seen, PaymentIntent intent, List<Charge> charges, Trace trace) {
    whole(seen, intent);
    for (Charge charge : charges) {
      charge(seen, charge, intent);
    }
    boolean asked = trace.known().attempts().containsKey(intent.getId());
    if (asked && !charges.isEmpty()) {
      // Newest first: what came of it is the latest.
      takesPlace(seen, intent, charges.get(0));
    }
    return seen;
  }

  /** Reading is all or nothing: what can't be money, a time or an address is no answer. */
  static <T> T guarded(java.util.function.Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidInputException e) {
      throw Unreadable.in(e.problems().get(0).field());
    } catch (IllegalArgumentException e) {
      throw Unreadable.in("address");
    } catch (DateTimeException e) {
      throw Unreadable.in("time");
    }
  }

  private static void whole(Snapshot.Builder seen, PaymentIntent intent) {
    String id = demand("id", intent.getId());
    String currency = demand("currency", intent.getCurrency());
    seen.providerId(INTENT, id)
        .mode(demand("livemode", intent.getLivemode()) ? Mode.LIVE : Mode.TEST)
        .currency(StripeMoney.currency(currency));
    reference(intent.getMetadata()).ifPresent(seen::reference);
    if (!StripeCheckout.isPage(intent)) {
      beforeCharge(intent).ifPresent(attempt -> seen.attempt(id, attempt));
    }
  }

  /** The attempt that has no charge, if there is one. */
  private static Optional<Attempt> beforeCharge(PaymentIntent intent) {
    boolean uncharged = intent.getLatestCharge() == null;
    StripeError error = intent.getLastPaymentError();
    boolean failed = error != null && error.getCharge() == null;
    return switch (demand("status", intent.getStatus())) {
      case ACTION -> Optional.of(asking(intent));
      case "requires_payment_method" ->
          failed
              ? Optional.of(at(AttemptStep.FAILED, intent).with(StripeErrors.decline(error)))
              : started(intent, uncharged);
      case "canceled" ->
          uncharged
              ? Optional.of(at(AttemptStep.FAILED, intent).with(Decline.of(DeclineCode.ABANDONED)))
              : Optional.empty();
      case "processing" ->
          uncharged ? Optional.of(at(AttemptStep.PROCESSING, intent)) : Optional.empty();
      // Also a status that we do not know: the intent is there.
      default -> started(intent, uncharged);
    };
  }

  /** Why an intent without a charge came to nothing, if it did. */
  static Optional<Decline> failure(PaymentIntent intent) {
    StripeError error = intent.getLastPaymentError();
    return switch (demand("status", intent.getStatus())) {
      case "canceled" -> Optional.of(Decline.of(DeclineCode.ABANDONED));
      case "requires_payment_method" -> Optional.ofNullable(error).map(StripeErrors::decline);
      default -> Optional.empty();
    };
  }

  private static Optional<Attempt> started(PaymentIntent intent, boolean uncharged) {
    return uncharged ? Optional.of(at(AttemptStep.STARTED, intent)) : Optional.empty();
  }

  private static Attempt at(AttemptStep step, PaymentIntent intent) {
    return Attempt.at(step)
        .with(money(intent.getAmount(), intent.getCurrency()))
        .causedBy(metadata(intent, OPERATION));
  }

  private static Attempt asking(PaymentIntent intent) {
    Attempt attempt = at(AttemptStep.ACTION_NEEDED, intent);
    return action(intent).map(attempt::with).orElse(attempt);
  }

  /** A page to send the customer to, else the token with which Stripe's script goes on. */
  static Optional<CustomerAction> action(PaymentIntent intent) {
    PaymentIntent.NextAction next = intent.getNextAction();
    if (!ACTION.equals(intent.getStatus()) || next == null) {
      return Optional.empty();
    }
    if (next.getRedirectToUrl() != null && next.getRedirectToUrl().getUrl() != null) {
      URI page = URI.create(next.getRedirectToUrl().getUrl());
      return Optional.of(CustomerAction.Redirect.to(page));
    }
    return Optional.ofNullable(intent.getClientSecret()).map(CustomerAction.ClientToken::new);
  }

  /**
   * A charge, its hold and its capture. Stripe also calls a charge captured that is still pending,
   * or that failed in the end: its money has moved only if its status says so.
   */
  static void charge(Snapshot.Builder seen, Charge charge, PaymentIntent intent) {
    String id = demand("charge", charge.getId());
    Money amount = money(charge.getAmount(), charge.getCurrency());
    Optional<String> operation = metadata(charge.getMetadata(), OPERATION);
    Attempt attempt = Attempt.at(step(charge)).with(amount).causedBy(operation);
    boolean failed = attempt.step().isAt(AttemptStep.FAILED);
    Optional<String> stored = StripeStored.by(intent, charge);
    stored.ifPresent(
        method ->
            seen.credential(method, StripeStored.credential(intent, charge))
                .providerId(StripeStored.METHOD, method));
    Attempt storing = stored.map(attempt::storing).orElse(attempt);
    seen.attempt(id, failed ? attempt.with(StripeErrors.decline(charge)) : storing);
    if (isAuthenticated(charge)) {
      takesPlace(seen, intent, charge);
    }
    boolean manual = "manual".equals(intent.getCaptureMethod());
    if (manual && "succeeded".equals(charge.getStatus())) {
      seen.authorization(id, hold(charge, intent, amount));
    }
    if (StripeParts.areAllowed(intent, charge)) {
      StripeParts.captures(seen, intent, charge);
    } else if (Boolean.TRUE.equals(charge.getCaptured())) {
      MovementStep step = StripeMovements.step(charge.getStatus());
      // How much of a charge is captured by itself is known before its money moves: all of it.
      Money taken =
          step == MovementStep.DONE || manual
              ? money(charge.getAmountCaptured(), charge.getCurrency())
              : amount;
      Movement capture = Movement.of(MovementKind.CAPTURE, step).with(taken).ofCharge(id);
      seen.movement(
          id,
          manual
              ? capture.outOf(id).causedBy(metadata(intent, CAPTURE))
              : capture.causedBy(operation));
    }
  }

  /** The customer authenticated, and this charge came of it. */
  static void takesPlace(Snapshot.Builder seen, PaymentIntent intent, Charge charge) {
    boolean asksAgain = ACTION.equals(intent.getStatus());
    if (!asksAgain && !StripeCheckout.isPage(intent)) {
      seen.attempt(intent.getId(), at(AttemptStep.STARTED, intent).supersededBy(charge.getId()));
    }
  }

  private static boolean isAuthenticated(Charge charge) {
    Charge.PaymentMethodDetails details = charge.getPaymentMethodDetails();
    return details != null
        && details.getCard() != null
        && details.getCard().getThreeDSecure() != null;
  }

  private static AttemptStep step(Charge charge) {
    return switch (demand("status", charge.getStatus())) {
      case "succeeded" -> AttemptStep.SUCCEEDED;
      case "failed" -> AttemptStep.FAILED;
      case "pending" -> AttemptStep.PROCESSING;
      default -> AttemptStep.STARTED;
    };
  }

  /** The last capture ends a hold, whatever of it was captured: the rest is released. */
  private static Authorization hold(Charge charge, PaymentIntent intent, Money amount) {
    boolean inParts = StripeParts.areAllowed(intent, charge);
    boolean captured =
        inParts ? StripeParts.isOver(intent) : Boolean.TRUE.equals(charge.getCaptured());
    Money uncaptured = inParts ? StripeParts.capturable(intent) : amount;
    Money capturable =
        captured ? money(charge.getAmountCaptured(), charge.getCurrency()) : uncaptured;
    Authorization.Terms terms = new Authorization.Terms(capturable, captureBefore(charge));
    Authorization hold = Authorization.of(amount).with(Register.unstamped(terms));
    Optional<String> operation = metadata(charge.getMetadata(), OPERATION);
    Authorization seen = operation.map(hold::causedBy).orElse(hold);
    if (captured) {
      boolean released = inParts && StripeParts.isReleased(intent);
      return seen.ended(released ? AuthorizationEnd.VOIDED : AuthorizationEnd.EXHAUSTED);
    }
    return "canceled".equals(intent.getStatus()) ? seen.ended(end(intent)) : seen;
  }

  private static AuthorizationEnd end(PaymentIntent intent) {
    String reason = intent.getCancellationReason();
    // Older API versions say "automatic".
    boolean expired = "expired".equals(reason) || "automatic".equals(reason);
    return expired ? AuthorizationEnd.EXPIRED : AuthorizationEnd.VOIDED;
  }

  private static Optional<Instant> captureBefore(Charge charge) {
    Charge.PaymentMethodDetails details = charge.getPaymentMethodDetails();
    return details == null || details.getCard() == null
        ? Optional.empty()
        : Optional.ofNullable(details.getCard().getCaptureBefore()).map(Instant::ofEpochSecond);
  }

  static Money money(@Nullable Long minor, @Nullable String currency) {
    return StripeMoney.money(demand("amount", minor), demand("currency", currency));
  }

  private static Optional<String> metadata(PaymentIntent intent, String name) {
    return metadata(intent.getMetadata(), name);
  }

  /** What somebody wrote there at the dashboard, and we can't have, is none of ours. */
  static Optional<String> metadata(@Nullable Map<String, String> metadata, String name) {
    return metadata == null
        ? Optional.empty()
        : Optional.ofNullable(metadata.get(name))
            .filter(text -> !text.isEmpty())
            .filter(StripeFacts::isOneLine);
  }

  private static boolean isOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Our reference, if it is there and can be one. */
  static Optional<String> reference(@Nullable Map<String, String> metadata) {
    return metadata(metadata, REFERENCE).filter(StripeHints::isReference);
  }
}
