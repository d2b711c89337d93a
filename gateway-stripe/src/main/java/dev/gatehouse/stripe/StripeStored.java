package dev.gatehouse.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.MethodDetails;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what people know a stored card by; what can't be read is left out. */
final class StripeStored {
  private static final String OFF_SESSION = "off_session";

  private StripeStored() {}

  /** The method that a charge stored, if its intent was to store one. */
  static Optional<String> by(PaymentIntent intent, Charge charge) {
    boolean stores =
        OFF_SESSION.equals(intent.getSetupFutureUsage())
            && intent.getCustomer() != null
            && "succeeded".equals(charge.getStatus());
    return stores ? Optional.ofNullable(charge.getPaymentMethod()) : Optional.empty();
  }

  /** As the charge shows it. */
  static Credential credential(PaymentIntent intent, Charge charge) {
    Charge.PaymentMethodDetails details = charge.getPaymentMethodDetails();
    Charge.PaymentMethodDetails.Card card = details == null ? null : details.getCard();
    MethodDetails known =
        card == null
            ? MethodDetails.none()
            : details(
                card.getBrand(),
                card.getLast4(),
                card.getFingerprint(),
                card.getExpYear(),
                card.getExpMonth());
    return Credential.stored().with(known).ownedBy(intent.getCustomer());
  }

  /** As it is itself; one that belongs to nobody any more can't be charged. */
  static Credential credential(PaymentMethod method, String customer) {
    PaymentMethod.Card card = method.getCard();
    MethodDetails known =
        card == null
            ? MethodDetails.none()
            : details(
                card.getBrand(),
                card.getLast4(),
                card.getFingerprint(),
                card.getExpYear(),
                card.getExpMonth());
    Credential seen = method.getCustomer() == null ? Credential.removed() : Credential.stored();
    return seen.with(known).ownedBy(customer);
  }

  private static MethodDetails details(
      @Nullable String brand,
      @Nullable String last4,
      @Nullable String fingerprint,
      @Nullable Long year,
      @Nullable Long month) {
    MethodDetails known = MethodDetails.none();
    known = brand == null ? known : known.brand(brand);
    known = last4 == null ? known : known.lastDigits(last4);
    known = fingerprint == null ? known : known.fingerprint(fingerprint);
    try {
      return year == null || month == null
          ? known
          : known.expiring(YearMonth.of(Math.toIntExact(year), Math.toIntExact(month)));
    } catch (DateTimeException | ArithmeticException e) {
      return known;
    }
  }
}
