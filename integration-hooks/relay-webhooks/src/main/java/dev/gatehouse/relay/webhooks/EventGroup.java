package dev.gatehouse.relay.webhooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Types of events that are wanted together. Each type is in one group. */
enum EventGroup {
  CUSTOMERS("CustomerCreated", "CustomerErased"),
  CHECKOUTS("CheckoutCompleted", "CheckoutCancelled", "CheckoutExpired"),
  PAYMENTS(
      "PaymentAuthorized",
      "AuthorizationEnded",
      "PaymentCaptured",
      "CaptureFailed",
      "PaymentFailed",
      "PaymentMethodStored",
      "PaymentMethodNotStored",
      "PaymentMethodRemoved"),
  REFUNDS("PaymentRefunded", "RefundFailed"),
  DISPUTES("DisputeOpened", "DisputeFundsWithdrawn", "DisputeFundsReinstated"),
  MEMBERSHIPS("MembershipStatusChanged"),
  /** What asks for a person. */
  ATTENTION(
      "ConflictFound",
      "ForeignPaymentSeen",
      "IntegrityMismatchFound",
      "LateMoney",
      "OperationLeftToPerson",
      "Overpaid");

  private final Set<String> types;

  EventGroup(String... types) {
    this.types = Set.of(types);
  }

  Set<String> types() {
    return types;
  }

  /** Such as {@code payments}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EventGroup> of(String word) {
    return Arrays.stream(values()).filter(group -> group.word().equals(word)).findFirst();
  }
}
