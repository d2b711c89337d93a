package dev.gatehouse.testkit.paypal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what an order is made of to its amount, to the cent, as PayPal does. */
final class Breakdowns {
  private Breakdowns() {}

  /** What the order shows of it again; null if nothing was said. */
  static @Nullable ObjectNode checked(Fields unit) {
    Fields amount = unit.inner("amount");
    BigDecimal items = items(unit, "unit_amount");
    if (!amount.has("breakdown")) {
      if (items != null) {
        throw unit.missing("amount/breakdown/item_total");
      }
      return null;
    }
    Fields breakdown = amount.inner("breakdown");
    String currency = amount.required("currency_code", 3);
    BigDecimal sum =
        part(breakdown, "item_total", currency)
            .add(part(breakdown, "tax_total", currency))
            .add(part(breakdown, "shipping", currency))
            .add(part(breakdown, "handling", currency))
            .add(part(breakdown, "insurance", currency))
            .subtract(part(breakdown, "shipping_discount", currency))
            .subtract(part(breakdown, "discount", currency));
    if (sum.compareTo(new BigDecimal(amount.required("value", 32))) != 0) {
      throw Issue.unprocessable(unit.kind(), "AMOUNT_MISMATCH", amount.path() + "/value");
    }
    demandSame(breakdown, "item_total", currency, items, "ITEM_TOTAL_MISMATCH");
    demandSame(breakdown, "tax_total", currency, taxes(unit, items), "TAX_TOTAL_MISMATCH");
    return (ObjectNode) breakdown.node().deepCopy();
  }

  private static void demandSame(
      Fields breakdown, String name, String currency, @Nullable BigDecimal ofItems, String issue) {
    if (ofItems != null && part(breakdown, name, currency).compareTo(ofItems) != 0) {
      throw Issue.unprocessable(breakdown.kind(), issue, breakdown.path() + "/" + name);
    }
  }

  /** Where items are named, their taxes are held to the sum, whether or not they have some. */
  private static @Nullable BigDecimal taxes(Fields unit, @Nullable BigDecimal items) {
    return items == null ? null : items(unit, "tax");
  }

  private static @Nullable BigDecimal items(Fields unit, String money) {
    if (!unit.has("items")) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Fields item : unit.list("items")) {
      item.required("name", 127);
      item.inner("unit_amount");
      String quantity = item.required("quantity", 10);
      if (!quantity.matches("[1-9][0-9]{0,9}")) {
        throw Issue.invalid(unit.kind(), "INVALID_PARAMETER_SYNTAX", item.path() + "/quantity");
      }
      if (item.has(money)) {
        sum = sum.add(value(item.inner(money)).multiply(new BigDecimal(quantity)));
      }
    }
    return sum;
  }

  private static BigDecimal part(Fields breakdown, String name, String currency) {
    if (!breakdown.has(name)) {
      return BigDecimal.ZERO;
    }
    Fields money = breakdown.inner(name);
    if (!money.required("currency_code", 3).equals(currency)) {
      throw Issue.unprocessable(breakdown.kind(), "MULTI_CURRENCY_ORDER", breakdown.path());
    }
    return value(money);
  }

  private static BigDecimal value(Fields money) {
    JsonNode value = money.node().path("value");
    if (!value.isString() || !value.stringValue().matches("[0-9]+(\\.[0-9]{1,2})?")) {
      throw Issue.invalid(money.kind(), "INVALID_PARAMETER_SYNTAX", money.path() + "/value");
    }
    return new BigDecimal(value.stringValue());
  }
}
