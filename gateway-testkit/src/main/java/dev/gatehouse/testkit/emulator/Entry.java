package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** A charge in the {@link Books}, as it changes; what belongs to it is replaced, never changed. */
final class Entry<T> {
  final String id;
  final Order<T> order;
  final Instant createdAt;
  Instant changedAt;
  String status = "processing";
  boolean left;
  Runnable onApproval = () -> {};
  Optional<String> completionKey = Optional.empty();
  Optional<String> decline = Optional.empty();
  Optional<String> action = Optional.empty();
  Optional<Ledger.Authorization> hold = Optional.empty();
  final List<Ledger.Capture> captures = new ArrayList<>();
  final List<Ledger.Refund> refunds = new ArrayList<>();
  final List<Ledger.Dispute> disputes = new ArrayList<>();

  Entry(String id, Order<T> order, Instant now) {
    this.id = id;
    this.order = order;
    this.createdAt = now;
    this.changedAt = now;
  }

  boolean is(String... statuses) {
    return List.of(statuses).contains(status);
  }

  boolean isOver() {
    return is("succeeded", "failed");
  }

  /** Whether a thing of this id belongs to the charge, or is the charge. */
  boolean has(String part) {
    return id.equals(part)
        || action.filter(part::equals).isPresent()
        || hold.filter(h -> h.id().equals(part)).isPresent()
        || captures.stream().anyMatch(c -> c.id().equals(part))
        || refunds.stream().anyMatch(r -> r.id().equals(part))
        || disputes.stream().anyMatch(d -> d.id().equals(part));
  }

  Ledger.Authorization openHold() {
    return hold.filter(h -> h.status().equals("open"))
        .orElseThrow(
            () ->
                notNow(
                    hold.map(h -> "the hold is " + h.status()).orElse("no money is held"),
                    "look at the hold"));
  }

  void hold(Ledger.Authorization was, String status, Optional<String> voidKey) {
    hold =
        Optional.of(
            new Ledger.Authorization(was.id(), was.amount(), was.expiresAt(), status, voidKey));
  }

  Ledger.Refund refund(String refund) {
    return refunds.stream()
        .filter(r -> r.id().equals(refund))
        .findFirst()
        .orElseThrow(() -> notNow("it is no refund", "look at its refunds"));
  }

  /** What may still be taken of the hold. */
  Money capturable() {
    Money none = zero();
    return hold.filter(h -> h.status().equals("open"))
        .map(h -> h.amount().minus(view().captured()))
        .orElse(none);
  }

  /** What may still be given back of a capture: refunds under way count, too. */
  Money refundable(Ledger.Capture capture) {
    Money ofCapture = capture.amount().minus(given(Optional.of(capture.id())));
    Ledger.Charge now = view();
    Money ofCharge = now.captured().minus(given(Optional.empty())).minus(now.disputed());
    return ofCapture.isLessThan(ofCharge) ? ofCapture : ofCharge;
  }

  private Money given(Optional<String> capture) {
    return refunds.stream()
        .filter(r -> r.status().equals("pending") || r.status().equals("succeeded"))
        .filter(r -> capture.isEmpty() || r.capture().equals(capture.get()))
        .map(Ledger.Refund::amount)
        .reduce(zero(), Money::plus);
  }

  /** What is left with the merchant when all that is under way has arrived. */
  Money disputable() {
    Ledger.Charge now = view();
    return now.captured().minus(given(Optional.empty())).minus(now.disputed());
  }

  private Money zero() {
    return Money.zero(order.amount().getCurrencyUnit());
  }

  Ledger.Charge view() {
    return new Ledger.Charge(
        id,
        order.account(),
        order.reference(),
        order.key(),
        completionKey,
        status,
        order.amount(),
        createdAt,
        decline,
        is("succeeded") ? order.storing() : Optional.empty(),
        is("requires_action") ? action : Optional.empty(),
        hold,
        captures,
        refunds,
        disputes);
  }

  static InvalidStateException notNow(String why, String remedy) {
    return new InvalidStateException(new Problem("charge", Books.STATE, why, remedy));
  }
}
