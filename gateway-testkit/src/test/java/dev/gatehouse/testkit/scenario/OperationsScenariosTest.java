package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.command.ArchiveEvents;
import dev.gatehouse.command.DropDeliveries;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.LookUpPayment;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.ReplayParked;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Answer;
import dev.gatehouse.operations.Charged;
import dev.gatehouse.operations.Discrepancy;
import dev.gatehouse.operations.Doubt;
import dev.gatehouse.operations.HookBacklog;
import dev.gatehouse.operations.Moment;
import dev.gatehouse.operations.Operations;
import dev.gatehouse.operations.Page;
import dev.gatehouse.operations.Search;
import dev.gatehouse.operations.Verdict;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.OpenConflict;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.reference.TestToken;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** "Was this customer charged?", at 3 a.m., and what is done about it. */
class OperationsScenariosTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  private Operations ops() {
    return shop.house().operations();
  }

  private Verdict verdict(CheckoutView checkout) {
    return ops().charged(shop.payment(checkout).id());
  }

  @Test
  void one_call_says_of_every_payment_of_a_customer_whether_it_charged() {
    declined(DeclineCode.INSUFFICIENT_FUNDS);
    shop.clock.advance(Duration.ofMinutes(1));
    Instant paidAt = shop.clock.instant();
    CheckoutView paid = shop.paid10();
    shop.clock.advance(Duration.ofMinutes(1));

    Answer answer = ops().charged(Search.email("ANN@Example.org"));

    assertThat(answer.customers()).containsExactly(Shop.ANN);
    assertThat(answer.payments())
        .extracting(Verdict::charged)
        .containsExactly(Charged.CHARGED, Charged.NOT_CHARGED);
    Verdict yes = answer.payments().get(0);
    assertThat(yes.payment()).isEqualTo(shop.payment(paid).id());
    assertThat(yes.since()).contains(paidAt);
    assertThat(yes.reason()).isEqualTo("EUR 10.00 was taken");
    assertThat(answer.payments().get(1).reason()).startsWith("declined: insufficient funds");
    assertThat(answer.wasCharged()).isTrue();
    assertThat(answer.isOpen()).isFalse();
    assertThat(answer.kept()).containsExactly(entry(CurrencyUnit.EUR, Money.parse("EUR 10.00")));
    assertThat(answer.summary())
        .isEqualTo("charged once, EUR 10.00 is with us; 2 payments looked at");
  }

  @Test
  void since_when_money_was_taken_is_not_made_up_once_its_event_was_archived() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    shop.clock.advance(Duration.ofHours(1));
    Instant taken = shop.clock.instant();
    shop.capture(shop.payment(held), "EUR 10.00", true);
    assertThat(verdict(held).since()).contains(taken);
    shop.work();
    shop.clock.advance(Duration.ofHours(1));

    ops().archive(new ArchiveEvents(shop.clock.instant(), "Olga", "retention"), event -> {});

    assertThat(verdict(held).charged()).isEqualTo(Charged.CHARGED);
    assertThat(verdict(held).since()).isEmpty();
  }

  @Test
  void who_did_not_pay_and_who_is_not_known_are_told_apart() {
    assertThat(ops().charged(Search.email("bob@example.org")).summary())
        .isEqualTo("not charged: 1 customer(s), no payment");
    assertThat(ops().charged(Search.email("eve@example.org")).summary())
        .isEqualTo("nothing was found");
  }

  @Test
  void whoever_shares_an_address_with_a_hundred_others_gets_no_certain_no() {
    for (int i = 0; i <= 100; i++) {
      shop.house()
          .register(
              new RegisterCustomer(
                  new CustomerId("guest-%03d".formatted(i)),
                  new Person("Guest", "guest@example.org", Locale.ENGLISH)));
    }
    shop.pay(shop.startGold(new CustomerId("guest-100")), TestToken.APPROVE);

    Answer answer = ops().charged(Search.email("guest@example.org"));

    assertThat(answer.isOpen()).isTrue();
    assertThat(answer.isCut()).isTrue();
    assertThat(answer.customers()).hasSize(100);
    assertThat(answer.summary())
        .isEqualTo(
            "not known to be charged: 100 customer(s), no payment; more have this address: search"
                + " by reference or amount");
    assertThat(ops().charged(Search.email("ann@example.org")).isCut()).isFalse();
  }

  @Test
  void a_payment_is_found_by_every_id_and_by_its_amount() {
    CheckoutView checkout = shop.paid10();
    Payment payment = shop.payment(checkout);
    shop.startFor(Money.parse("EUR 11.00"));
    String charge = shop.charge(payment).id();

    for (String reference : List.of(payment.id().value(), checkout.id().value(), "ann", charge)) {
      assertThat(ops().charged(Search.reference(reference)).payments())
          .as(reference)
          .extracting(Verdict::payment)
          .containsExactly(payment.id());
    }
    assertThat(ops().charged(Search.amount(Shop.TEN)).payments()).hasSize(1);
    assertThat(ops().charged(Search.amount(Money.parse("USD 10.00"))).payments()).isEmpty();
    Instant now = shop.clock.instant();
    Search later = new Search.ByAmount(Shop.TEN, Optional.of(now.plusSeconds(1)), Optional.empty());
    assertThat(ops().charged(later).payments()).isEmpty();
  }

  @Test
  void the_answer_comes_page_by_page() {
    for (int i = 0; i < 5; i++) {
      shop.paid10();
      shop.clock.advance(Duration.ofSeconds(1));
    }
    Search search = Search.email("ann@example.org");
    Page<PaymentId> page = Page.first(2);
    Answer first = ops().charged(search, page);
    Answer second = ops().charged(search, page.after(first.next().orElseThrow()));
    Answer third = ops().charged(search, page.after(second.next().orElseThrow()));

    assertThat(first.summary()).endsWith("2 payments looked at; there are more");
    assertThat(third.payments()).hasSize(1);
    assertThat(third.next()).isEmpty();
    assertThat(
            List.of(first, second, third).stream()
                .flatMap(answer -> answer.payments().stream())
                .map(Verdict::payment))
        .containsExactlyElementsOf(
            ops().charged(search).payments().stream().map(Verdict::payment).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_held_released_refunded_or_waits_for_the_customer_is_told_apart() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    assertThat(verdict(held).charged()).isEqualTo(Charged.HELD);
    assertThat(verdict(held).reason()).isEqualTo("EUR 10.00 is held, and nothing was taken");
    shop.capture(shop.payment(held), "EUR 4.00", false);
    assertThat(verdict(held).charged()).isEqualTo(Charged.PARTLY_CHARGED);
    assertThat(verdict(held).reason())
        .isEqualTo("EUR 4.00 of EUR 10.00 was taken, and EUR 6.00 is still held");

    CheckoutView refunded = shop.paid10();
    shop.refund(shop.payment(refunded), "EUR 3.00");
    assertThat(verdict(refunded).charged()).isEqualTo(Charged.PARTLY_REFUNDED);
    assertThat(verdict(refunded).kept()).contains(Money.parse("EUR 7.00"));
    shop.refund(shop.payment(refunded), "EUR 7.00");
    assertThat(verdict(refunded).charged()).isEqualTo(Charged.REFUNDED);
    assertThat(verdict(refunded).reason())
        .isEqualTo("EUR 10.00 was taken, and EUR 10.00 went back");
    Answer all = ops().charged(Search.reference(refunded.id().value()));
    assertThat(all.summary())
        .isEqualTo("charged once, nothing is left of it with us; 1 payment looked at");

    CheckoutView waiting = shop.pay(shop.start10(), TestToken.ACTION);
    assertThat(verdict(waiting).charged()).isEqualTo(Charged.WAITS_FOR_CUSTOMER);
    assertThat(verdict(waiting).charged().wasNotTaken()).isFalse();
  }

  @Test
  void what_the_customer_did_at_the_provider_since_the_last_look_is_no_certain_no() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.ACTION_AUTO);
    Payment payment = shop.payment(checkout);
    shop.controls().approve(shop.charge(payment).id());
    assertThat(shop.ledger().charges()).hasSize(1);

    Answer answer = ops().charged(Search.reference(payment.id().value()));

    assertThat(answer.wasCharged()).isFalse();
    assertThat(answer.isOpen()).isTrue();
    assertThat(answer.summary())
        .isEqualTo(
            "not known to be charged; 1 may have been paid since we looked last: look up before"
                + " you charge; 1 payment looked at");
    assertThat(verdict(checkout).reason())
        .isEqualTo(
            "the customer must act, such as to approve it; the customer may have paid since we"
                + " looked last: look it up now");
    assertThat(lookUp(payment).charged()).isEqualTo(Charged.CHARGED);
  }

  @Test
  void a_failure_is_no_certain_no_where_the_customer_may_have_tried_again_at_the_provider() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.ACTION_AUTO);
    Payment payment = shop.payment(checkout);
    shop.controls().reject(shop.charge(payment).id());

    Verdict failed = lookUp(payment);

    assertThat(failed.charged()).isEqualTo(Charged.FAILED_SO_FAR);
    assertThat(failed.charged().wasNotTaken()).isFalse();
    assertThat(failed.reason()).endsWith("; asked just now, the provider shows it so");
    assertThat(verdict(checkout).reason()).endsWith("since we looked last: look it up now");
    assertThat(ops().charged(Search.reference("ann")).isOpen()).isTrue();
  }

  @Test
  void a_hold_is_no_certain_no_while_its_capture_is_under_way() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    Payment payment = shop.payment(held);
    shop.store.commit(
        Commit.builder()
            .save(
                payment.observing(
                    Snapshot.builder()
                        .movement(
                            "ca_1",
                            Movement.of(MovementKind.CAPTURE, MovementStep.OPEN).with(Shop.TEN))
                        .build()
                        .facts()))
            .build());

    assertThat(verdict(held).charged()).isEqualTo(Charged.PENDING);
    assertThat(ops().charged(Search.reference("ann")).isOpen()).isTrue();
  }

  @Test
  void whoever_looks_now_is_told_if_the_provider_gives_no_answer() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.ACTION_AUTO);
    shop.door.down(true);

    Verdict verdict = lookUp(shop.payment(checkout));

    assertThat(verdict.charged().wasNotTaken()).isFalse();
    assertThat(verdict.reason())
        .contains("asked just now, the provider gave no answer (")
        .endsWith("): look it up again later");
  }

  @Test
  void a_page_with_more_behind_it_is_no_certain_no() {
    declined(DeclineCode.DO_NOT_HONOR);
    shop.clock.advance(Duration.ofSeconds(1));
    declined(DeclineCode.DO_NOT_HONOR);

    Answer first = ops().charged(Search.reference("ann"), Page.first(1));

    assertThat(first.isOpen()).isTrue();
    assertThat(first.summary())
        .isEqualTo("not known to be charged; 1 payment looked at; there are more");
    assertThat(ops().charged(Search.reference("ann")).summary())
        .isEqualTo("not charged; 2 payments looked at");
  }

  private Verdict lookUp(Payment payment) {
    return ops().lookUp(new LookUpPayment(payment.id(), "Olga", "the customer is on the phone"));
  }

  @Test
  void a_charge_whose_answer_was_lost_is_in_doubt_and_not_a_no() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();
    shop.pay(checkout, TestToken.APPROVE);
    Instant asked = shop.clock.instant();

    Verdict verdict = verdict(checkout);
    Answer answer = ops().charged(Search.email("ann@example.org"));

    assertThat(verdict.charged()).isEqualTo(Charged.IN_DOUBT);
    assertThat(verdict.since()).contains(asked);
    assertThat(verdict.reason())
        .startsWith("it may have been done or not: ")
        .endsWith("Do not charge again");
    assertThat(verdict.nextLook()).isPresent();
    assertThat(verdict.concerns()).contains(Concern.IN_DOUBT);
    assertThat(answer.wasCharged()).isFalse();
    assertThat(answer.isOpen()).isTrue();
    assertThat(answer.summary())
        .isEqualTo(
            "not known to be charged; 1 not decided yet: do not charge again; 1 payment looked at");

    Doubt doubt = ops().doubts(Page.first()).get(0);
    assertThat(doubt.payment()).isEqualTo(verdict.payment());
    assertThat(doubt.kind()).isEqualTo(OperationKind.CHARGE);
    assertThat(doubt.amount()).contains(Shop.TEN);
    assertThat(doubt.recovery().orElseThrow().lookup()).isPresent();
    assertThat(doubt.next()).startsWith("the provider is asked");
    assertThat(doubt.nextAt()).isEqualTo(verdict.nextLook());
    assertThat(doubt.leftToPerson()).isFalse();
  }

  /** As an operator finds it who looks before any process was started again. */
  @Test
  void a_charge_whose_process_died_is_listed_as_in_doubt_once_the_grace_of_a_call_is_over() {
    CheckoutView checkout = shop.start10();
    List<List<Doubt>> meanwhile = new ArrayList<>();
    shop.door.beforeTheAnswer(
        () -> {
          meanwhile.add(ops().doubts(Page.first()));
          throw new InternalError("the process dies");
        });
    assertThat(catchThrowable(() -> shop.pay(checkout, TestToken.APPROVE)))
        .isInstanceOf(InternalError.class);
    assertThat(shop.ledger().charges()).hasSize(1);
    assertThat(meanwhile).as("while it is made").containsExactly(List.of());
    assertThat(verdict(checkout).charged()).isEqualTo(Charged.IN_DOUBT);

    shop.clock.advance(EnginePolicy.defaults().callGrace());

    assertThat(ops().doubts(Page.first()))
        .singleElement()
        .satisfies(
            doubt -> {
              assertThat(doubt.payment()).isEqualTo(shop.payment(checkout).id());
              assertThat(doubt.why()).contains("no answer was heard");
            });
  }

  @Test
  void calls_that_are_just_being_made_hide_no_doubt_behind_them() {
    CheckoutView first = unanswered();
    shop.clock.advance(Duration.ofSeconds(1));
    CheckoutView second = unanswered();
    shop.clock.advance(EnginePolicy.defaults().callGrace());
    unanswered();
    unanswered();

    Page<PaymentId> page = Page.first(1);
    PaymentId newest = shop.payment(second).id();
    assertThat(ops().doubts(page)).extracting(Doubt::payment).containsExactly(newest);
    assertThat(ops().doubts(page.after(newest)))
        .extracting(Doubt::payment)
        .containsExactly(shop.payment(first).id());
    assertThat(ops().doubts(page.after(shop.payment(first).id()))).isEmpty();
  }

  private CheckoutView unanswered() {
    CheckoutView checkout = shop.start10();
    shop.door.beforeTheAnswer(
        () -> {
          throw new InternalError("the process dies");
        });
    assertThat(catchThrowable(() -> shop.pay(checkout, TestToken.APPROVE)))
        .isInstanceOf(InternalError.class);
    return checkout;
  }

  @Test
  void a_person_who_looks_now_sees_what_the_provider_shows_and_is_in_the_log() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();
    shop.pay(checkout, TestToken.APPROVE);
    PaymentId id = shop.payment(checkout).id();
    shop.clock.advance(Duration.ofMinutes(1)); // The provider's list lags behind.

    Verdict verdict = ops().lookUp(new LookUpPayment(id, "Olga", "the customer is on the phone"));

    assertThat(verdict.charged()).isEqualTo(Charged.CHARGED);
    assertThat(ops().doubts(Page.first())).isEmpty();
    assertThat(shop.chargeRequests()).isEqualTo(1);
    Action action = ops().log(Page.first()).get(0);
    assertThat(action.what()).isEqualTo("look up");
    assertThat(action.outcome()).contains("done");
    shop.door.down(true);
    ops().lookUp(new LookUpPayment(id, "Olga", "again"));
    assertThat(ops().log(Page.first()).get(0).outcome().orElseThrow())
        .startsWith("done: the provider could not be asked");
  }

  @Test
  void a_refund_in_doubt_that_is_left_to_a_person_is_shown_settled_and_in_the_log() {
    CheckoutView checkout = shop.paid10();
    shop.door.losesTheRequest();
    shop.refund(shop.payment(checkout), "EUR 4.00");
    shop.door.down(true);
    assertThat(verdict(checkout).reason())
        .isEqualTo("EUR 10.00 was taken; a refund of EUR 4.00 is in doubt");
    shop.pass(Duration.ofDays(3), 60);

    Doubt doubt = ops().doubts(Page.first()).get(0);
    assertThat(doubt.leftToPerson()).isTrue();
    assertThat(doubt.next()).contains("a person must find out").contains(doubt.payment().value());
    SettleOperation command =
        new SettleOperation(
            doubt.payment(), doubt.operation(), Optional.empty(), "Olga", "not in the console");
    ops().settle(command);

    assertThat(ops().doubts(doubt.payment())).isEmpty();
    assertThatThrownBy(() -> ops().settle(command)).isInstanceOf(InvalidStateException.class);
    assertThat(ops().log(doubt.payment().value(), Page.first()))
        .extracting(Action::actor, Action::what, Action::detail, a -> a.outcome().orElseThrow())
        .containsExactly(
            tuple(
                "Olga",
                "settle",
                doubt.operation() + " was not",
                "refused: operation.not-in-doubt"),
            tuple("Olga", "settle", doubt.operation() + " was not", "done"));
  }

  @Test
  void what_the_provider_did_otherwise_than_we_asked_is_never_called_not_charged() {
    CheckoutView declined = declined(DeclineCode.DO_NOT_HONOR);
    Payment payment = shop.payment(declined);
    shop.store.commit(
        Commit.builder()
            .save(
                payment.observing(
                    Snapshot.builder()
                        .reference("another")
                        .currency(CurrencyUnit.USD)
                        .build()
                        .facts()))
            .build());

    Verdict verdict = verdict(declined);
    assertThat(verdict.charged()).isEqualTo(Charged.UNCLEAR);
    assertThat(verdict.charged().wasNotTaken()).isFalse();
    assertThat(verdict.reason()).contains("what the provider shows is not what we asked for");
    assertThat(ops().discrepancies(Page.first()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.payment()).isEqualTo(payment.id());
              assertThat(found.mismatches()).contains(Mismatch.REFERENCE, Mismatch.CURRENCY);
              assertThat(found.conflicts())
                  .extracting(conflict -> conflict.fact())
                  .contains("currency");
            });
  }

  @Test
  void a_conflict_that_a_person_settled_leaves_the_list_and_no_fact_nor_verdict_changes() {
    CheckoutView declined = declined(DeclineCode.DO_NOT_HONOR);
    PaymentId id = shop.payment(declined).id();
    shop.clock.advance(Duration.ofMinutes(1));
    contradict(id, "acct_2");
    OpenConflict conflict = ops().discrepancies(Page.first()).get(0).conflicts().get(0);
    assertThat(conflict.fact()).isEqualTo("account");
    assertThat(verdict(declined).concerns()).containsExactly(Concern.CONFLICT);
    PaymentFacts facts = shop.payment(declined).facts();
    shop.clock.advance(Duration.ofMinutes(1));

    SettleConflict command = new SettleConflict(id, conflict.id(), "Olga", "ticket 4711");
    Payment settled = ops().settle(command);

    assertThat(ops().discrepancies(Page.first())).isEmpty();
    assertThat(settled.facts()).isEqualTo(facts);
    assertThat(settled.notes())
        .extracting(Note::actor, Note::what, Note::reason)
        .containsExactly(tuple("Olga", "account: acct_2 or acct_main", "ticket 4711"));
    assertThat(verdict(declined).concerns()).isEmpty();
    assertThat(verdict(declined).charged())
        .as("the facts contradict each other as before")
        .isEqualTo(Charged.UNCLEAR);
    assertThat(ops().timeline(id))
        .extracting(Moment::what)
        .endsWith(
            "conflict found: account",
            "Olga: settle conflict account " + conflict.id() + ", because ticket 4711 (done)");
    assertThatThrownBy(() -> ops().settle(command))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("is not open");
    assertThat(ops().log(id.value(), Page.first()))
        .extracting(Action::what, a -> a.outcome().orElseThrow())
        .containsExactly(
            tuple("settle conflict", "refused: conflict.not-open"),
            tuple("settle conflict", "done"));
  }

  @Test
  void what_was_seen_after_a_person_looked_is_not_settled_with_it_and_comes_again() {
    PaymentId id = shop.payment(shop.paid10()).id();
    contradict(id, "acct_2");
    String seen = ops().discrepancies(Page.first()).get(0).conflicts().get(0).id();
    contradict(id, "acct_3");

    assertThatThrownBy(() -> ops().settle(new SettleConflict(id, seen, "Olga", "ticket 4711")))
        .isInstanceOf(InvalidStateException.class);
    String now = ops().discrepancies(Page.first()).get(0).conflicts().get(0).id();
    ops().settle(new SettleConflict(id, now, "Olga", "ticket 4711"));
    assertThat(ops().discrepancies(Page.first())).isEmpty();
    contradict(id, "acct_2");
    assertThat(ops().discrepancies(Page.first())).as("seen before").isEmpty();

    contradict(id, "acct_4");
    assertThat(ops().discrepancies(Page.first()))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.conflicts())
                    .singleElement()
                    .satisfies(c -> assertThat(c.values()).contains("acct_4")));
  }

  @Test
  void a_mismatch_that_a_person_settled_leaves_the_list_and_fulfils_nothing() {
    CheckoutView checkout = declined(DeclineCode.DO_NOT_HONOR);
    PaymentId id = shop.payment(checkout).id();
    Snapshot other = Snapshot.builder().mode(Mode.LIVE).build();
    shop.store.commit(
        Commit.builder().save(shop.payment(checkout).observing(other.facts())).build());
    Discrepancy found = ops().discrepancies(Page.first()).get(0);
    assertThat(found.mismatches()).containsExactly(Mismatch.MODE);

    found
        .conflicts()
        .forEach(c -> ops().settle(new SettleConflict(id, c.id(), "Olga", "a wrong key")));

    assertThat(ops().discrepancies(Page.first())).isEmpty();
    assertThat(shop.payment(checkout).mismatches()).containsExactly(Mismatch.MODE);
    assertThat(verdict(checkout).charged()).isEqualTo(Charged.UNCLEAR);
    assertThat(verdict(checkout).reason()).contains("not what we asked for: mode");
  }

  /** As if the provider had shown the payment in this account of ours. */
  private void contradict(PaymentId id, String account) {
    Payment payment = shop.house().payment(id);
    Payment seen = payment.observing(Snapshot.builder().account(account).build().facts());
    Commit.Builder commit = Commit.builder().save(seen.raising(unraised(seen).keySet()));
    unraised(seen).values().forEach(event -> commit.raise(event, Set.of()));
    shop.store.commit(commit.build());
  }

  private Map<String, LifecycleEvent> unraised(Payment payment) {
    return PaymentEvents.unraised(payment, shop.clock.instant());
  }

  @Test
  void a_timeline_holds_calls_events_and_what_people_did_in_order() {
    CheckoutView checkout = shop.paid10();
    PaymentId id = shop.payment(checkout).id();
    shop.clock.advance(Duration.ofMinutes(5));
    ops().lookUp(new LookUpPayment(id, "Olga", "to be sure"));
    shop.clock.advance(Duration.ofMinutes(5));
    shop.refund(shop.payment(checkout), "EUR 4.00");

    assertThat(ops().timeline(id))
        .extracting(Moment::what)
        .containsExactly(
            "asked main for a charge of EUR 10.00",
            "payment captured: EUR 10.00",
            "Olga: look up, because to be sure (done)",
            "asked main for a refund of EUR 4.00",
            "payment refunded: EUR 4.00");
    assertThat(ops().timeline(Shop.ANN))
        .extracting(Moment::what)
        .contains("customer created", "checkout completed: EUR 10.00")
        .containsSubsequence("asked main for a charge of EUR 10.00", "payment refunded: EUR 4.00");
    assertThat(ops().timeline(Shop.ANN)).isSortedAccordingTo(Comparator.comparing(Moment::at));
  }

  @Test
  void however_much_is_parked_for_a_hook_it_is_listed_in_pages_and_offered_again() {
    int customers = 230;
    AtomicBoolean broken = new AtomicBoolean(true);
    HookResult.Park park = new HookResult.Park("no such contact");
    for (String hook : List.of("books", "crm", "zoo")) {
      shop.with(
          Hook.named(hook)
              .handling(
                  CustomerCreated.class,
                  (event, context) -> broken.get() ? park : HookResult.delivered()));
    }
    for (int i = 0; i < customers; i++) {
      Person person = new Person("Guest", "guest@example.org", Locale.ENGLISH);
      shop.house().register(new RegisterCustomer(new CustomerId("guest-" + i), person));
    }
    shop.work();
    Page<Delivery.Key> page = Page.first(1_000);
    assertThat(ops().parked(page)).hasSize(3 * customers);
    assertThat(ops().parked(page.after(new Delivery.Key("crm", "zzz")))).hasSize(customers);

    broken.set(false);
    assertThat(ops().replay(new ReplayParked("crm", "Olga", "they are there")))
        .isEqualTo(customers);
    shop.work();

    assertThat(ops().backlogs())
        .extracting(HookBacklog::hook, HookBacklog::waiting, HookBacklog::parked)
        .containsExactly(tuple("books", customers, customers), tuple("zoo", customers, customers));
  }

  @Test
  void everything_that_is_parked_for_a_hook_is_offered_again_at_once() {
    AtomicBoolean broken = new AtomicBoolean(true);
    shop.with(
        Hook.named("crm")
            .handling(
                PaymentCaptured.class,
                (event, context) ->
                    broken.get()
                        ? new HookResult.Park("no such contact")
                        : HookResult.delivered()));
    shop.paid10();
    shop.pay(shop.startGold(Shop.BOB), TestToken.APPROVE);
    shop.work();
    assertThat(ops().parked(Page.first()))
        .hasSize(2)
        .extracting(Delivery::hook)
        .containsOnly("crm");
    assertThat(ops().backlogs())
        .extracting(HookBacklog::hook, HookBacklog::parked, HookBacklog::isHere)
        .containsExactly(tuple("crm", 2, true));
    List<Delivery> all = ops().deliveries("crm", Page.first());
    assertThat(all).isEqualTo(ops().parked(Page.first()));
    assertThat(ops().deliveries("crm", Page.<String>first(1).after(all.get(0).key().event())))
        .containsExactly(all.get(1));
    assertThatThrownBy(() -> ops().deliveries(null, Page.first()))
        .isInstanceOf(InvalidInputException.class);

    broken.set(false);
    assertThat(ops().replay(new ReplayParked("crm", "Olga", "the contacts are there")))
        .isEqualTo(2);
    shop.work();

    assertThat(ops().parked(Page.first())).isEmpty();
    assertThat(ops().backlogs()).isEmpty();
    assertThat(ops().log("crm", Page.first()).get(0).outcome()).contains("done: 2 deliveries");
    assertThatThrownBy(() -> ops().replay(new ReplayParked("crm", "Olga", "again")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("is none for which anything is parked");
  }

  @Test
  void an_erased_customer_is_not_found_by_e_mail_and_its_payments_are_by_id() {
    CheckoutView checkout = shop.paid10();
    ops().erase(new EraseCustomer(Shop.ANN, "Olga", "ticket 4711"));

    assertThat(ops().charged(Search.email("ann@example.org")).summary())
        .isEqualTo("nothing was found");
    assertThat(ops().charged(Search.reference("ann")).payments())
        .extracting(Verdict::payment)
        .containsExactly(shop.payment(checkout).id());
    assertThat(ops().log("ann", Page.first()))
        .singleElement()
        .satisfies(action -> assertThat(action.toString()).doesNotContain("example.org"));
  }

  /** Whoever can't keep what is done must not do it. */
  @Test
  void nothing_is_done_that_the_log_does_not_take() {
    shop.with(OperationsScenariosTest::withoutLog);

    Throwable thrown =
        catchThrowable(() -> ops().erase(new EraseCustomer(Shop.ANN, "Olga", "asked for it")));

    assertThat(thrown).isInstanceOf(IllegalStateException.class);
    assertThat(shop.house().customer(Shop.ANN).isErased()).isFalse();
  }

  /** As where the answer to a commit is lost, or the disk is full half-way. */
  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_OUTCOME", "UNAVAILABLE"})
  void a_deed_that_may_have_been_done_is_not_logged_as_refused(ErrorCategory category) {
    GatehouseException lost = new Lost(category);
    shop.with(
        store ->
            around(
                store,
                (name, call) -> {
                  Object done = call.get();
                  if (name.equals("drop")) {
                    throw lost;
                  }
                  return done;
                }));

    assertThatThrownBy(() -> ops().drop(new DropDeliveries("old", "Olga", "it is gone")))
        .isSameAs(lost);

    assertThat(ops().log(Page.first()).get(0).outcome())
        .contains("failed, may be done or done in part: store.lost");
  }

  private static final class Lost extends GatehouseException {
    private static final long serialVersionUID = 1L;

    Lost(ErrorCategory category) {
      super(category, List.of(new Problem("store", "store.lost", "is lost", "look")), null);
    }
  }

  private static Store withoutLog(Store store) {
    return around(
        store,
        (name, call) -> {
          if (name.equals("begin")) {
            throw new IllegalStateException("the store is down");
          }
          return call.get();
        });
  }

  private interface Call {
    @Nullable Object get() throws Throwable;
  }

  private interface Between {
    @Nullable Object of(String name, Call call) throws Throwable;
  }

  private static Store around(Store store, Between between) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            between.of(
                method.getName(),
                () -> {
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return (Store)
        Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, handler);
  }

  private CheckoutView declined(DeclineCode code) {
    CheckoutView checkout = shop.start10();
    PaymentMethod method = new PaymentMethod.Token("card", TestToken.decline(code));
    return shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), Shop.MAIN, method));
  }
}
