package dev.gatehouse.facts;

import static dev.gatehouse.facts.MovementKind.CAPTURE;
import static dev.gatehouse.facts.MovementKind.DISPUTE_REINSTATEMENT;
import static dev.gatehouse.facts.MovementKind.DISPUTE_WITHDRAWAL;
import static dev.gatehouse.facts.MovementKind.REFUND;
import static dev.gatehouse.facts.MovementStep.DONE;
import static dev.gatehouse.facts.MovementStep.NEVER;
import static dev.gatehouse.facts.MovementStep.OPEN;
import static dev.gatehouse.facts.MovementStep.UNDONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TotalsTest {

  /** Columns: authorized captured capturing uncaptured refunded refunding disputed | kept. */
  static Stream<Arguments> payments() {
    return Stream.of(
        row("nothing", "0 0 0 0 0 0 0 | 0", s -> {}),
        row("a hold", "100 0 0 0 0 0 0 | 0", s -> hold(s, "au", 100)),
        row(
            "two captures",
            "30 70 0 0 0 0 0 | 70",
            s -> {
              hold(s, "au", 100);
              capture(s, "c1", DONE, 50, "au");
              capture(s, "c2", DONE, 20, "au");
            }),
        row(
            "the rest is released",
            "0 50 0 0 0 0 0 | 50",
            s -> {
              s.authorization("au", Authorization.of(usd(100)).ended(AuthorizationEnd.VOIDED));
              capture(s, "c1", DONE, 50, "au");
            }),
        row(
            "a capture under way uses the hold",
            "60 0 40 0 0 0 0 | 0",
            s -> {
              hold(s, "au", 100);
              capture(s, "c1", OPEN, 40, "au");
            }),
        row(
            "a capture that never was gives it back",
            "100 0 0 0 0 0 0 | 0",
            s -> {
              hold(s, "au", 100);
              capture(s, "c1", NEVER, 40, "au");
            }),
        row(
            "a capture undone gives it back",
            "100 40 0 40 0 0 0 | 0",
            s -> {
              hold(s, "au", 100);
              capture(s, "c1", UNDONE, 40, "au");
            }),
        row(
            "a refund does not use the hold",
            "100 50 0 0 20 0 0 | 30",
            s -> {
              hold(s, "au", 100);
              move(s, "c1", CAPTURE, DONE, 50);
              s.movement("r1", Movement.of(REFUND, DONE).with(usd(20)).outOf("au"));
            }),
        row(
            "more is captured than the terms allow now",
            "0 50 0 0 0 0 0 | 50",
            s -> {
              s.authorization("au", Authorization.of(usd(100)).with(terms(30)));
              capture(s, "c1", DONE, 50, "au");
            }),
        row(
            "superseded at 115 %",
            "115 0 0 0 0 0 0 | 0",
            s -> {
              s.authorization("au", Authorization.of(usd(100)).supersededBy("au2"));
              hold(s, "au2", 115);
            }),
        row(
            "two holds",
            "150 0 0 0 0 0 0 | 0",
            s -> {
              hold(s, "au1", 100);
              hold(s, "au2", 50);
            }),
        row(
            "a hold in another currency",
            "100 0 0 0 0 0 0 | 0",
            s -> {
              hold(s, "au", 100);
              s.authorization("au2", Authorization.of(Money.parse("EUR 7.00")));
            }),
        row(
            "a refund",
            "0 100 0 0 30 0 0 | 70",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "r1", REFUND, DONE, 30);
            }),
        row(
            "a refund under way is reserved",
            "0 100 0 0 0 30 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "r1", REFUND, OPEN, 30);
            }),
        row(
            "a refund that never was",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "r1", REFUND, NEVER, 30);
            }),
        row(
            "a refund undone is refundable again",
            "0 100 0 0 10 0 0 | 90",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "r1", REFUND, UNDONE, 30);
              move(s, "r2", REFUND, DONE, 10);
            }),
        row(
            "a dispute takes",
            "0 100 0 0 0 0 100 | 0",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "w1", DISPUTE_WITHDRAWAL, DONE, 100);
            }),
        row(
            "a dispute gives back",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "w1", DISPUTE_WITHDRAWAL, DONE, 100);
              move(s, "i1", DISPUTE_REINSTATEMENT, DONE, 100);
            }),
        row(
            "a withdrawal under way or undone takes nothing",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "w1", DISPUTE_WITHDRAWAL, OPEN, 100);
              move(s, "w2", DISPUTE_WITHDRAWAL, UNDONE, 100);
            }),
        row(
            "more given back than was seen taken",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "i1", DISPUTE_REINSTATEMENT, DONE, 20);
            }),
        row(
            "refunded and disputed away",
            "0 100 0 0 80 0 100 | -80",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "r1", REFUND, DONE, 80);
              move(s, "w1", DISPUTE_WITHDRAWAL, DONE, 100);
            }),
        row(
            "a running total alone",
            "0 100 0 0 30 0 0 | 70",
            s -> {
              s.total(CAPTURE, "a", usd(100));
              s.total(REFUND, "a", usd(30));
            }),
        row(
            "a running total knows more",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              charged(s, "c1", 60, "a");
              s.total(CAPTURE, "a", usd(100));
            }),
        row(
            "a running total knows less",
            "0 60 0 0 0 0 0 | 60",
            s -> {
              charged(s, "c1", 60, "a");
              s.total(CAPTURE, "a", usd(40));
            }),
        row(
            "each charge by whichever knows more",
            "0 170 0 0 0 0 0 | 170",
            s -> {
              charged(s, "c1", 60, "a");
              charged(s, "c2", 70, "b");
              s.total(CAPTURE, "a", usd(100));
              s.total(CAPTURE, "b", usd(50));
            }),
        row(
            "an unknown charge is not on top of a total",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 60);
              s.total(CAPTURE, "a", usd(100));
            }),
        row(
            "movements of unknown charge know more",
            "0 160 0 0 0 0 0 | 160",
            s -> {
              move(s, "c1", CAPTURE, DONE, 60);
              charged(s, "c2", 100, "a");
              s.total(CAPTURE, "a", usd(100));
            }),
        row(
            "a total of another kind or currency",
            "0 60 0 0 0 0 0 | 60",
            s -> {
              charged(s, "c1", 60, "a");
              s.total(CAPTURE, "a", Money.parse("EUR 90.00"));
              s.total(DISPUTE_WITHDRAWAL, "a", usd(90));
            }),
        row(
            "movements in another currency",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              s.movement("c2", Movement.of(CAPTURE, DONE).with(Money.parse("EUR 9.00")));
              s.movement("r1", Movement.of(REFUND, OPEN).with(Money.parse("EUR 9.00")));
              s.movement("r2", Movement.of(REFUND, DONE).with(Money.parse("EUR 9.00")));
            }),
        row(
            "of contradicting amounts that came in, the least",
            "0 80 30 0 0 0 0 | 80",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "c1", CAPTURE, DONE, 80);
              move(s, "c2", CAPTURE, OPEN, 30);
              move(s, "c2", CAPTURE, OPEN, 40);
            }),
        row(
            "of contradicting amounts that went out, the most",
            "0 100 0 0 30 50 0 | 70",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "r1", REFUND, DONE, 20);
              move(s, "r1", REFUND, DONE, 30);
              move(s, "r2", REFUND, OPEN, 50);
              move(s, "r2", REFUND, OPEN, 40);
            }),
        row(
            "a dispute whose amounts contradict each other",
            "0 100 0 0 0 0 30 | 70",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              move(s, "d1", DISPUTE_WITHDRAWAL, DONE, 40);
              move(s, "d1", DISPUTE_WITHDRAWAL, DONE, 50);
              move(s, "d2", DISPUTE_REINSTATEMENT, DONE, 30);
              move(s, "d2", DISPUTE_REINSTATEMENT, DONE, 20);
            }),
        row(
            "a movement of unknown amount",
            "0 100 0 0 0 0 0 | 100",
            s -> {
              move(s, "c1", CAPTURE, DONE, 100);
              s.movement("r1", Movement.of(REFUND, DONE));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("payments")
  void totals_follow_from_the_facts(String name, String expected, Consumer<Snapshot.Builder> seen) {
    Snapshot.Builder builder = Snapshot.builder();
    seen.accept(builder);

    assertThat(line(Totals.of(builder.build().facts(), CurrencyUnit.USD))).isEqualTo(expected);
  }

  @Test
  void a_currency_without_decimals_and_one_with_three_are_exact() {
    for (String amount : new String[] {"JPY 9007199254740993", "KWD 9007199254740.993"}) {
      Money money = Money.parse(amount);
      PaymentFacts facts =
          Snapshot.builder()
              .movement("c1", Movement.of(CAPTURE, DONE).with(money).ofCharge("a"))
              .total(CAPTURE, "a", money)
              .total(CAPTURE, "b", money)
              .build()
              .facts();

      Totals totals = Totals.of(facts, money.getCurrencyUnit());
      assertThat(totals.captured()).isEqualTo(money.multipliedBy(2));
      assertThat(totals.kept()).isEqualTo(money.multipliedBy(2));
      assertThat(totals.refunded()).isEqualTo(Money.zero(money.getCurrencyUnit()));
    }
  }

  private static Arguments row(String name, String totals, Consumer<Snapshot.Builder> seen) {
    return Arguments.of(name, totals, seen);
  }

  private static void hold(Snapshot.Builder seen, String id, long amount) {
    seen.authorization(id, Authorization.of(usd(amount)));
  }

  private static void capture(
      Snapshot.Builder seen, String id, MovementStep step, long amount, String hold) {
    seen.movement(id, Movement.of(CAPTURE, step).with(usd(amount)).outOf(hold));
  }

  private static void charged(Snapshot.Builder seen, String id, long amount, String charge) {
    seen.movement(id, Movement.of(CAPTURE, DONE).with(usd(amount)).ofCharge(charge));
  }

  private static void move(
      Snapshot.Builder seen, String id, MovementKind kind, MovementStep step, long amount) {
    seen.movement(id, Movement.of(kind, step).with(usd(amount)));
  }

  private static Register<Authorization.Terms> terms(long capturable) {
    Authorization.Terms terms = new Authorization.Terms(usd(capturable), Optional.empty());
    return new Register<>(1, Set.of(terms));
  }

  private static String line(Totals totals) {
    return Stream.of(
                totals.authorized(),
                totals.captured(),
                totals.capturing(),
                totals.uncaptured(),
                totals.refunded(),
                totals.refunding(),
                totals.disputed())
            .map(TotalsTest::whole)
            .reduce((left, right) -> left + " " + right)
            .orElseThrow()
        + " | "
        + whole(totals.kept());
  }

  private static String whole(Money money) {
    return money.getAmount().toBigIntegerExact().toString();
  }

  private static Money usd(long whole) {
    return Money.ofMajor(CurrencyUnit.USD, whole);
  }
}
