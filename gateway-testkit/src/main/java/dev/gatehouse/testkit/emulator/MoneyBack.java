package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/**
 * How money goes back in the {@link Books}: refunds and disputes. Errors are those of the books,
 * {@link NotFoundException}, {@link InvalidStateException} and {@link InvalidInputException}.
 *
 * @param <T> what else the provider remembers of a charge
 */
public final class MoneyBack<T> {
  private final Books<T> books;
  private final Agenda agenda;

  MoneyBack(Books<T> books, Agenda agenda) {
    this.books = books;
    this.agenda = agenda;
  }

  /** What may still be given back of a capture; refunds under way and disputes count. */
  public Money refundable(String capture) {
    Entry<T> entry = books.entry(capture);
    return entry.refundable(captured(entry, capture));
  }

  /** A refund that arrives at once; returns its id. */
  public String refund(String capture, Money amount, Optional<String> key) {
    String id = begin(capture, amount, key);
    succeed(id);
    return id;
  }

  /**
   * A refund that is under way for so long and then arrives, or fails; returns its id.
   *
   * @param arrives whether it arrives
   */
  public String refundLater(
      String capture, Money amount, Optional<String> key, Duration wait, boolean arrives) {
    String id = begin(capture, amount, key);
    agenda.after(
        wait,
        () -> {
          if (refund(id).status().equals("pending")) {
            move(id, "pending", arrives ? "succeeded" : "failed");
          }
        });
    return id;
  }

  private String begin(String capture, Money amount, Optional<String> key) {
    Entry<T> entry = books.entry(capture);
    Ledger.Capture from = captured(entry, capture);
    Books.demandWithin(amount, entry.refundable(from), "left to give back");
    String id = books.id(Part.REFUND);
    entry.refunds.add(new Ledger.Refund(id, from.id(), amount, "pending", key));
    books.happened(entry, Change.REFUND_CREATED, id);
    return id;
  }

  private static Ledger.Capture captured(Entry<?> entry, String capture) {
    return entry.captures.stream()
        .filter(each -> each.id().equals(capture))
        .findFirst()
        .orElseThrow(() -> Entry.notNow("no money was taken", "look at its captures"));
  }

  /** A refund. */
  public Ledger.Refund refund(String id) {
    return books.entry(id).refund(id);
  }

  /** A refund under way arrives. */
  public void succeed(String refund) {
    move(refund, "pending", "succeeded");
  }

  /** A refund under way fails. */
  public void fail(String refund) {
    move(refund, "pending", "failed");
  }

  /** A refund that arrived comes back. */
  public void undo(String refund) {
    move(refund, "succeeded", "reversed");
  }

  private void move(String id, String from, String to) {
    Entry<T> entry = books.entry(id);
    Ledger.Refund was = refund(id);
    if (!was.status().equals(from)) {
      throw Entry.notNow("the refund is " + was.status(), "look at its status");
    }
    entry.refunds.set(
        entry.refunds.indexOf(was),
        new Ledger.Refund(was.id(), was.capture(), was.amount(), to, was.key()));
    Change what =
        switch (to) {
          case "succeeded" -> Change.REFUND_SUCCEEDED;
          case "failed" -> Change.REFUND_FAILED;
          default -> Change.REFUND_REVERSED;
        };
    books.happened(entry, what, id);
  }

  /** The customer disputes all that is left of a charge, and it is taken back; returns the id. */
  public String dispute(String charge) {
    Entry<T> entry = books.entry(charge);
    Money left = entry.disputable();
    if (!left.isPositive()) {
      throw Entry.notNow("nothing is left to dispute", "look at what it took");
    }
    String id = books.id(Part.DISPUTE);
    entry.disputes.add(new Ledger.Dispute(id, left, "needs_response", false));
    books.happened(entry, Change.DISPUTE_OPENED, id);
    return id;
  }

  /** The bank looks at the evidence. */
  public void review(String dispute) {
    decide(dispute, "under_review", Change.DISPUTE_REVIEWED);
  }

  /** Decided for us: the money comes back. */
  public void win(String dispute) {
    decide(dispute, "won", Change.DISPUTE_WON);
  }

  /** Decided against us. */
  public void lose(String dispute) {
    decide(dispute, "lost", Change.DISPUTE_LOST);
  }

  private void decide(String id, String status, Change what) {
    Entry<T> entry = books.entry(id);
    Ledger.Dispute was =
        entry.disputes.stream()
            .filter(d -> d.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Entry.notNow("it is no dispute", "look at its disputes"));
    if (was.status().equals(status) || was.status().equals("won") || was.status().equals("lost")) {
      throw Entry.notNow("the dispute is " + was.status(), "look at its status");
    }
    entry.disputes.set(
        entry.disputes.indexOf(was),
        new Ledger.Dispute(was.id(), was.amount(), status, status.equals("won")));
    books.happened(entry, what, id);
  }
}
