package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class BooksTest {
  private static final Money TEN = Money.parse("EUR 10.00");
  private static final Money FOUR = Money.parse("EUR 4.00");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final Agenda agenda = new Agenda(clock);
  private final List<Happened> happened = new ArrayList<>();
  private final Books<String> books = new Books<>(agenda, happened::add);

  private static Order<String> order() {
    return Order.sale("acct", Optional.of("pay-1"), Optional.of("k1"), TEN, "details");
  }

  private String sale() {
    String id = books.begin(order());
    books.succeed(id);
    return id;
  }

  private String hold() {
    String id = books.begin(order().holding(HOUR));
    books.succeed(id);
    return id;
  }

  private Optional<String> holdStatus(String id) {
    return books.charge(id).authorization().map(Ledger.Authorization::status);
  }

  private List<Change> changes() {
    return happened.stream().map(Happened::what).toList();
  }

  private void pass(Duration time) {
    clock.advance(time);
    agenda.catchUp();
  }

  @Test
  void a_sale_takes_the_money_once_under_its_key() {
    String id = sale();
    Ledger ledger = books.ledger(Map.of(), Map.of());

    assertThat(ledger.chargesOf("pay-1")).containsExactly(books.charge(id));
    assertThat(books.charge(id).status()).isEqualTo("succeeded");
    assertThat(books.charge(id).captured()).isEqualTo(TEN);
    assertThat(ledger.effectsOf("k1")).isOne();
    assertThat(books.details(id)).isEqualTo("details");
    assertThat(changes()).containsExactly(Change.SUCCEEDED);
  }

  @Test
  void what_is_over_stays_as_it_is() {
    String id = sale();

    assertThatThrownBy(() -> books.fail(id, "late")).isInstanceOf(InvalidStateException.class);
    assertThatThrownBy(() -> books.succeed(id)).isInstanceOf(InvalidStateException.class);
    assertThat(books.charge(id).captures()).hasSize(1);
  }

  @Test
  void a_hold_takes_nothing_until_it_is_captured_and_then_no_more_than_it_holds() {
    String id = hold();
    assertThat(books.charge(id).captured().isZero()).isTrue();

    books.capture(id, FOUR, false, Optional.of("k2"));

    assertThat(books.capturable(id)).isEqualTo(Money.parse("EUR 6.00"));
    assertThatThrownBy(() -> books.capture(id, TEN, false, Optional.of("k3")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("EUR 6.00");
    assertThatThrownBy(() -> books.capture(id, Money.parse("USD 1.00"), false, Optional.empty()))
        .isInstanceOf(InvalidInputException.class);
    books.capture(id, Money.parse("EUR 6.00"), false, Optional.of("k4"));
    assertThat(holdStatus(id)).contains("exhausted");
    assertThat(books.ledger(Map.of(), Map.of()).effectsOf("k4")).isOne();
  }

  @Test
  void the_last_capture_releases_the_rest() {
    String id = hold();
    books.capture(id, FOUR, true, Optional.of("k2"));

    assertThat(holdStatus(id)).contains("exhausted");
    assertThat(books.capturable(id).isZero()).isTrue();
  }

  @Test
  void a_hold_is_released_once_and_by_its_own_id_too() {
    String id = hold();
    String hold = books.charge(id).authorization().orElseThrow().id();

    books.release(hold, Optional.of("k2"));

    assertThat(holdStatus(id)).contains("voided");
    assertThatThrownBy(() -> books.release(id, Optional.of("k3")))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("voided");
    assertThat(books.ledger(Map.of(), Map.of()).voidsByKey("k2")).hasSize(1);
  }

  @Test
  void a_hold_runs_out_by_itself() {
    String id = hold();
    pass(HOUR);

    assertThat(holdStatus(id)).contains("expired");
    assertThat(changes()).containsExactly(Change.SUCCEEDED, Change.EXPIRED);
  }

  @Test
  void a_refund_gives_back_no_more_than_was_taken_and_a_failed_one_can_be_made_again() {
    String capture = books.charge(sale()).captures().get(0).id();
    String refund = books.back().refundLater(capture, TEN, Optional.of("r1"), HOUR, false);

    assertThatThrownBy(() -> books.back().refund(capture, FOUR, Optional.of("r2")))
        .isInstanceOf(InvalidInputException.class);
    pass(HOUR);

    assertThat(books.back().refund(refund).status()).isEqualTo("failed");
    books.back().refund(capture, FOUR, Optional.of("r2"));
    assertThat(books.back().refundable(capture)).isEqualTo(Money.parse("EUR 6.00"));
    assertThat(books.charge(capture).refunded()).isEqualTo(FOUR);
  }

  @Test
  void a_refund_that_comes_back_leaves_the_money_with_the_merchant() {
    String id = sale();
    String refund =
        books.back().refund(books.charge(id).captures().get(0).id(), TEN, Optional.of("r1"));
    books.back().undo(refund);

    assertThat(books.charge(id).kept()).isEqualTo(TEN);
    assertThatThrownBy(() -> books.back().undo(refund)).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void a_dispute_takes_what_is_left_and_gives_it_back_when_it_is_won() {
    String id = sale();
    books.back().refund(books.charge(id).captures().get(0).id(), FOUR, Optional.of("r1"));
    String dispute = books.back().dispute(id);

    assertThat(books.charge(id).kept().isZero()).isTrue();
    assertThatThrownBy(() -> books.back().dispute(id)).isInstanceOf(InvalidStateException.class);
    books.back().win(dispute);
    assertThat(books.charge(id).kept()).isEqualTo(Money.parse("EUR 6.00"));
    assertThatThrownBy(() -> books.back().lose(dispute)).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void a_charge_waits_for_the_customer_and_goes_on_as_was_said() {
    String id = books.begin(order());
    books.ask(id, HOUR, "too_late", () -> books.succeed(id));
    assertThat(books.charge(id).action()).isPresent();

    books.approve(id);

    assertThat(books.charge(id).status()).isEqualTo("succeeded");
    assertThatThrownBy(() -> books.approve(id)).isInstanceOf(InvalidStateException.class);
    pass(HOUR);
    assertThat(books.charge(id).status()).isEqualTo("succeeded");
  }

  @Test
  void a_customer_who_left_can_not_come_back_and_the_charge_fails_when_time_is_up() {
    String id = books.begin(order());
    books.ask(id, HOUR, "too_late", () -> books.succeed(id));
    books.leave(id);

    assertThatThrownBy(() -> books.approve(id)).isInstanceOf(InvalidStateException.class);
    pass(HOUR);
    assertThat(books.charge(id).decline()).contains("too_late");
  }

  @Test
  void a_charge_that_waits_for_us_is_completed_once() {
    String id = books.begin(order());
    books.ask(id, HOUR, "too_late", () -> books.waitForUs(id));
    assertThatThrownBy(() -> books.complete(id, Optional.of("c1"), Optional.empty()))
        .isInstanceOf(InvalidStateException.class);
    books.approve(id);

    books.complete(id, Optional.of("c1"), Optional.empty());
    books.complete(id, Optional.of("c2"), Optional.empty());

    Ledger ledger = books.ledger(Map.of(), Map.of());
    assertThat(ledger.effectsOf("c1")).isOne();
    assertThat(ledger.effectsOf("c2")).isZero();
    assertThat(books.charge(id).captures()).hasSize(1);
  }

  @Test
  void what_is_worked_on_ends_by_itself_unless_somebody_decides_sooner() {
    String slow = books.begin(order());
    books.process(slow, HOUR, Optional.of("bad"));
    String decided = books.begin(order());
    books.puzzle(decided, HOUR, Optional.of("bad"));
    books.settle(decided, Optional.empty());
    pass(HOUR);

    assertThat(books.charge(slow).decline()).contains("bad");
    assertThat(books.charge(decided).status()).isEqualTo("succeeded");
    assertThatThrownBy(() -> books.settle(slow, Optional.empty()))
        .isInstanceOf(InvalidStateException.class);
  }

  @Test
  void what_nothing_has_as_its_id_is_not_found() {
    assertThatThrownBy(() -> books.charge("x")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> books.back().fail("x")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> books.back().fail(sale())).isInstanceOf(InvalidStateException.class);
    assertThatThrownBy(() -> books.back().lose(sale())).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void nothing_and_less_is_no_charge() {
    Order<String> nothing =
        Order.sale("acct", Optional.empty(), Optional.empty(), Money.parse("EUR 0.00"), "");

    assertThatThrownBy(() -> books.begin(nothing)).isInstanceOf(InvalidInputException.class);
    assertThat(books.charges()).isEmpty();
  }
}
