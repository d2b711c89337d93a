package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.testkit.reference.Entries.Capture;
import dev.gatehouse.testkit.reference.Entries.Cause;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.ChargeStatus;
import dev.gatehouse.testkit.reference.Entries.Method;
import dev.gatehouse.testkit.reference.Entries.Order;
import dev.gatehouse.testkit.reference.Entries.Refund;
import java.net.URI;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of the provider's API that change something. Called under the lock of {@link Books}.
 */
final class Api {
  private static final CurrencyProfile MONEY = CurrencyProfile.iso();
  private static final int REFERENCE_LENGTH = 64;

  private final Books books;
  private final Charges charges;
  private final Refunds refunds;

  Api(Books books, Charges charges, Refunds refunds) {
    this.books = books;
    this.charges = charges;
    this.refunds = refunds;
  }

  HttpResponse createCharge(
      ReferenceAccount account, HttpRequest request, Fields body, String key) {
    Order order = order(account, request, body);
    if (order.plan().token() == TestToken.SERVER_ERROR) {
      throw ApiError.server();
    }
    Charge charge = charges.create(account, order, cause(body, key));
    if (order.plan().token() == TestToken.SERVER_ERROR_AFTER_EFFECT) {
      throw ApiError.server();
    }
    return answer(charge);
  }

  private Order order(ReferenceAccount account, HttpRequest request, Fields body) {
    String capture = body.required("capture", 16);
    if (!capture.equals("manual") && !capture.equals("automatic")) {
      throw ApiError.invalid("capture", "manual or automatic is wanted.");
    }
    Fields method = body.inner("payment_method");
    String type = method.required("type", 32);
    Plan plan = plan(account, type, method);
    if (type.equals("wallet") && capture.equals("manual")) {
      throw ApiError.invalid("capture", "A wallet is charged at once.");
    }
    body.optional("description", 255);
    return new Order(
        body.optional("reference", REFERENCE_LENGTH),
        charged(body.positiveMoney(), plan.token()),
        capture.equals("manual"),
        type,
        plan,
        body.flag("store"),
        body.webAddress("return_url"),
        base(request.uri()));
  }

  private Plan plan(ReferenceAccount account, String type, Fields method) {
    if (type.equals("wallet")) {
      return new Plan(TestToken.ACTION, null);
    }
    if (!type.equals("card")) {
      throw ApiError.invalid("payment_method", "There is no such type.");
    }
    String stored = method.optional("stored", 255);
    if (stored != null) {
      Method known = books.method(stored);
      if (!known.account.id().equals(account.id())) {
        throw ApiError.notFound("payment_method");
      }
      return known.revoked
          ? Plan.declining(Plan.Refusal.of(DeclineCode.REVOCATION_OF_AUTHORIZATION))
          : known.plan;
    }
    return Plan.of(method.required("token", 1024))
        .orElseThrow(() -> ApiError.invalid("unknown_token", "There is no such test token."));
  }

  private static Money charged(Money ordered, TestToken token) {
    CurrencyUnit currency = ordered.getCurrencyUnit();
    return switch (token) {
      case WRONG_AMOUNT -> ordered.plus(MONEY.smallest(currency));
      case WRONG_CURRENCY ->
          Money.ofMinor(
              currency.equals(CurrencyUnit.EUR) ? CurrencyUnit.USD : CurrencyUnit.EUR,
              ordered.getAmountMinorLong());
      default -> ordered;
    };
  }

  HttpResponse complete(ReferenceAccount account, String id, Fields body, String key) {
    Charge charge = books.charge(account, id);
    charges.complete(charge, cause(body, key));
    return answer(charge);
  }

  HttpResponse capture(ReferenceAccount account, String id, Fields body, String key) {
    Charge charge = charges.byAuthorization(account, id);
    Capture capture =
        charges.capture(charge, body.positiveMoney(), body.flag("final"), cause(body, key));
    return with(charge, ChargeJson.capture(capture));
  }

  HttpResponse release(ReferenceAccount account, String id, Fields body, String key) {
    Charge charge = charges.byAuthorization(account, id);
    charges.release(charge, cause(body, key));
    return Json.response(200, ChargeJson.charge(charge));
  }

  HttpResponse refund(ReferenceAccount account, String id, Fields body, String key) {
    Refunds.Captured captured = refunds.byCapture(account, id);
    body.optional("reason", 512);
    Refund refund = refunds.refund(captured, body.positiveMoney(), cause(body, key));
    return with(captured.charge(), ChargeJson.refund(refund));
  }

  private static HttpResponse with(Charge charge, ObjectNode result) {
    result.set("charge", ChargeJson.charge(charge));
    return Json.response(200, result);
  }

  /** A declined charge is 402, with the charge beside the error. */
  private static HttpResponse answer(Charge charge) {
    ObjectNode node = ChargeJson.charge(charge);
    Plan.@Nullable Refusal refusal = charge.refusal;
    if (charge.status != ChargeStatus.FAILED || refusal == null) {
      return Json.response(200, node);
    }
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("type", "declined")
        .put("code", refusal.code())
        .put("message", refusal.message())
        .set("charge", node);
    return Json.response(402, body);
  }

  private static Cause cause(Fields body, String key) {
    return new Cause(key, body.operationKey());
  }

  private static URI base(URI request) {
    return URI.create(request.getScheme() + "://" + request.getRawAuthority());
  }
}
