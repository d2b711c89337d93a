package com.nordlicht.emulator;

import com.nordlicht.gateway.NordlichtProvider;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.Answers;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/** How the bank writes things down. */
final class BankJson {
  private BankJson() {}

  /** A refusal, as RFC 9457 has it. */
  static HttpResponse problem(int status, String type, String title) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "https://nordlicht.example/problems/" + type);
    body.put("title", title);
    body.put("status", status);
    return Answers.json(status, "application/problem+json", body);
  }

  /**
   * A payment.
   *
   * @param tags what the merchant tagged each thing with, by its id
   */
  static Map<String, Object> payment(
      Ledger.Charge charge, NordlichtBank.Memo memo, Map<String, String> tags) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("paymentId", charge.id());
    body.put("merchantId", charge.account());
    body.put("environment", "TEST");
    body.put("merchantReference", charge.reference());
    body.put("tag", tag(tags, charge.id()));
    body.put("state", state(charge));
    body.put("amount", amount(charge.amount()));
    body.put("createdAt", charge.createdAt().toString());
    body.put("rejection", charge.decline().map(BankJson::rejection));
    body.put("approval", charge.action().map(id -> Map.of("url", memo.page() + id)));
    body.put("reservation", charge.authorization().map(hold -> hold(hold, charge)));
    body.put(
        "bookings", charge.captures().stream().map(each -> booking(each, charge, tags)).toList());
    body.put("returns", charge.refunds().stream().map(each -> giveBack(each, tags)).toList());
    return body;
  }

  private static String state(Ledger.Charge charge) {
    return switch (charge.status()) {
      case "requires_action" -> "AWAITING_CUSTOMER";
      case "processing" -> "IN_CLEARING";
      case "succeeded" -> charge.authorization().isPresent() ? "RESERVED" : "BOOKED";
      case "failed" -> "REJECTED";
      default -> "ON_THE_DESK";
    };
  }

  private static Map<String, Object> rejection(String code) {
    return Map.of("code", code, "text", "Rejected with " + code + ".");
  }

  private static Map<String, Object> hold(Ledger.Authorization hold, Ledger.Charge charge) {
    String state =
        switch (hold.status()) {
          case "voided" -> "RELEASED";
          case "expired" -> "LAPSED";
          case "exhausted" -> "USED_UP";
          default -> "ACTIVE";
        };
    return Map.of(
        "id", hold.id(),
        "state", state,
        "amount", amount(hold.amount()),
        "since", charge.createdAt().toString(),
        "until", hold.expiresAt().toString());
  }

  private static Map<String, Object> booking(
      Ledger.Capture capture, Ledger.Charge charge, Map<String, String> tags) {
    boolean atOnce = charge.authorization().isEmpty();
    return Map.of(
        "id", capture.id(),
        "amount", amount(capture.amount()),
        "reservationId", charge.authorization().map(Ledger.Authorization::id),
        "tag", tag(tags, atOnce ? charge.id() : capture.id()));
  }

  private static Map<String, Object> giveBack(Ledger.Refund refund, Map<String, String> tags) {
    String state =
        switch (refund.status()) {
          case "succeeded" -> "ARRIVED";
          case "failed" -> "FAILED";
          case "reversed" -> "SENT_BACK";
          default -> "SENT";
        };
    return Map.of(
        "id", refund.id(),
        "bookingId", refund.capture(),
        "state", state,
        "amount", amount(refund.amount()),
        "tag", tag(tags, refund.id()));
  }

  private static Map<String, Object> amount(Money money) {
    return Map.of(
        "value", NordlichtProvider.MONEY.toDecimal(money),
        "currency", money.getCurrencyUnit().getCode());
  }

  private static Optional<String> tag(Map<String, String> tags, String id) {
    return Optional.ofNullable(tags.get(id));
  }

  /** A page of a list, and where the next one begins. */
  static HttpResponse page(
      String name, List<Map<String, Object>> all, int after, int size, String completeUpTo) {
    int from = Math.min(after, all.size());
    int to = Math.min(from + size, all.size());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(name, all.subList(from, to));
    body.put("completeUpTo", completeUpTo);
    body.put("next", to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    return Answers.json(200, body);
  }
}
