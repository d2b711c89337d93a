package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Intent;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Checkout Session: a page of Stripe's, on which one customer pays one sum. */
final class Session {
  final String id;
  final StripeAccount account;
  final long amount;
  final String currency;
  final String name;
  final String successUrl;
  final @Nullable String cancelUrl;
  final Instant createdAt;
  final Instant expiresAt;
  final String base;
  final @Nullable String key;
  final Map<String, String> metadata = new TreeMap<>();
  final Map<String, String> intentMetadata = new TreeMap<>();
  boolean manual;
  boolean wantsParts;
  @Nullable String description;
  @Nullable String receiptEmail;
  @Nullable String descriptorSuffix;
  String status = "open";
  String paymentStatus = "unpaid";

  /** What the customer pays with; there is none before the first try. */
  @Nullable Intent intent;

  Session(
      String id,
      StripeAccount account,
      Sum sum,
      String name,
      Back back,
      Instant createdAt,
      Instant expiresAt,
      String base,
      @Nullable String key) {
    this.id = id;
    this.account = account;
    this.amount = sum.amount();
    this.currency = sum.currency();
    this.name = name;
    this.successUrl = back.successUrl();
    this.cancelUrl = back.cancelUrl();
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
    this.base = base;
    this.key = key;
  }

  /** What is to be paid, in minor units. */
  record Sum(long amount, String currency) {}

  /** Where the customer goes afterwards, and when they change their mind. */
  record Back(String successUrl, @Nullable String cancelUrl) {}

  boolean isOpen() {
    return status.equals("open");
  }

  /** The page on which the customer pays. */
  String url() {
    return base + "/c/pay/" + id;
  }
}
