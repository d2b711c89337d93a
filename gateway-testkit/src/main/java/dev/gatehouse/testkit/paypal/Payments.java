package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import java.time.Duration;
import java.util.function.Supplier;

/** The calls of {@code /v2/payments}. */
final class Payments {
  private static final int MOST_CAPTURES = 10;
  private static final Duration REFUNDABLE = Duration.ofDays(180);

  private final Books books;
  private final RequestIds keys;
  private final Answers answers;
  private final Orders orders;
  private final Moves moves;

  Payments(Books books, RequestIds keys, Answers answers, Orders orders, Moves moves) {
    this.books = books;
    this.keys = keys;
    this.answers = answers;
    this.orders = orders;
    this.moves = moves;
  }

  HttpResponse getHold(Call call) {
    return answers.json(200, Views.holdAlone(hold(call)));
  }

  HttpResponse getCapture(Call call) {
    return answers.json(200, Views.captureAlone(capture(call)));
  }

  HttpResponse getRefund(Call call) {
    Refund refund = books.refund(call.id());
    Books.demandOwn(call.app(), refund.capture.order);
    return answers.json(200, Views.refund(refund));
  }

  private Hold hold(Call call) {
    Hold hold = books.hold(call.id());
    Books.demandOwn(call.app(), hold.order);
    return hold;
  }

  private Capture capture(Call call) {
    Capture capture = books.capture(call.id());
    Books.demandOwn(call.app(), capture.order);
    return capture;
  }

  HttpResponse captureHold(Call call) {
    Hold hold = hold(call);
    demandCapturable(call, hold);
    Amount left = hold.amount.minus(hold.captured());
    Amount amount = call.body().has("amount") ? call.body().amount("amount") : left;
    boolean isFinal = call.body().flag("final_capture");
    String invoiceId = call.body().optional("invoice_id", 127);
    if (!amount.currency().equals(hold.amount.currency())) {
      throw call.unprocessable("AUTH_CAPTURE_CURRENCY_MISMATCH");
    }
    if (hold.captured().plus(amount).isMoreThan(hold.root().amount.most())) {
      throw call.unprocessable("MAX_CAPTURE_AMOUNT_EXCEEDED");
    }
    if (hold.unit.captures.size() >= MOST_CAPTURES) {
      throw call.unprocessable("MAX_CAPTURE_COUNT_EXCEEDED");
    }
    if (invoiceId != null && isCapturedUnder(hold, invoiceId)) {
      throw call.unprocessable("DUPLICATE_INVOICE_ID");
    }
    Capture capture =
        orders.captured(
            hold.order,
            hold.unit,
            hold,
            amount,
            invoiceId == null ? hold.unit.invoiceId : invoiceId,
            isFinal,
            call.key());
    hold.unit.captures.add(capture);
    boolean isAll = isFinal || !hold.amount.isMoreThan(hold.captured());
    hold.status = isAll ? "CAPTURED" : "PARTIALLY_CAPTURED";
    hold.updatedAt = books.now();
    return kept(call, () -> answers.resource(call, 201, Views.captureAlone(capture)));
  }

  private static void demandCapturable(Call call, Hold hold) {
    switch (hold.status) {
      case "VOIDED" -> throw call.unprocessable("AUTHORIZATION_VOIDED");
      case "CAPTURED" -> throw call.unprocessable("AUTHORIZATION_ALREADY_CAPTURED");
      case "DENIED" -> throw call.unprocessable("AUTHORIZATION_DENIED");
      case "PENDING" -> throw call.unprocessable("TRANSACTION_REFUSED");
      default -> {
        // It is alive.
      }
    }
  }

  private boolean isCapturedUnder(Hold hold, String invoiceId) {
    return books
        .orders()
        .filter(order -> order.app.equals(hold.order.app))
        .flatMap(order -> order.captures())
        .anyMatch(capture -> !capture.isOff() && invoiceId.equals(capture.invoiceId));
  }

  HttpResponse reauthorize(Call call) {
    Hold hold = hold(call);
    demandCapturable(call, hold);
    boolean tooSoon = books.now().isBefore(hold.honoredUntil);
    if (tooSoon || hold.parent != null) {
      throw call.unprocessable("REAUTHORIZATION_NOT_SUPPORTED");
    }
    Amount amount = call.body().has("amount") ? call.body().amount("amount") : hold.amount;
    if (!amount.currency().equals(hold.amount.currency())) {
      throw call.unprocessable("AUTH_CURRENCY_MISMATCH");
    }
    if (amount.isMoreThan(hold.amount.most())) {
      throw call.unprocessable("TRANSACTION_REFUSED");
    }
    Hold again = orders.held(hold.order, hold.unit, amount, hold);
    hold.unit.holds.add(again);
    books.notices().of("PAYMENT.AUTHORIZATION.CREATED", again);
    return kept(call, () -> answers.resource(call, 201, Views.holdAlone(again)));
  }

  HttpResponse release(Call call) {
    Hold hold = hold(call);
    if (hold.parent != null) {
      throw call.unprocessable("CANNOT_BE_VOIDED");
    }
    if (hold.status.equals("VOIDED")) {
      throw call.unprocessable("PREVIOUSLY_VOIDED");
    }
    if (hold.status.equals("CAPTURED")) {
      throw call.unprocessable("PREVIOUSLY_CAPTURED");
    }
    hold.voidKey = call.key();
    books.release(hold, books.now());
    hold.unit.holds.stream()
        .filter(other -> other != hold && other.root() == hold && other.isAlive())
        .forEach(other -> books.release(other, books.now()));
    return kept(
        call,
        () ->
            call.wantsRepresentation()
                ? answers.json(200, Views.holdAlone(hold))
                : answers.empty(204));
  }

  HttpResponse refund(Call call) {
    Capture capture = capture(call);
    Amount left = capture.amount.minus(capture.refunded());
    boolean isPart = call.body().has("amount");
    demandRefundable(call, capture, left);
    Amount amount = isPart ? call.body().amount("amount") : left;
    if (!amount.currency().equals(left.currency())) {
      throw call.unprocessable("REFUND_CAPTURE_CURRENCY_MISMATCH");
    }
    if (amount.isMoreThan(left)) {
      throw call.unprocessable("REFUND_AMOUNT_EXCEEDED");
    }
    if (capture.isDisputed() && left.isMoreThan(amount)) {
      throw call.unprocessable("TRANSACTION_DISPUTED");
    }
    String customId = call.body().optional("custom_id", 127);
    String invoiceId = call.body().optional("invoice_id", 127);
    String note = call.body().optional("note_to_payer", 255);
    if (invoiceId != null && isRefundedUnder(capture, invoiceId)) {
      throw call.unprocessable("DUPLICATE_INVOICE_ID");
    }
    Refund refund = moves.refund(capture, amount, customId, invoiceId, note, call.key());
    return kept(call, () -> answers.resource(call, 201, Views.refund(refund)));
  }

  private void demandRefundable(Call call, Capture capture, Amount left) {
    if (capture.isOff()) {
      throw call.unprocessable("REFUND_NOT_ALLOWED");
    }
    if (!capture.arrived) {
      throw call.unprocessable("PENDING_CAPTURE");
    }
    if (left.isZero()) {
      throw call.unprocessable("CAPTURE_FULLY_REFUNDED");
    }
    if (books.now().isAfter(capture.createdAt.plus(REFUNDABLE))) {
      throw call.unprocessable("REFUND_TIME_LIMIT_EXCEEDED");
    }
    if (moves.takeShortOfFunds()) {
      throw call.unprocessable("REFUND_FAILED_INSUFFICIENT_FUNDS");
    }
  }

  private static boolean isRefundedUnder(Capture capture, String invoiceId) {
    return capture.unit.refunds.stream()
        .anyMatch(refund -> !refund.isOff() && invoiceId.equals(refund.invoiceId));
  }

  /** The answer now, and what the same request id gets from now on. */
  private HttpResponse kept(Call call, Supplier<HttpResponse> latest) {
    keys.keep(call, latest);
    return latest.get();
  }
}
