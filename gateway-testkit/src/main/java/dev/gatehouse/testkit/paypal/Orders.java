package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of {@code /v2/checkout/orders}. */
final class Orders {
  private static final int MOST_UNITS = 10;

  /** A processor's word for a card that has expired. */
  private static final String EXPIRED_CARD = "5400";

  private static final Set<String> INTENTS = Set.of("CAPTURE", "AUTHORIZE");

  private final Books books;
  private final RequestIds keys;
  private final Answers answers;
  private final Vault vault;
  private final Patches patches;
  private boolean untimed;

  Orders(Books books, RequestIds keys, Answers answers, Vault vault) {
    this.books = books;
    this.keys = keys;
    this.answers = answers;
    this.vault = vault;
    this.patches = new Patches(books);
  }

  /** Orders that are made from now on show no {@code update_time} until they are completed. */
  void showNoUpdates() {
    untimed = true;
  }

  HttpResponse create(Call call) {
    String intent = call.body().required("intent", 255);
    if (!INTENTS.contains(intent)) {
      throw Issue.invalid(call.kind(), "INVALID_PARAMETER_VALUE", "/intent");
    }
    boolean namesWallet = call.body().has("payment_source");
    if (namesWallet && call.key() == null) {
      throw Issue.invalid(call.kind(), "PAYPAL_REQUEST_ID_REQUIRED", "PayPal-Request-Id");
    }
    List<Unit> units = new ArrayList<>();
    for (Fields unit : call.body().list("purchase_units")) {
      units.add(unit(unit));
    }
    if (units.size() > MOST_UNITS) {
      throw Issue.invalid(call.kind(), "INVALID_ARRAY_MAX_ITEMS", "/purchase_units");
    }
    boolean authorizes = intent.equals("AUTHORIZE");
    Order order =
        new Order(
            books.nextId(), call.app(), authorizes, units, namesWallet, call.key(), books.now());
    if (namesWallet) {
      order.stores = vault.storing(call, call.body().inner("payment_source").inner("paypal"));
    }
    order.showsUpdates = !untimed;
    books.add(order);
    keys.keep(call, () -> latest(call, order));
    // An order that names its payment source is 200, as nothing is "created" by that.
    return answers.resource(call, namesWallet ? 200 : 201, Views.order(order));
  }

  private static Unit unit(Fields fields) {
    String reference = fields.optional("reference_id", 256);
    Unit unit =
        new Unit(
            reference == null ? "default" : reference,
            fields.optional("custom_id", 127),
            fields.optional("invoice_id", 127),
            fields.optional("description", 127),
            fields.amount("amount"));
    unit.softDescriptor = fields.optional("soft_descriptor", 22);
    unit.breakdown = Breakdowns.checked(fields);
    unit.items = fields.has("items") ? fields.node().path("items") : null;
    return unit;
  }

  HttpResponse get(Call call) {
    return answers.json(200, Views.order(books.order(call.app(), call.id())));
  }

  HttpResponse patch(Call call) {
    patches.apply(call, books.order(call.app(), call.id()));
    return answers.empty(204);
  }

  /** Takes the money of an approved order. */
  HttpResponse capture(Call call) {
    Order order = books.order(call.app(), call.id());
    if (order.authorizes) {
      throw call.unprocessable("ACTION_DOES_NOT_MATCH_INTENT");
    }
    if (order.is("COMPLETED")) {
      throw call.unprocessable("ORDER_ALREADY_CAPTURED");
    }
    approveByVault(call, order);
    demandPayable(call, order);
    for (Unit unit : order.units) {
      unit.captures.add(captured(order, unit, null, unit.amount, unit.invoiceId, true, call.key()));
    }
    return completed(call, order);
  }

  /** Holds the money of an approved order. */
  HttpResponse authorize(Call call) {
    Order order = expiredOrOpen(call);
    if (!order.authorizes) {
      throw call.unprocessable("ACTION_DOES_NOT_MATCH_INTENT");
    }
    if (order.is("COMPLETED")) {
      throw call.unprocessable("ORDER_ALREADY_AUTHORIZED");
    }
    approveByVault(call, order);
    demandPayable(call, order);
    for (Unit unit : order.units) {
      Hold hold = held(order, unit, unit.amount, null);
      if (order.funding == Funding.REVIEWED) {
        hold.status = "PENDING";
        hold.reason = "PENDING_REVIEW";
      } else if (order.funding == Funding.DECLINED_IN_CAPTURE) {
        hold.status = "DENIED";
      } else if (order.funding == Funding.EXPIRED) {
        hold.status = "DENIED";
        hold.response = EXPIRED_CARD;
      }
      unit.holds.add(hold);
      books.notices().of("PAYMENT.AUTHORIZATION.CREATED", hold);
    }
    return completed(call, order);
  }

  /** To this call, PayPal says that an order has run out; to others it is just gone. */
  private Order expiredOrOpen(Call call) {
    Order order = books.anyOrder(call.id());
    Books.demandOwn(call.app(), order);
    if (books.isGone(order)) {
      throw call.unprocessable("ORDER_EXPIRED");
    }
    return order;
  }

  /** A wallet that was kept stands in for the payer's approval. */
  private void approveByVault(Call call, Order order) {
    if (!call.body().has("payment_source") || order.is("VOIDED")) {
      return;
    }
    Fields wallet = call.body().inner("payment_source").inner("paypal");
    Funding funding = vault.source(call, wallet).funding;
    boolean away =
        wallet.has("stored_credential")
            && "MERCHANT"
                .equals(wallet.inner("stored_credential").required("payment_initiator", 255));
    boolean wanted = funding == Funding.NEEDS_PAYER_EACH_TIME && away;
    order.status = "APPROVED";
    order.approvedAt = books.now();
    order.funding = wanted ? Funding.NEEDS_PAYER : funding;
    order.refusal = null;
  }

  private void demandPayable(Call call, Order order) {
    if (order.is("VOIDED")) {
      throw call.unprocessable("ORDER_COMPLETED_OR_VOIDED");
    }
    Funding funding = order.funding;
    if (funding == null || !order.is("APPROVED")) {
      throw call.unprocessable("ORDER_NOT_APPROVED");
    }
    for (Unit unit : order.units) {
      if (unit.invoiceId != null && books.isPaid(order, unit.invoiceId)) {
        throw call.unprocessable("DUPLICATE_INVOICE_ID");
      }
    }
    switch (funding) {
      case DECLINED ->
          throw refused(call, order, "INSTRUMENT_DECLINED")
              .linking("redirect", Views.payerPage(order));
      case NEEDS_PAYER -> {
        order.status = "PAYER_ACTION_REQUIRED";
        throw refused(call, order, "PAYER_ACTION_REQUIRED")
            .linking("payer-action", Views.payerPage(order));
      }
      case REFUSED -> throw refused(call, order, "TRANSACTION_REFUSED");
      case RESTRICTED -> throw refused(call, order, "PAYER_ACCOUNT_RESTRICTED");
      case BALANCE, NEEDS_PAYER_EACH_TIME, ECHECK, REVIEWED, DECLINED_IN_CAPTURE, EXPIRED -> {
        // Something comes of it.
      }
    }
  }

  private static Issue refused(Call call, Order order, String issue) {
    order.refusal = issue;
    return call.unprocessable(issue);
  }

  private HttpResponse completed(Call call, Order order) {
    order.status = "COMPLETED";
    order.updatedAt = books.now();
    order.completionKey = call.key();
    vault.keep(order);
    books.notices().of("CHECKOUT.ORDER.COMPLETED", order);
    keys.keep(call, () -> latest(call, order));
    return answers.resource(call, 201, Views.order(order));
  }

  private HttpResponse latest(Call call, Order order) {
    if (books.isGone(order)) {
      throw Issue.notFound();
    }
    return answers.resource(call, 200, Views.order(order));
  }

  Hold held(Order order, Unit unit, Amount amount, @Nullable Hold parent) {
    return new Hold(
        books.nextId(),
        order,
        unit,
        amount,
        parent,
        books.now(),
        books.now().plus(books.options().honorPeriod()),
        parent == null ? books.now().plus(books.options().authorizationLife()) : parent.expiresAt);
  }

  /** A capture as the payer's funding lets it be. */
  Capture captured(
      Order order,
      Unit unit,
      @Nullable Hold hold,
      Amount amount,
      @Nullable String invoiceId,
      boolean isFinal,
      @Nullable String key) {
    Capture capture =
        new Capture(
            books.nextId(), order, unit, amount, hold, invoiceId, isFinal, key, books.now());
    Funding funding = order.funding == null ? Funding.BALANCE : order.funding;
    switch (funding) {
      case ECHECK -> pending(capture, "ECHECK");
      // What was held was reviewed before.
      case REVIEWED -> {
        if (hold == null) {
          pending(capture, "PENDING_REVIEW");
        } else {
          done(capture);
        }
      }
      case DECLINED_IN_CAPTURE -> declined(capture, null);
      case EXPIRED -> declined(capture, EXPIRED_CARD);
      default -> done(capture);
    }
    return capture;
  }

  private void declined(Capture capture, @Nullable String response) {
    capture.status = "DECLINED";
    capture.response = response;
    books.notices().of("PAYMENT.CAPTURE.DECLINED", capture);
  }

  private void pending(Capture capture, String reason) {
    capture.status = "PENDING";
    capture.reason = reason;
    books.notices().of("PAYMENT.CAPTURE.PENDING", capture);
  }

  private void done(Capture capture) {
    capture.arrived = true;
    books.notices().of("PAYMENT.CAPTURE.COMPLETED", capture);
  }
}
