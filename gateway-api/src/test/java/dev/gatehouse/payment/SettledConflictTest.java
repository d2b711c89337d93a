package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.started;
import static dev.gatehouse.payment.PaymentExample.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettledConflictTest {
  private static final Payment CONTRADICTED =
      answered(started()).observing(vouched()).observing(account("one")).observing(account("two"));

  @Test
  void an_id_stands_for_the_fact_with_exactly_these_values() {
    OpenConflict conflict = open("mode", List.of("LIVE", "TEST"));

    assertThat(conflict.id())
        .as("the same in every process and version, for it is stored")
        .isEqualTo("0f2ab20598c5");
    assertThat(
            Stream.of(
                    conflict,
                    open("modes", List.of("LIVE", "TEST")),
                    open("mode", List.of("LIVE", "TEST", "X")),
                    open("mode", List.of("LIVE 4 TEST")),
                    open("mode 4 LIVE", List.of("TEST")),
                    open("mode", List.of("LIVETEST")))
                .map(OpenConflict::id))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{12}"));
  }

  @Test
  void what_a_person_settled_is_open_no_more_and_no_fact_changes() {
    OpenConflict conflict = CONTRADICTED.openConflicts().get(0);
    assertThat(conflict).isEqualTo(open("account", List.of("one", "two")));
    assertThat(CONTRADICTED.concerns()).containsExactly(Concern.CONFLICT);

    Payment settled = settled(CONTRADICTED, conflict);

    assertThat(settled.openConflicts()).isEmpty();
    assertThat(settled.concerns()).isEmpty();
    assertThat(settled.facts()).isEqualTo(CONTRADICTED.facts());
    assertThat(settled.state()).isEqualTo(CONTRADICTED.state());
    assertThat(PaymentEvents.of(settled, NOW)).isEqualTo(PaymentEvents.of(CONTRADICTED, NOW));
  }

  @Test
  void seeing_the_same_again_opens_nothing_and_one_more_value_does() {
    Payment settled = settled(CONTRADICTED, CONTRADICTED.openConflicts().get(0));

    assertThat(settled.observing(account("two")).observing(account("one")).concerns()).isEmpty();
    Payment more = settled.observing(account("three"));
    assertThat(more.openConflicts())
        .containsExactly(open("account", List.of("one", "three", "two")));
    assertThat(more.concerns()).containsExactly(Concern.CONFLICT);
  }

  @Test
  void another_conflict_of_the_same_payment_is_open() {
    Payment settled = settled(CONTRADICTED, CONTRADICTED.openConflicts().get(0));
    Payment other =
        settled
            .observing(attempt("ch_1", AttemptStep.FAILED))
            .observing(attempt("ch_1", AttemptStep.SUCCEEDED));

    assertThat(other.openConflicts())
        .extracting(OpenConflict::fact)
        .containsExactly("attempts[ch_1].step");
    assertThat(other.concerns()).containsExactly(Concern.CONFLICT);
  }

  @Test
  void a_mismatch_is_settled_as_it_was_seen_and_still_stops_fulfilment() {
    Payment less = started().observing(vouched()).observing(taken("ch_1", "9.00"));
    OpenConflict seen = less.openMismatches().get(Mismatch.AMOUNT);
    assertThat(seen)
        .isEqualTo(open("asked.amount", List.of("EUR 10.00", "EUR 9.00 at attempts[ch_1]")));

    Payment settled = settled(less, seen);
    assertThat(settled.openMismatches()).isEmpty();
    assertThat(settled.concerns()).isEmpty();
    assertThat(settled.mismatches()).containsExactly(Mismatch.AMOUNT);
    assertThat(settled.isPaid()).isFalse();

    Payment again = settled.observing(taken("ch_2", "9.00"));
    assertThat(again.openMismatches()).as("another charge").containsOnlyKeys(Mismatch.AMOUNT);
    assertThat(again.concerns()).containsExactly(Concern.MISMATCH);
  }

  @Test
  void a_mismatch_says_what_was_asked_and_what_was_seen_where() {
    PaymentFacts other = Snapshot.builder().mode(Mode.LIVE).reference("pay_2").build().facts();
    Payment payment = started().observing(other).observing(taken("ch_1", "11.00"));

    assertThat(payment.openMismatches().values())
        .containsExactly(
            open("asked.amount", List.of("EUR 10.00", "EUR 11.00 at attempts[ch_1]")),
            open("asked.reference", List.of(payment.id().value(), "pay_2")),
            open("asked.mode", List.of("TEST", "LIVE")));
  }

  @Test
  void a_note_of_something_else_settles_nothing() {
    Note note = new Note(NOW, "olga", CONTRADICTED.openConflicts().get(0).id(), "looked at it");

    assertThat(CONTRADICTED.noting(note).concerns()).containsExactly(Concern.CONFLICT);
  }

  private static Payment answered(Payment payment) {
    String send = payment.operations().get(0).sendKey(1);
    return payment.observing(PaymentFacts.ofSend(send, SendStep.HAD_EFFECT));
  }

  private static Payment settled(Payment payment, OpenConflict conflict) {
    return payment.noting(
        new Note(NOW, "olga", conflict.fact(), "ticket 4711", Optional.of(conflict.id())));
  }

  private static OpenConflict open(String fact, List<String> values) {
    return new OpenConflict(new Conflict(fact, values));
  }

  private static PaymentFacts account(String account) {
    return Snapshot.builder().account(account).build().facts();
  }

  private static PaymentFacts taken(String id, String amount) {
    return attempt(id, Attempt.at(AttemptStep.SUCCEEDED).with(eur(amount)));
  }
}
