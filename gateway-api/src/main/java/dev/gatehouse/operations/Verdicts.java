package dev.gatehouse.operations;

import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CaptureFailed;
import dev.gatehouse.event.DisputeFundsWithdrawn;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.payment.Purpose;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;

/** Says of payments whether they charged, from facts alone. Thread-safe. */
final class Verdicts {
  private final Doubts doubts;

  Verdicts(Doubts doubts) {
    this.doubts = doubts;
  }

  /**
   * The verdict.
   *
   * @param events those of the payment, in order; they say since when
   * @param justNow what the provider answered, if it was asked right before
   */
  Verdict of(Payment payment, List<LifecycleEvent> events, Optional<Lookup> justNow) {
    Charged charged = charged(payment);
    return new Verdict(
        payment.id(),
        payment.gateway(),
        payment.checkout(),
        payment.customer(),
        charged,
        payment
            .terms()
            .filter(asked -> payment.purpose() == Purpose.PAYMENT)
            .map(ChargeTerms::amount),
        payment.totals(),
        since(payment, charged, events),
        reason(payment, charged, justNow),
        payment.wakeAt(),
        payment.concerns());
  }

  /** Money that was taken is certain; that none was is said only if nothing speaks against it. */
  private static Charged charged(Payment payment) {
    if (payment.purpose() != Purpose.PAYMENT) {
      return Charged.NOT_CHARGED;
    }
    if (!isTaken(payment)) {
      return isStrange(payment)
          ? Charged.UNCLEAR
          : isTakingInDoubt(payment) ? Charged.IN_DOUBT : none(payment);
    }
    if (payment.totals().orElseThrow().disputed().isPositive()) {
      return Charged.DISPUTED;
    }
    return switch (payment.state()) {
      case PARTLY_CAPTURED -> Charged.PARTLY_CHARGED;
      case PARTLY_REFUNDED -> Charged.PARTLY_REFUNDED;
      case REFUNDED -> Charged.REFUNDED;
      case REVERSED -> Charged.TAKEN_BACK;
      default -> Charged.CHARGED;
    };
  }

  /** That a person settled it changes no fact. */
  private static boolean isStrange(Payment payment) {
    return !payment.mismatches().isEmpty()
        || payment.conflicts().stream().anyMatch(Conflict::isGrave);
  }

  private static Charged none(Payment payment) {
    return switch (payment.state()) {
      case AUTHORIZED -> GoesOn.at(payment).orElse(Charged.HELD);
      case VOIDED, EXPIRED, FAILED -> GoesOn.at(payment).orElse(Charged.NOT_CHARGED);
      case ACTION_REQUIRED -> Charged.WAITS_FOR_CUSTOMER;
      case IN_DOUBT -> Charged.IN_DOUBT;
      default -> Charged.PENDING;
    };
  }

  private static boolean isTaken(Payment payment) {
    return payment.totals().filter(totals -> totals.captured().isPositive()).isPresent();
  }

  private static boolean isTakingInDoubt(Payment payment) {
    return payment.operations().stream()
        .filter(o -> o.kind() != OperationKind.REFUND && o.kind() != OperationKind.VOID)
        .anyMatch(o -> payment.status(o) == OperationStatus.IN_DOUBT);
  }

  private static Optional<Instant> since(
      Payment payment, Charged charged, List<LifecycleEvent> events) {
    Optional<Instant> asked =
        payment.operations().stream()
            .filter(o -> payment.status(o) == OperationStatus.IN_DOUBT)
            .map(Operation::createdAt)
            .findFirst();
    return switch (charged) {
      case IN_DOUBT -> asked.or(() -> Optional.of(payment.createdAt()));
      // No event says these.
      case WAITS_FOR_CUSTOMER, PENDING, UNCLEAR -> Optional.of(payment.createdAt());
      default ->
          events.stream()
              .filter(event -> says(event, charged))
              .reduce((earlier, later) -> later)
              .map(event -> event.header().at());
    };
  }

  private static boolean says(LifecycleEvent event, Charged charged) {
    return switch (charged) {
      case CHARGED, PARTLY_CHARGED -> event instanceof PaymentCaptured;
      case PARTLY_REFUNDED, REFUNDED -> event instanceof PaymentRefunded;
      case DISPUTED -> event instanceof DisputeFundsWithdrawn;
      case TAKEN_BACK -> event instanceof CaptureFailed;
      case HELD -> event instanceof PaymentAuthorized;
      case NOT_CHARGED, FAILED_SO_FAR ->
          event instanceof PaymentFailed || event instanceof AuthorizationEnded;
      case WAITS_FOR_CUSTOMER, PENDING, IN_DOUBT, UNCLEAR -> false;
    };
  }

  private String reason(Payment payment, Charged charged, Optional<Lookup> justNow) {
    List<String> parts = new ArrayList<>();
    parts.add(what(payment, charged));
    if (charged.isTheCustomers() && justNow.isEmpty()) {
      parts.add("the customer may have paid since we looked last: look it up now");
    }
    justNow.ifPresent(answer -> parts.add("asked just now, the provider " + shown(answer)));
    if (charged != Charged.IN_DOUBT) {
      payment.operations().stream()
          .filter(o -> payment.status(o) == OperationStatus.IN_DOUBT)
          .forEach(o -> parts.add(Doubts.asked(o) + " is in doubt"));
    }
    payment
        .totals()
        .map(Totals::refunding)
        .filter(Money::isPositive)
        .ifPresent(money -> parts.add(money + " is on its way back"));
    if (!payment.mismatches().isEmpty()) {
      parts.add("what the provider shows is not what we asked for: " + words(payment.mismatches()));
    }
    payment.conflicts().stream()
        .filter(Conflict::isGrave)
        .forEach(c -> parts.add("the provider showed two values for " + c.fact()));
    if (!payment.unproven().isEmpty()) {
      parts.add("the provider does not say its " + String.join(" and ", payment.unproven()));
    }
    return String.join("; ", parts);
  }

  private static String shown(Lookup answer) {
    if (answer instanceof Lookup.CannotTell unclear) {
      return "gave no answer (" + unclear.failure().code() + "): look it up again later";
    }
    return answer instanceof Lookup.Found ? "shows it so" : "shows nothing of it";
  }

  private String what(Payment payment, Charged charged) {
    Optional<Totals> totals = payment.totals();
    String captured = totals.map(t -> t.captured().toString()).orElse("money");
    return switch (charged) {
      case CHARGED -> captured + ofAsked(payment) + " was taken";
      case PARTLY_CHARGED ->
          captured + ofAsked(payment) + " was taken, and " + held(totals) + " is still held";
      case PARTLY_REFUNDED, REFUNDED ->
          captured + " was taken, and " + totals.orElseThrow().refunded() + " went back";
      case DISPUTED ->
          captured + " was taken, and a dispute took " + totals.orElseThrow().disputed() + " back";
      case TAKEN_BACK -> captured + " was taken, and the bank took it back";
      case HELD -> held(totals) + " is held, and nothing was taken";
      case NOT_CHARGED, FAILED_SO_FAR -> whyNot(payment);
      case WAITS_FOR_CUSTOMER -> "the customer must act, such as to approve it";
      case PENDING -> "the provider or the bank is not done with it";
      case IN_DOUBT -> doubt(payment);
      case UNCLEAR -> "look at the console of the provider before you charge again";
    };
  }

  private static String held(Optional<Totals> totals) {
    return totals
        .map(Totals::authorized)
        .filter(Money::isPositive)
        .map(Money::toString)
        .orElse("it");
  }

  private static String ofAsked(Payment payment) {
    return payment
        .terms()
        .map(ChargeTerms::amount)
        .filter(asked -> !payment.totals(asked.getCurrencyUnit()).captured().equals(asked))
        .map(asked -> " of " + asked)
        .orElse("");
  }

  private static String whyNot(Payment payment) {
    if (payment.purpose() != Purpose.PAYMENT) {
      boolean stores = payment.purpose() == Purpose.SET_UP;
      return "it is about no money: it " + (stores ? "stores" : "removes") + " a payment method";
    }
    if (payment.state() == PaymentState.VOIDED) {
      return "the hold was released, and nothing was taken";
    }
    if (payment.state() == PaymentState.EXPIRED) {
      return "the hold ran out, and nothing was taken";
    }
    return payment.decline().map(Verdicts::declined).orElse("the charge was not made");
  }

  private static String declined(Decline decline) {
    String code = decline.code().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String raw = decline.rawCode().isEmpty() ? "" : " (" + decline.rawCode() + ")";
    return "declined: " + code + raw;
  }

  private String doubt(Payment payment) {
    return doubts.of(payment).stream()
        .findFirst()
        .map(d -> d.why() + "; " + d.next() + ". Do not charge again")
        .orElse("nobody knows what became of it. Do not charge again");
  }

  private static String words(Iterable<? extends Enum<?>> constants) {
    List<String> words = new ArrayList<>();
    constants.forEach(constant -> words.add(constant.name().toLowerCase(Locale.ROOT)));
    return String.join(", ", words);
  }
}
