package dev.gatehouse.testkit.paypal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The records that PayPal keeps. Changed under the lock of {@link Books} only. */
final class Entries {
  private Entries() {}

  /** An order and all that came of it. */
  static final class Order {
    final String id;
    final PayPalApp app;
    final boolean authorizes;
    final List<Unit> units;
    final boolean namesWallet;
    final @Nullable String key;
    final Instant createdAt;
    Instant updatedAt;
    String status;
    @Nullable Instant approvedAt;
    @Nullable Funding funding;
    @Nullable String completionKey;

    /** Whether it shows when it changed, before it is completed. */
    boolean showsUpdates = true;

    /** What is to be kept of the payer's wallet, if anything is. */
    VaultEntries.@Nullable Storing stores;

    VaultEntries.@Nullable Vaulted vaulted;

    /** Why its completion was refused since the payer's last approval. */
    @Nullable String refusal;

    Order(
        String id,
        PayPalApp app,
        boolean authorizes,
        List<Unit> units,
        boolean namesWallet,
        @Nullable String key,
        Instant now) {
      this.id = id;
      this.app = app;
      this.authorizes = authorizes;
      this.units = List.copyOf(units);
      this.namesWallet = namesWallet;
      this.key = key;
      this.createdAt = now;
      this.updatedAt = now;
      this.status = namesWallet ? "PAYER_ACTION_REQUIRED" : "CREATED";
    }

    boolean is(String wanted) {
      return status.equals(wanted);
    }

    Stream<Hold> holds() {
      return units.stream().flatMap(unit -> unit.holds.stream());
    }

    Stream<Capture> captures() {
      return units.stream().flatMap(unit -> unit.captures.stream());
    }

    Stream<Refund> refunds() {
      return units.stream().flatMap(unit -> unit.refunds.stream());
    }
  }

  /** A purchase unit. What the caller may change by PATCH is not final. */
  static final class Unit {
    final String referenceId;
    @Nullable String customId;
    @Nullable String invoiceId;
    @Nullable String description;
    Amount amount;
    @Nullable String softDescriptor;

    /** What the amount is made of, as it was said. */
    @Nullable ObjectNode breakdown;

    @Nullable JsonNode items;
    final List<Hold> holds = new ArrayList<>();
    final List<Capture> captures = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();

    Unit(
        String referenceId,
        @Nullable String customId,
        @Nullable String invoiceId,
        @Nullable String description,
        Amount amount) {
      this.referenceId = referenceId;
      this.customId = customId;
      this.invoiceId = invoiceId;
      this.description = description;
      this.amount = amount;
    }
  }

  /** An authorisation. */
  static final class Hold {
    final String id;
    final Order order;
    final Unit unit;
    final Amount amount;
    final @Nullable Hold parent;
    final Instant createdAt;
    final Instant honoredUntil;
    final Instant expiresAt;
    Instant updatedAt;
    String status;
    @Nullable String reason;

    /** What the bank's processor said, if PayPal tells. */
    @Nullable String response;

    @Nullable String voidKey;

    Hold(
        String id,
        Order order,
        Unit unit,
        Amount amount,
        @Nullable Hold parent,
        Instant now,
        Instant honoredUntil,
        Instant expiresAt) {
      this.id = id;
      this.order = order;
      this.unit = unit;
      this.amount = amount;
      this.parent = parent;
      this.createdAt = now;
      this.updatedAt = now;
      this.honoredUntil = honoredUntil;
      this.expiresAt = expiresAt;
      this.status = "CREATED";
    }

    boolean isAlive() {
      return status.equals("CREATED") || status.equals("PARTIALLY_CAPTURED");
    }

    /** The hold that the payer approved; what was reauthorised belongs to it. */
    Hold root() {
      Hold root = this;
      while (root.parent != null) {
        root = root.parent;
      }
      return root;
    }

    Amount captured() {
      Hold root = root();
      return unit.captures.stream()
          .filter(capture -> capture.hold != null && capture.hold.root() == root)
          .filter(capture -> !capture.isOff())
          .map(capture -> capture.amount)
          .reduce(amount.zero(), Amount::plus);
    }
  }

  /** A capture. */
  static final class Capture {
    final String id;
    final Order order;
    final Unit unit;
    final Amount amount;
    final @Nullable Hold hold;
    final @Nullable String invoiceId;
    final boolean isFinal;
    final @Nullable String key;
    final Instant createdAt;
    Instant updatedAt;
    String status;
    @Nullable String reason;

    /** What the bank's processor said, if PayPal tells. */
    @Nullable String response;

    /** Whether the money was there once; a pending one was not. */
    boolean arrived;

    Capture(
        String id,
        Order order,
        Unit unit,
        Amount amount,
        @Nullable Hold hold,
        @Nullable String invoiceId,
        boolean isFinal,
        @Nullable String key,
        Instant now) {
      this.id = id;
      this.order = order;
      this.unit = unit;
      this.amount = amount;
      this.hold = hold;
      this.invoiceId = invoiceId;
      this.isFinal = isFinal;
      this.key = key;
      this.createdAt = now;
      this.updatedAt = now;
      this.status = "COMPLETED";
    }

    boolean isOff() {
      return status.equals("DECLINED") || status.equals("FAILED");
    }

    boolean isDisputed() {
      return "BUYER_COMPLAINT".equals(reason) || "CHARGEBACK".equals(reason);
    }

    /** What went back, or is about to. */
    Amount refunded() {
      return unit.refunds.stream()
          .filter(refund -> refund.capture == this && !refund.isOff())
          .map(refund -> refund.amount)
          .reduce(amount.zero(), Amount::plus);
    }
  }

  /** Money that went back: a refund, or a reversal by PayPal. */
  static final class Refund {
    final String id;
    final Capture capture;
    final Amount amount;
    final @Nullable String customId;
    final @Nullable String invoiceId;
    final @Nullable String note;
    final @Nullable String key;
    final Instant createdAt;
    Instant updatedAt;
    String status = "COMPLETED";

    Refund(
        String id,
        Capture capture,
        Amount amount,
        @Nullable String customId,
        @Nullable String invoiceId,
        @Nullable String note,
        @Nullable String key,
        Instant now) {
      this.id = id;
      this.capture = capture;
      this.amount = amount;
      this.customId = customId;
      this.invoiceId = invoiceId;
      this.note = note;
      this.key = key;
      this.createdAt = now;
      this.updatedAt = now;
    }

    boolean isOff() {
      return status.equals("FAILED") || status.equals("CANCELLED");
    }
  }

  /** A case in PayPal's resolution centre. */
  static final class Dispute {
    final String id;
    final Capture capture;
    final String reason;
    final Instant createdAt;
    Instant updatedAt;
    String status = "WAITING_FOR_SELLER_RESPONSE";
    @Nullable String outcome;

    Dispute(String id, Capture capture, String reason, Instant now) {
      this.id = id;
      this.capture = capture;
      this.reason = reason;
      this.createdAt = now;
      this.updatedAt = now;
    }
  }
}
