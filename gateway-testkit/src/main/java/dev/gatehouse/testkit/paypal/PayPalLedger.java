package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Dispute;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import dev.gatehouse.testkit.paypal.Entries.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * What PayPal really did up to one moment: the truth that tests compare with. Immutable.
 *
 * @param orders every purchase unit of every order, oldest first; orders that have run out, too
 * @param requestsByEndpoint how many requests came, such as of {@code GET /v2/checkout/orders/{id}}
 * @param requestsByKey how many requests came under a request id, repeats among them
 * @param setUps every setup token, oldest first; those that have run out, too
 * @param kept every wallet that was kept, oldest first; those that were removed, too
 */
public record PayPalLedger(
    List<PurchaseUnit> orders,
    Map<String, Integer> requestsByEndpoint,
    Map<String, Integer> requestsByKey,
    List<SetUp> setUps,
    List<Kept> kept) {

  /** Copies the collections. */
  public PayPalLedger {
    orders = List.copyOf(orders);
    requestsByEndpoint = Map.copyOf(requestsByEndpoint);
    requestsByKey = Map.copyOf(requestsByKey);
    setUps = List.copyOf(setUps);
    kept = List.copyOf(kept);
  }

  /**
   * A purchase unit, and all that came of it.
   *
   * @param order the order's id
   * @param merchant the merchant's account
   * @param customId our reference, if it was told
   * @param invoiceId what the payer sees
   * @param status the order's, such as {@code COMPLETED}
   * @param gone whether the order has run out
   * @param amount what the payer was asked for
   * @param key the request id under which the order was made
   * @param completionKey the request id under which it was captured or authorised
   * @param refusal why that was refused, if it was since the payer's last approval
   * @param kept the payment token of the wallet that was kept with it
   */
  public record PurchaseUnit(
      String order,
      String merchant,
      Optional<String> customId,
      Optional<String> invoiceId,
      String status,
      boolean gone,
      Money amount,
      Instant createdAt,
      Optional<String> key,
      Optional<String> completionKey,
      Optional<String> refusal,
      List<Authorized> authorizations,
      List<Captured> captures,
      List<Refunded> refunds,
      List<Disputed> disputes,
      Optional<String> kept) {

    /** Money that arrived, whether or not it went back since. */
    public Money captured() {
      return sum(captures.stream().filter(Captured::arrived).map(Captured::amount));
    }

    /** Money that went back, reversals among it, and stayed there. */
    public Money refunded() {
      return sum(
          refunds.stream().filter(r -> r.status().equals("COMPLETED")).map(Refunded::amount));
    }

    private Money sum(Stream<Money> amounts) {
      return amounts.reduce(Money.zero(amount.getCurrencyUnit()), Money::plus);
    }
  }

  /**
   * A wallet that is to be kept without a payment.
   *
   * @param id the setup token
   * @param description what the payer is shown of it
   * @param key the request id
   * @param status {@code PAYER_ACTION_REQUIRED}, {@code APPROVED} or {@code VAULTED}
   * @param kept the payment token that came of it
   */
  public record SetUp(
      String id,
      Optional<String> description,
      Optional<String> key,
      String status,
      boolean gone,
      Optional<String> kept) {}

  /**
   * A wallet that was kept.
   *
   * @param id the payment token
   * @param customer for which customer
   * @param order the order that it was kept with, if it was one
   * @param usagePattern how it is to be charged
   */
  public record Kept(
      String id,
      String customer,
      Optional<String> order,
      Optional<String> usagePattern,
      boolean removed) {}

  /** A hold; {@code parent} is the one that it renewed. */
  public record Authorized(
      String id,
      Money amount,
      String status,
      Instant expiresAt,
      Optional<String> parent,
      Optional<String> voidKey) {}

  /** A capture; {@code arrived} says whether its money was ever there. */
  public record Captured(
      String id,
      Money amount,
      String status,
      boolean arrived,
      Optional<String> authorization,
      Optional<String> key) {}

  /** Money that went back, or is about to; a reversal and a refund at the console have no key. */
  public record Refunded(
      String id, String capture, Money amount, String status, Optional<String> key) {}

  /** A case; its outcome is empty while it is open. */
  public record Disputed(String id, String capture, String status, Optional<String> outcome) {}

  /** Everything under a reference of ours, oldest first. */
  public List<PurchaseUnit> ordersOf(String customId) {
    return orders.stream()
        .filter(unit -> unit.customId().filter(customId::equals).isPresent())
        .toList();
  }

  /** How many requests came to an endpoint. */
  public int requests(String endpoint) {
    return requestsByEndpoint.getOrDefault(endpoint, 0);
  }

  static PayPalLedger of(Books books, Map<String, Integer> byEndpoint, Map<String, Integer> byKey) {
    List<PurchaseUnit> all =
        books
            .orders()
            .flatMap(order -> order.units.stream().map(unit -> view(books, order, unit)))
            .toList();
    return new PayPalLedger(
        all,
        byEndpoint,
        byKey,
        books.setUps().map(setUp -> view(books, setUp)).toList(),
        books.vaulted().map(PayPalLedger::view).toList());
  }

  private static SetUp view(Books books, VaultEntries.SetUp setUp) {
    return new SetUp(
        setUp.id,
        Optional.ofNullable(setUp.storing.description()),
        Optional.ofNullable(setUp.key),
        setUp.status,
        books.isGone(setUp),
        Optional.ofNullable(setUp.vaulted).map(vaulted -> vaulted.id));
  }

  private static Kept view(VaultEntries.Vaulted vaulted) {
    return new Kept(
        vaulted.id,
        vaulted.storing.customer(),
        Optional.ofNullable(vaulted.order),
        Optional.ofNullable(vaulted.storing.usagePattern()),
        vaulted.removed);
  }

  private static PurchaseUnit view(Books books, Order order, Unit unit) {
    return new PurchaseUnit(
        order.id,
        order.app.merchantId(),
        Optional.ofNullable(unit.customId),
        Optional.ofNullable(unit.invoiceId),
        order.status,
        books.isGone(order),
        unit.amount.money(),
        order.createdAt,
        Optional.ofNullable(order.key),
        Optional.ofNullable(order.completionKey),
        Optional.ofNullable(order.refusal),
        unit.holds.stream().map(PayPalLedger::view).toList(),
        unit.captures.stream().map(PayPalLedger::view).toList(),
        unit.refunds.stream().map(PayPalLedger::view).toList(),
        books
            .disputes()
            .filter(dispute -> dispute.capture.unit == unit)
            .map(PayPalLedger::view)
            .toList(),
        Optional.ofNullable(order.vaulted).map(vaulted -> vaulted.id));
  }

  private static Authorized view(Hold hold) {
    return new Authorized(
        hold.id,
        hold.amount.money(),
        hold.status,
        hold.expiresAt,
        Optional.ofNullable(hold.parent).map(parent -> parent.id),
        Optional.ofNullable(hold.voidKey));
  }

  private static Captured view(Capture capture) {
    return new Captured(
        capture.id,
        capture.amount.money(),
        capture.status,
        capture.arrived,
        Optional.ofNullable(capture.hold).map(hold -> hold.id),
        Optional.ofNullable(capture.key));
  }

  private static Refunded view(Refund refund) {
    return new Refunded(
        refund.id,
        refund.capture.id,
        refund.amount.money(),
        refund.status,
        Optional.ofNullable(refund.key));
  }

  private static Disputed view(Dispute dispute) {
    return new Disputed(
        dispute.id, dispute.capture.id, dispute.status, Optional.ofNullable(dispute.outcome));
  }
}
