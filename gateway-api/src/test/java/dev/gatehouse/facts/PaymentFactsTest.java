package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class PaymentFactsTest {
  private static final Money TEN = Money.parse("USD 10.00");
  private static final Movement CAPTURE = Movement.of(MovementKind.CAPTURE, MovementStep.DONE);

  @Test
  void nothing_seen_is_empty_and_anything_seen_is_not() {
    assertThat(PaymentFacts.none().isEmpty()).isTrue();
    assertThat(Snapshot.empty().facts().isEmpty()).isTrue();
    assertThat(Snapshot.empty().complete()).isEmpty();
    assertThat(PaymentFacts.ofSend("op#1", SendStep.SAVED).isEmpty()).isFalse();
  }

  @Test
  void a_send_is_known_by_its_key_and_joins_with_its_later_steps() {
    PaymentFacts saved = PaymentFacts.ofSend("op#1", SendStep.SAVED);
    PaymentFacts both = saved.join(PaymentFacts.ofSend("op#1", SendStep.SENT));

    assertThat(saved.sends()).isEqualTo(Map.of("op#1", Chain.at(SendStep.SAVED)));
    assertThat(both.sends()).isEqualTo(Map.of("op#1", Chain.at(SendStep.SENT)));
  }

  @Test
  void a_snapshot_holds_all_that_its_builder_was_shown() {
    Snapshot snapshot =
        Snapshot.builder()
            .reference("order-1")
            .account("acct_1")
            .mode(Mode.LIVE)
            .currency(CurrencyUnit.USD)
            .providerId("intent", "pi_1")
            .attempt("ch_1", Attempt.at(AttemptStep.STARTED))
            .attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED))
            .authorization("au_1", Authorization.of(TEN))
            .authorization("au_1", Authorization.of(TEN).ended(AuthorizationEnd.VOIDED))
            .movement("cp_1", CAPTURE)
            .movement("cp_1", CAPTURE.with(TEN))
            .dispute("dp_1", Dispute.of(TEN, "ch_1"))
            .dispute("dp_1", Dispute.of(TEN, "ch_1").because("fraud"))
            .total(MovementKind.CAPTURE, "ch_1", Money.parse("USD 4.00"))
            .total(MovementKind.CAPTURE, "ch_1", TEN)
            .complete(FactList.ATTEMPTS, FactList.REFUNDS)
            .build();

    PaymentFacts facts = snapshot.facts();
    assertThat(facts.reference()).isEqualTo(Flat.of("order-1"));
    assertThat(facts.account()).isEqualTo(Flat.of("acct_1"));
    assertThat(facts.mode()).isEqualTo(Flat.of(Mode.LIVE));
    assertThat(facts.currency()).isEqualTo(Flat.of(CurrencyUnit.USD));
    assertThat(facts.providerIds()).containsExactly(new ProviderId("intent", "pi_1"));
    assertThat(facts.attempts()).isEqualTo(Map.of("ch_1", Attempt.at(AttemptStep.SUCCEEDED)));
    assertThat(facts.authorizations().get("au_1").isAlive()).isFalse();
    assertThat(facts.movements()).isEqualTo(Map.of("cp_1", CAPTURE.with(TEN)));
    assertThat(facts.disputes().get("dp_1").reason()).isEqualTo(Flat.of("fraud"));
    assertThat(facts.totals()).isEqualTo(Map.of(key(), new Counter(1000)));
    assertThat(facts.sends()).isEmpty();
    assertThat(snapshot.complete()).containsExactlyInAnyOrder(FactList.ATTEMPTS, FactList.REFUNDS);
  }

  @Test
  void a_builder_that_sees_two_references_keeps_both() {
    Snapshot snapshot =
        Snapshot.builder().reference("a").reference("b").account("c").account("d").build();

    assertThat(snapshot.facts().reference().isConflict()).isTrue();
    assertThat(snapshot.facts().account().isConflict()).isTrue();
  }

  @Test
  void a_snapshot_does_not_change_when_its_builder_goes_on() {
    Snapshot.Builder builder = Snapshot.builder().movement("cp_1", CAPTURE);
    Snapshot before = builder.build();
    Snapshot after =
        builder.movement("cp_2", CAPTURE).providerId("a", "b").complete(FactList.CAPTURES).build();

    assertThat(before.facts().movements()).containsOnlyKeys("cp_1");
    assertThat(before.facts().providerIds()).isEmpty();
    assertThat(before.complete()).isEmpty();
    assertThat(after.facts().movements()).containsOnlyKeys("cp_1", "cp_2");
  }

  @Test
  void a_snapshot_does_not_change_with_the_set_of_its_complete_lists() {
    Set<FactList> lists = EnumSet.of(FactList.CAPTURES);
    Snapshot snapshot = new Snapshot(PaymentFacts.none(), lists);
    lists.clear();

    assertThat(snapshot.complete()).containsExactly(FactList.CAPTURES);
  }

  @Test
  void facts_do_not_change_with_the_collections_they_came_from() {
    SortedSet<ProviderId> ids = new TreeSet<>(Set.of(new ProviderId("a", "b")));
    SortedMap<String, Attempt> attempts =
        new TreeMap<>(Map.of("x", Attempt.at(AttemptStep.STARTED)));
    SortedMap<String, Authorization> holds = new TreeMap<>(Map.of("x", Authorization.of(TEN)));
    SortedMap<String, Movement> movements = new TreeMap<>(Map.of("x", CAPTURE));
    SortedMap<String, Dispute> disputes = new TreeMap<>(Map.of("x", Dispute.of(TEN, "ch_1")));
    SortedMap<TotalKey, Counter> totals = new TreeMap<>(Map.of(key(), new Counter(1)));
    SortedMap<String, Chain<SendStep>> sends = new TreeMap<>(Map.of("x", Chain.at(SendStep.SENT)));
    PaymentFacts facts = facts(ids, attempts, holds, movements, disputes, totals, sends);
    ids.clear();
    for (Map<?, ?> map : List.of(attempts, holds, movements, disputes, totals, sends)) {
      map.clear();
    }

    assertThat(facts.providerIds()).hasSize(1);
    assertThat(facts.attempts()).hasSize(1);
    assertThat(facts.authorizations()).hasSize(1);
    assertThat(facts.movements()).hasSize(1);
    assertThat(facts.disputes()).hasSize(1);
    assertThat(facts.totals()).hasSize(1);
    assertThat(facts.sends()).hasSize(1);
  }

  @Test
  void ids_that_differ_in_case_are_two_whichever_map_they_came_in() {
    SortedMap<String, Movement> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.put("cap_A", CAPTURE);
    PaymentFacts upper = PaymentFacts.none().with(new TreeMap<>(), new TreeMap<>(), caseless);
    PaymentFacts lower = Snapshot.builder().movement("cap_a", CAPTURE).build().facts();

    assertThat(upper.join(lower).movements()).containsOnlyKeys("cap_A", "cap_a");
    assertThat(lower.join(upper)).isEqualTo(upper.join(lower));
  }

  @Test
  void provider_ids_are_in_natural_order_whichever_set_they_came_in() {
    SortedSet<ProviderId> byKind = new TreeSet<>(Comparator.comparing(ProviderId::kind));
    byKind.add(new ProviderId("order", "1"));
    PaymentFacts one =
        facts(
            byKind,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    PaymentFacts other = Snapshot.builder().providerId("order", "2").build().facts();

    assertThat(one.join(other).providerIds()).hasSize(2);
  }

  @Test
  void no_one_can_write_into_facts() {
    PaymentFacts facts = new RandomFacts(5).facts().join(PaymentFacts.ofSend("x", SendStep.SENT));

    for (Map<?, ?> map :
        new Map<?, ?>[] {
          facts.attempts(),
          facts.authorizations(),
          facts.movements(),
          facts.disputes(),
          facts.totals(),
          facts.sends()
        }) {
      assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatThrownBy(facts.providerIds()::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_join_changes_neither_side() {
    PaymentFacts one = new RandomFacts(1).facts();
    PaymentFacts other = new RandomFacts(2).facts();
    one.join(other);

    assertThat(one).isEqualTo(new RandomFacts(1).facts());
    assertThat(other).isEqualTo(new RandomFacts(2).facts());
  }

  @Test
  void our_reference_alone_is_a_fact() {
    PaymentFacts facts = PaymentFacts.ofReference(Flat.of("pay_1"));

    assertThat(facts).isEqualTo(Snapshot.builder().reference("pay_1").build().facts());
  }

  @Test
  void without_their_versions_two_fetches_that_say_the_same_are_equal() {
    PaymentFacts won = withStatus(DisputeStatus.WON);

    assertThat(won.stamped(1)).isNotEqualTo(won.stamped(2));
    assertThat(won.stamped(1).withoutVersions()).isEqualTo(won.stamped(2).withoutVersions());
    assertThat(won.stamped(1).withoutVersions())
        .isNotEqualTo(withStatus(DisputeStatus.LOST).stamped(1).withoutVersions());
  }

  @Test
  void a_fresh_token_for_the_customer_is_no_news() {
    assertThat(asking("t-1", TEN).withoutActions()).isEqualTo(asking("t-2", TEN).withoutActions());
    assertThat(asking("t-1", TEN).withoutActions())
        .isNotEqualTo(asking("t-1", Money.parse("USD 9.00")).withoutActions());
  }

  @Test
  void the_currency_is_the_one_seen_or_else_the_one_that_every_amount_is_in() {
    Money euros = Money.parse("EUR 1.00");
    Snapshot.Builder seen = Snapshot.builder();

    assertThat(agreed(seen)).isEmpty();
    assertThat(agreed(seen.total(MovementKind.CAPTURE, "ch_1", TEN))).contains(CurrencyUnit.USD);
    assertThat(agreed(seen.movement("cp_1", CAPTURE.with(TEN)))).contains(CurrencyUnit.USD);
    assertThat(agreed(seen.total(MovementKind.CAPTURE, "ch_1", euros))).isEmpty();
    assertThat(agreed(seen.currency(CurrencyUnit.EUR))).contains(CurrencyUnit.EUR);
  }

  @Test
  @SuppressWarnings("NullAway")
  void what_is_missing_from_a_list_is_refused_by_name() {
    Set<FactList> lists = Collections.singleton(null);
    List<String> lines = Collections.singletonList(null);

    assertThatThrownBy(() -> new Snapshot(PaymentFacts.none(), lists))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("list");
    assertThatThrownBy(() -> new CustomerAction.Instructions(lines))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line");
  }

  private static PaymentFacts withStatus(DisputeStatus status) {
    Dispute dispute = Dispute.of(TEN, "ch_1").with(Register.unstamped(status));
    return Snapshot.builder().dispute("dp_1", dispute).build().facts();
  }

  private static PaymentFacts asking(String token, Money amount) {
    Attempt attempt = Attempt.at(AttemptStep.ACTION_NEEDED).with(amount);
    return Snapshot.builder()
        .attempt("ch_1", attempt.with(new CustomerAction.ClientToken(token)))
        .build()
        .facts();
  }

  private static Optional<CurrencyUnit> agreed(Snapshot.Builder seen) {
    return seen.build().facts().agreedCurrency();
  }

  private static TotalKey key() {
    return new TotalKey(MovementKind.CAPTURE, "ch_1", CurrencyUnit.USD);
  }

  private static PaymentFacts facts(
      SortedSet<ProviderId> ids,
      SortedMap<String, Attempt> attempts,
      SortedMap<String, Authorization> authorizations,
      SortedMap<String, Movement> movements,
      SortedMap<String, Dispute> disputes,
      SortedMap<TotalKey, Counter> totals,
      SortedMap<String, Chain<SendStep>> sends) {
    return new PaymentFacts(
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        ids,
        attempts,
        authorizations,
        movements,
        disputes,
        totals,
        sends);
  }
}
