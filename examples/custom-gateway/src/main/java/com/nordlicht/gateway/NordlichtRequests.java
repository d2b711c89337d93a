package com.nordlicht.gateway;

import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import org.joda.money.Money;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes our requests in the bank's words. The same request gives the same bytes. */
final class NordlichtRequests {
  private NordlichtRequests() {}

  // snippet: NordlichtRequest
  static ObjectNode charge(ChargeRequest request) {
    ObjectNode body = tagged(request.idempotencyKey());
    body.put("merchantReference", request.reference())
        .put("booking", request.capture() == CaptureMode.MANUAL ? "RESERVE" : "IMMEDIATE");
    amount(body, request.amount());
    ObjectNode method = body.putObject("method").put("type", request.method().type());
    if (request.method() instanceof PaymentMethod.Token token) {
      method.put("token", token.token());
    }
    request.description().ifPresent(text -> body.put("text", text));
    request.returnUrl().ifPresent(url -> body.put("returnUrl", url.toString()));
    return body;
  }

  // end snippet

  static ObjectNode capture(CaptureRequest request) {
    ObjectNode body = tagged(request.idempotencyKey()).put("closing", request.isFinal());
    amount(body, request.amount());
    return body;
  }

  static ObjectNode refund(RefundRequest request) {
    ObjectNode body = tagged(request.idempotencyKey());
    amount(body, request.amount());
    return body;
  }

  /** Our key, which the bank shows with whatever the request did. */
  static ObjectNode tagged(String key) {
    return JsonNodeFactory.instance.objectNode().put("tag", key);
  }

  private static void amount(ObjectNode body, Money money) {
    body.putObject("amount")
        .put("value", NordlichtProvider.MONEY.toDecimal(money))
        .put("currency", money.getCurrencyUnit().getCode());
  }
}
