package dev.gatehouse.facts;

import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.machine.Answer;
import dev.gatehouse.machine.Machine;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentMachine;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.payment.PaymentTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says whether a join tells the truth about one history: whatever was seen of it, in whatever
 * order, repetition and grouping, the facts are those of the provider's books.
 */
final class HistoryCheck {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Machine<PaymentState, PaymentTrigger> TABLE = PaymentMachine.table();

  private final BinaryOperator<PaymentFacts> join;
  private final Function<List<String>, Optional<String>> order;

  HistoryCheck(BinaryOperator<PaymentFacts> join) {
    this(join, ToldOrder::faultIn);
  }

  /** With another opinion on the order of events that are told at once, by their keys. */
  HistoryCheck(BinaryOperator<PaymentFacts> join, Function<List<String>, Optional<String>> order) {
    this.join = join;
    this.order = order;
  }

  /** What is wrong with the history of this seed, with the seed; empty when nothing is. */
  Optional<String> faultIn(long seed) {
    PaymentHistory history = PaymentHistory.of(seed);
    Viewer viewer = new Viewer(history);
    PaymentFacts expected = history.finalFacts(viewer.lastFetch());
    return first(
            () -> differs("facts, in order", expected, joined(viewer.views())),
            () -> differs("facts, grouped", expected, viewer.grouped(join)),
            () -> faultWhileJoining(viewer.shuffled(), expected),
            () -> faultInDerived(history, expected),
            () -> faultInPayment(history, viewer.shuffled()),
            () -> faultInOrder(history, viewer.batches()))
        .map(fault -> "history with seed " + seed + ": " + fault);
  }

  private PaymentFacts joined(List<PaymentFacts> views) {
    return views.stream().reduce(PaymentFacts.none(), join);
  }

  /** Joins one by one; on the way, nothing that happened may un-happen. */
  private Optional<String> faultWhileJoining(List<PaymentFacts> views, PaymentFacts expected) {
    PaymentFacts facts = PaymentFacts.none();
    SortedSet<Happened> happened = Happened.in(facts);
    for (PaymentFacts view : views) {
      facts = join.apply(facts, view);
      SortedSet<Happened> now = Happened.in(facts);
      if (!now.containsAll(happened)) {
        return Optional.of("un-happened: of " + happened + " is left " + now);
      }
      happened = now;
    }
    return differs("facts, shuffled", expected, facts);
  }

  private static Optional<String> faultInDerived(PaymentHistory history, PaymentFacts facts) {
    Totals totals = Totals.of(facts, history.habits().currency());
    return first(
        () -> differs("totals", history.totals(), totals),
        () -> differs("kept", history.kept(), totals.kept()),
        () -> differs("happened", history.happened(), Happened.in(facts)),
        () -> differs("conflicts", List.of(), Conflict.in(facts)));
  }

  /**
   * Joins one by one, as the engine does. The state moves only as the table of the payment machine
   * allows, no event un-happens, and what is paid stays paid; in the end, all is as in the books.
   */
  private Optional<String> faultInPayment(PaymentHistory history, List<PaymentFacts> views) {
    PaymentFacts facts = PaymentFacts.none();
    Payment before = history.payment(facts);
    SortedSet<String> raised = new TreeSet<>();
    for (PaymentFacts view : views) {
      facts = join.apply(facts, view);
      Payment after = history.payment(facts);
      Set<String> keys = PaymentEvents.of(after, NOW).keySet();
      if (!keys.containsAll(raised)) {
        return Optional.of("events un-happened: of " + raised + " is left " + keys);
      }
      raised.addAll(keys);
      if (TABLE.answer(before.state(), PaymentTrigger.seen(after.state()))
          instanceof Answer.Refuse<PaymentState> refused) {
        return Optional.of(
            "state went from " + before.state() + " to " + after.state() + ": " + refused.why());
      }
      if (before.isPaid() && !after.isPaid() && !history.hasOtherAmount()) {
        return Optional.of("was paid, and is not any more, when this was seen: " + view);
      }
      before = after;
    }
    return faultInTheEnd(history, before, raised);
  }

  /**
   * What is learnt at once is told at once. Each event is told once, none before what it rests on;
   * what is told in all does not depend on how it was learnt.
   */
  private Optional<String> faultInOrder(PaymentHistory history, List<List<PaymentFacts>> batches) {
    PaymentFacts facts = PaymentFacts.none();
    SortedSet<String> raised = new TreeSet<>();
    for (List<PaymentFacts> batch : batches) {
      facts = join.apply(facts, joined(batch));
      List<String> told =
          PaymentEvents.of(history.payment(facts), NOW).keySet().stream()
              .filter(key -> !raised.contains(key))
              .toList();
      Optional<String> fault = order.apply(told);
      if (fault.isPresent()) {
        return fault;
      }
      raised.addAll(told);
    }
    return differs("events, learnt in groups", history.eventKeys(), raised);
  }

  private static Optional<String> faultInTheEnd(
      PaymentHistory history, Payment payment, SortedSet<String> raised) {
    return first(
        () -> differs("state", history.state(), payment.state()),
        () -> differs("paid", history.isPaid(), payment.isPaid()),
        () -> differs("events raised on the way", history.eventKeys(), raised),
        () ->
            differs(
                "events of the facts",
                history.eventKeys(),
                PaymentEvents.of(payment, NOW).keySet()));
  }

  private static Optional<String> differs(String what, Object expected, Object actual) {
    return Objects.equals(expected, actual)
        ? Optional.empty()
        : Optional.of(what + "\n  by the books: " + expected + "\n  as joined:    " + actual);
  }

  @SafeVarargs
  private static Optional<String> first(Supplier<Optional<String>>... checks) {
    for (Supplier<Optional<String>> check : checks) {
      Optional<String> fault = check.get();
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }
}
