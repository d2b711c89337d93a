package dev.gatehouse.stripe;

import static dev.gatehouse.stripe.StripeFacts.money;
import static dev.gatehouse.stripe.Unreadable.demand;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams.PaymentMethodOptions;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.VoidRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.money.Money;

/**
 * Several captures of one hold, where account and card allow them.
 *
 * <p>Stripe shows no capture, but only their sum in the charge. So each of ours leaves its key and
 * its amount in the intent's metadata, in the very request that captures. Its id is that of the
 * charge, a slash and its key. What somebody else captures shows in the sum at once, and as a
 * movement when no more can be captured: before, nobody could say how many there were.
 */
final class StripeParts {
  /** Where the key of the operation is that released the rest of a hold. */
  private static final String RELEASE = "gatehouse_release";

  private static final String PREFIX = StripeFacts.CAPTURE + "_";
  private static final Pattern ENTRY = Pattern.compile("([1-9][0-9]{0,11}) ([!-~]{1,100})");
  private static final int NAME_BYTES = 8;

  private StripeParts() {}

  /** A capture of ours. */
  private record Part(String key, long amount) {}

  /** Asks for them; Stripe refuses accounts whose contract has none of this. */
  static PaymentMethodOptions wanted() {
    return PaymentMethodOptions.builder()
        .setCard(
            PaymentMethodOptions.Card.builder()
                .setRequestMulticapture(PaymentMethodOptions.Card.RequestMulticapture.IF_AVAILABLE)
                .build())
        .build();
  }

  /** The entry in the metadata; its name is short enough for Stripe. */
  static Map<String, String> entry(String key, Money amount) {
    return Map.of(name(key), StripeMoney.minor(amount) + " " + key);
  }

  private static String name(String key) {
    return PREFIX + hash(key);
  }

  /** Enough of a hash to tell apart what one account has. */
  static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether this charge holds money, or took some, and may be captured several times. */
  static boolean areAllowed(PaymentIntent intent, Charge charge) {
    Charge.PaymentMethodDetails details = charge.getPaymentMethodDetails();
    return "manual".equals(intent.getCaptureMethod())
        && "succeeded".equals(charge.getStatus())
        && details != null
        && details.getCard() != null
        && details.getCard().getMulticapture() != null
        && "available".equals(details.getCard().getMulticapture().getStatus());
  }

  /** Whether no more will be captured, as the intent knows, which has the metadata, too. */
  static boolean isOver(PaymentIntent intent) {
    return "succeeded".equals(intent.getStatus());
  }

  /** Whether we released the rest. */
  static boolean isReleased(PaymentIntent intent) {
    return StripeFacts.metadata(intent.getMetadata(), RELEASE).isPresent();
  }

  /** The most that may be captured, what we captured included. */
  static Money capturable(PaymentIntent intent) {
    long left = demand("amount_capturable", intent.getAmountCapturable());
    return money(left + sum(of(intent)), intent.getCurrency());
  }

  private static long sum(List<Part> parts) {
    return parts.stream().mapToLong(Part::amount).sum();
  }

  private static List<Part> of(PaymentIntent intent) {
    Map<String, String> metadata = intent.getMetadata();
    return metadata == null
        ? List.of()
        : metadata.entrySet().stream()
            .map(entry -> part(entry.getKey(), entry.getValue()))
            .flatMap(Optional::stream)
            .toList();
  }

  private static Optional<Part> part(String name, String text) {
    Matcher entry = ENTRY.matcher(Objects.requireNonNullElse(text, ""));
    return name.startsWith(PREFIX) && entry.matches() && name.equals(name(entry.group(2)))
        ? Optional.of(new Part(entry.group(2), Long.parseLong(entry.group(1))))
        : Optional.empty();
  }

  /** What was captured of this charge up to now. */
  static void captures(Snapshot.Builder seen, PaymentIntent intent, Charge charge) {
    String id = demand("id", charge.getId());
    String currency = charge.getCurrency();
    long taken = demand("amount_captured", charge.getAmountCaptured());
    List<Part> ours = of(intent);
    long rest = taken - sum(ours);
    if (rest < 0) {
      throw Unreadable.in("amount_captured");
    }
    for (Part part : ours) {
      seen.movement(
          id + "/" + part.key(), captured(id, money(part.amount(), currency)).causedBy(part.key()));
    }
    if (taken > 0) {
      seen.total(MovementKind.CAPTURE, id, money(taken, currency));
    }
    if (rest > 0 && isOver(intent)) {
      Optional<String> last =
          StripeFacts.metadata(intent.getMetadata(), StripeFacts.CAPTURE)
              .filter(key -> ours.stream().noneMatch(part -> part.key().equals(key)));
      seen.movement(id, captured(id, money(rest, currency)).causedBy(last));
    }
  }

  private static Movement captured(String charge, Money amount) {
    return Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
        .with(amount)
        .ofCharge(charge)
        .outOf(charge);
  }

  /** The charge that a capture is of. */
  static String chargeOf(String capture) {
    int slash = capture.indexOf('/');
    return slash < 0 ? capture : capture.substring(0, slash);
  }

  /** Whether something was captured of a hold, of which the rest may still be held. */
  static boolean isBegun(VoidRequest request) {
    return request.trace().known().totals().entrySet().stream()
        .filter(total -> total.getKey().kind() == MovementKind.CAPTURE)
        .filter(total -> total.getKey().charge().equals(request.authorization()))
        .anyMatch(total -> total.getValue().minor() > 0);
  }

  /** A last capture of nothing, which releases the rest. */
  static PaymentIntentCaptureParams release(VoidRequest request) {
    return PaymentIntentCaptureParams.builder()
        .setAmountToCapture(0L)
        .setFinalCapture(true)
        .putMetadata(RELEASE, request.idempotencyKey())
        .addExpand(StripeRequests.LATEST_CHARGE)
        .build();
  }
}
