package dev.gatehouse.testkit.reference;

import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.reference.Entries.Cause;
import dev.gatehouse.testkit.reference.Entries.ChargeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the provider's records into the ledger's views. */
final class LedgerViews {
  private LedgerViews() {}

  static Ledger of(Books books, Map<String, Integer> byEndpoint, Map<String, Integer> byKey) {
    List<Ledger.Charge> charges = new ArrayList<>();
    List<Ledger.SetUp> setUps = new ArrayList<>();
    for (Entries.Charge charge : books.charges()) {
      if (charge.order.setUp()) {
        setUps.add(setUp(charge));
      } else {
        charges.add(of(charge));
      }
    }
    List<Ledger.Method> methods = new ArrayList<>();
    books
        .methods()
        .forEach(
            m -> methods.add(new Ledger.Method(m.id, Optional.ofNullable(m.customer), m.removed)));
    return new Ledger(charges, byEndpoint, byKey, setUps, methods);
  }

  private static Ledger.SetUp setUp(Entries.Charge charge) {
    return new Ledger.SetUp(
        charge.id,
        Optional.ofNullable(charge.order.reference()),
        key(charge.cause),
        charge.status.wire(),
        Optional.ofNullable(charge.storedMethod),
        action(charge));
  }

  private static Optional<String> action(Entries.Charge charge) {
    return Optional.ofNullable(charge.action)
        .filter(action -> charge.status == ChargeStatus.REQUIRES_ACTION)
        .map(action -> action.id);
  }

  static Ledger.Charge of(Entries.Charge charge) {
    return new Ledger.Charge(
        charge.id,
        charge.account.id(),
        Optional.ofNullable(charge.order.reference()),
        key(charge.cause),
        key(charge.completion),
        charge.status.wire(),
        charge.amount(),
        charge.createdAt,
        Optional.ofNullable(charge.refusal).map(Plan.Refusal::code),
        Optional.ofNullable(charge.storedMethod),
        action(charge),
        Optional.ofNullable(charge.authorization).map(LedgerViews::of),
        charge.captures.stream().map(LedgerViews::of).toList(),
        charge.refunds.stream().map(LedgerViews::of).toList(),
        charge.disputes.stream().map(LedgerViews::of).toList());
  }

  private static Ledger.Authorization of(Entries.Authorization authorization) {
    return new Ledger.Authorization(
        authorization.id,
        authorization.amount,
        authorization.expiresAt,
        authorization.status,
        key(authorization.voided));
  }

  private static Ledger.Capture of(Entries.Capture capture) {
    return new Ledger.Capture(capture.id(), capture.amount(), key(capture.cause()));
  }

  private static Ledger.Refund of(Entries.Refund refund) {
    return new Ledger.Refund(
        refund.id, refund.capture.id(), refund.amount, refund.status.wire(), key(refund.cause));
  }

  private static Ledger.Dispute of(Entries.Dispute dispute) {
    return new Ledger.Dispute(
        dispute.id, dispute.amount, dispute.status, dispute.reinstatement != null);
  }

  private static Optional<String> key(@Nullable Cause cause) {
    return Optional.ofNullable(cause).map(Cause::idempotencyKey);
  }
}
