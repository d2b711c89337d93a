package dev.gatehouse.testkit.stripe;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the provider keeps; changed under its lock only. */
final class Entries {
  private Entries() {}

  /** A payment method: a copy of a test method, made when it was first used. */
  static final class Method {
    static final YearMonth EXPIRES = YearMonth.of(2034, 12);

    final String id;
    final StripeAccount account;
    final Instant createdAt;
    StripeToken token;
    boolean attached;
    boolean detached;
    @Nullable Customer customer;

    /** A bank account, which is debited over days. */
    boolean isDebit;

    /** Whether the customer agreed, in Stripe's script, to be debited. */
    boolean isMandated;

    /** As it is now; charges show what it was. */
    YearMonth expires = EXPIRES;

    Method(String id, StripeAccount account, StripeToken token, Instant createdAt) {
      this.id = id;
      this.account = account;
      this.token = token;
      this.createdAt = createdAt;
    }
  }

  /** A customer. */
  static final class Customer {
    final String id;
    final StripeAccount account;
    final Instant createdAt;
    final Map<String, String> metadata = new TreeMap<>();
    @Nullable String email;
    @Nullable String name;
    boolean deleted;

    Customer(String id, StripeAccount account, Instant createdAt) {
      this.id = id;
      this.account = account;
      this.createdAt = createdAt;
    }
  }

  /** A SetupIntent. */
  static final class SetUp {
    final String id;
    final StripeAccount account;
    final Instant createdAt;
    final @Nullable String key;
    final Map<String, String> metadata = new TreeMap<>();
    String status = "requires_payment_method";
    String usage = "off_session";
    @Nullable Method method;
    @Nullable Customer customer;
    @Nullable String attempt;
    @Nullable String description;
    @Nullable String returnUrl;
    @Nullable ObjectNode lastError;
    String base = StripeEmulator.BASE_URL.toString();
    int challenges;

    SetUp(String id, StripeAccount account, Instant createdAt, @Nullable String key) {
      this.id = id;
      this.account = account;
      this.createdAt = createdAt;
      this.key = key;
    }
  }

  /** A PaymentIntent. */
  static final class Intent {
    final String id;
    final StripeAccount account;
    final long amount;
    final String currency;
    final boolean manual;
    final Instant createdAt;
    final @Nullable String key;
    final Map<String, String> metadata = new TreeMap<>();
    final List<Charge> charges = new ArrayList<>();
    String status = "requires_payment_method";
    @Nullable Method method;
    @Nullable Customer customer;
    @Nullable String description;
    @Nullable String receiptEmail;
    @Nullable String returnUrl;
    @Nullable String futureUsage;
    @Nullable String descriptorSuffix;
    @Nullable String automatic;

    /** Several captures were asked for, where the card allows them. */
    boolean wantsParts;

    /** The page on which it is paid, if it is paid on one. */
    @Nullable Session session;

    @Nullable ObjectNode lastError;
    @Nullable Instant canceledAt;
    @Nullable String cancellationReason;
    @Nullable String cancelKey;
    String base = StripeEmulator.BASE_URL.toString();
    int challenges;

    Intent(
        String id,
        StripeAccount account,
        long amount,
        String currency,
        boolean manual,
        Instant createdAt,
        @Nullable String key) {
      this.id = id;
      this.account = account;
      this.amount = amount;
      this.currency = currency;
      this.manual = manual;
      this.createdAt = createdAt;
      this.key = key;
    }

    /** Where the customer authenticates; another address for each challenge. */
    String actionUrl() {
      return base + "/test/authenticate/" + id + "/" + challenges;
    }

    boolean is(String wanted) {
      return status.equals(wanted);
    }

    @Nullable Charge latestCharge() {
      return charges.isEmpty() ? null : charges.get(charges.size() - 1);
    }

    long capturable() {
      Charge latest = latestCharge();
      return is("requires_capture") && latest != null ? latest.amount - latest.captured : 0;
    }

    long received() {
      return charges.stream().mapToLong(charge -> charge.captured).sum();
    }
  }

  /** A charge: one try to take the money of an intent. */
  static final class Charge {
    final String id;
    final Intent intent;
    final Method method;
    final long amount;
    final Instant createdAt;
    final @Nullable String key;
    final boolean authenticated;
    final Map<String, String> metadata;
    final List<Refund> refunds = new ArrayList<>();
    final List<Dispute> disputes = new ArrayList<>();
    final List<Capture> captures = new ArrayList<>();
    String status = "pending";
    long captured;

    /** No more of it will be captured; of several captures, since the last. */
    boolean isCaptured;

    @Nullable Instant captureBefore;
    StripeToken.@Nullable Refusal refusal;
    @Nullable String holdEnd;

    Charge(
        String id,
        Intent intent,
        Method method,
        Instant createdAt,
        @Nullable String key,
        boolean authenticated) {
      this.id = id;
      this.intent = intent;
      this.method = method;
      this.amount = intent.amount;
      this.createdAt = createdAt;
      this.key = key;
      this.authenticated = authenticated;
      // Copied once: later changes of the intent's metadata do not show in its charges.
      this.metadata = new TreeMap<>(intent.metadata);
    }

    /** Whether this card may be captured several times, and that was asked for. */
    boolean isInParts() {
      return intent.wantsParts && !method.isDebit && method.token != StripeToken.NO_CARD_FEATURES;
    }

    /** The booking of its first capture, if there was one. */
    @Nullable String balanceTransaction() {
      return captures.isEmpty() ? null : captures.get(0).transaction();
    }

    /** What Stripe calls refunded: also what was held and never taken. */
    long refunded() {
      return refunds.stream().filter(Refund::counts).mapToLong(refund -> refund.amount).sum();
    }

    /** Money that was taken and given back. */
    long givenBack() {
      return refunds.stream()
          .filter(refund -> refund.counts() && !refund.isRelease())
          .mapToLong(refund -> refund.amount)
          .sum();
    }
  }

  /**
   * Money taken of a charge.
   *
   * @param transaction the balance transaction that booked it
   * @param key of the request that took it
   */
  record Capture(String transaction, long amount, Instant at, @Nullable String key) {}

  /** A refund, or Stripe's own note that it released what was held and not captured. */
  static final class Refund {
    final String id;
    final Charge charge;
    final long amount;
    final Instant createdAt;
    final @Nullable String key;
    final Map<String, String> metadata = new TreeMap<>();
    String status;
    @Nullable String reason;
    @Nullable String failureReason;
    @Nullable String failureTransaction;
    final @Nullable String balanceTransaction;

    Refund(
        String id,
        Charge charge,
        long amount,
        String status,
        @Nullable String balanceTransaction,
        Instant createdAt,
        @Nullable String key) {
      this.id = id;
      this.charge = charge;
      this.amount = amount;
      this.status = status;
      this.balanceTransaction = balanceTransaction;
      this.createdAt = createdAt;
      this.key = key;
    }

    /** Money that was never taken was released: nothing moved on the merchant's balance. */
    boolean isRelease() {
      return balanceTransaction == null;
    }

    /** A refund that failed or was cancelled no longer counts: what was refunded can fall. */
    boolean counts() {
      return !status.equals("failed") && !status.equals("canceled");
    }
  }

  /** A dispute. */
  static final class Dispute {
    final String id;
    final Charge charge;
    final long amount;
    final String reason;
    final Instant createdAt;
    String status;
    @Nullable String withdrawal;
    @Nullable String reinstatement;

    Dispute(
        String id, Charge charge, long amount, String reason, String status, Instant createdAt) {
      this.id = id;
      this.charge = charge;
      this.amount = amount;
      this.reason = reason;
      this.status = status;
      this.createdAt = createdAt;
    }
  }

  /**
   * An event, with its object as it was then.
   *
   * @param requestId of the request that caused it, if one did
   */
  record Event(
      String id,
      StripeAccount account,
      String type,
      Instant createdAt,
      ObjectNode object,
      @Nullable String requestId,
      @Nullable String key) {}
}
