package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Dispute;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cases in the resolution centre: {@code /v1/customer/disputes}. */
final class Disputes {
  private final Books books;
  private final Answers answers;
  private final Moves moves;

  Disputes(Books books, Answers answers, Moves moves) {
    this.books = books;
    this.answers = answers;
    this.moves = moves;
  }

  HttpResponse get(Call call) {
    Dispute dispute = books.dispute(call.id());
    Books.demandOwn(call.app(), dispute.capture.order);
    return answers.json(200, Views.dispute(dispute));
  }

  HttpResponse list(Call call) {
    String transaction = Webhooks.query(call).get("disputed_transaction_id");
    ObjectNode body = Json.object();
    ArrayNode items = body.putArray("items");
    books
        .disputes()
        .filter(dispute -> dispute.capture.order.app.equals(call.app()))
        .filter(dispute -> transaction == null || transaction.equals(dispute.capture.id))
        .forEach(dispute -> items.add(Views.dispute(dispute)));
    return answers.json(200, body);
  }

  /** While a case is open, its capture is pending, whether the money had come or not. */
  Dispute open(Capture capture, boolean chargeback) {
    String reason = chargeback ? "UNAUTHORISED" : "MERCHANDISE_OR_SERVICE_NOT_RECEIVED";
    Dispute dispute = new Dispute("PP-D-" + books.nextId(), capture, reason, books.now());
    books.add(dispute);
    capture.status = "PENDING";
    capture.reason = chargeback ? "CHARGEBACK" : "BUYER_COMPLAINT";
    capture.updatedAt = books.now();
    books.notices().of("CUSTOMER.DISPUTE.CREATED", dispute);
    return dispute;
  }

  void resolve(Dispute dispute, boolean forSeller) {
    if (dispute.outcome != null) {
      return;
    }
    dispute.status = "RESOLVED";
    dispute.outcome = forSeller ? "RESOLVED_SELLER_FAVOUR" : "RESOLVED_BUYER_FAVOUR";
    dispute.updatedAt = books.now();
    dispute.capture.reason = null;
    moves.settled(dispute.capture);
    books.notices().of("CUSTOMER.DISPUTE.RESOLVED", dispute);
    if (!forSeller) {
      moves.reverse(dispute.capture);
    }
  }
}
