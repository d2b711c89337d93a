package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Due;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} must do, about records, versions and alarms. A test of a store extends
 * this, another extends {@link OutboxContract}, and both give an empty store for each test.
 */
public abstract class StoreContract {
  /** For subclasses. */
  protected StoreContract() {}

  private static final Instant NOW = StoreRecords.NOW;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Store store;

  /** An empty store; called once per test. */
  protected abstract Store newStore();

  /**
   * How many commits are made while others read. A race is seen only by chance: a store that
   * commits in no time needs more of them.
   */
  protected int commitsWhileRead() {
    return 100;
  }

  @BeforeEach
  final void open() {
    store = newStore();
  }

  @Test
  final void what_nobody_saved_is_not_there() {
    assertThat(store.customer(new CustomerId("ann"))).isEmpty();
    assertThat(store.checkout(StoreRecords.checkout(1).id())).isEmpty();
    assertThat(store.checkoutByCommand(new CustomerId("ann"), "command-1")).isEmpty();
    assertThat(store.payment(new PaymentId("pay_1"))).isEmpty();
    assertThat(store.caseOf(new PaymentId("pay_1"))).isEmpty();
    assertThat(store.caseOf(StoreRecords.checkout(1).id())).isEmpty();
    assertThat(store.membership(StoreRecords.membership(1).id())).isEmpty();
    assertThat(store.inboxItem(StoreRecords.MAIN, "evt_1")).isEmpty();
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, new ProviderId("charge", "ch_1")))
        .isEmpty();
    assertThat(store.cursor(StoreRecords.MAIN)).isEmpty();
    assertThat(store.due(NOW.plus(MINUTE), 10)).isEmpty();
    assertThat(store.timeline("ann")).isEmpty();
    assertThat(store.claim("crm", NOW, NOW, 10)).isEmpty();
    assertThat(store.parked(Optional.empty(), 10)).isEmpty();
  }

  @Test
  final void every_record_is_found_as_it_was_saved_one_version_higher() {
    Customer customer = StoreRecords.customer("ann").with("crm", "7");
    Checkout checkout = StoreRecords.checkout(1);
    Payment payment = StoreRecords.payment(1);
    Membership membership = StoreRecords.membership(1);
    InboxItem item = StoreRecords.notice(1);

    store.commit(
        Commit.builder()
            .save(customer)
            .save(checkout)
            .save(payment)
            .save(membership)
            .save(item)
            .build());

    assertThat(store.customer(customer.id())).contains(customer.atVersion(1));
    assertThat(store.checkout(checkout.id())).contains(checkout.atVersion(1));
    assertThat(store.payment(payment.id())).contains(payment.atVersion(1));
    assertThat(store.membership(membership.id())).contains(membership.atVersion(1));
    assertThat(store.inboxItem(item.gateway(), item.notice())).contains(item.atVersion(1));
  }

  @Test
  final void the_memberships_of_a_customer_are_found_without_any_event() {
    Membership first = StoreRecords.membership(1);
    Membership second = StoreRecords.membership(2);
    CustomerId other = new CustomerId("bob");
    Membership others = StoreRecords.membership(3, other);
    store.commit(Commit.builder().save(second).save(first).save(others).build());

    assertThat(store.memberships(first.customer()))
        .containsExactly(first.atVersion(1), second.atVersion(1));
    assertThat(store.memberships(other)).containsExactly(others.atVersion(1));
    assertThat(store.memberships(new CustomerId("cid"))).isEmpty();
  }

  @Test
  final void a_case_holds_a_checkout_with_its_payments_oldest_first_and_its_membership() {
    Checkout checkout = StoreRecords.checkout(1).trying(pay(2)).trying(pay(1));
    store.commit(
        Commit.builder()
            .save(checkout)
            .save(StoreRecords.payment(1))
            .save(StoreRecords.payment(2))
            .save(StoreRecords.membership(1))
            .build());

    Case known = store.caseOf(checkout.id()).orElseThrow();

    assertThat(known.checkout()).contains(checkout.atVersion(1));
    assertThat(known.payments()).extracting(Payment::id).containsExactly(pay(2), pay(1));
    assertThat(known.membership()).contains(StoreRecords.membership(1).atVersion(1));
    assertThat(store.caseOf(pay(1))).contains(known);
    assertThat(store.caseOf(pay(2))).contains(known);
  }

  @Test
  final void a_payment_without_a_checkout_is_a_case_of_its_own() {
    Payment foreign = StoreRecords.foreign(1);
    store.commit(Commit.builder().save(foreign).build());

    assertThat(store.caseOf(foreign.id()))
        .contains(new Case(Optional.empty(), List.of(foreign.atVersion(1)), Optional.empty()));
  }

  @Test
  final void a_record_is_replaced_only_under_the_version_that_is_stored() {
    store.commit(Commit.builder().save(StoreRecords.customer("ann")).build());
    Customer loaded = store.customer(new CustomerId("ann")).orElseThrow();

    store.commit(Commit.builder().save(loaded.with("a", "1")).build());

    assertStale(Commit.builder().save(loaded.with("b", "2")).build());
    assertStale(Commit.builder().save(StoreRecords.customer("ann")).build());
    assertStale(Commit.builder().save(loaded.atVersion(3).with("c", "3")).build());
    assertThat(store.customer(loaded.id())).contains(loaded.with("a", "1").atVersion(2));
  }

  @Test
  final void a_record_that_does_not_exist_can_not_be_replaced() {
    assertStale(Commit.builder().save(StoreRecords.customer("ann").atVersion(1)).build());
    assertStale(Commit.builder().save(StoreRecords.checkout(1).atVersion(1)).build());
    assertStale(Commit.builder().save(StoreRecords.payment(1).atVersion(1)).build());
    assertStale(Commit.builder().save(StoreRecords.membership(1).atVersion(1)).build());
    assertStale(Commit.builder().save(StoreRecords.notice(1).atVersion(1)).build());
  }

  @Test
  final void one_stale_record_of_whatever_kind_and_nothing_of_the_commit_is_kept() {
    store.commit(
        Commit.builder()
            .save(StoreRecords.customer("old"))
            .save(StoreRecords.checkout(9))
            .save(StoreRecords.payment(9))
            .save(StoreRecords.membership(9))
            .save(StoreRecords.notice(9))
            .raise(event("old/created", "old"), Set.of())
            .build());

    assertNothingIsKept(fresh().save(StoreRecords.customer("old")));
    assertNothingIsKept(fresh().save(StoreRecords.checkout(9)));
    assertNothingIsKept(fresh().save(StoreRecords.payment(9)));
    assertNothingIsKept(fresh().save(StoreRecords.membership(9)));
    assertNothingIsKept(fresh().save(StoreRecords.notice(9)));
    assertNothingIsKept(fresh().raise(event("old/created", "ann"), Set.of("crm")));
  }

  @Test
  final void a_decision_is_refused_if_anything_that_it_was_made_from_has_changed() {
    Checkout checkout = StoreRecords.checkout(1).trying(pay(1)).trying(pay(2));
    store.commit(
        Commit.builder()
            .save(checkout)
            .save(StoreRecords.payment(1))
            .save(StoreRecords.payment(2))
            .save(StoreRecords.membership(1))
            .build());
    Case known = store.caseOf(checkout.id()).orElseThrow();
    Checkout changed = known.checkout().orElseThrow().wakingAt(Optional.of(NOW));
    Commit decided = Commit.builder().save(changed).basedOn(known).build();
    List<Commit> elsewhere =
        List.of(
            Commit.builder().save(known.payments().get(1).afterQuietPolls(1)).build(),
            Commit.builder().save(known.membership().orElseThrow()).build());
    for (Commit other : elsewhere) {
      store.commit(other);
      assertStale(decided);
    }
    assertThat(store.checkout(checkout.id())).contains(known.checkout().orElseThrow());

    Case again = store.caseOf(checkout.id()).orElseThrow();
    store.commit(Commit.builder().save(changed).basedOn(again).build());
    assertThat(store.checkout(checkout.id())).contains(changed.atVersion(2));
  }

  @Test
  final void a_customers_command_starts_one_checkout() {
    store.commit(Commit.builder().save(StoreRecords.checkout(1)).build());

    assertStale(Commit.builder().save(StoreRecords.checkout(2, "ann", "command-1")).build());
    store.commit(Commit.builder().save(StoreRecords.checkout(3, "ann", "command-3")).build());
    store.commit(Commit.builder().save(StoreRecords.checkout(4, "bob", "command-1")).build());

    assertThat(store.checkoutByCommand(new CustomerId("ann"), "command-1"))
        .contains(StoreRecords.checkout(1).atVersion(1));
    assertThat(store.checkoutByCommand(new CustomerId("bob"), "command-1").orElseThrow().id())
        .isEqualTo(StoreRecords.checkout(4).id());
    assertThat(store.checkout(StoreRecords.checkout(2).id())).isEmpty();
  }

  @Test
  final void a_notice_is_kept_once_per_gateway() {
    store.commit(Commit.builder().save(StoreRecords.notice(1)).build());

    assertStale(Commit.builder().save(StoreRecords.notice(1)).build());
    store.commit(Commit.builder().save(StoreRecords.noticeOf(StoreRecords.OTHER, 1)).build());

    assertThat(store.inboxItem(StoreRecords.OTHER, "evt_1")).isPresent();
  }

  @Test
  final void a_cursor_is_kept_per_gateway_and_replaced_only_under_the_version_that_is_stored() {
    Cursor first = new Cursor(StoreRecords.MAIN, 0, NOW, NOW.plus(MINUTE));
    store.save(first);
    Cursor loaded = store.cursor(StoreRecords.MAIN).orElseThrow();
    assertThat(loaded).isEqualTo(first.atVersion(1));

    Cursor moved = loaded.reaching(NOW.plus(MINUTE)).askingAt(NOW.plus(MINUTE).plus(MINUTE));
    store.save(moved);
    for (Cursor stale : List.of(first, loaded, moved.atVersion(3))) {
      assertThatThrownBy(() -> store.save(stale)).isInstanceOf(StaleVersionException.class);
    }

    assertThat(store.cursor(StoreRecords.MAIN)).contains(moved.atVersion(2));
    assertThat(store.cursor(StoreRecords.OTHER)).isEmpty();
    assertThatThrownBy(() -> store.save(new Cursor(StoreRecords.OTHER, 1, NOW, NOW)))
        .isInstanceOf(StaleVersionException.class);
  }

  @Test
  final void a_payment_is_found_by_every_id_of_its_provider_within_its_gateway() {
    Payment payment = StoreRecords.payment(1);
    store.commit(Commit.builder().save(payment).build());
    ProviderId charge = new ProviderId("charge", "ch_1");
    ProviderId later = new ProviderId("order", "or_1");

    assertThat(store.paymentByProviderId(StoreRecords.MAIN, charge)).contains(payment.id());
    assertThat(store.paymentByProviderId(StoreRecords.OTHER, charge)).isEmpty();
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, later)).isEmpty();

    store.commit(Commit.builder().save(StoreRecords.knowing(payment.atVersion(1), later)).build());
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, later)).contains(payment.id());
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, charge)).contains(payment.id());
  }

  @Test
  final void an_id_leads_to_the_first_payment_that_had_it() {
    ProviderId order = new ProviderId("order", "or_1");
    Payment foreign = StoreRecords.foreign(1);
    store.commit(
        Commit.builder()
            .save(StoreRecords.knowing(StoreRecords.payment(1), order))
            .save(foreign)
            .build());
    store.commit(
        Commit.builder()
            .save(StoreRecords.knowing(StoreRecords.payment(2), order))
            .save(StoreRecords.knowing(foreign.atVersion(1), order))
            .build());

    assertThat(store.paymentByProviderId(StoreRecords.MAIN, order)).contains(pay(1));
  }

  @Test
  final void payments_of_one_commit_may_have_one_id_and_it_leads_to_the_first_that_is_ours() {
    ProviderId order = new ProviderId("order", "or_1");
    ProviderId other = new ProviderId("order", "or_2");
    store.commit(
        Commit.builder()
            .save(StoreRecords.knowing(StoreRecords.foreign(1), other))
            .save(StoreRecords.knowing(StoreRecords.knowing(StoreRecords.payment(2), order), other))
            .save(StoreRecords.knowing(StoreRecords.payment(1), order))
            .build());

    assertThat(store.paymentByProviderId(StoreRecords.MAIN, order)).contains(pay(2));
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, other)).contains(pay(2));
  }

  /** Two notices of it may name it by two of its ids, at once. */
  @Test
  final void a_payment_that_we_did_not_start_is_not_new_if_one_of_its_ids_is_known() {
    ProviderId order = new ProviderId("order", "or_1");
    Payment taken = StoreRecords.knowing(StoreRecords.foreign(1), order);
    Payment again = StoreRecords.knowing(StoreRecords.foreign(2), order);
    Payment sameAsOurs =
        StoreRecords.knowing(StoreRecords.foreign(3), new ProviderId("charge", "ch_1"));
    store.commit(Commit.builder().save(taken).save(StoreRecords.payment(1)).build());

    assertStale(Commit.builder().save(again).save(StoreRecords.notice(1)).build());
    assertStale(Commit.builder().save(sameAsOurs).build());

    assertThat(store.payment(again.id())).isEmpty();
    assertThat(store.inboxItem(StoreRecords.MAIN, "evt_1")).isEmpty();
    Payment elsewhere = StoreRecords.knowing(StoreRecords.foreign(4, StoreRecords.OTHER), order);
    store.commit(Commit.builder().save(elsewhere).build());
    assertThat(store.paymentByProviderId(StoreRecords.OTHER, order)).contains(elsewhere.id());
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, order)).contains(taken.id());
  }

  @Test
  final void of_many_who_take_in_one_payment_at_once_one_does()
      throws InterruptedException, ExecutionException, TimeoutException {
    ProviderId order = new ProviderId("order", "or_1");
    AtomicInteger refused = new AtomicInteger();
    StoreRecords.atOnce(
        8,
        thread -> {
          Payment foreign = StoreRecords.knowing(StoreRecords.foreign(thread + 1), order);
          try {
            store.commit(Commit.builder().save(foreign).build());
          } catch (StaleVersionException e) {
            refused.incrementAndGet();
          }
        });

    assertThat(refused).hasValue(7);
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, order)).isPresent();
  }

  /** What is announced before it is known to be ours is taken for a payment of somebody else. */
  @Test
  final void an_id_leads_to_a_payment_that_we_started_though_a_foreign_one_had_it_first() {
    ProviderId order = new ProviderId("order", "or_1");
    Payment foreign = StoreRecords.knowing(StoreRecords.foreign(1), order);
    Payment ours = StoreRecords.payment(1);
    store.commit(Commit.builder().save(foreign).save(ours).build());
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, order)).contains(foreign.id());

    store.commit(Commit.builder().save(StoreRecords.knowing(ours.atVersion(1), order)).build());
    store.commit(Commit.builder().save(foreign.atVersion(1)).build());

    assertThat(store.paymentByProviderId(StoreRecords.MAIN, order)).contains(ours.id());
  }

  @Test
  final void alarms_go_off_when_it_is_time_the_most_overdue_first() {
    store.commit(
        Commit.builder()
            .save(StoreRecords.payment(1).wakingAt(Optional.of(NOW.plus(MINUTE))))
            .save(StoreRecords.checkout(1).wakingAt(Optional.of(NOW)))
            .save(StoreRecords.notice(1).tryAgainAt(NOW.minus(MINUTE)))
            .save(StoreRecords.payment(2).wakingAt(Optional.empty()))
            .build());
    Due notice = new Due.OfInbox(StoreRecords.MAIN, "evt_1");
    Due checkout = new Due.OfCheckout(StoreRecords.checkout(1).id());
    Due payment = new Due.OfPayment(pay(1));

    assertThat(store.due(NOW.minus(MINUTE).minusMillis(1), 10)).isEmpty();
    assertThat(store.due(NOW.minus(MINUTE), 10)).containsExactly(notice);
    assertThat(store.due(NOW, 10)).containsExactly(notice, checkout);
    assertThat(store.due(NOW.plus(MINUTE), 10)).containsExactly(notice, checkout, payment);
    assertThat(store.due(NOW.plus(MINUTE), 2)).containsExactly(notice, checkout);
    assertThat(store.due(NOW.plus(MINUTE), 10)).as("looking changes nothing").hasSize(3);
  }

  @Test
  final void an_alarm_is_moved_and_taken_away_with_its_record() {
    Payment first = StoreRecords.payment(1).wakingAt(Optional.of(NOW));
    store.commit(Commit.builder().save(first).build());

    Payment later = first.atVersion(1).wakingAt(Optional.of(NOW.plus(MINUTE)));
    store.commit(Commit.builder().save(later).build());
    assertThat(store.due(NOW, 10)).isEmpty();
    assertThat(store.due(NOW.plus(MINUTE), 10)).hasSize(1);

    store.commit(Commit.builder().save(later.atVersion(2).wakingAt(Optional.empty())).build());
    assertThat(store.due(NOW.plus(MINUTE), 10)).isEmpty();

    store.commit(Commit.builder().save(later.atVersion(3)).build());
    assertThat(store.due(NOW.plus(MINUTE), 10)).as("set anew").hasSize(1);
  }

  @Test
  final void what_somebody_has_taken_in_hand_is_due_for_nobody_until_then() {
    Instant until = NOW.plus(MINUTE);
    store.commit(
        Commit.builder()
            .save(StoreRecords.payment(1).wakingAt(Optional.of(NOW)))
            .save(StoreRecords.checkout(1).wakingAt(Optional.of(NOW.minusMillis(1))))
            .save(StoreRecords.notice(1).tryAgainAt(NOW.minusMillis(2)))
            .save(StoreRecords.payment(2).wakingAt(Optional.of(until)))
            .build());
    Due notice = new Due.OfInbox(StoreRecords.MAIN, "evt_1");
    Due checkout = new Due.OfCheckout(StoreRecords.checkout(1).id());
    Due payment = new Due.OfPayment(pay(1));

    assertThat(store.lease(Set.of(), NOW, until, 2)).containsExactly(notice, checkout);
    assertThat(store.due(NOW, 10)).containsExactly(payment);
    assertThat(store.lease(Set.of(), NOW, until, 2)).containsExactly(payment);
    assertThat(store.lease(Set.of(), NOW, until, 2)).isEmpty();
    assertThat(store.due(until.minusMillis(1), 10)).isEmpty();

    assertThat(store.lease(Set.of(), until, until.plus(MINUTE), 10))
        .as("whoever had them has died")
        .containsExactlyInAnyOrder(notice, checkout, payment, new Due.OfPayment(pay(2)));
  }

  @Test
  final void what_belongs_to_a_gateway_that_is_left_alone_is_taken_in_hand_by_nobody() {
    store.commit(
        Commit.builder()
            .save(StoreRecords.payment(1).wakingAt(Optional.of(NOW)))
            .save(StoreRecords.checkout(1).wakingAt(Optional.of(NOW)))
            .save(StoreRecords.notice(1).tryAgainAt(NOW))
            .build());
    Instant until = NOW.plus(MINUTE);
    Due checkout = new Due.OfCheckout(StoreRecords.checkout(1).id());
    GatewayInstanceId other = new GatewayInstanceId("other");

    assertThat(store.lease(Set.of(StoreRecords.MAIN, other), NOW, until, 10))
        .containsExactly(checkout);
    assertThat(store.lease(Set.of(other), NOW, until, 1)).as("however many are asked").hasSize(1);
    assertThat(store.lease(Set.of(other), NOW, until, 10)).hasSize(1);
  }

  @Test
  final void to_have_a_record_in_hand_changes_nothing_of_it_and_a_commit_ends_it() {
    Payment first = StoreRecords.payment(1).wakingAt(Optional.of(NOW));
    store.commit(Commit.builder().save(first).build());
    Instant until = NOW.plus(MINUTE);

    assertThat(store.lease(Set.of(), NOW, until, 10)).hasSize(1);

    Payment stored = store.payment(pay(1)).orElseThrow();
    assertThat(stored).isEqualTo(first.atVersion(1));
    store.commit(Commit.builder().save(stored.afterQuietPolls(1)).build());
    assertThat(store.due(NOW, 10)).as("as the record says").hasSize(1);
    store.lease(Set.of(), NOW, until, 10);
    Payment quiet = store.payment(pay(1)).orElseThrow().wakingAt(Optional.empty());
    store.commit(Commit.builder().save(quiet).build());
    assertThat(store.due(until, 10)).isEmpty();
  }

  @Test
  final void of_many_who_take_records_in_hand_at_once_each_has_others()
      throws InterruptedException, ExecutionException, TimeoutException {
    Commit.Builder commit = Commit.builder();
    for (int i = 1; i <= 40; i++) {
      commit.save(StoreRecords.payment(i).wakingAt(Optional.of(NOW)));
    }
    store.commit(commit.build());
    Instant until = NOW.plus(MINUTE);
    Queue<Due> taken = new ConcurrentLinkedQueue<>();
    StoreRecords.atOnce(8, thread -> taken.addAll(store.lease(Set.of(), NOW, until, 3)));

    assertThat(taken).doesNotHaveDuplicates();
    taken.addAll(store.lease(Set.of(), NOW, until, 100));
    assertThat(taken).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  final void notices_that_were_handled_are_forgotten_when_they_are_old_and_no_others() {
    InboxItem first = StoreRecords.notice(1);
    Instant before = first.receivedAt().plusMillis(1);
    store.commit(
        Commit.builder()
            .save(first.handled())
            .save(StoreRecords.notice(2).handled())
            .save(StoreRecords.notice(3).tryAgainAt(NOW))
            .build());

    assertThat(store.forgetNotices(first.receivedAt(), 10)).isZero();
    assertThat(store.forgetNotices(before, 1)).isEqualTo(1);
    assertThat(store.forgetNotices(before, 10)).isEqualTo(1);

    assertThat(store.inboxItem(StoreRecords.MAIN, "evt_1")).isEmpty();
    assertThat(store.inboxItem(StoreRecords.MAIN, "evt_3")).isPresent();
    store.commit(Commit.builder().save(first).build());
    assertThat(store.inboxItem(StoreRecords.MAIN, "evt_1")).as("it came again").isPresent();
  }

  @Test
  final void the_alarm_of_a_refused_commit_is_not_set() {
    store.commit(Commit.builder().save(StoreRecords.customer("old")).build());

    assertStale(
        Commit.builder()
            .save(StoreRecords.payment(1).wakingAt(Optional.of(NOW)))
            .save(StoreRecords.customer("old"))
            .build());

    assertThat(store.due(NOW.plus(MINUTE), 10)).isEmpty();
  }

  @Test
  final void many_who_load_change_and_commit_at_once_lose_nothing()
      throws InterruptedException, ExecutionException, TimeoutException {
    store.commit(Commit.builder().save(StoreRecords.customer("ann").with("n", "0")).build());

    StoreRecords.atOnce(
        8,
        thread -> {
          for (int i = 0; i < 25; i++) {
            String id = "ann/" + thread + "-" + i;
            increment(id);
          }
        });

    Customer ann = store.customer(new CustomerId("ann")).orElseThrow();
    assertThat(ann.metadata()).containsEntry("n", "200");
    assertThat(ann.version()).isEqualTo(201);
    assertThat(store.timeline("ann")).hasSize(200);
  }

  @Test
  final void a_case_is_never_half_of_a_commit()
      throws InterruptedException, ExecutionException, TimeoutException {
    Checkout checkout = StoreRecords.checkout(1).trying(StoreRecords.payment(1).id());
    store.commit(Commit.builder().save(checkout).save(StoreRecords.payment(1)).build());
    AtomicInteger commits = new AtomicInteger();

    StoreRecords.atOnce(
        4,
        thread -> {
          while (commits.get() < commitsWhileRead()) {
            Case known =
                thread % 2 == 0
                    ? store.caseOf(checkout.id()).orElseThrow()
                    : store.caseOf(StoreRecords.payment(1).id()).orElseThrow();
            Checkout itsCheckout = known.checkout().orElseThrow();
            Payment payment = known.payments().get(0);
            assertThat(payment.version()).isEqualTo(itsCheckout.version());
            if (thread == 0) {
              commits.incrementAndGet();
              store.commit(Commit.builder().save(itsCheckout).save(payment).build());
            }
          }
        });
  }

  @Test
  final void who_finds_one_record_of_a_commit_finds_all_of_them()
      throws InterruptedException, ExecutionException, TimeoutException {
    CustomerId ann = new CustomerId("ann");
    PaymentId last = StoreRecords.payment(9).id();
    commitTogether(StoreRecords.customer("ann"), StoreRecords::payment);
    AtomicInteger commits = new AtomicInteger();

    StoreRecords.atOnce(
        3,
        thread -> {
          while (commits.get() < commitsWhileRead()) {
            if (thread == 0) {
              commits.incrementAndGet();
              commitTogether(
                  store.customer(ann).orElseThrow(),
                  number -> store.payment(StoreRecords.payment(number).id()).orElseThrow());
            } else if (thread == 1) {
              long first = store.customer(ann).orElseThrow().version();
              assertThat(store.payment(last).orElseThrow().version()).isGreaterThanOrEqualTo(first);
            } else {
              long first = store.payment(last).orElseThrow().version();
              assertThat(store.customer(ann).orElseThrow().version()).isGreaterThanOrEqualTo(first);
            }
          }
        });
  }

  private void commitTogether(Customer customer, IntFunction<Payment> payment) {
    Commit.Builder commit = Commit.builder().save(customer);
    IntStream.rangeClosed(1, 9).mapToObj(payment).forEach(commit::save);
    store.commit(commit.build());
  }

  private void increment(String eventId) {
    while (true) {
      Customer ann = store.customer(new CustomerId("ann")).orElseThrow();
      int next = Integer.parseInt(ann.metadata().get("n")) + 1;
      try {
        store.commit(
            Commit.builder()
                .save(ann.with("n", Integer.toString(next)))
                .raise(event(eventId, "ann"), Set.of())
                .build());
        return;
      } catch (StaleVersionException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** A commit of new records only, which would be kept by itself. */
  private static Commit.Builder fresh() {
    return Commit.builder()
        .save(StoreRecords.customer("ann"))
        .save(StoreRecords.checkout(1).wakingAt(Optional.of(NOW)))
        .save(StoreRecords.payment(1))
        .save(StoreRecords.membership(1))
        .save(StoreRecords.notice(1))
        .raise(event("ann/created", "ann"), Set.of("crm"));
  }

  private void assertNothingIsKept(Commit.Builder commit) {
    List<Due> alarms = store.due(NOW.plus(MINUTE), 10);
    assertStale(commit.build());
    assertThat(store.customer(new CustomerId("ann"))).isEmpty();
    assertThat(store.checkout(StoreRecords.checkout(1).id())).isEmpty();
    assertThat(store.checkoutByCommand(new CustomerId("ann"), "command-1")).isEmpty();
    assertThat(store.payment(pay(1))).isEmpty();
    assertThat(store.paymentByProviderId(StoreRecords.MAIN, new ProviderId("charge", "ch_1")))
        .isEmpty();
    assertThat(store.membership(StoreRecords.membership(1).id())).isEmpty();
    assertThat(store.inboxItem(StoreRecords.MAIN, "evt_1")).isEmpty();
    assertThat(store.timeline("ann")).isEmpty();
    assertThat(store.claim("crm", NOW.plus(MINUTE), NOW.plus(MINUTE), 10)).isEmpty();
    assertThat(store.due(NOW.plus(MINUTE), 10)).isEqualTo(alarms);
  }

  private void assertStale(Commit commit) {
    assertThatThrownBy(() -> store.commit(commit)).isInstanceOf(StaleVersionException.class);
  }

  private static LifecycleEvent event(String id, String customer) {
    return new CustomerCreated(StoreRecords.header(id, customer), new CustomerId(customer));
  }

  private static PaymentId pay(int number) {
    return StoreRecords.payment(number).id();
  }
}
