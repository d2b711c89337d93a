package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.PaymentSearch;
import dev.gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} must find for operators, page by page, and keep of what they did. A test
 * of a store extends this and gives an empty store for each test.
 */
public abstract class SearchContract {
  private static final Instant NOW = StoreRecords.NOW;
  private static final Money TEN = Money.parse("EUR 10.00");
  private static final Failure LOST =
      Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "http.timeout", "no complete answer");

  private Store store;

  /** For subclasses. */
  protected SearchContract() {}

  /** An empty store; called once per test. */
  protected abstract Store newStore();

  @BeforeEach
  final void open() {
    store = newStore();
  }

  @Test
  final void in_an_empty_store_nothing_is_found() {
    assertThat(store.customers("ann@example.org", Optional.empty(), 10)).isEmpty();
    assertThat(found(new PaymentSearch.OfCustomer(new CustomerId("ann")))).isEmpty();
    assertThat(found(new PaymentSearch.OfReference("pay_1"))).isEmpty();
    assertThat(found(amount("EUR 10.00"))).isEmpty();
    assertThat(found(concerns(Concern.values()))).isEmpty();
    assertThat(store.actions(Optional.empty(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  final void customers_are_found_by_their_e_mail_in_whatever_case_page_by_page() {
    save(customer("c3", "Ann.Müller@Example.org"), customer("c1", "ann.mÜller@example.ORG"));
    save(customer("c2", "ann.mu\u0308ller@example.org"), customer("c4", "bob@example.org"));

    assertThat(byEmail(" ANN.MÜLLER@example.org ", null, 10)).containsExactly("c1", "c2", "c3");
    assertThat(byEmail("ann.müller@example.org", null, 2)).containsExactly("c1", "c2");
    assertThat(byEmail("ann.müller@example.org", "c2", 2)).containsExactly("c3");
    assertThat(byEmail("ann.müller@example.org", "c3", 2)).isEmpty();
    assertThat(byEmail("ann.muller@example.org", null, 10)).as("another letter").isEmpty();
    assertThat(byEmail("ann.m%@example.org", null, 10)).as("no pattern").isEmpty();
    assertThat(byEmail("example.org", null, 10)).as("no part").isEmpty();
  }

  @Test
  final void a_customer_is_found_by_the_new_e_mail_only_and_by_none_once_erased() {
    save(customer("c1", "old@example.org"));
    Customer stored = store.customer(new CustomerId("c1")).orElseThrow();
    save(
        new Customer(
            stored.id(),
            stored.version(),
            Optional.of(new Person("Ann", "new@example.org", Locale.ENGLISH)),
            stored.metadata(),
            stored.storedMethods(),
            stored.registeredAt()));

    assertThat(byEmail("old@example.org", null, 10)).isEmpty();
    assertThat(byEmail("new@example.org", null, 10)).containsExactly("c1");

    save(store.customer(stored.id()).orElseThrow().erased());
    assertThat(byEmail("new@example.org", null, 10)).isEmpty();
  }

  @Test
  final void the_payments_of_a_customer_are_found_the_newest_first_page_by_page() {
    Checkout first = StoreRecords.checkout(1, "ann", "one");
    Checkout second = StoreRecords.checkout(2, "ann", "two");
    Checkout other = StoreRecords.checkout(3, "bob", "one");
    store.commit(Commit.builder().save(first).save(second).save(other).build());
    save(
        paying(first, "p1", NOW),
        paying(second, "p2", NOW.plusSeconds(2)),
        paying(first, "p3", NOW.plusSeconds(1)),
        paying(second, "p4", NOW.plusSeconds(1)),
        paying(other, "p5", NOW));
    PaymentSearch search = new PaymentSearch.OfCustomer(new CustomerId("ann"));

    assertThat(found(search)).containsExactly("p2", "p4", "p3", "p1");
    assertThat(page(search, null, 3)).containsExactly("p2", "p4", "p3");
    assertThat(page(search, "p4", 3)).containsExactly("p3", "p1");
    assertThat(page(search, "p1", 3)).isEmpty();
    assertThat(page(search, "nothing", 3)).as("behind what nobody knows").isEmpty();
    assertThat(store.payments(search, Optional.empty(), 1))
        .as("as it is stored")
        .containsExactly(store.payment(new PaymentId("p2")).orElseThrow());
  }

  @Test
  final void payments_are_found_by_every_id_that_somebody_may_have_of_them() {
    Checkout checkout = StoreRecords.checkout(1, "ann", "one");
    store.commit(Commit.builder().save(checkout).build());
    Payment ours = known(paying(checkout, "p1", NOW), "charge", "ch_1");
    Payment again = known(paying(checkout, "p2", NOW.plusSeconds(1)), "order", "or_2");
    Payment elsewhere = known(alone("p3", StoreRecords.OTHER), "order", "ch_1");
    save(ours, again, elsewhere);

    assertThat(found(new PaymentSearch.OfReference("p1"))).containsExactly("p1");
    assertThat(found(new PaymentSearch.OfReference(checkout.id().value())))
        .containsExactly("p2", "p1");
    assertThat(found(new PaymentSearch.OfReference("ann"))).containsExactly("p2", "p1");
    assertThat(found(new PaymentSearch.OfReference("or_2"))).containsExactly("p2");
    assertThat(found(new PaymentSearch.OfReference("ch_1")))
        .as("of any kind, at any gateway")
        .containsExactlyInAnyOrder("p1", "p3");
    assertThat(page(new PaymentSearch.OfReference("ann"), "p2", 5)).containsExactly("p1");
    assertThat(found(new PaymentSearch.OfReference("P1"))).as("as it is spelled").isEmpty();
    assertThat(found(new PaymentSearch.OfReference("p"))).as("no part").isEmpty();
  }

  @Test
  final void payments_are_found_by_amount_currency_and_time() {
    save(
        asking("p1", "EUR 10.00", NOW),
        asking("p2", "EUR 10.00", NOW.plusSeconds(1)),
        asking("p3", "EUR 10.00", NOW.plusSeconds(2)),
        asking("p4", "EUR 100.00", NOW),
        asking("p5", "USD 10.00", NOW),
        asking("p6", "JPY 10", NOW));

    assertThat(found(amount("EUR 10"))).containsExactly("p3", "p2", "p1");
    assertThat(page(amount("EUR 10.00"), "p3", 1)).containsExactly("p2");
    assertThat(found(amount("JPY 10"))).containsExactly("p6");
    assertThat(found(amount("USD 10.01"))).isEmpty();
    assertThat(found(between(NOW.plusSeconds(1), null))).containsExactly("p3", "p2");
    assertThat(found(between(null, NOW.plusSeconds(1)))).containsExactly("p1");
    assertThat(found(between(NOW.plusSeconds(1), NOW.plusSeconds(2)))).containsExactly("p2");
    assertThat(found(between(Instant.MIN, Instant.MAX))).hasSize(3);
  }

  @Test
  final void a_payment_that_we_did_not_start_is_found_by_what_was_taken() {
    Payment foreign = alone("p1", StoreRecords.MAIN);
    save(foreign);
    assertThat(found(amount("EUR 7.50"))).isEmpty();

    Payment stored = store.payment(foreign.id()).orElseThrow();
    Movement capture =
        Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(Money.parse("EUR 7.50"));
    save(stored.observing(Snapshot.builder().movement("ca_1", capture).build().facts()));

    assertThat(found(amount("EUR 7.50"))).containsExactly("p1");
  }

  @Test
  final void payments_that_a_person_may_want_to_look_at_are_found_for_as_long_as_that_is_so() {
    Payment sent = asking("p1", "EUR 10.00", NOW).beginning(Intent.charge("c", TEN), NOW);
    save(sent, asking("p2", "EUR 10.00", NOW));
    assertThat(found(concerns(Concern.UNANSWERED)))
        .as("just being made, or its process died")
        .containsExactly("p1");
    assertThat(found(concerns(others(Concern.UNANSWERED)))).as("nothing was heard yet").isEmpty();

    Payment doubted = changed("p1", charge -> charge.failedWith(LOST));
    save(doubted);
    assertThat(found(concerns(Concern.IN_DOUBT))).containsExactly("p1");
    assertThat(found(concerns(others(Concern.IN_DOUBT)))).isEmpty();

    save(changed("p1", Operation::leaveToPerson));
    assertThat(found(concerns(Concern.LEFT_TO_PERSON))).containsExactly("p1");
    assertThat(found(concerns(Concern.IN_DOUBT, Concern.MISMATCH))).containsExactly("p1");

    Payment left = store.payment(new PaymentId("p1")).orElseThrow();
    save(
        left.observing(
            Snapshot.builder().attempt("ch_1", Attempt.at(AttemptStep.FAILED)).build().facts()));
    assertThat(found(concerns(Concern.values()))).as("it is known now").isEmpty();
  }

  @Test
  final void conflicts_and_mismatches_are_found_the_newest_first_page_by_page() {
    Payment conflict = asking("p1", "EUR 10.00", NOW).observing(account("one"));
    Payment mismatch = asking("p2", "EUR 10.00", NOW.plusSeconds(1));
    save(
        conflict.observing(account("two")),
        mismatch.observing(Snapshot.builder().reference("other").build().facts()),
        asking("p3", "EUR 10.00", NOW));

    assertThat(found(concerns(Concern.CONFLICT))).containsExactly("p1");
    assertThat(found(concerns(Concern.MISMATCH))).containsExactly("p2");
    PaymentSearch both = concerns(Concern.CONFLICT, Concern.MISMATCH);
    assertThat(found(both)).containsExactly("p2", "p1");
    assertThat(page(both, null, 1)).containsExactly("p2");
    assertThat(page(both, "p2", 1)).containsExactly("p1");
    assertThat(found(concerns())).as("for no reason").isEmpty();
  }

  @Test
  final void what_a_person_settled_is_found_no_more_until_more_is_seen() {
    save(asking("p1", "EUR 10.00", NOW).observing(account("one")).observing(account("two")));
    Payment open = store.payment(new PaymentId("p1")).orElseThrow();
    String id = open.openConflicts().get(0).id();
    save(open.noting(new Note(NOW, "Olga", "account", "looked at it", Optional.of(id))));

    Payment settled = store.payment(new PaymentId("p1")).orElseThrow();
    assertThat(found(concerns(Concern.values()))).isEmpty();
    assertThat(settled.openConflicts()).isEmpty();
    assertThat(settled.facts()).isEqualTo(open.facts());
    assertThat(settled.notes()).extracting(Note::settles).containsExactly(Optional.of(id));

    save(settled.observing(account("two")));
    assertThat(found(concerns(Concern.values()))).as("that is not new").isEmpty();
    save(store.payment(settled.id()).orElseThrow().observing(account("three")));
    assertThat(found(concerns(Concern.CONFLICT))).as("that is").containsExactly("p1");
  }

  @Test
  final void what_people_do_is_kept_in_order_with_what_came_of_it() {
    Action settle = store.begin(action("settle", "p1"));
    Action erase = store.begin(action("erase", "ann"));
    Action again = store.begin(action("settle", "p1"));
    store.end(settle.ended("done"));
    store.end(settle.ended("something else"));

    List<Action> all = store.actions(Optional.empty(), Optional.empty(), 10);
    assertThat(all).containsExactly(again, erase, settle.ended("done"));
    assertThat(all)
        .extracting(Action::number)
        .doesNotContain(0L)
        .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    assertThat(store.actions(Optional.of("p1"), Optional.empty(), 10))
        .containsExactly(again, settle.ended("done"));
    assertThat(store.actions(Optional.of("p1"), Optional.of(again.number()), 10))
        .containsExactly(settle.ended("done"));
    assertThat(store.actions(Optional.empty(), Optional.empty(), 1)).containsExactly(again);
    assertThat(store.actions(Optional.of("P1"), Optional.empty(), 10)).isEmpty();
  }

  private interface Change {
    Operation of(Operation operation);
  }

  private Payment changed(String id, Change change) {
    Payment stored = store.payment(new PaymentId(id)).orElseThrow();
    return stored.with(change.of(stored.operations().get(0)));
  }

  private static Action action(String what, String subject) {
    return Action.beginning(NOW, "Olga", what, subject, "detail", "because of 'it' — 山");
  }

  private static Customer customer(String id, String email) {
    return Customer.registered(new CustomerId(id), new Person("Ann", email, Locale.ENGLISH), NOW);
  }

  private static Payment asking(String id, String amount, Instant at) {
    return payment(id, StoreRecords.MAIN, Optional.empty(), Optional.of(Money.parse(amount)), at);
  }

  private static Payment paying(Checkout checkout, String id, Instant at) {
    return payment(id, StoreRecords.MAIN, Optional.of(checkout), Optional.of(TEN), at);
  }

  /** One that we did not start. */
  private static Payment alone(String id, GatewayInstanceId gateway) {
    return payment(id, gateway, Optional.empty(), Optional.empty(), NOW);
  }

  private static Payment payment(
      String id,
      GatewayInstanceId gateway,
      Optional<Checkout> checkout,
      Optional<Money> asked,
      Instant at) {
    Payment any = StoreRecords.payment(1);
    return new Payment(
        new PaymentId(id),
        0,
        gateway,
        any.mode(),
        checkout.map(Checkout::id),
        checkout.map(Checkout::customer),
        asked.map(amount -> terms(any.terms().orElseThrow(), amount)),
        Snapshot.empty().facts(),
        List.of(),
        new TreeSet<>(),
        List.of(),
        at,
        Optional.empty(),
        0);
  }

  private static ChargeTerms terms(ChargeTerms any, Money amount) {
    return new ChargeTerms(
        amount,
        any.capture(),
        any.method(),
        any.storeMethod(),
        any.initiator(),
        any.description(),
        any.returnUrl());
  }

  private static Payment known(Payment payment, String kind, String id) {
    return payment.observing(Snapshot.builder().providerId(kind, id).build().facts());
  }

  private static PaymentFacts account(String account) {
    return Snapshot.builder().account(account).build().facts();
  }

  private void save(Customer... customers) {
    Commit.Builder commit = Commit.builder();
    List.of(customers).forEach(commit::save);
    store.commit(commit.build());
  }

  private void save(Payment... payments) {
    Commit.Builder commit = Commit.builder();
    List.of(payments).forEach(commit::save);
    store.commit(commit.build());
  }

  private List<String> byEmail(String email, @Nullable String after, int limit) {
    return store.customers(email, Optional.ofNullable(after).map(CustomerId::new), limit).stream()
        .map(customer -> customer.id().value())
        .toList();
  }

  private static PaymentSearch amount(String amount) {
    return new PaymentSearch.OfAmount(Money.parse(amount), Optional.empty(), Optional.empty());
  }

  private static PaymentSearch between(@Nullable Instant from, @Nullable Instant to) {
    return new PaymentSearch.OfAmount(TEN, Optional.ofNullable(from), Optional.ofNullable(to));
  }

  private static PaymentSearch concerns(Concern... any) {
    return new PaymentSearch.OfConcern(Set.of(any));
  }

  private static Concern[] others(Concern than) {
    return Stream.of(Concern.values()).filter(c -> c != than).toArray(Concern[]::new);
  }

  private List<String> found(PaymentSearch search) {
    return page(search, null, 100);
  }

  private List<String> page(PaymentSearch search, @Nullable String after, int limit) {
    List<String> ids = new ArrayList<>();
    for (Payment payment :
        store.payments(search, Optional.ofNullable(after).map(PaymentId::new), limit)) {
      ids.add(payment.id().value());
    }
    return ids;
  }
}
