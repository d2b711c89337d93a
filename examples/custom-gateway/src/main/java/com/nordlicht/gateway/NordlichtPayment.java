package com.nordlicht.gateway;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import java.net.URI;
import java.util.Optional;
import org.joda.money.Money;

/** A payment as the bank shows it, read as facts. The same for answers, lookups and lists. */
record NordlichtPayment(Node node) {
  /** The kind of the bank's ids. */
  static final String KIND = "payment";

  String state() {
    return node.text("state");
  }

  /** What the customer must do now, if anything. */
  Optional<CustomerAction> action() {
    return node.object("approval")
        .map(
            approval -> {
              try {
                return CustomerAction.Redirect.to(URI.create(approval.text("url")));
              } catch (IllegalArgumentException e) {
                throw new Node.Unreadable("url");
              }
            });
  }

  /** The booking that a call of ours made. The bank echoes the tag that we sent. */
  Optional<Node> booking(String tag) {
    return tagged("bookings", tag);
  }

  /** The return that a call of ours made. */
  Optional<Node> giveBack(String tag) {
    return tagged("returns", tag);
  }

  private Optional<Node> tagged(String list, String tag) {
    return node.list(list).stream()
        .filter(each -> each.maybe("tag").filter(tag::equals).isPresent())
        .findFirst();
  }

  /** Everything that it shows. */
  Snapshot snapshot() {
    Snapshot.Builder seen = Snapshot.builder();
    addTo(seen);
    return seen.build();
  }

  // snippet: NordlichtFacts
  void addTo(Snapshot.Builder seen) {
    String id = node.text("paymentId");
    Money amount = node.money("amount");
    seen.providerId(KIND, id)
        .account(node.text("merchantId"))
        .mode(node.text("environment").equals("LIVE") ? Mode.LIVE : Mode.TEST)
        .currency(amount.getCurrencyUnit())
        .attempt(id, attempt(amount));
    // A payment that was made at the bank's console has no reference of ours.
    node.maybe("merchantReference").ifPresent(seen::reference);
    node.object("reservation").ifPresent(hold -> seen.authorization(hold.text("id"), hold(hold)));
    for (Node booking : node.list("bookings")) {
      Movement capture = moved(MovementKind.CAPTURE, MovementStep.DONE, id, booking);
      seen.movement(
          booking.text("id"), booking.maybe("reservationId").map(capture::outOf).orElse(capture));
    }
    for (Node back : node.list("returns")) {
      Movement refund = moved(MovementKind.REFUND, returnStep(back.text("state")), id, back);
      seen.movement(back.text("id"), refund.outOf(back.text("bookingId")));
    }
  }

  private Attempt attempt(Money amount) {
    Attempt attempt = Attempt.at(step()).with(amount).causedBy(node.maybe("tag"));
    if (attempt.step().isAt(AttemptStep.FAILED)) {
      Optional<Node> rejection = node.object("rejection");
      return rejection.isPresent()
          ? attempt.with(NordlichtErrors.decline(rejection.get()))
          : attempt;
    }
    return action().map(attempt::with).orElse(attempt);
  }

  /** A state that we do not know says only that the payment is there. */
  private AttemptStep step() {
    return switch (state()) {
      case "AWAITING_CUSTOMER" -> AttemptStep.ACTION_NEEDED;
      case "IN_CLEARING" -> AttemptStep.PROCESSING;
      case "BOOKED", "RESERVED" -> AttemptStep.SUCCEEDED;
      case "REJECTED" -> AttemptStep.FAILED;
      default -> AttemptStep.STARTED;
    };
  }

  // end snippet

  private static Authorization hold(Node node) {
    Money amount = node.money("amount");
    Authorization.Terms terms = new Authorization.Terms(amount, Optional.of(node.time("until")));
    Authorization hold =
        Authorization.of(amount).with(Register.updatedAt(node.time("since"), terms));
    return switch (node.text("state")) {
      case "RELEASED" -> hold.ended(AuthorizationEnd.VOIDED);
      case "LAPSED" -> hold.ended(AuthorizationEnd.EXPIRED);
      case "USED_UP" -> hold.ended(AuthorizationEnd.EXHAUSTED);
      default -> hold;
    };
  }

  private static Movement moved(MovementKind kind, MovementStep step, String payment, Node node) {
    return Movement.of(kind, step)
        .with(node.money("amount"))
        .ofCharge(payment)
        .causedBy(node.maybe("tag"));
  }

  private static MovementStep returnStep(String state) {
    return switch (state) {
      case "ARRIVED" -> MovementStep.DONE;
      case "FAILED" -> MovementStep.NEVER;
      case "SENT_BACK" -> MovementStep.UNDONE;
      default -> MovementStep.OPEN;
    };
  }
}
