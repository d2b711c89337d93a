package dev.gatehouse.testkit.reference;

import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import java.net.URI;
import java.util.Locale;
import org.joda.money.Money;
import tools.jackson.databind.node.ObjectNode;

/** Writes our requests in the provider's words. The same request gives the same bytes. */
final class ReferenceRequests {
  private static final CurrencyProfile MONEY = ReferenceGatewayProvider.MONEY;

  private ReferenceRequests() {}

  static ObjectNode charge(ChargeRequest request) {
    ObjectNode body = empty(request.idempotencyKey());
    money(body, request.amount());
    body.put("reference", request.reference())
        .put("capture", request.capture() == CaptureMode.MANUAL ? "manual" : "automatic")
        .put("store", request.storeMethod())
        .put("initiator", request.initiator() == Initiator.MERCHANT ? "merchant" : "customer");
    method(body.putObject("payment_method"), request.method());
    request.description().ifPresent(text -> body.put("description", text));
    request.returnUrl().map(URI::toString).ifPresent(url -> body.put("return_url", url));
    customer(body.putObject("customer"), request.customer());
    request.agreement().ifPresent(agreed -> agreement(body.putObject("agreement"), agreed));
    return body;
  }

  static ObjectNode setUp(SetUpRequest request) {
    ObjectNode body = empty(request.idempotencyKey()).put("reference", request.reference());
    method(body.putObject("payment_method"), request.method());
    request.returnUrl().map(URI::toString).ifPresent(url -> body.put("return_url", url));
    customer(body.putObject("customer"), request.customer());
    agreement(body.putObject("agreement"), request.agreement());
    return body;
  }

  private static void customer(ObjectNode node, CustomerDetails customer) {
    customer.reference().ifPresent(reference -> node.put("reference", reference));
    customer.name().ifPresent(name -> node.put("name", name));
    customer.email().ifPresent(email -> node.put("email", email));
    customer.locale().map(Locale::toLanguageTag).ifPresent(l -> node.put("locale", l));
  }

  private static void agreement(ObjectNode node, Agreement agreed) {
    node.put("use", agreed.use() == Agreement.Use.RECURRING ? "recurring" : "unscheduled")
        .put("text", agreed.text())
        .put("accepted_at", agreed.acceptedAt().toString());
  }

  private static void method(ObjectNode node, PaymentMethod method) {
    node.put("type", method.type());
    if (method instanceof PaymentMethod.Token token) {
      node.put("token", token.token());
    } else if (method instanceof PaymentMethod.Stored stored) {
      node.put("stored", stored.id());
    }
  }

  static ObjectNode capture(CaptureRequest request) {
    ObjectNode body = empty(request.idempotencyKey()).put("final", request.isFinal());
    money(body, request.amount());
    return body;
  }

  static ObjectNode refund(RefundRequest request) {
    ObjectNode body = empty(request.idempotencyKey());
    money(body, request.amount());
    request.reason().ifPresent(reason -> body.put("reason", reason));
    return body;
  }

  static ObjectNode removal(RemoveRequest request) {
    ObjectNode body = empty(request.idempotencyKey());
    request.account().ifPresent(account -> body.put("account", account));
    return body;
  }

  /** Nothing but our key, which the provider echoes wherever it shows what the request did. */
  static ObjectNode empty(String operationKey) {
    ObjectNode body = Json.object();
    body.putObject("metadata").put("operation_key", operationKey);
    return body;
  }

  private static void money(ObjectNode body, Money money) {
    body.put("amount", MONEY.toDecimal(money)).put("currency", money.getCurrencyUnit().getCode());
  }
}
