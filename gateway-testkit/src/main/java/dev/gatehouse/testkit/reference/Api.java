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
  private static final Money NOTHING = Money.zero(CurrencyUnit.of("XXX"));

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
    return begin(account, order(account, request, body), cause(body, key));
  }

  /** Stores a method without a charge. */
  HttpResponse createSetUp(ReferenceAccount account, HttpRequest request, Fields body, String key) {
    Fields method = body.inner("payment_method");
    String type = method.required("type", 32);
    if (!type.equals("card") || method.optional("stored", 255) != null) {
      throw ApiError.invalid("payment_method", "Only a new card is stored.");
    }
    body.inner("agreement").required("text", 500);
    Order order =
        new Order(
            body.optional("reference", REFERENCE_LENGTH),
            NOTHING,
            false,
            type,
            plan(account, type, method, false),
            true,
            body.webAddress("return_url"),
            base(request.uri()),
            body.customer(),
            true);
    return begin(account, order, cause(body, key));
  }

  /** Whoever says in which account the method is stored is refused with the key of another. */
  HttpResponse remove(ReferenceAccount account, String id, Fields body) {
    String stored = body.optional("account", 255);
    if (stored != null && !stored.equals(account.id())) {
      throw ApiError.otherAccount();
    }
    Method method = books.method(account, id);
    charges.remove(method);
    return Json.response(200, ChargeJson.method(method));
  }

  private HttpResponse begin(ReferenceAccount account, Order order, Cause cause) {
    if (order.plan().token() == TestToken.SERVER_ERROR) {
      throw ApiError.server();
    }
    Charge charge = charges.create(account, order, cause);
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
    Plan plan = plan(account, type, method, "merchant".equals(body.optional("initiator", 16)));
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
        base(request.uri()),
        body.customer(),
        false);
  }

  private Plan plan(ReferenceAccount account, String type, Fields method, boolean byMerchant) {
    if (type.equals("wallet")) {
      return new Plan(TestToken.ACTION, null);
    }
    if (!type.equals("card")) {
      throw ApiError.invalid("payment_method", "There is no such type.");
    }
    String stored = method.optional("stored", 255);
    if (stored != null) {
      Method known = books.method(account, stored);
      if (known.removed) {
        throw ApiError.notFound("payment_method");
      }
      if (byMerchant && known.plan.token() == TestToken.ACTION_EACH_TIME) {
        return Plan.declining(Plan.Refusal.of(DeclineCode.AUTHENTICATION_REQUIRED));
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
    return Json.response(200, books.json(charge));
  }

  HttpResponse refund(ReferenceAccount account, String id, Fields body, String key) {
    Refunds.Captured captured = refunds.byCapture(account, id);
    body.optional("reason", 512);
    Refund refund = refunds.refund(captured, body.positiveMoney(), cause(body, key));
    return with(captured.charge(), ChargeJson.refund(refund));
  }

  private HttpResponse with(Charge charge, ObjectNode result) {
    result.set("charge", books.json(charge));
    return Json.response(200, result);
  }

  /** A declined charge is 402, with the charge beside the error. */
  private HttpResponse answer(Charge charge) {
    ObjectNode node = books.json(charge);
    Plan.@Nullable Refusal refusal = charge.refusal;
    if (charge.status != ChargeStatus.FAILED || refusal == null) {
      return Json.response(200, node);
    }
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("type", "declined")
        .put("code", refusal.code())
        .put("message", refusal.message())
        .set(charge.order.setUp() ? "setup" : "charge", node);
    return Json.response(402, body);
  }

  private static Cause cause(Fields body, String key) {
    return new Cause(key, body.operationKey());
  }

  private static URI base(URI request) {
    return URI.create(request.getScheme() + "://" + request.getRawAuthority());
  }
}
