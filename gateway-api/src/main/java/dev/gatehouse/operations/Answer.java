package dev.gatehouse.operations;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The answer to "was this customer charged?". Immutable.
 *
 * @param customers who was found by the e-mail address, whether they paid or not; empty for other
 *     searches
 * @param payments what was found, the newest first
 * @param next the last of them, if there are more: goes on behind it
 */
public record Answer(List<CustomerId> customers, List<Verdict> payments, Optional<PaymentId> next) {

  /** Copies the lists. */
  public Answer {
    customers = List.copyOf(customers);
    payments = List.copyOf(payments);
  }

  /** Whether any of these payments took money, be it that it went back since. */
  public boolean wasCharged() {
    return payments.stream().anyMatch(verdict -> verdict.charged().wasTaken());
  }

  /** Whether nobody can tell yet of some of these payments; then "no" is not an answer. */
  public boolean isOpen() {
    return payments.stream()
        .map(Verdict::charged)
        .anyMatch(charged -> !charged.wasTaken() && !charged.wasNotTaken());
  }

  /** What the shop has of all these payments, by currency; nothing that is zero. */
  public Map<CurrencyUnit, Money> kept() {
    Map<CurrencyUnit, Money> sums = new TreeMap<>();
    payments.stream()
        .flatMap(verdict -> verdict.kept().stream())
        .filter(money -> !money.isZero())
        .forEach(money -> sums.merge(money.getCurrencyUnit(), money, Money::plus));
    return sums;
  }

  /** The answer in one line of plain English. */
  public String summary() {
    if (payments.isEmpty()) {
      return customers.isEmpty()
          ? "nothing was found"
          : "not charged: " + customers.size() + " customer(s), no payment";
    }
    List<String> parts = new ArrayList<>();
    long taken = payments.stream().filter(v -> v.charged().wasTaken()).count();
    long open =
        payments.stream()
            .map(Verdict::charged)
            .filter(charged -> !charged.wasTaken() && !charged.wasNotTaken())
            .count();
    parts.add(
        taken == 0 ? (open == 0 ? "not charged" : "not known to be charged") : charged(taken));
    if (open > 0) {
      parts.add(open + " not decided yet: do not charge again");
    }
    parts.add(payments.size() + (payments.size() == 1 ? " payment" : " payments") + " looked at");
    if (next.isPresent()) {
      parts.add("there are more");
    }
    return String.join("; ", parts);
  }

  private String charged(long taken) {
    String times = taken == 1 ? "charged once" : "charged " + taken + " times";
    String sums = String.join(" and ", kept().values().stream().map(Money::toString).toList());
    return times + ", " + (sums.isEmpty() ? "nothing is left of it with us" : sums + " is with us");
  }
}
