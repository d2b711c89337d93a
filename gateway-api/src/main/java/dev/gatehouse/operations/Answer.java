package dev.gatehouse.operations;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The answer to "was this customer charged?". Immutable.
 *
 * @param customers who was found by the e-mail address, whether they paid or not; empty for other
 *     searches
 * @param isCut whether more customers have the address than were looked at
 * @param payments what was found, the newest first
 * @param next the last of them, if there are more: goes on behind it
 */
public record Answer(
    List<CustomerId> customers, boolean isCut, List<Verdict> payments, Optional<PaymentId> next) {

  /** Copies the lists. */
  public Answer {
    customers = List.copyOf(customers);
    payments = List.copyOf(payments);
  }

  /** Whether any of these payments took money, be it that it went back since. */
  public boolean wasCharged() {
    return payments.stream().anyMatch(verdict -> verdict.charged().wasTaken());
  }

  /**
   * Whether "no" is not an answer: nobody can tell yet of some of these payments, or some may have
   * been paid since we looked last, or there is more to look at. That nothing was found is no
   * answer either: look under another id.
   */
  public boolean isOpen() {
    return isCut
        || next.isPresent()
        || payments.stream()
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
    String all = isCut ? "; more have this address: search by reference or amount" : "";
    if (payments.isEmpty()) {
      return customers.isEmpty()
          ? "nothing was found"
          : no() + ": " + customers.size() + " customer(s), no payment" + all;
    }
    List<String> parts = new ArrayList<>();
    long taken = count(Charged::wasTaken);
    long waiting = count(Charged::isTheCustomers);
    long open = count(c -> !c.wasTaken() && !c.wasNotTaken() && !c.isTheCustomers());
    parts.add(taken > 0 ? charged(taken) : no());
    if (open > 0) {
      parts.add(open + " not decided yet: do not charge again");
    }
    if (waiting > 0) {
      parts.add(waiting + " may have been paid since we looked last: look up before you charge");
    }
    parts.add(payments.size() + (payments.size() == 1 ? " payment" : " payments") + " looked at");
    if (next.isPresent()) {
      parts.add("there are more");
    }
    return String.join("; ", parts) + all;
  }

  private String no() {
    return isOpen() ? "not known to be charged" : "not charged";
  }

  private long count(Predicate<Charged> which) {
    return payments.stream().map(Verdict::charged).filter(which).count();
  }

  private String charged(long taken) {
    String times = taken == 1 ? "charged once" : "charged " + taken + " times";
    String sums = String.join(" and ", kept().values().stream().map(Money::toString).toList());
    return times + ", " + (sums.isEmpty() ? "nothing is left of it with us" : sums + " is with us");
  }
}
