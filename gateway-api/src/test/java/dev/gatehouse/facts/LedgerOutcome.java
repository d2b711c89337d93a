package dev.gatehouse.facts;

import dev.gatehouse.facts.LedgerEntry.Charge;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.Money;

/** What the books of a provider amount to for a shop that asked for the first charge in them. */
final class LedgerOutcome {
  private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");

  private LedgerOutcome() {}

  static PaymentState state(ProviderLedger ledger) {
    if (ledger.balances.captured() > 0) {
      return taken(ledger.balances);
    }
    return ledger.holds.isEmpty() ? tried(ledger) : held(ledger);
  }

  private static PaymentState taken(LedgerBalances balances) {
    if (balances.holdsMoney()) {
      return PaymentState.PARTLY_CAPTURED;
    }
    if (balances.stayed() == 0) {
      return PaymentState.REVERSED;
    }
    if (balances.refunded() == 0) {
      return PaymentState.CAPTURED;
    }
    return balances.refunded() < balances.stayed()
        ? PaymentState.PARTLY_REFUNDED
        : PaymentState.REFUNDED;
  }

  private static PaymentState held(ProviderLedger ledger) {
    if (ledger.holds.stream().anyMatch(hold -> hold.alive)) {
      return PaymentState.AUTHORIZED;
    }
    if (ledger.holds.stream().anyMatch(h -> h.end.equals(Optional.of(AuthorizationEnd.VOIDED)))) {
      return PaymentState.VOIDED;
    }
    return ledger.holds.stream().anyMatch(h -> h.end.equals(Optional.of(AuthorizationEnd.EXPIRED)))
        ? PaymentState.EXPIRED
        : PaymentState.PENDING;
  }

  /** Only the last charge may be undecided, and none was successful without hold or money. */
  private static PaymentState tried(ProviderLedger ledger) {
    return switch (ledger.charges.get(ledger.charges.size() - 1).step) {
      case FAILED -> PaymentState.FAILED;
      case ACTION_NEEDED -> PaymentState.ACTION_REQUIRED;
      case STARTED, APPROVED, PROCESSING, SUCCEEDED -> PaymentState.PENDING;
    };
  }

  static boolean isPaid(ProviderLedger ledger) {
    boolean whole = ledger.balances.captured() >= ledger.charges.get(0).amount;
    return !hasOtherAmount(ledger) && (whole || isPartOfAnEndedHold(ledger));
  }

  /** A part was captured and what was left of the hold is gone: that part is all that will come. */
  private static boolean isPartOfAnEndedHold(ProviderLedger ledger) {
    return ledger.habits.listsCaptures()
        && ledger.transfers.stream()
            .filter(t -> t.kind == MovementKind.CAPTURE)
            .filter(t -> t.step == MovementStep.DONE || t.step == MovementStep.UNDONE)
            .flatMap(t -> t.hold.stream())
            .anyMatch(hold -> hold.end.isPresent());
  }

  static boolean hasOtherAmount(ProviderLedger ledger) {
    return ledger.charges.stream()
        .filter(charge -> charge.step == AttemptStep.SUCCEEDED)
        .anyMatch(charge -> charge.amount != ledger.charges.get(0).amount);
  }

  static SortedSet<String> eventKeys(ProviderLedger ledger) {
    SortedSet<String> keys = new TreeSet<>();
    for (Happened happened : ledger.happened) {
      key(happened.what()).ifPresent(prefix -> keys.add(prefix + happened.id()));
    }
    ledger.holds.stream()
        .filter(hold -> hold.end.filter(LedgerOutcome::isToldOfHold).isPresent())
        .forEach(hold -> keys.add("hold-ended:" + hold.id));
    if (hasOtherAmount(ledger)) {
      keys.add("mismatch:AMOUNT");
    }
    return keys;
  }

  private static boolean isToldOfHold(AuthorizationEnd end) {
    return end == AuthorizationEnd.VOIDED || end == AuthorizationEnd.EXPIRED;
  }

  private static Optional<String> key(Happened.What what) {
    return switch (what) {
      case ATTEMPT_SUCCEEDED -> Optional.of("stored:pm_");
      case ATTEMPT_FAILED -> Optional.of("failed:");
      case AUTHORIZATION_GIVEN -> Optional.of("authorized:");
      case CAPTURE_DONE -> Optional.of("captured:");
      case CAPTURE_FAILED -> Optional.of("uncaptured:");
      case REFUND_DONE -> Optional.of("refunded:");
      case REFUND_FAILED -> Optional.of("unrefunded:");
      case DISPUTE_OPENED -> Optional.of("disputed:");
      case DISPUTE_WITHDREW -> Optional.of("withdrawn:");
      case DISPUTE_REINSTATED -> Optional.of("reinstated:");
      // An undone movement has failed too; a hold's end is told only if nothing took its place.
      case AUTHORIZATION_ENDED, CAPTURE_UNDONE, REFUND_UNDONE -> Optional.empty();
    };
  }

  static Payment payment(ProviderLedger ledger, PaymentFacts seen) {
    Charge first = ledger.charges.get(0);
    Money asked = Money.ofMinor(ledger.habits.currency(), first.amount);
    Operation charge = Operation.first("charge:" + first.id, Intent.charge("pay-1", asked), OPENED);
    return new Payment(
        new PaymentId("order-1"),
        1,
        new GatewayInstanceId("books"),
        Mode.TEST,
        Optional.empty(),
        Optional.empty(),
        Optional.of(terms(asked)),
        seen,
        List.of(charge),
        new TreeSet<>(),
        List.of(),
        OPENED,
        Optional.empty(),
        0);
  }

  private static ChargeTerms terms(Money asked) {
    return new ChargeTerms(
        asked,
        CaptureMode.MANUAL,
        new PaymentMethod.Token("card", "tok"),
        true,
        Initiator.CUSTOMER,
        Optional.empty(),
        Optional.empty());
  }
}
