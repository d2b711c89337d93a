package dev.gatehouse.paypal;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.ChargeRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * What an order is for, in sums that PayPal holds to its amount: items, tax, shipping, and what is
 * taken off. What does not add up is refused here, with its place, before anything is sent.
 */
final class PayPalBreakdown {
  private static final int LONGEST_NAME = 127;

  private final ChargeRequest request;
  private final Money none;

  private PayPalBreakdown(ChargeRequest request) {
    this.request = request;
    this.none = Money.zero(request.amount().getCurrencyUnit());
  }

  /**
   * Puts the amount into a purchase unit, and what it is made of, if that is said.
   *
   * @throws InvalidInputException if the lines do not add up to the amount
   */
  static void into(Map<String, Object> unit, ChargeRequest request) {
    Map<String, Object> amount = PayPalOrders.money(request.amount());
    unit.put("amount", amount);
    if (!request.lines().isEmpty()) {
      PayPalBreakdown breakdown = new PayPalBreakdown(request);
      breakdown.demandAddsUp();
      amount.put("breakdown", breakdown.sums());
      breakdown.items(unit);
    }
  }

  private void demandAddsUp() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < request.lines().size(); i++) {
      check("lines[" + i + "]", request.lines().get(i), problems);
    }
    if (problems.isEmpty() && !sum(ChargeLine::amount).equals(request.amount())) {
      problems.add(
          problem(
              "lines",
              "add up to " + sum(ChargeLine::amount) + ", and the charge is of " + request.amount(),
              "give all that the charge is for, or no lines"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private void check(String place, ChargeLine line, List<Problem> problems) {
    if (!isOurs(line.unitPrice()) || !isOurs(line.discount())) {
      problems.add(
          problem(
              place + ".unitPrice",
              "or its discount is not in " + none.getCurrencyUnit() + " as the charge is",
              "charge each currency by itself"));
    } else if (line.discount().isGreaterThan(line.price())) {
      problems.add(
          problem(
              place + ".discount",
              "is more than the line's price",
              "take off at most what the line costs"));
    }
  }

  private boolean isOurs(Money money) {
    return money.getCurrencyUnit().equals(none.getCurrencyUnit());
  }

  private static Problem problem(String place, String what, String remedy) {
    return new Problem(place, "paypal.lines", what, remedy);
  }

  private Money sum(Function<ChargeLine, Money> part) {
    return request.lines().stream().map(part).reduce(none, Money::plus);
  }

  private Money sum(ChargeLine.Kind kind) {
    return sum(line -> line.kind() == kind ? line.price() : none);
  }

  private Map<String, Object> sums() {
    Map<String, Object> sums = new LinkedHashMap<>();
    sums.put("item_total", PayPalOrders.money(sum(ChargeLine.Kind.GOODS)));
    put(sums, "shipping", sum(ChargeLine.Kind.SHIPPING));
    put(sums, "tax_total", sum(ChargeLine.Kind.TAX));
    Money offShipping =
        sum(line -> line.kind() == ChargeLine.Kind.SHIPPING ? line.discount() : none);
    put(sums, "shipping_discount", offShipping);
    put(sums, "discount", sum(ChargeLine::discount).minus(offShipping));
    return sums;
  }

  private static void put(Map<String, Object> sums, String name, Money sum) {
    if (!sum.isZero()) {
      sums.put(name, PayPalOrders.money(sum));
    }
  }

  /** PayPal holds a tax to its items, piece by piece; one of the whole has no such parts. */
  private void items(Map<String, Object> unit) {
    List<Map<String, Object>> items =
        request.lines().stream()
            .filter(line -> line.kind() == ChargeLine.Kind.GOODS)
            .map(PayPalBreakdown::item)
            .toList();
    if (!items.isEmpty() && sum(ChargeLine.Kind.TAX).isZero()) {
      unit.put("items", items);
    }
  }

  private static Map<String, Object> item(ChargeLine line) {
    Map<String, Object> item = new LinkedHashMap<>();
    String name = line.description();
    item.put(
        "name", name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name);
    item.put("quantity", Integer.toString(line.quantity()));
    item.put("unit_amount", PayPalOrders.money(line.unitPrice()));
    return item;
  }
}
