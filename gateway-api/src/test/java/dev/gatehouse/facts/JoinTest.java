package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.payment.PaymentState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** To replay one history: {@code -Dgatehouse.history=<seed>}. */
class JoinTest {
  /** Fewer where each mutant of the code has to live through them. */
  private static final int HISTORIES = Integer.getInteger("gatehouse.histories", 10_000);

  @Test
  void whatever_is_seen_of_a_history_the_facts_are_those_of_the_books() {
    HistoryCheck check = new HistoryCheck(PaymentFacts::join);

    assertThat(firstFault(check, seeds())).isEmpty();
  }

  @Test
  void the_histories_hold_everything_that_can_happen() {
    Set<Happened.What> seen = EnumSet.noneOf(Happened.What.class);
    Set<AuthorizationEnd> ends = EnumSet.noneOf(AuthorizationEnd.class);
    Set<DisputeStatus> statuses = EnumSet.noneOf(DisputeStatus.class);
    Set<PaymentState> states = EnumSet.noneOf(PaymentState.class);
    Set<Boolean> paid = new TreeSet<>();
    boolean vague = false;
    boolean manyCharges = false;
    for (long seed = 1; seed <= 1_000; seed++) {
      PaymentHistory history = PaymentHistory.of(seed);
      PaymentFacts facts = history.finalFacts(1);
      states.add(history.state());
      paid.add(history.isPaid());
      history.happened().forEach(happened -> seen.add(happened.what()));
      facts.authorizations().values().forEach(a -> a.end().value().ifPresent(ends::add));
      facts.disputes().values().forEach(d -> d.status().value().ifPresent(statuses::add));
      vague |= !history.revealing().isEmpty();
      manyCharges |= facts.attempts().size() > 2;
    }

    assertThat(seen).containsExactlyInAnyOrder(Happened.What.values());
    assertThat(ends).containsExactlyInAnyOrder(AuthorizationEnd.values());
    assertThat(statuses).containsExactlyInAnyOrder(DisputeStatus.values());
    assertThat(states)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(PaymentState.IN_DOUBT, PaymentState.DONE)));
    assertThat(paid).hasSize(2);
    assertThat(vague).isTrue();
    assertThat(manyCharges).isTrue();
  }

  @Test
  void one_seed_gives_one_history_and_one_set_of_views() {
    PaymentHistory one = PaymentHistory.of(42);
    PaymentHistory again = PaymentHistory.of(42);

    assertThat(again.finalFacts(7)).isEqualTo(one.finalFacts(7));
    assertThat(new Viewer(again).views()).isEqualTo(new Viewer(one).views());
    assertThat(PaymentHistory.of(43).finalFacts(7)).isNotEqualTo(one.finalFacts(7));
  }

  @Test
  void a_join_that_believes_the_last_step_it_heard_is_caught() {
    assertCaught((one, other) -> withSteps(one.join(other), one, other));
  }

  @Test
  void a_join_that_adds_running_totals_up_is_caught() {
    assertCaught(
        (one, other) -> {
          SortedMap<TotalKey, Counter> sums = new TreeMap<>(one.totals());
          other.totals().forEach((key, total) -> sums.merge(key, total, JoinTest::sum));
          PaymentFacts joined = one.join(other);
          return with(joined, joined.attempts(), joined.movements(), joined.disputes(), sums);
        });
  }

  @Test
  void a_join_that_believes_the_register_that_arrived_last_is_caught() {
    assertCaught(
        (one, other) -> {
          PaymentFacts joined = one.join(other);
          SortedMap<String, Dispute> disputes = new TreeMap<>(joined.disputes());
          other
              .disputes()
              .forEach(
                  (id, dispute) -> {
                    if (dispute.status().value().isPresent()) {
                      disputes.computeIfPresent(id, (key, seen) -> seen.with(dispute.status()));
                    }
                  });
          return with(joined, joined.attempts(), joined.movements(), disputes, joined.totals());
        });
  }

  @Test
  void events_told_in_the_order_of_their_names_are_caught() {
    HistoryCheck byName =
        new HistoryCheck(
            PaymentFacts::join, told -> ToldOrder.faultIn(told.stream().sorted().toList()));

    Optional<String> fault = firstFault(byName, LongStream.rangeClosed(1, 200));

    assertThat(fault).hasValueSatisfying(what -> assertThat(what).contains("is told before"));
  }

  private static LongStream seeds() {
    Long one = Long.getLong("gatehouse.history");
    return one == null ? LongStream.rangeClosed(1, HISTORIES) : LongStream.of(one);
  }

  private static Optional<String> firstFault(HistoryCheck check, LongStream seeds) {
    return seeds.mapToObj(check::faultIn).flatMap(Optional::stream).findFirst();
  }

  private static void assertCaught(BinaryOperator<PaymentFacts> wrong) {
    HistoryCheck check = new HistoryCheck(wrong);

    assertThat(firstFault(check, LongStream.rangeClosed(1, 200))).isPresent();
  }

  private static Counter sum(Counter one, Counter other) {
    return new Counter(one.minor() + other.minor());
  }

  private static PaymentFacts withSteps(PaymentFacts joined, PaymentFacts one, PaymentFacts other) {
    SortedMap<String, Movement> movements = new TreeMap<>(joined.movements());
    for (PaymentFacts seen : List.of(one, other)) {
      seen.movements()
          .forEach(
              (id, movement) -> {
                if (!movement.step().equals(Chain.<MovementStep>unknown())) {
                  movements.computeIfPresent(id, (key, m) -> withStep(m, movement.step()));
                }
              });
    }
    return with(joined, joined.attempts(), movements, joined.disputes(), joined.totals());
  }

  private static Movement withStep(Movement movement, Chain<MovementStep> step) {
    return new Movement(
        movement.kind(),
        step,
        movement.amount(),
        movement.charge(),
        movement.parent(),
        movement.operation(),
        movement.settled());
  }

  private static PaymentFacts with(
      PaymentFacts facts,
      SortedMap<String, Attempt> attempts,
      SortedMap<String, Movement> movements,
      SortedMap<String, Dispute> disputes,
      SortedMap<TotalKey, Counter> totals) {
    return new PaymentFacts(
        facts.reference(),
        facts.account(),
        facts.mode(),
        facts.currency(),
        facts.providerIds(),
        attempts,
        facts.authorizations(),
        movements,
        disputes,
        totals,
        facts.sends(),
        facts.credentials());
  }
}
