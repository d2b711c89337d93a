package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class FactKindsTest {
  private static final Money TEN = Money.parse("USD 10.00");
  private static final Money FIVE = Money.parse("USD 5.00");

  @Test
  void a_flat_fact_has_a_value_until_it_is_contradicted() {
    Flat<String> one = Flat.of("a");
    Flat<String> both = one.join(Flat.of("b"));

    assertThat(Flat.unknown().value()).isEmpty();
    assertThat(Flat.unknown().isUnknown()).isTrue();
    assertThat(one.value()).contains("a");
    assertThat(one.isUnknown()).isFalse();
    assertThat(one.isConflict()).isFalse();
    assertThat(both.value()).isEmpty();
    assertThat(both.isConflict()).isTrue();
    assertThat(both.has("a")).isTrue();
    assertThat(both.has("b")).isTrue();
    assertThat(both.has("c")).isFalse();
  }

  @Test
  void contradicting_values_stay_in_the_order_in_which_they_were_seen() {
    Flat<String> seen = Flat.unknown();
    for (String value : List.of("d", "a", "e", "c", "b", "a")) {
      seen = seen.join(Flat.of(value));
    }

    assertThat(seen.values()).containsExactly("d", "a", "e", "c", "b");
  }

  @Test
  void a_chain_keeps_only_its_latest_steps() {
    Chain<AttemptStep> chain =
        new Chain<>(Set.of(AttemptStep.STARTED, AttemptStep.APPROVED, AttemptStep.PROCESSING));

    assertThat(chain).isEqualTo(Chain.at(AttemptStep.PROCESSING));
    assertThat(chain.value()).contains(AttemptStep.PROCESSING);
    assertThat(chain.isAt(AttemptStep.PROCESSING)).isTrue();
    assertThat(chain.isAt(AttemptStep.STARTED)).isFalse();
    assertThat(chain.reached(AttemptStep.STARTED)).isTrue();
    assertThat(chain.reached(AttemptStep.SUCCEEDED)).isFalse();
  }

  @Test
  void an_attempt_seen_succeeded_and_failed_is_a_conflict() {
    Chain<AttemptStep> both = Chain.at(AttemptStep.SUCCEEDED).join(Chain.at(AttemptStep.FAILED));

    assertThat(both.isConflict()).isTrue();
    assertThat(both.value()).isEmpty();
    assertThat(both.isAt(AttemptStep.FAILED)).isFalse();
    assertThat(both.reached(AttemptStep.SUCCEEDED)).isTrue();
    assertThat(both.reached(AttemptStep.FAILED)).isTrue();
    assertThat(Chain.at(AttemptStep.FAILED).isConflict()).isFalse();
  }

  @Test
  void a_send_that_had_an_effect_and_had_none_is_a_conflict() {
    Chain<SendStep> both = Chain.at(SendStep.HAD_EFFECT).join(Chain.at(SendStep.HAD_NONE));

    assertThat(both.latest()).containsExactlyInAnyOrder(SendStep.HAD_EFFECT, SendStep.HAD_NONE);
    assertThat(Chain.at(SendStep.SAVED).join(Chain.at(SendStep.SENT)).isAt(SendStep.SENT)).isTrue();
    assertThat(Chain.at(SendStep.HAD_NONE).join(Chain.at(SendStep.SENT)).isAt(SendStep.HAD_NONE))
        .isTrue();
  }

  @Test
  void a_movement_seen_done_and_seen_failed_is_undone_in_either_order() {
    Chain<MovementStep> done = Chain.at(MovementStep.DONE);
    Chain<MovementStep> never = Chain.at(MovementStep.NEVER);

    assertThat(done.join(never)).isEqualTo(Chain.at(MovementStep.UNDONE));
    assertThat(never.join(done)).isEqualTo(Chain.at(MovementStep.UNDONE));
    assertThat(Chain.at(MovementStep.OPEN).join(never)).isEqualTo(never);
    assertThat(Chain.at(MovementStep.OPEN).join(done)).isEqualTo(done);
    assertThat(Chain.at(MovementStep.UNDONE).join(done).isAt(MovementStep.UNDONE)).isTrue();
  }

  @Test
  void a_register_keeps_the_newer_version_and_both_values_of_one_version() {
    Register<String> old = Register.updatedAt(Instant.ofEpochMilli(1), "old");
    Register<String> young = Register.updatedAt(Instant.ofEpochMilli(2), "young");
    Register<String> twin = Register.updatedAt(Instant.ofEpochMilli(2), "twin");

    assertThat(young.join(old)).isEqualTo(young);
    assertThat(old.join(young).value()).contains("young");
    assertThat(old.join(young).isConflict()).isFalse();
    assertThat(young.join(twin).value()).isEmpty();
    assertThat(young.join(twin).isConflict()).isTrue();
    assertThat(young.version()).isEqualTo(2);
  }

  @Test
  void times_that_no_clock_can_count_are_still_before_and_after_the_others() {
    Register<String> first = Register.updatedAt(Instant.MIN, "first");
    Register<String> middle = Register.updatedAt(Instant.EPOCH, "middle");
    Register<String> last = Register.updatedAt(Instant.MAX, "last");

    assertThat(first.join(middle).value()).contains("middle");
    assertThat(middle.join(last).value()).contains("last");
    assertThat(Register.<String>unknown().join(first).value()).contains("first");
    assertThat(first.stamped(7)).as("the provider dated it").isEqualTo(first);
  }

  @Test
  void a_stamp_dates_what_no_one_dated_and_only_that() {
    Register<String> dated = Register.updatedAt(Instant.ofEpochMilli(2), "dated");

    assertThat(Register.unstamped("x").stamped(7)).isEqualTo(new Register<>(7, Set.of("x")));
    assertThat(dated.stamped(7)).isEqualTo(dated);
    assertThat(Register.<String>unknown().stamped(7)).isEqualTo(Register.unknown());
  }

  @Test
  void facts_stamp_and_drop_the_registers_of_attempts_authorizations_and_disputes() {
    CustomerAction action = new CustomerAction.ClientToken("t");
    Authorization.Terms terms = new Authorization.Terms(TEN, Optional.empty());
    PaymentFacts facts =
        Snapshot.builder()
            .attempt("ch_1", Attempt.at(AttemptStep.ACTION_NEEDED).with(action))
            .authorization("au_1", Authorization.of(TEN).with(Register.unstamped(terms)))
            .dispute("dp_1", Dispute.of(TEN, "ch_1").with(Register.unstamped(DisputeStatus.WON)))
            .dispute("dp_2", Dispute.of(TEN, "ch_1").with(at(3, DisputeStatus.LOST)))
            .build()
            .facts();

    PaymentFacts stamped = facts.stamped(9);
    assertThat(stamped.attempts().get("ch_1").action()).isEqualTo(at(9, action));
    assertThat(stamped.authorizations().get("au_1").terms()).isEqualTo(at(9, terms));
    assertThat(stamped.disputes().get("dp_1").status()).isEqualTo(at(9, DisputeStatus.WON));
    assertThat(stamped.disputes().get("dp_2").status()).isEqualTo(at(3, DisputeStatus.LOST));
    assertThat(stamped.withoutUnstamped()).isEqualTo(stamped);

    PaymentFacts heard = facts.withoutUnstamped();
    assertThat(heard.attempts().get("ch_1")).isEqualTo(Attempt.at(AttemptStep.ACTION_NEEDED));
    assertThat(heard.authorizations().get("au_1")).isEqualTo(Authorization.of(TEN));
    assertThat(heard.disputes().get("dp_1")).isEqualTo(Dispute.of(TEN, "ch_1"));
    assertThat(heard.disputes().get("dp_2").status()).isEqualTo(at(3, DisputeStatus.LOST));
  }

  @Test
  void an_attempt_collects_what_is_seen_of_it() {
    Decline decline = Decline.of(DeclineCode.DO_NOT_HONOR);
    Attempt attempt = Attempt.declined(decline).with(TEN).storing("pm_1").causedBy("op");

    assertThat(attempt.step()).isEqualTo(Chain.at(AttemptStep.FAILED));
    assertThat(attempt.decline()).isEqualTo(Flat.of(decline));
    assertThat(attempt.amount()).isEqualTo(Flat.of(TEN));
    assertThat(attempt.storedMethod()).isEqualTo(Flat.of("pm_1"));
    assertThat(attempt.operation()).isEqualTo(Flat.of("op"));
    assertThat(attempt.causedBy(Optional.empty())).isEqualTo(attempt);
    assertThat(attempt.causedBy(Optional.of("op-2")).operation()).isEqualTo(Flat.of("op-2"));
  }

  @Test
  void where_a_hold_contradicts_itself_the_smallest_amount_is_capturable() {
    Authorization.Terms five = new Authorization.Terms(FIVE, Optional.empty());
    Authorization.Terms six = new Authorization.Terms(Money.parse("USD 6.00"), Optional.empty());
    Authorization.Terms euros = new Authorization.Terms(Money.parse("EUR 1.00"), Optional.empty());
    Authorization hold =
        Authorization.of(TEN).with(at(1, six)).join(Authorization.of(TEN).with(at(1, five)));

    assertThat(hold.capturable()).contains(FIVE);
    assertThat(Authorization.of(TEN).join(Authorization.of(FIVE)).capturable()).contains(FIVE);
    assertThat(hold.join(Authorization.of(TEN).with(at(1, euros))).capturable()).isEmpty();
  }

  @Test
  void an_authorization_is_capturable_by_its_newest_terms_else_by_its_first_amount() {
    Authorization first = Authorization.of(TEN).causedBy("op");
    Authorization lowered = first.with(at(1, new Authorization.Terms(FIVE, Optional.empty())));

    assertThat(first.operation()).isEqualTo(Flat.of("op"));
    assertThat(first.capturable()).contains(TEN);
    assertThat(lowered.capturable()).contains(FIVE);
    assertThat(first.isAlive()).isTrue();
    assertThat(first.ended(AuthorizationEnd.EXPIRED).isAlive()).isFalse();
    assertThat(first.ended(AuthorizationEnd.EXPIRED).end())
        .isEqualTo(Flat.of(AuthorizationEnd.EXPIRED));
    assertThat(first.supersededBy("au_2").supersededBy()).isEqualTo(Flat.of("au_2"));
    assertThat(first.supersededBy("au_2").isAlive()).isFalse();
    assertThat(first.supersededBy("au_2").end()).isEqualTo(Flat.unknown());
  }

  @Test
  void a_hold_that_another_took_the_place_of_may_be_released_with_it() {
    Authorization renewed = Authorization.of(TEN).supersededBy("au_2");
    Authorization released = Authorization.over(AuthorizationEnd.VOIDED);
    PaymentFacts both =
        Snapshot.builder()
            .authorization("au_1", renewed.join(released))
            .authorization("au_2", Authorization.of(TEN).ended(AuthorizationEnd.VOIDED))
            .build()
            .facts();

    assertThat(Conflict.in(both)).isEmpty();
    assertThat(both.authorizations().get("au_1").end()).isEqualTo(Flat.of(AuthorizationEnd.VOIDED));
  }

  @Test
  void a_movement_collects_what_is_seen_of_it() {
    Movement movement =
        Movement.of(MovementKind.REFUND, MovementStep.OPEN)
            .with(TEN)
            .ofCharge("ch_1")
            .outOf("cp_1")
            .causedBy("op")
            .settledAs(FIVE);

    assertThat(movement)
        .isEqualTo(
            new Movement(
                Flat.of(MovementKind.REFUND),
                Chain.at(MovementStep.OPEN),
                Flat.of(TEN),
                Flat.of("ch_1"),
                Flat.of("cp_1"),
                Flat.of("op"),
                Flat.of(FIVE)));
    assertThat(movement.is(MovementKind.REFUND)).isTrue();
    assertThat(movement.is(MovementKind.CAPTURE)).isFalse();
    assertThat(movement.causedBy(Optional.empty())).isEqualTo(movement);
    assertThat(movement.causedBy(Optional.of("op-2")).operation()).isEqualTo(Flat.of("op-2"));
  }

  @Test
  void a_movement_of_two_kinds_is_of_neither() {
    Movement both =
        Movement.of(MovementKind.REFUND, MovementStep.DONE)
            .join(Movement.of(MovementKind.CAPTURE, MovementStep.DONE));

    assertThat(both.is(MovementKind.REFUND)).isFalse();
    assertThat(both.is(MovementKind.CAPTURE)).isFalse();
  }

  @Test
  void a_dispute_collects_what_is_seen_of_it() {
    Dispute dispute = Dispute.of(TEN, "ch_1").because("fraud").with(at(1, DisputeStatus.WON));

    assertThat(dispute)
        .isEqualTo(
            new Dispute(at(1, DisputeStatus.WON), Flat.of(TEN), Flat.of("ch_1"), Flat.of("fraud")));
  }

  @Test
  void a_decline_may_be_retried_only_if_its_code_and_the_network_allow_it() {
    Decline soft = Decline.of(DeclineCode.INSUFFICIENT_FUNDS);
    Decline stopped =
        new Decline(DeclineCode.INSUFFICIENT_FUNDS, DeclineAdvice.DO_NOT_TRY_AGAIN, "51", "no");

    assertThat(soft).isEqualTo(new Decline(soft.code(), DeclineAdvice.NONE, "", ""));
    assertThat(soft.isRetryable()).isTrue();
    assertThat(stopped.isRetryable()).isFalse();
    assertThat(Decline.of(DeclineCode.STOLEN_CARD).isRetryable()).isFalse();
  }

  @Test
  void what_a_customer_must_do_is_not_shown_in_logs() {
    Map<String, String> fields = new HashMap<>(Map.of("secret-field", "secret-value"));
    URI url = URI.create("https://bank.example/secret-path?secret");
    CustomerAction.Redirect redirect = new CustomerAction.Redirect(url, "POST", fields);
    fields.clear();

    assertThat(redirect.fields()).containsEntry("secret-field", "secret-value");
    assertThat(redirect.toString()).isEqualTo("Redirect[POST https://bank.example/…]");
    assertThat(new CustomerAction.ClientToken("secret").toString()).doesNotContain("secret");
    assertThat(CustomerAction.Redirect.to(url))
        .isEqualTo(new CustomerAction.Redirect(url, "GET", Map.of()));
  }

  @Test
  void a_browser_is_sent_to_https_pages_only() {
    for (String url :
        List.of("https://b.example/p?x=1#f", "http://localhost:8080/", "HTTPS://b.c")) {
      assertThat(CustomerAction.Redirect.to(URI.create(url)).url()).hasToString(url);
    }
    String endless = "https://b.example/" + "a".repeat(8_200);
    for (String url :
        List.of(
            "javascript:alert(1)",
            "data:text/html,secret",
            "file:///etc/passwd",
            "swish://paymentrequest?token=secret",
            "http://b.example/",
            "https:opaque",
            "//b.example/",
            "/path",
            "",
            "https://user:secret@b.example/",
            endless)) {
      assertThatThrownBy(() -> CustomerAction.Redirect.to(URI.create(url)))
          .as(url)
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              e -> {
                assertThat(e.problems()).singleElement().matches(p -> p.code().equals("https-url"));
                assertThat(e.toString()).doesNotContain("secret");
              });
    }
  }

  @Test
  void an_address_may_be_8192_characters_long_and_no_longer() {
    String longest = "https://b.example/".concat("a".repeat(8_192 - 18));

    assertThat(CustomerAction.Redirect.to(URI.create(longest)).url().toString()).hasSize(8_192);
    assertThatThrownBy(() -> CustomerAction.Redirect.to(URI.create(longest + "a")))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void a_browser_gets_or_posts_and_only_posts_have_fields() {
    URI url = URI.create("https://bank.example/");
    Map<String, String> fields = Map.of("a", "b");
    for (String method : List.of("get", "PUT", "", "GET\r\nX: 1")) {
      assertThatThrownBy(() -> new CustomerAction.Redirect(url, method, Map.of()))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThatThrownBy(() -> new CustomerAction.Redirect(url, "GET", fields))
        .isInstanceOf(InvalidInputException.class);
    assertThat(new CustomerAction.Redirect(url, "POST", fields).fields()).isEqualTo(fields);
  }

  @Test
  void keys_sort_by_every_part() {
    ProviderId order = new ProviderId("order", "a");
    assertThat(order).isLessThan(new ProviderId("payment", "a"));
    assertThat(order).isLessThan(new ProviderId("order", "b"));
    assertThat(order.compareTo(new ProviderId("order", "a"))).isZero();

    TotalKey key = new TotalKey(MovementKind.CAPTURE, "ch_1", CurrencyUnit.EUR);
    assertThat(key).isLessThan(new TotalKey(MovementKind.REFUND, "ch_0", CurrencyUnit.EUR));
    assertThat(key).isLessThan(new TotalKey(MovementKind.CAPTURE, "ch_2", CurrencyUnit.AUD));
    assertThat(key).isLessThan(new TotalKey(MovementKind.CAPTURE, "ch_1", CurrencyUnit.USD));
    assertThat(key.compareTo(new TotalKey(MovementKind.CAPTURE, "ch_1", CurrencyUnit.EUR)))
        .isZero();
  }

  @Test
  void a_fact_does_not_change_with_the_collection_it_came_from() {
    Set<String> one = new HashSet<>(Set.of("a"));
    Set<String> two = new HashSet<>(Set.of("a", "b"));
    Set<SendStep> steps = new HashSet<>(Set.of(SendStep.HAD_EFFECT, SendStep.HAD_NONE));
    List<String> lines = new ArrayList<>(List.of("pay"));
    Flat<String> flat = new Flat<>(one);
    Flat<String> conflict = new Flat<>(two);
    Register<String> register = new Register<>(1, two);
    Chain<SendStep> chain = new Chain<>(steps);
    CustomerAction.Instructions instructions = new CustomerAction.Instructions(lines);
    Conflict shown = new Conflict("x", lines);
    one.clear();
    two.clear();
    steps.clear();
    lines.clear();

    assertThat(flat).isEqualTo(Flat.of("a"));
    assertThat(conflict.values()).containsExactlyInAnyOrder("a", "b");
    assertThat(register.values()).containsExactlyInAnyOrder("a", "b");
    assertThat(chain.latest()).hasSize(2);
    assertThat(instructions.lines()).containsExactly("pay");
    assertThat(shown.values()).containsExactly("pay");
  }

  private static <T> Register<T> at(long version, T value) {
    return new Register<>(version, Set.of(value));
  }
}
