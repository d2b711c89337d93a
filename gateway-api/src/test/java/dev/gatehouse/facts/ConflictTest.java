package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictTest {
  private static final Money ONE = Money.parse("USD 1.00");
  private static final Money TWO = Money.parse("USD 2.00");
  private static final Attempt ATTEMPT = Attempt.at(AttemptStep.FAILED);
  private static final Authorization HOLD = Authorization.of(ONE);
  private static final Movement MOVEMENT = Movement.of(MovementKind.CAPTURE, MovementStep.DONE);
  private static final Dispute DISPUTE = Dispute.of(ONE, "a");

  static Stream<Arguments> contradictions() {
    return Stream.of(
        of("reference", "[a, b]", s -> s.reference("b").reference("a")),
        of("account", "[a, b]", s -> s.account("a").account("b")),
        of("mode", "[LIVE, TEST]", s -> s.mode(Mode.TEST).mode(Mode.LIVE)),
        of("currency", "[EUR, USD]", s -> s.currency(CurrencyUnit.USD).currency(CurrencyUnit.EUR)),
        attempt("step", "[FAILED, SUCCEEDED]", ATTEMPT, Attempt.at(AttemptStep.SUCCEEDED)),
        attempt("amount", "[USD 1.00, USD 2.00]", ATTEMPT.with(TWO), ATTEMPT.with(ONE)),
        attempt(
            "decline",
            "[" + decline("1") + ", " + decline("2") + "]",
            ATTEMPT.with(decline("1")),
            ATTEMPT.with(decline("2"))),
        attempt("operation", "[a, b]", ATTEMPT.causedBy("a"), ATTEMPT.causedBy("b")),
        attempt("supersededBy", "[a, b]", ATTEMPT.supersededBy("a"), ATTEMPT.supersededBy("b")),
        of(
            "credentials[x].owner",
            "[a, b]",
            s ->
                s.credential("x", Credential.stored().ownedBy("b"))
                    .credential("x", Credential.stored().ownedBy("a"))),
        of(
            "credentials[x].account",
            "[a, b]",
            s ->
                s.credential("x", Credential.stored().in("b"))
                    .credential("x", Credential.stored().in("a"))),
        attempt("storedMethod", "[a, b]", ATTEMPT.storing("a"), ATTEMPT.storing("b")),
        attempt(
            "action",
            "[Redirect[GET https://a.example/…], Redirect[GET https://b.example/…]]",
            ATTEMPT.with(redirect("b")),
            ATTEMPT.with(redirect("a"))),
        hold(
            "terms",
            "[" + terms(ONE) + ", " + terms(TWO) + "]",
            HOLD.with(at(terms(ONE))),
            HOLD.with(at(terms(TWO)))),
        hold("amount", "[USD 1.00, USD 2.00]", HOLD, Authorization.of(TWO)),
        hold(
            "end",
            "[EXPIRED, VOIDED]",
            HOLD.ended(AuthorizationEnd.VOIDED),
            HOLD.ended(AuthorizationEnd.EXPIRED)),
        hold("supersededBy", "[a, b]", HOLD.supersededBy("a"), HOLD.supersededBy("b")),
        hold("operation", "[a, b]", HOLD.causedBy("a"), HOLD.causedBy("b")),
        movement(
            "kind",
            "[CAPTURE, REFUND]",
            MOVEMENT,
            Movement.of(MovementKind.REFUND, MovementStep.DONE)),
        movement("amount", "[USD 1.00, USD 2.00]", MOVEMENT.with(ONE), MOVEMENT.with(TWO)),
        movement("charge", "[a, b]", MOVEMENT.ofCharge("a"), MOVEMENT.ofCharge("b")),
        movement("parent", "[a, b]", MOVEMENT.outOf("a"), MOVEMENT.outOf("b")),
        movement("operation", "[a, b]", MOVEMENT.causedBy("a"), MOVEMENT.causedBy("b")),
        movement(
            "settled", "[USD 1.00, USD 2.00]", MOVEMENT.settledAs(ONE), MOVEMENT.settledAs(TWO)),
        dispute(
            "status",
            "[LOST, WON]",
            DISPUTE.with(at(DisputeStatus.WON)),
            DISPUTE.with(at(DisputeStatus.LOST))),
        dispute("amount", "[USD 1.00, USD 2.00]", DISPUTE, Dispute.of(TWO, "a")),
        dispute("charge", "[a, b]", DISPUTE, Dispute.of(ONE, "b")),
        dispute("reason", "[a, b]", DISPUTE.because("a"), DISPUTE.because("b")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void a_contradiction_is_found_at_its_path(
      String path, String values, Consumer<Snapshot.Builder> seen) {
    Snapshot.Builder builder = Snapshot.builder();
    seen.accept(builder);

    List<Conflict> conflicts = Conflict.in(builder.build().facts());
    assertThat(conflicts).extracting(Conflict::fact).containsExactly(path);
    assertThat(conflicts.get(0).values()).hasToString(values);
  }

  @Test
  void a_send_with_and_without_effect_is_found_at_its_path() {
    PaymentFacts facts =
        PaymentFacts.ofSend("op#1", SendStep.HAD_NONE)
            .join(PaymentFacts.ofSend("op#1", SendStep.HAD_EFFECT));

    assertThat(Conflict.in(facts))
        .containsExactly(new Conflict("sends[op#1]", List.of("HAD_EFFECT", "HAD_NONE")));
  }

  @Test
  void a_movement_that_is_undone_is_no_conflict() {
    PaymentFacts facts =
        Snapshot.builder()
            .movement("x", Movement.of(MovementKind.REFUND, MovementStep.NEVER))
            .movement("x", Movement.of(MovementKind.REFUND, MovementStep.DONE))
            .build()
            .facts();

    assertThat(Conflict.in(facts)).isEmpty();
  }

  @Test
  void nothing_seen_holds_no_conflict() {
    assertThat(Conflict.in(PaymentFacts.none())).isEmpty();
  }

  @Test
  void conflicts_come_in_one_order_whatever_was_seen_first() {
    Snapshot.Builder first = Snapshot.builder();
    Snapshot.Builder second = Snapshot.builder();
    for (String id : List.of("a", "b")) {
      first.reference(id).movement("m1", MOVEMENT.outOf(id)).movement("m2", MOVEMENT.outOf(id));
    }
    for (String id : List.of("b", "a")) {
      second.movement("m2", MOVEMENT.outOf(id)).movement("m1", MOVEMENT.outOf(id)).reference(id);
    }

    assertThat(Conflict.in(first.build().facts()))
        .isEqualTo(Conflict.in(second.build().facts()))
        .extracting(Conflict::fact)
        .containsExactly("reference", "movements[m1].parent", "movements[m2].parent");
  }

  @ParameterizedTest
  @CsvSource({
    "reference, true",
    "mode, true",
    "attempts[x].step, true",
    "attempts[x].amount, true",
    "movements[x].kind, true",
    "movements[x].parent, true",
    "movements[settled].amount, true",
    "sends[op#1], true",
    "account, true",
    "credentials[x].owner, true",
    "credentials[x].account, false",
    "attempts[x].decline, false",
    "attempts[x].storedMethod, false",
    "attempts[x].action, false",
    "authorizations[x].supersededBy, false",
    "movements[x].settled, false",
    "disputes[x].status, false",
    "disputes[x].reason, false"
  })
  void a_contradiction_about_money_is_grave_and_one_about_words_is_not(String path, boolean grave) {
    assertThat(new Conflict(path, List.of("a", "b")).isGrave()).isEqualTo(grave);
  }

  private static Arguments of(String path, String values, Consumer<Snapshot.Builder> seen) {
    return Arguments.of(path, values, seen);
  }

  private static Arguments attempt(String field, String values, Attempt one, Attempt other) {
    return of("attempts[x]." + field, values, s -> s.attempt("x", one).attempt("x", other));
  }

  private static Arguments hold(
      String field, String values, Authorization one, Authorization other) {
    return of(
        "authorizations[x]." + field,
        values,
        s -> s.authorization("x", one).authorization("x", other));
  }

  private static Arguments movement(String field, String values, Movement one, Movement other) {
    return of("movements[x]." + field, values, s -> s.movement("x", one).movement("x", other));
  }

  private static Arguments dispute(String field, String values, Dispute one, Dispute other) {
    return of("disputes[x]." + field, values, s -> s.dispute("x", one).dispute("x", other));
  }

  private static Decline decline(String rawCode) {
    return new Decline(DeclineCode.DO_NOT_HONOR, DeclineAdvice.NONE, rawCode, "");
  }

  private static CustomerAction redirect(String host) {
    return CustomerAction.Redirect.to(URI.create("https://" + host + ".example/pay"));
  }

  private static Authorization.Terms terms(Money capturable) {
    return new Authorization.Terms(capturable, Optional.empty());
  }

  private static <T> Register<T> at(T value) {
    return new Register<>(1, Set.of(value));
  }
}
