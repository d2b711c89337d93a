package dev.gatehouse.stripe;

import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.MethodDetails;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what people know a stored card by; what can't be read is left out. */
final class StripeStored {
  /** The kind of the provider's ids: which payment stored it, its events lead to by this. */
  static final String METHOD = "payment_method";

  /** What a lookup asks for with an intent, to see whether its method is still stored. */
  static final List<String> EXPANDED = List.of(METHOD, "customer");

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

  /** As the charge shows it, and as it is by now if that was asked for. */
  static Credential credential(PaymentIntent intent, Charge charge) {
    PaymentMethod now = intent.getPaymentMethodObject();
    Credential then = ofCharge(intent, charge);
    return now != null && now.getId().equals(charge.getPaymentMethod())
        ? then.join(credential(now, intent.getCustomer(), intent.getCustomerObject()))
        : then;
  }

  private static Credential ofCharge(PaymentIntent intent, Charge charge) {
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

  /**
   * As it is itself; one that was detached, or whose customer was deleted, can't be charged.
   *
   * @param owner the customer, if that was asked for
   */
  static Credential credential(PaymentMethod method, String customer, @Nullable Customer owner) {
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
    boolean isGone =
        method.getCustomer() == null || owner != null && Boolean.TRUE.equals(owner.getDeleted());
    Credential seen = isGone ? Credential.removed() : Credential.stored();
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
