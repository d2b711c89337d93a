package dev.gatehouse.engine;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.money.Allocation;
import dev.gatehouse.money.MoneyMath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What is to be paid for a checkout: computed from plan, lines and discount, exactly. Pure. */
final class Pricing {
  private Pricing() {}

  /** Plan and lines, with the discount spread over them. */
  static List<Line> linesOf(StartCheckout command) {
    List<Line> lines = new ArrayList<>();
    command.plan().ifPresent(plan -> lines.add(Line.of(plan.name(), 1, plan.price())));
    lines.addAll(command.lines());
    if (lines.isEmpty()) {
      throw new InvalidInputException(
          new Problem("lines", "checkout.empty", "nothing is paid for", "give a plan or a line"));
    }
    for (int i = 0; i < command.lines().size(); i++) {
      demandDiscountFits("lines[" + i + "].discount", command.lines().get(i));
    }
    Money sum = total(lines);
    Money off = command.discount().orElse(Money.zero(sum.getCurrencyUnit()));
    if (off.isZero()) {
      return List.copyOf(lines);
    }
    if (!off.getCurrencyUnit().equals(sum.getCurrencyUnit()) || off.isGreaterThan(sum)) {
      throw new InvalidInputException(
          new Problem(
              "discount",
              "checkout.discount",
              "is in another currency, or more than there is to pay",
              "use at most the sum of the lines"));
    }
    return discounted(lines, off);
  }

  private static List<Line> discounted(List<Line> lines, Money off) {
    List<BigDecimal> weights = lines.stream().map(line -> line.amount().getAmount()).toList();
    List<Money> shares = Allocation.byWeights(off, weights);
    List<Line> discounted = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      discounted.add(lines.get(i).less(lines.get(i).discount().plus(shares.get(i))));
    }
    return List.copyOf(discounted);
  }

  private static void demandDiscountFits(String field, Line line) {
    Money discount = line.discount();
    boolean sameCurrency = discount.getCurrencyUnit().equals(line.unitPrice().getCurrencyUnit());
    if (!sameCurrency || discount.isGreaterThan(line.price())) {
      throw new InvalidInputException(
          new Problem(
              field,
              "checkout.discount",
              "is in another currency, or more than the line's price",
              "use at most the line's price"));
    }
  }

  /** The sum of the lines; refuses a mix of currencies, and more than any gateway could write. */
  static Money total(List<Line> lines) {
    CurrencyUnit currency = lines.get(0).unitPrice().getCurrencyUnit();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).unitPrice().getCurrencyUnit().equals(currency)) {
        throw new InvalidInputException(
            new Problem(
                "lines[" + i + "].unitPrice",
                "money.other-currency",
                "is not in " + currency + " as the others are",
                "use one currency in a checkout",
                Map.of("currency", currency.getCode())));
      }
    }
    Money total = MoneyMath.sum(currency, lines.stream().map(Line::amount).toList());
    if (total.getAmountMinor().unscaledValue().bitLength() > Long.SIZE - 1) {
      throw new InvalidInputException(
          new Problem("lines", "money.overflow", "sum up to too much", "use smaller amounts"));
    }
    return total;
  }
}
