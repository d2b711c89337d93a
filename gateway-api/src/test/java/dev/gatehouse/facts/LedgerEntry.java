package dev.gatehouse.facts;

import java.util.Map;
import java.util.Optional;

/** The entries in the books of a {@link ProviderLedger}: mutable, and seen by the story alone. */
final class LedgerEntry {
  private static final Map<MovementKind, String> PREFIXES =
      Map.of(
          MovementKind.CAPTURE, "cp_",
          MovementKind.REFUND, "re_",
          MovementKind.DISPUTE_WITHDRAWAL, "wd_",
          MovementKind.DISPUTE_REINSTATEMENT, "ri_");

  private LedgerEntry() {}

  /** A charge of the provider. */
  static final class Charge {
    final String id;
    final long amount;
    AttemptStep step = AttemptStep.STARTED;
    long grossCaptured;
    long grossRefunded;

    Charge(String id, long amount) {
      this.id = id;
      this.amount = amount;
    }
  }

  /** A hold on the customer's money. */
  static final class Hold {
    final String id;
    final Charge charge;
    long capturable;
    long used;
    boolean alive = true;
    Optional<AuthorizationEnd> end = Optional.empty();

    /** The one that took its place. */
    Optional<Hold> next = Optional.empty();

    Hold(String id, Charge charge, long amount) {
      this.id = id;
      this.charge = charge;
      this.capturable = amount;
    }

    long left() {
      return capturable - used;
    }
  }

  /** Money that moves: a capture, a refund, or the money side of a dispute. */
  static final class Transfer {
    final String id;
    final MovementKind kind;
    final Charge charge;
    final Optional<Hold> hold;
    final Optional<Transfer> refunded;
    final long amount;
    MovementStep step = MovementStep.OPEN;
    long takenBack;

    Transfer(
        int number,
        MovementKind kind,
        Charge charge,
        Optional<Hold> hold,
        Optional<Transfer> refunded,
        long amount) {
      this.id = PREFIXES.get(kind) + number;
      this.kind = kind;
      this.charge = charge;
      this.hold = hold;
      this.refunded = refunded;
      this.amount = amount;
    }

    boolean isAt(MovementKind wanted, MovementStep at) {
      return kind == wanted && step == at;
    }

    Optional<Happened.What> whenDone() {
      return Optional.of(
          switch (kind) {
            case CAPTURE -> Happened.What.CAPTURE_DONE;
            case REFUND -> Happened.What.REFUND_DONE;
            case DISPUTE_WITHDRAWAL -> Happened.What.DISPUTE_WITHDREW;
            case DISPUTE_REINSTATEMENT -> Happened.What.DISPUTE_REINSTATED;
          });
    }

    Optional<Happened.What> whenFailed() {
      return switch (kind) {
        case CAPTURE -> Optional.of(Happened.What.CAPTURE_FAILED);
        case REFUND -> Optional.of(Happened.What.REFUND_FAILED);
        case DISPUTE_WITHDRAWAL, DISPUTE_REINSTATEMENT -> Optional.empty();
      };
    }

    Optional<Happened.What> whenUndone() {
      return switch (kind) {
        case CAPTURE -> Optional.of(Happened.What.CAPTURE_UNDONE);
        case REFUND -> Optional.of(Happened.What.REFUND_UNDONE);
        case DISPUTE_WITHDRAWAL, DISPUTE_REINSTATEMENT -> Optional.empty();
      };
    }
  }

  /** A dispute about one capture. */
  static final class Case {
    final String id;
    final Transfer capture;
    final long amount;
    Optional<Transfer> withdrawal = Optional.empty();
    Optional<Transfer> reinstatement = Optional.empty();
    boolean decided;

    Case(String id, Transfer capture, long amount) {
      this.id = id;
      this.capture = capture;
      this.amount = amount;
    }
  }
}
