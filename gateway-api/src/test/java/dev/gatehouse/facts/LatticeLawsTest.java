package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining does not depend on order, repetition or grouping, and nothing is forgotten. */
class LatticeLawsTest {
  private static final int TRIPLES = 2_000;

  static Stream<Arguments> lattices() {
    return Stream.of(
        lattice("Flat", RandomFacts::flat, Flat.unknown()),
        lattice("Chain", random -> random.chain(MovementStep.values()), Chain.unknown()),
        lattice("Counter", RandomFacts::counter, new Counter(0)),
        lattice("Register", RandomFacts::register, Register.unknown()),
        lattice("Attempt", RandomFacts::attempt, unknownAttempt()),
        lattice("Authorization", RandomFacts::authorization, unknownAuthorization()),
        lattice("Movement", RandomFacts::movement, unknownMovement()),
        lattice("Dispute", RandomFacts::dispute, unknownDispute()),
        lattice("PaymentFacts", RandomFacts::facts, PaymentFacts.none()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lattices")
  <T extends Joinable<T>> void a_join_obeys_the_laws(
      String name, Function<RandomFacts, T> draw, T unknown) {
    for (long seed = 1; seed <= TRIPLES; seed++) {
      RandomFacts random = new RandomFacts(seed);
      T conflicting = draw.apply(random).join(draw.apply(random));
      assertLaws("seed " + seed, conflicting, draw.apply(random), draw.apply(random), unknown);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AttemptStep.class, MovementStep.class, SendStep.class})
  <S extends Enum<S> & Step<S>> void a_chain_obeys_the_laws_for_all_its_steps(Class<S> type) {
    List<Chain<S>> all = allChains(type);
    for (Chain<S> one : all) {
      for (Chain<S> other : all) {
        for (Chain<S> third : all) {
          assertLaws("chains", one, other, third, Chain.unknown());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AttemptStep.class, MovementStep.class, SendStep.class})
  <S extends Enum<S> & Step<S>> void what_a_chain_reached_stays_reached(Class<S> type) {
    for (Chain<S> one : allChains(type)) {
      for (Chain<S> other : allChains(type)) {
        for (S step : type.getEnumConstants()) {
          if (one.reached(step) || other.reached(step)) {
            assertThat(one.join(other).reached(step)).as("%s, %s: %s", one, other, step).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AttemptStep.class, MovementStep.class, SendStep.class})
  <S extends Enum<S> & Step<S>> void the_steps_are_a_strict_partial_order(Class<S> type) {
    for (S one : type.getEnumConstants()) {
      assertThat(one.precedes(one)).as("%s before itself", one).isFalse();
      for (S other : type.getEnumConstants()) {
        assertThat(one.precedes(other) && other.precedes(one)).as("%s, %s", one, other).isFalse();
        for (S third : type.getEnumConstants()) {
          if (one.precedes(other) && other.precedes(third)) {
            assertThat(one.precedes(third)).as("%s, %s, %s", one, other, third).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MovementKind.class)
  void a_join_of_maps_keeps_every_key_of_both(MovementKind kind) {
    for (long seed = 1; seed <= 200; seed++) {
      RandomFacts random = new RandomFacts(seed);
      PaymentFacts one = random.facts();
      PaymentFacts other = random.facts();
      PaymentFacts joined = one.join(other);

      for (PaymentFacts seen : List.of(one, other)) {
        assertThat(joined.providerIds()).as("seed %s", seed).containsAll(seen.providerIds());
        assertThat(joined.attempts().keySet()).containsAll(seen.attempts().keySet());
        assertThat(joined.authorizations().keySet()).containsAll(seen.authorizations().keySet());
        assertThat(joined.disputes().keySet()).containsAll(seen.disputes().keySet());
        assertThat(joined.totals().keySet()).containsAll(seen.totals().keySet());
        assertThat(joined.sends().keySet()).containsAll(seen.sends().keySet());
        seen.movements()
            .forEach(
                (id, movement) -> {
                  if (movement.kind().has(kind)) {
                    assertThat(joined.movements().get(id).kind().has(kind)).isTrue();
                  }
                });
      }
    }
  }

  private static <T extends Joinable<T>> void assertLaws(
      String where, T one, T other, T third, T unknown) {
    T joined = one.join(other);
    assertThat(joined.join(third))
        .as("associative, %s", where)
        .isEqualTo(one.join(other.join(third)));
    assertThat(other.join(one)).as("commutative, %s", where).isEqualTo(joined);
    assertThat(one.join(one)).as("idempotent, %s", where).isEqualTo(one);
    assertThat(joined.join(one)).as("one is kept, %s", where).isEqualTo(joined);
    assertThat(joined.join(other)).as("other is kept, %s", where).isEqualTo(joined);
    assertThat(one.join(unknown)).as("unknown adds nothing, %s", where).isEqualTo(one);
    assertThat(unknown.join(one)).as("unknown hides nothing, %s", where).isEqualTo(one);
  }

  private static <S extends Enum<S> & Step<S>> List<Chain<S>> allChains(Class<S> type) {
    List<Chain<S>> all = new ArrayList<>();
    all.add(Chain.unknown());
    Arrays.stream(type.getEnumConstants()).map(Chain::at).forEach(all::add);
    for (S one : type.getEnumConstants()) {
      for (S other : type.getEnumConstants()) {
        all.add(Chain.at(one).join(Chain.at(other)));
      }
    }
    return all.stream().distinct().toList();
  }

  private static <T> Arguments lattice(String name, Function<RandomFacts, T> draw, T unknown) {
    return Arguments.of(name, draw, unknown);
  }

  private static Attempt unknownAttempt() {
    return new Attempt(
        Chain.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Register.unknown(),
        Flat.unknown());
  }

  private static Authorization unknownAuthorization() {
    return new Authorization(
        Register.unknown(), Flat.unknown(), Flat.unknown(), Flat.unknown(), Flat.unknown());
  }

  private static Movement unknownMovement() {
    return new Movement(
        Flat.unknown(),
        Chain.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown());
  }

  private static Dispute unknownDispute() {
    return new Dispute(Register.unknown(), Flat.unknown(), Flat.unknown(), Flat.unknown());
  }
}
