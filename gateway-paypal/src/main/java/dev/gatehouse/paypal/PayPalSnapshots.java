package dev.gatehouse.paypal;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * Reads PayPal's orders and payments as facts. An order is one attempt, under the order's id; what
 * is wrong with an answer throws {@link Node.Unreadable}.
 *
 * <p>Our reference is the {@code custom_id}. Which operation of ours did something is in the {@code
 * reference_id} of an order, the {@code invoice_id} of a capture and the {@code custom_id} of a
 * refund, behind {@link #MARK}: what others do at PayPal's site inherits ids, so that the mere
 * presence of one says nothing.
 */
final class PayPalSnapshots {
  /** The kinds of PayPal's ids. */
  static final String ORDER = "order";

  static final String AUTHORIZATION = "authorization";
  static final String CAPTURE = "capture";
  static final String DISPUTE = "dispute";

  /** Before the key of an operation of ours, where PayPal keeps one for us. */
  static final String MARK = "op.";

  private static final Pattern LAST_OF_PATH =
      Pattern.compile(".*/(orders|authorizations|captures)/([A-Za-z0-9-]+)");

  /** Reasons for which a capture is pending again after its money had come. */
  private static final Set<String> DISPUTED = Set.of("BUYER_COMPLAINT", "CHARGEBACK");

  private final PayPalSettings settings;
  private final Mode mode;

  PayPalSnapshots(PayPalSettings settings) {
    this.settings = settings;
    this.mode = settings.site().mode();
  }

  /** A thing to read that may hold amounts, times or addresses that are none. */
  private interface Reading {
    void into(Snapshot.Builder seen);
  }

  private static void careful(Snapshot.Builder seen, Reading reading) {
    try {
      reading.into(seen);
    } catch (InvalidInputException e) {
      throw new Node.Unreadable("amount");
    } catch (DateTimeException e) {
      throw new Node.Unreadable("time");
    } catch (IllegalArgumentException e) {
      throw new Node.Unreadable("address");
    }
  }

  /**
   * What an order shows.
   *
   * @param round the attempt that counts now
   * @param asOf when it was seen
   */
  void order(Snapshot.Builder into, Node order, Rounds round, Instant asOf) {
    careful(
        into,
        seen -> {
          String id = order.text("id");
          List<Node> units = order.list("purchase_units");
          seen.providerId(ORDER, id).mode(mode);
          // We send one unit; an order of several is somebody else's, and has several references.
          boolean maybeOurs = units.size() == 1;
          Attempt attempt = attempt(order, units, round, asOf);
          if (maybeOurs) {
            Node unit = units.get(0);
            Money amount = money(unit);
            unit.optional("custom_id").ifPresent(seen::reference);
            seen.currency(amount.getCurrencyUnit());
            attempt = attempt.with(amount).causedBy(own(unit.optional("reference_id")));
          }
          Optional<String> stored = stored(order);
          if (stored.isPresent()) {
            Node wallet = wallet(order);
            Node customer = wallet.inner("attributes").inner("vault").inner("customer");
            seen.credential(stored.get(), PayPalVault.credential(wallet, customer, settings));
            attempt = attempt.storing(stored.get());
          }
          seen.attempt(round.attempt(), attempt);
          for (Node unit : units) {
            payee(seen, unit);
            payments(seen, round.charge(), unit);
          }
        });
  }

  /** The references that an order itself has. */
  static Stream<String> references(Node order) {
    return order.list("purchase_units").stream()
        .flatMap(unit -> unit.optional("custom_id").stream());
  }

  /** All captures of an order. */
  static Stream<Node> captures(Node order) {
    return order.list("purchase_units").stream()
        .flatMap(unit -> unit.inner("payments").list("captures").stream());
  }

  private static Node wallet(Node order) {
    return order.inner("payment_source").inner("paypal");
  }

  /**
   * The payment token under which an order's wallet is stored; it may come later than the money.
   */
  static Optional<String> stored(Node order) {
    return wallet(order).inner("attributes").inner("vault").optional("id");
  }

  private static Attempt attempt(Node order, List<Node> units, Rounds round, Instant asOf) {
    AttemptStep step = step(order, units, round, asOf);
    Attempt attempt = Attempt.at(step);
    if (step == AttemptStep.FAILED) {
      return attempt.with(decline(units));
    }
    Optional<CustomerAction> action = action(order);
    boolean waits = step == AttemptStep.ACTION_NEEDED && action.isPresent();
    return waits ? attempt.with(action.get()) : attempt;
  }

  /** What came of the order decides; its own status only while nothing did. */
  private static AttemptStep step(Node order, List<Node> units, Rounds round, Instant asOf) {
    List<AttemptStep> steps =
        units.stream()
            .map(unit -> unit.inner("payments"))
            .flatMap(
                payments ->
                    Stream.concat(
                        payments.list("authorizations").stream().map(PayPalSnapshots::holdStep),
                        payments.list("captures").stream().map(PayPalSnapshots::chargeStep)))
            .toList();
    if (!steps.isEmpty()) {
      for (AttemptStep first : List.of(AttemptStep.SUCCEEDED, AttemptStep.PROCESSING)) {
        if (steps.contains(first)) {
          return first;
        }
      }
      return AttemptStep.FAILED;
    }
    return switch (order.optional("status").orElse("")) {
      case "CREATED", "SAVED", "PAYER_ACTION_REQUIRED" -> AttemptStep.ACTION_NEEDED;
      case "APPROVED" ->
          round.isApproved(order.optional("update_time").map(Instant::parse), asOf)
              ? AttemptStep.APPROVED
              : AttemptStep.ACTION_NEEDED;
      case "COMPLETED" -> AttemptStep.PROCESSING;
      case "VOIDED" -> AttemptStep.FAILED;
      default -> AttemptStep.STARTED;
    };
  }

  private static AttemptStep holdStep(Node hold) {
    return switch (hold.text("status")) {
      case "CREATED", "CAPTURED", "PARTIALLY_CAPTURED", "VOIDED" -> AttemptStep.SUCCEEDED;
      case "DENIED" -> AttemptStep.FAILED;
      default -> AttemptStep.PROCESSING;
    };
  }

  private static AttemptStep chargeStep(Node capture) {
    return switch (captureStep(capture)) {
      case DONE, UNDONE -> AttemptStep.SUCCEEDED;
      case NEVER -> AttemptStep.FAILED;
      case OPEN -> AttemptStep.PROCESSING;
    };
  }

  /** Why the order came to nothing. */
  private static Decline decline(List<Node> units) {
    return units.stream()
        .map(unit -> unit.inner("payments"))
        .flatMap(
            payments ->
                Stream.concat(
                    payments.list("captures").stream(), payments.list("authorizations").stream()))
        .findFirst()
        .map(PayPalDeclines::of)
        .orElse(Decline.of(DeclineCode.ABANDONED));
  }

  /** Where the payer goes on, while PayPal waits for that. */
  static Optional<CustomerAction> action(Node order) {
    return order
        .link("payer-action")
        .or(() -> order.link("approve"))
        .map(address -> CustomerAction.Redirect.to(URI.create(address)));
  }

  private void payments(Snapshot.Builder seen, String charge, Node unit) {
    Node payments = unit.inner("payments");
    List<Node> holds = oldestFirst(payments.list("authorizations"));
    for (int number = 0; number < holds.size(); number++) {
      // One order has one hold; the next ones are renewals, each in the place of the one before.
      Optional<String> renewal =
          holds.stream().skip(number + 1L).findFirst().map(next -> next.text("id"));
      hold(seen, holds.get(number), renewal);
    }
    for (Node capture : payments.list("captures")) {
      captured(seen, Optional.of(charge), capture);
    }
    for (Node refund : payments.list("refunds")) {
      refund(seen, Optional.of(charge), refund);
    }
  }

  /** By when they were made, as PayPal says; in its order only where it does not say that. */
  private static List<Node> oldestFirst(List<Node> holds) {
    return holds.stream().allMatch(hold -> hold.optional("create_time").isPresent())
        ? holds.stream()
            .sorted(Comparator.comparing(hold -> Instant.parse(hold.text("create_time"))))
            .toList()
        : holds;
  }

  private static void hold(Snapshot.Builder seen, Node hold, Optional<String> renewal) {
    String id = hold.text("id");
    seen.providerId(AUTHORIZATION, id);
    String status = hold.text("status");
    if (status.equals("PENDING") || status.equals("DENIED")) {
      // Nothing is held yet, or ever.
      return;
    }
    Money amount = money(hold);
    Authorization fact = Authorization.of(amount);
    Optional<String> updated = hold.optional("update_time");
    if (updated.isPresent()) {
      Optional<Instant> expires = hold.optional("expiration_time").map(Instant::parse);
      Authorization.Terms terms = new Authorization.Terms(amount, expires);
      fact = fact.with(Register.updatedAt(Instant.parse(updated.get()), terms));
    }
    if (renewal.isPresent()) {
      fact = fact.supersededBy(renewal.get());
    } else if (status.equals("VOIDED")) {
      // Also when its time has run out: PayPal calls it the same.
      fact = fact.ended(AuthorizationEnd.VOIDED);
    } else if (status.equals("CAPTURED")) {
      fact = fact.ended(AuthorizationEnd.EXHAUSTED);
    }
    seen.authorization(id, fact);
  }

  /** What a hold shows that stands alone. */
  void hold(Snapshot.Builder into, Node hold) {
    careful(
        into,
        seen -> {
          alone(seen, hold);
          hold(seen, hold, Optional.empty());
        });
  }

  /**
   * What a capture shows that stands alone.
   *
   * @param order the order, where it is known; the capture may not name it
   */
  void capture(Snapshot.Builder into, Optional<String> order, Node capture) {
    careful(
        into,
        seen -> {
          alone(seen, capture);
          captured(seen, orderOf(capture).or(() -> order), capture);
        });
  }

  private static Optional<String> orderOf(Node payment) {
    return payment.inner("supplementary_data").inner("related_ids").optional("order_id");
  }

  private void alone(Snapshot.Builder seen, Node payment) {
    seen.mode(mode).currency(money(payment).getCurrencyUnit());
    payment.optional("custom_id").ifPresent(seen::reference);
    orderOf(payment).ifPresent(order -> seen.providerId(ORDER, order));
    payee(seen, payment);
  }

  private static void payee(Snapshot.Builder seen, Node payment) {
    payment.inner("payee").optional("merchant_id").ifPresent(seen::account);
  }

  private static void captured(Snapshot.Builder seen, Optional<String> order, Node capture) {
    String id = capture.text("id");
    Movement fact =
        Movement.of(MovementKind.CAPTURE, captureStep(capture))
            .with(money(capture))
            .causedBy(own(capture.optional("invoice_id")));
    if (order.isPresent()) {
      fact = fact.ofCharge(order.get());
    }
    Optional<String> hold = parent(capture, "authorizations");
    seen.providerId(CAPTURE, id).movement(id, hold.isPresent() ? fact.outOf(hold.get()) : fact);
  }

  static MovementStep captureStep(Node capture) {
    return switch (capture.text("status")) {
      case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED" -> MovementStep.DONE;
      case "DECLINED", "FAILED" -> MovementStep.NEVER;
      default -> isDisputed(capture) ? MovementStep.DONE : MovementStep.OPEN;
    };
  }

  /** Only money that has come is complained about. */
  static boolean isDisputed(Node capture) {
    return capture
        .inner("status_details")
        .optional("reason")
        .filter(DISPUTED::contains)
        .isPresent();
  }

  /**
   * What a refund shows.
   *
   * @param order the order, where it is known
   */
  void refund(Snapshot.Builder into, Optional<String> order, Node refund) {
    careful(
        into,
        seen -> {
          Movement fact =
              Movement.of(MovementKind.REFUND, refundStep(refund))
                  .with(money(refund))
                  .causedBy(own(refund.optional("custom_id")));
          if (order.isPresent()) {
            fact = fact.ofCharge(order.get());
          }
          Optional<String> capture = parent(refund, "captures");
          seen.mode(mode)
              .movement(refund.text("id"), capture.isPresent() ? fact.outOf(capture.get()) : fact);
        });
  }

  static MovementStep refundStep(Node refund) {
    return switch (refund.text("status")) {
      case "COMPLETED" -> MovementStep.DONE;
      case "FAILED", "CANCELLED" -> MovementStep.NEVER;
      default -> MovementStep.OPEN;
    };
  }

  /** What a case in the resolution centre shows. Its money shows as refunds of the order. */
  void dispute(Snapshot.Builder into, String order, Node dispute) {
    careful(
        into,
        seen -> {
          Node money = dispute.inner("dispute_amount");
          Dispute fact = Dispute.of(amount(money), order).because(dispute.text("reason"));
          Instant updated = Instant.parse(dispute.text("update_time"));
          Optional<DisputeStatus> status = disputeStatus(dispute);
          String id = dispute.text("dispute_id");
          seen.providerId(DISPUTE, id)
              .dispute(id, status.map(s -> fact.with(Register.updatedAt(updated, s))).orElse(fact));
        });
  }

  private static Optional<DisputeStatus> disputeStatus(Node dispute) {
    String outcome = dispute.inner("dispute_outcome").optional("outcome_code").orElse("");
    return switch (dispute.text("status")) {
      case "OPEN", "WAITING_FOR_SELLER_RESPONSE" -> Optional.of(DisputeStatus.NEEDS_RESPONSE);
      case "UNDER_REVIEW", "WAITING_FOR_BUYER_RESPONSE" -> Optional.of(DisputeStatus.UNDER_REVIEW);
      case "RESOLVED" ->
          switch (outcome) {
            case "RESOLVED_BUYER_FAVOUR", "ACCEPTED" -> Optional.of(DisputeStatus.LOST);
            case "RESOLVED_SELLER_FAVOUR", "CANCELED_BY_BUYER", "DENIED" ->
                Optional.of(DisputeStatus.WON);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /** The id that a link upwards names. */
  static Optional<String> parent(Node payment, String kind) {
    return payment
        .link("up")
        .map(LAST_OF_PATH::matcher)
        .filter(Matcher::matches)
        .filter(path -> path.group(1).equals(kind))
        .map(path -> path.group(2));
  }

  /** The key of an operation of ours; ids of others, or inherited ones, are none. */
  private static Optional<String> own(Optional<String> id) {
    return id.filter(marked -> marked.startsWith(MARK)).map(key -> key.substring(MARK.length()));
  }

  private static Money money(Node payment) {
    return amount(payment.inner("amount"));
  }

  private static Money amount(Node money) {
    return PayPalGatewayProvider.MONEY.fromDecimal(
        PayPalGatewayProvider.MONEY.currency("currency_code", money.text("currency_code")),
        money.text("value"));
  }
}
