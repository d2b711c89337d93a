package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.money.CurrencyProfile;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;

/** Reads the provider's charges as facts. */
final class ReferenceSnapshots {
  /** The kind of the provider's ids. */
  static final String CHARGE = "charge";

  /** The kind of the provider's id of a set-up, and what it calls one. */
  static final String SET_UP = "setup";

  private static final CurrencyProfile MONEY = ReferenceGatewayProvider.MONEY;

  private ReferenceSnapshots() {}

  /** An answer that lacks what every answer has. It says nothing about what happened. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String field) {
      super("the provider's answer lacks a proper " + field, null, false, false);
    }
  }

  /** What a charge or a set-up shows, or {@link Unreadable}. */
  static Snapshot.Builder add(Snapshot.Builder builder, JsonNode charge) {
    try {
      String id = text(charge, "id");
      builder
          .account(text(charge, "account"))
          .mode(flag(charge, "livemode") ? Mode.LIVE : Mode.TEST);
      optional(charge, "reference").ifPresent(builder::reference);
      if (charge.path("stored").isObject()) {
        credential(builder, charge.path("stored"));
      }
      if (text(charge, "object").equals(SET_UP)) {
        return builder.providerId(SET_UP, id).attempt(id, attempt(charge));
      }
      Money amount = money(charge);
      builder
          .providerId(CHARGE, id)
          .currency(amount.getCurrencyUnit())
          .attempt(id, attempt(charge).with(amount));
      authorization(builder, charge);
      movements(builder, id, charge);
      return builder;
    } catch (InvalidInputException e) {
      throw new Unreadable("amount");
    } catch (DateTimeException e) {
      throw new Unreadable("time");
    } catch (IllegalArgumentException e) {
      throw new Unreadable("address");
    }
  }

  /** A stored method, as it shows with what stored it and when it is removed. */
  static void credential(Snapshot.Builder builder, JsonNode method) {
    MethodDetails details = MethodDetails.none();
    details = optional(method, "brand").map(details::brand).orElse(details);
    details = optional(method, "last_digits").map(details::lastDigits).orElse(details);
    details = optional(method, "fingerprint").map(details::fingerprint).orElse(details);
    details =
        optional(method, "expires").map(YearMonth::parse).map(details::expiring).orElse(details);
    Credential seen = flag(method, "removed") ? Credential.removed() : Credential.stored();
    seen = seen.with(details).in(text(method, "account"));
    builder.credential(
        text(method, "id"), optional(method, "customer").map(seen::ownedBy).orElse(seen));
  }

  private static Attempt attempt(JsonNode charge) {
    Attempt attempt = Attempt.at(step(text(charge, "status"))).causedBy(operationKey(charge));
    Optional<String> stored = optional(charge, "stored_method");
    if (stored.isPresent()) {
      attempt = attempt.storing(stored.get());
    }
    if (charge.path("decline").isObject()) {
      attempt = attempt.with(ReferenceErrors.decline(charge.path("decline")));
    }
    Optional<CustomerAction> action = action(charge);
    return action.isPresent() ? attempt.with(action.get()) : attempt;
  }

  /** A status that we do not know says only that the charge is there. */
  private static AttemptStep step(String status) {
    return switch (status) {
      case "requires_action" -> AttemptStep.ACTION_NEEDED;
      case "approved" -> AttemptStep.APPROVED;
      case "processing" -> AttemptStep.PROCESSING;
      case "succeeded" -> AttemptStep.SUCCEEDED;
      case "failed" -> AttemptStep.FAILED;
      default -> AttemptStep.STARTED;
    };
  }

  static Optional<CustomerAction> action(JsonNode charge) {
    JsonNode action = charge.path("action");
    return action.isObject()
        ? Optional.of(CustomerAction.Redirect.to(URI.create(text(action, "url"))))
        : Optional.empty();
  }

  private static void authorization(Snapshot.Builder builder, JsonNode charge) {
    JsonNode node = charge.path("authorization");
    if (!node.isObject()) {
      return;
    }
    Money amount = money(node);
    var terms =
        new Authorization.Terms(amount, Optional.of(Instant.parse(text(node, "expires_at"))));
    Authorization seen =
        Authorization.of(amount)
            .with(Register.updatedAt(Instant.parse(text(node, "updated_at")), terms));
    Optional<String> cause = operationKey(node);
    if (cause.isPresent()) {
      seen = seen.causedBy(cause.get());
    }
    builder.authorization(
        text(node, "id"),
        switch (text(node, "status")) {
          case "voided" -> seen.ended(AuthorizationEnd.VOIDED);
          case "expired" -> seen.ended(AuthorizationEnd.EXPIRED);
          case "exhausted" -> seen.ended(AuthorizationEnd.EXHAUSTED);
          default -> seen;
        });
  }

  private static void movements(Snapshot.Builder builder, String charge, JsonNode node) {
    for (JsonNode capture : list(node, "captures")) {
      Movement seen =
          movement(MovementKind.CAPTURE, captureStep(text(capture, "status")), charge, capture);
      builder.movement(
          text(capture, "id"), optional(capture, "authorization").map(seen::outOf).orElse(seen));
    }
    for (JsonNode refund : list(node, "refunds")) {
      builder.movement(
          text(refund, "id"),
          movement(MovementKind.REFUND, refundStep(text(refund, "status")), charge, refund)
              .outOf(text(refund, "capture")));
    }
    for (JsonNode dispute : list(node, "disputes")) {
      dispute(builder, charge, dispute);
    }
  }

  private static Movement movement(
      MovementKind kind, MovementStep step, String charge, JsonNode node) {
    return Movement.of(kind, step).with(money(node)).ofCharge(charge).causedBy(operationKey(node));
  }

  private static MovementStep captureStep(String status) {
    return switch (status) {
      case "succeeded" -> MovementStep.DONE;
      case "failed" -> MovementStep.NEVER;
      default -> MovementStep.OPEN;
    };
  }

  static MovementStep refundStep(String status) {
    return switch (status) {
      case "succeeded" -> MovementStep.DONE;
      case "failed" -> MovementStep.NEVER;
      case "reversed" -> MovementStep.UNDONE;
      default -> MovementStep.OPEN;
    };
  }

  private static void dispute(Snapshot.Builder builder, String charge, JsonNode node) {
    String id = text(node, "id");
    Money amount = money(node);
    Dispute seen = Dispute.of(amount, charge).because(text(node, "reason"));
    Optional<DisputeStatus> status = disputeStatus(text(node, "status"));
    Instant updated = Instant.parse(text(node, "updated_at"));
    builder.dispute(id, status.map(s -> seen.with(Register.updatedAt(updated, s))).orElse(seen));
    moved(builder, MovementKind.DISPUTE_WITHDRAWAL, optional(node, "withdrawal"), charge, node);
    moved(
        builder, MovementKind.DISPUTE_REINSTATEMENT, optional(node, "reinstatement"), charge, node);
  }

  private static void moved(
      Snapshot.Builder builder,
      MovementKind kind,
      Optional<String> movement,
      String charge,
      JsonNode dispute) {
    if (movement.isPresent()) {
      builder.movement(
          movement.get(),
          movement(kind, MovementStep.DONE, charge, dispute).outOf(text(dispute, "id")));
    }
  }

  private static Optional<DisputeStatus> disputeStatus(String status) {
    return switch (status) {
      case "inquiry" -> Optional.of(DisputeStatus.INQUIRY);
      case "needs_response" -> Optional.of(DisputeStatus.NEEDS_RESPONSE);
      case "under_review" -> Optional.of(DisputeStatus.UNDER_REVIEW);
      case "won" -> Optional.of(DisputeStatus.WON);
      case "lost" -> Optional.of(DisputeStatus.LOST);
      default -> Optional.empty();
    };
  }

  private static Money money(JsonNode node) {
    return MONEY.fromDecimal(
        MONEY.currency("currency", text(node, "currency")), text(node, "amount"));
  }

  /** The key of ours that the provider echoes. */
  private static Optional<String> operationKey(JsonNode node) {
    return optional(node.path("metadata"), "operation_key");
  }

  static String text(JsonNode node, String field) {
    return optional(node, field).orElseThrow(() -> new Unreadable(field));
  }

  static Optional<String> optional(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw new Unreadable(field);
    }
    return Optional.of(value.stringValue());
  }

  static boolean flag(JsonNode node, String field) {
    if (!node.path(field).isBoolean()) {
      throw new Unreadable(field);
    }
    return node.path(field).booleanValue();
  }

  static JsonNode list(JsonNode node, String field) {
    if (!node.path(field).isArray()) {
      throw new Unreadable(field);
    }
    return node.path(field);
  }
}
