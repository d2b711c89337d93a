package dev.gatehouse.analytics.ga4;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.spi.ChargeLine.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.joda.money.Money;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Our events as Google Analytics knows them. Amounts are decimal numbers. Pure. */
final class Ga4Events {
  private Ga4Events() {}

  /**
   * A free checkout has no payment; its own id is as good. The value of a purchase is that of its
   * items: Google wants tax and shipping beside it.
   */
  static ObjectNode purchase(CheckoutCompleted event) {
    Money tax = sum(event, Kind.TAX);
    Money shipping = sum(event, Kind.SHIPPING);
    ObjectNode params =
        money(
            event.payment().map(p -> p.id().value()).orElse(event.checkout().value()),
            event.total().minus(tax).minus(shipping));
    putUnlessZero(params, "tax", tax);
    putUnlessZero(params, "shipping", shipping);
    ArrayNode items = params.putArray("items");
    for (int i = 0; i < event.lines().size(); i++) {
      if (event.lines().get(i).kind() == Kind.GOODS) {
        items.add(item(event, i));
      }
    }
    return event("purchase", params);
  }

  private static Money sum(CheckoutCompleted event, Kind kind) {
    return event.lines().stream()
        .filter(line -> line.kind() == kind)
        .map(Line::amount)
        .reduce(Money.zero(event.total().getCurrencyUnit()), Money::plus);
  }

  private static void putUnlessZero(ObjectNode params, String name, Money sum) {
    if (!sum.isZero()) {
      params.put(name, sum.getAmount());
    }
  }

  /** Of the purchase under the payment's id. */
  static ObjectNode refund(PaymentRefunded event) {
    return event("refund", money(event.payment().value(), event.amount()));
  }

  static ObjectNode churn(String name, MembershipStatusChanged event) {
    return event(
        name,
        SinkJson.object()
            .put("membership_id", event.membership().value())
            .put("item_id", event.plan().value())
            .put("item_name", cut(event.planName()))
            .put("item_category", "subscription"));
  }

  static ObjectNode failure(String name, PaymentFailed event) {
    return event(
        name,
        SinkJson.object()
            .put("payment_id", event.payment().value())
            .put("decline_code", event.decline().code().name())
            .put("retryable", String.valueOf(event.decline().isRetryable())));
  }

  private static ObjectNode event(String name, ObjectNode params) {
    ObjectNode event = SinkJson.object().put("name", name);
    event.set("params", params);
    return event;
  }

  private static ObjectNode money(String transaction, Money amount) {
    return SinkJson.object()
        .put("transaction_id", transaction)
        .put("value", amount.getAmount())
        .put("currency", amount.getCurrencyUnit().getCode());
  }

  /** The plan is the first line. */
  private static ObjectNode item(CheckoutCompleted event, int index) {
    Line line = event.lines().get(index);
    ObjectNode item = SinkJson.object();
    if (index == 0 && event.membership().isPresent()) {
      item.put("item_id", event.membership().get().plan().value())
          .put("item_name", cut(event.membership().get().planName()))
          .put("item_category", "subscription");
    } else {
      item.put("item_name", cut(line.description()));
    }
    return price(item, line);
  }

  /**
   * A discount is the line's, and a price is the piece's: where the one can't be spread over the
   * pieces to the last cent, the line is one piece.
   */
  private static ObjectNode price(ObjectNode item, Line line) {
    Money paid = line.amount();
    BigDecimal pieces = BigDecimal.valueOf(line.quantity());
    int scale = paid.getCurrencyUnit().getDecimalPlaces();
    BigDecimal piece = paid.getAmount().divide(pieces, Math.max(0, scale), RoundingMode.DOWN);
    boolean isExact = piece.multiply(pieces).compareTo(paid.getAmount()) == 0;
    return item.put("quantity", isExact ? line.quantity() : 1)
        .put("price", isExact ? piece : paid.getAmount());
  }

  /** A label for people; longer ones are cut there anyway. No character is cut in two. */
  private static String cut(String text) {
    if (text.length() <= Ga4Rules.LONGEST_VALUE) {
      return text;
    }
    int end = Ga4Rules.LONGEST_VALUE;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }
}
