package dev.gatehouse.testkit.reference;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** The provider's own records. Mutable; only touched under the lock of {@link Books}. */
final class Entries {
  private Entries() {}

  /** Where a charge stands. */
  enum ChargeStatus {
    REQUIRES_ACTION,
    APPROVED,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    UNHEARD_OF;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a refund stands. */
  enum RefundStatus {
    PENDING,
    SUCCEEDED,
    FAILED,
    REVERSED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who caused something: the key under which the request came, and the key that it named as ours.
   *
   * @param idempotencyKey null for what the console did
   * @param operationKey the caller's metadata; null if there was none
   */
  record Cause(@Nullable String idempotencyKey, @Nullable String operationKey) {
    static final Cause CONSOLE = new Cause(null, null);
  }

  static final class Charge {
    final String id;
    final ReferenceAccount account;
    final Order order;
    final Cause cause;
    final Instant createdAt;
    ChargeStatus status = ChargeStatus.PROCESSING;
    Plan.@Nullable Refusal refusal;
    @Nullable String storedMethod;
    @Nullable Action action;
    @Nullable Authorization authorization;
    @Nullable Cause completion;
    final List<Capture> captures = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();
    final List<Dispute> disputes = new ArrayList<>();

    Charge(String id, ReferenceAccount account, Order order, Cause cause, Instant createdAt) {
      this.id = id;
      this.account = account;
      this.order = order;
      this.cause = cause;
      this.createdAt = createdAt;
    }

    Money amount() {
      return order.amount();
    }
  }

  /**
   * What was ordered.
   *
   * @param reference the caller's reference; null for what the console did
   * @param base the address under which the caller knows the provider
   * @param customer the caller's id of the customer; null if it named none
   * @param setUp whether nothing is charged: a method is to be stored
   */
  record Order(
      @Nullable String reference,
      Money amount,
      boolean manual,
      String methodType,
      Plan plan,
      boolean store,
      @Nullable URI returnUrl,
      URI base,
      @Nullable String customer,
      boolean setUp) {}

  static final class Action {
    final String id;
    final Instant expiresAt;
    final int challenge;
    boolean abandoned;

    Action(String id, int challenge, Instant expiresAt) {
      this.id = id;
      this.challenge = challenge;
      this.expiresAt = expiresAt;
    }
  }

  static final class Authorization {
    final String id;
    final Money amount;
    final Instant createdAt;
    final Instant expiresAt;
    String status = "open";
    @Nullable Cause voided;

    Authorization(String id, Money amount, Instant createdAt, Instant expiresAt) {
      this.id = id;
      this.amount = amount;
      this.createdAt = createdAt;
      this.expiresAt = expiresAt;
    }
  }

  record Capture(String id, Money amount, @Nullable String authorization, Cause cause) {}

  static final class Refund {
    final String id;
    final Capture capture;
    final Money amount;
    final Cause cause;
    RefundStatus status = RefundStatus.PENDING;

    Refund(String id, Capture capture, Money amount, Cause cause) {
      this.id = id;
      this.capture = capture;
      this.amount = amount;
      this.cause = cause;
    }
  }

  static final class Dispute {
    final String id;
    final Money amount;
    final String withdrawal;
    @Nullable String reinstatement;
    String status = "needs_response";
    Instant updatedAt;

    Dispute(String id, Money amount, String withdrawal, Instant updatedAt) {
      this.id = id;
      this.amount = amount;
      this.withdrawal = withdrawal;
      this.updatedAt = updatedAt;
    }
  }

  static final class Method {
    final String id;
    final Charge storedBy;
    final @Nullable String customer;
    Plan plan = Plan.APPROVE;
    boolean revoked;
    boolean removed;

    Method(String id, Charge storedBy, @Nullable String customer) {
      this.id = id;
      this.storedBy = storedBy;
      this.customer = customer;
    }

    ReferenceAccount account() {
      return storedBy.account;
    }

    /** The same for every card that was made from the same token. */
    String fingerprint() {
      return "card_of_" + storedBy.order.plan().token().value();
    }
  }

  /** Something that happened, to be listed and announced. */
  record Event(String id, String type, Instant at, Charge charge, String subject) {}
}
