package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books as a ledger: one entry for each charge, and one for an intent that has none, under the
 * intent's id; one for each Checkout page, under its id until it is paid. Holds have the id of
 * their charge. So has a capture; each of several has its key besides. Of which of them a refund
 * is, only metadata says.
 */
final class LedgerViews {
  private static final String REFERENCE = "gatehouse_reference";
  private static final String CAPTURE = "gatehouse_refund_of";

  private LedgerViews() {}

  static Ledger of(Desk desk, Map<String, Integer> byEndpoint, Map<String, Integer> byKey) {
    List<Ledger.Charge> charges = new ArrayList<>();
    for (Intent intent : desk.intents()) {
      if (intent.session != null) {
        continue;
      }
      if (intent.charges.isEmpty()) {
        charges.add(of(intent, null));
      }
      intent.charges.forEach(charge -> charges.add(of(intent, charge)));
    }
    desk.sessions().forEach(session -> charges.add(of(session)));
    List<Ledger.SetUp> setUps = desk.setUps().stream().map(LedgerViews::of).toList();
    List<Ledger.Method> methods =
        desk.methods().stream().filter(method -> method.attached).map(LedgerViews::of).toList();
    return new Ledger(charges, byEndpoint, byKey, setUps, methods);
  }

  private static Ledger.SetUp of(Entries.SetUp setUp) {
    Entries.Method method = setUp.method;
    return new Ledger.SetUp(
        setUp.attempt == null ? setUp.id : setUp.attempt,
        Optional.ofNullable(setUp.metadata.get(REFERENCE)),
        Optional.ofNullable(setUp.key),
        setUp.lastError == null ? setUp.status : "failed",
        setUp.status.equals("succeeded") && method != null
            ? Optional.of(method.id)
            : Optional.empty(),
        setUp.status.equals("requires_action") ? Optional.of(setUp.id) : Optional.empty());
  }

  private static Ledger.Method of(Entries.Method method) {
    return new Ledger.Method(
        method.id,
        Optional.ofNullable(method.customer).map(customer -> customer.id),
        method.detached);
  }

  /** A page that was paid on is its charge; before that, whatever was tried on it, itself. */
  private static Ledger.Charge of(Session session) {
    Intent intent = session.intent;
    if (session.status.equals("complete") && intent != null) {
      return of(intent, intent.latestCharge());
    }
    return new Ledger.Charge(
        session.id,
        session.account.id(),
        Optional.ofNullable(session.metadata.get(REFERENCE)),
        Optional.ofNullable(session.key),
        Optional.empty(),
        session.isOpen() ? "requires_action" : "failed",
        Amounts.money(session.amount, session.currency),
        session.createdAt,
        Optional.empty(),
        Optional.empty(),
        session.isOpen() ? Optional.of(session.id) : Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Ledger.Charge of(Intent intent, @Nullable Charge charge) {
    return new Ledger.Charge(
        charge == null ? intent.id : charge.id,
        intent.account.id(),
        Optional.ofNullable(intent.metadata.get(REFERENCE)),
        Optional.ofNullable(charge == null ? intent.key : charge.key),
        Optional.empty(),
        status(intent, charge),
        Amounts.money(intent.amount, intent.currency),
        charge == null ? intent.createdAt : charge.createdAt,
        decline(intent, charge),
        Optional.empty(),
        intent.is("requires_action") ? Optional.of(intent.id) : Optional.empty(),
        charge == null ? Optional.empty() : hold(intent, charge),
        charge == null ? List.of() : captures(intent, charge),
        charge == null ? List.of() : refunds(intent, charge),
        charge == null ? List.of() : disputes(intent, charge));
  }

  private static String status(Intent intent, @Nullable Charge charge) {
    if (charge != null) {
      return charge.status.equals("pending") ? "processing" : charge.status;
    }
    boolean over = intent.is("canceled") || intent.lastError != null;
    return over ? "failed" : intent.status;
  }

  private static Optional<String> decline(Intent intent, @Nullable Charge charge) {
    if (charge == null) {
      return Optional.ofNullable(intent.lastError).map(error -> error.path("code").asString(""));
    }
    return Optional.ofNullable(charge.refusal)
        .map(refusal -> refusal.declineCode() == null ? refusal.code() : refusal.declineCode());
  }

  private static Optional<Ledger.Authorization> hold(Intent intent, Charge charge) {
    return Optional.ofNullable(charge.captureBefore)
        .map(
            until ->
                new Ledger.Authorization(
                    charge.id,
                    Amounts.money(charge.amount, intent.currency),
                    until,
                    charge.holdEnd == null ? "open" : charge.holdEnd,
                    Optional.ofNullable(intent.cancelKey)));
  }

  private static List<Ledger.Capture> captures(Intent intent, Charge charge) {
    return charge.captures.stream()
        .map(
            capture ->
                new Ledger.Capture(
                    charge.isInParts() && capture.key() != null
                        ? charge.id + "/" + capture.key()
                        : charge.id,
                    Amounts.money(capture.amount(), intent.currency),
                    Optional.ofNullable(capture.key())))
        .toList();
  }

  private static List<Ledger.Refund> refunds(Intent intent, Charge charge) {
    return charge.refunds.stream()
        .filter(refund -> !refund.isRelease())
        .map(
            refund ->
                new Ledger.Refund(
                    refund.id,
                    refund.metadata.getOrDefault(CAPTURE, charge.id),
                    Amounts.money(refund.amount, intent.currency),
                    refund.status,
                    Optional.ofNullable(refund.key)))
        .toList();
  }

  private static List<Ledger.Dispute> disputes(Intent intent, Charge charge) {
    return charge.disputes.stream()
        .filter(dispute -> dispute.withdrawal != null)
        .map(
            dispute ->
                new Ledger.Dispute(
                    dispute.id,
                    Amounts.money(dispute.amount, intent.currency),
                    dispute.status,
                    dispute.reinstatement != null))
        .toList();
  }
}
