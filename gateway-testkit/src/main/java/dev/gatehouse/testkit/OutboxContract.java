package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Backlog;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} must do about events and their deliveries: each subject's in order, the
 * next one only after the one before was acknowledged, and nothing is lost.
 */
public abstract class OutboxContract {
  /** For subclasses. */
  protected OutboxContract() {}

  private static final Instant NOW = StoreRecords.NOW;

  private Store store;

  /** An empty store; called once per test. */
  protected abstract Store newStore();

  @BeforeEach
  final void open() {
    store = newStore();
  }

  @Test
  final void a_timeline_holds_the_events_of_a_subject_in_the_order_of_their_commits() {
    raise("ann", "b", "a");
    raise("bob", "x");
    raise("ann", "c");

    assertThat(ids(store.timeline("ann"))).containsExactly("ann/b", "ann/a", "ann/c");
    assertThat(ids(store.timeline("bob"))).containsExactly("bob/x");
    assertThat(store.timeline("ann").get(0)).isEqualTo(event("ann", "b"));
  }

  @Test
  final void of_each_subject_only_the_oldest_delivery_is_due() {
    raise("ann", "1", "2");
    raise("bob", "1", "2");

    assertThat(due("crm")).containsExactlyInAnyOrder("ann/1", "bob/1");
    assertThat(due("crm")).as("looking changes nothing").hasSize(2);
    assertThat(due("crm", NOW, 1)).hasSize(1);
    assertThat(due("crm", NOW.minusMillis(1), 10)).as("not yet").isEmpty();
  }

  @Test
  final void what_somebody_has_in_hand_is_due_for_nobody_until_the_claim_ends() {
    raise("ann", "1", "2");
    Instant until = NOW.plusSeconds(60);

    Delivery claimed = store.claim("crm", NOW, until, 1).get(0);

    assertThat(claimed.event().header().id()).isEqualTo("ann/1");
    assertThat(claimed.attempts()).as("nothing was tried yet").isZero();
    assertThat(claimed.failingSince()).isEmpty();
    assertThat(due("crm")).as("the next one waits behind it").isEmpty();
    assertThat(due("books")).as("another hook's is another").containsExactly("ann/1");
    done(claimed);
    assertThat(due("crm")).containsExactly("ann/2");
  }

  @Test
  final void a_claim_that_ended_without_a_word_is_taken_over() {
    raise("ann", "1");
    Instant until = NOW.plusSeconds(60);
    Delivery died = store.claim("crm", NOW, until, 1).get(0);
    assertThat(due("crm", until.minusMillis(1), 10)).isEmpty();

    Delivery again = due("crm", until, 10).get(0);
    Delivery takenOver = store.claim("crm", until, until.plusSeconds(60), 1).get(0);

    assertStale(died);
    assertStale(again);
    store.update(takenOver.retryAt(NOW, NOW, "down"));
    assertThat(only("crm").attempts()).isEqualTo(1);
  }

  @Test
  final void claims_that_nothing_is_heard_of_are_counted_until_there_is_an_answer() {
    raise("ann", "1");
    assertThat(claimed(NOW).unanswered()).isEqualTo(1);
    assertThat(claimed(NOW.plusSeconds(60)).unanswered()).isEqualTo(2);

    Delivery third = claimed(NOW.plusSeconds(120));
    assertThat(third.unanswered()).isEqualTo(3);
    store.update(third.givenBack(NOW.plusSeconds(120)));
    assertThat(claimed(NOW.plusSeconds(120)).unanswered()).as("one was given back").isEqualTo(3);

    Delivery last = claimed(NOW.plusSeconds(180));
    store.update(last.retryAt(NOW.plusSeconds(180), NOW.plusSeconds(240), "down"));
    assertThat(claimed(NOW.plusSeconds(240)).unanswered()).as("there was an answer").isEqualTo(1);
  }

  private Delivery claimed(Instant now) {
    List<Delivery> claimed = store.claim("crm", now, now.plusSeconds(60), 10);
    assertThat(claimed).as("what is due at " + now).hasSize(1);
    return claimed.get(0);
  }

  @Test
  final void of_two_who_want_one_delivery_the_first_has_it() {
    raise("ann", "1");
    raise("bob", "1");

    List<Delivery> first = store.claim("crm", NOW, NOW.plusSeconds(60), 1);
    List<Delivery> second = store.claim("crm", NOW, NOW.plusSeconds(60), 2);

    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(store.claim("crm", NOW, NOW.plusSeconds(60), 1)).isEmpty();
  }

  @Test
  final void the_longest_due_are_claimed_first() {
    for (String subject : List.of("ann", "bob", "cid")) {
      raise(subject, "1");
      Delivery due = due("crm", NOW, 10).stream().filter(d -> isOf(d, subject)).findFirst().get();
      store.update(due.retryAt(NOW, NOW.plusSeconds(subject.equals("bob") ? 1 : 2), "down"));
    }

    assertThat(ofDeliveries(due("crm", NOW.plusSeconds(5), 2))).containsExactly("bob/1", "ann/1");
  }

  private static boolean isOf(Delivery delivery, String subject) {
    return delivery.event().header().subject().equals(subject);
  }

  @Test
  final void of_many_who_claim_at_once_each_has_others()
      throws InterruptedException, ExecutionException, TimeoutException {
    for (int i = 1; i <= 30; i++) {
      raise("subject-" + i, "1", "2");
    }
    Queue<Delivery> claimed = new ConcurrentLinkedQueue<>();
    StoreRecords.atOnce(
        8, thread -> claimed.addAll(store.claim("crm", NOW, NOW.plusSeconds(60), 5)));
    claimed.addAll(store.claim("crm", NOW, NOW.plusSeconds(60), 100));

    assertThat(claimed).hasSize(30);
    assertThat(claimed.stream().map(d -> d.event().header().id())).doesNotHaveDuplicates();
  }

  @Test
  final void many_are_acknowledged_at_once_and_what_changed_meanwhile_is_left_and_told() {
    raise("ann", "1", "2");
    raise("bob", "1", "2");
    raise("cid", "1");
    List<Delivery> claimed = store.claim("crm", NOW, NOW.plusSeconds(60), 3);
    store.replay("crm", "bob/1", NOW);

    assertThat(store.acknowledge(claimed))
        .extracting(refused -> refused.event().header().id())
        .containsExactly("bob/1");

    assertThat(due("crm")).containsExactlyInAnyOrder("ann/2", "bob/1");
    assertThat(store.acknowledge(List.of())).isEmpty();
    assertThat(ofDeliveries(store.acknowledge(claimed)))
        .as("all of them were done before")
        .containsExactlyInAnyOrder("ann/1", "bob/1", "cid/1");
  }

  /** In vain it may be told at any time, and then of all its hooks at once. */
  @Test
  final void whoever_tells_a_hook_hears_of_a_commit_with_something_for_it() {
    Queue<Set<String>> heard = new ConcurrentLinkedQueue<>();
    Queue<Set<String>> elsewhere = new ConcurrentLinkedQueue<>();
    Store.Subscription both = store.subscribe(Set.of("crm", "other"), heard::add);
    Store.Subscription none = store.subscribe(Set.of("other", "third"), elsewhere::add);

    raise("ann", "1");
    assertThat(heard).contains(Set.of("crm"));
    heard.clear();
    store.commit(Commit.builder().save(StoreRecords.customer("silent")).build());
    assertThat(heard).doesNotContain(Set.of("crm"));
    store.commit(
        Commit.builder()
            .raise(event("bob", "1"), Set.of("books"))
            .raise(event("bob", "2"), Set.of("crm"))
            .raise(event("bob", "3"), Set.of("books"))
            .build());
    assertThat(heard).as("by one event of several").contains(Set.of("crm"));
    heard.clear();

    both.close();
    both.close();
    raise("ann", "2");
    assertThat(heard).doesNotContain(Set.of("crm"));
    none.close();
    assertThat(elsewhere).allSatisfy(hooks -> assertThat(hooks).doesNotContain("crm"));
  }

  @Test
  final void the_next_one_is_due_when_the_one_before_was_acknowledged() {
    raise("ann", "1", "2", "3");
    List<String> delivered = new ArrayList<>();

    while (!due("crm", NOW, 10).isEmpty()) {
      Delivery delivery = only("crm");
      assertThat(delivery.attempts()).isZero();
      delivered.add(delivery.event().header().id());
      done(delivery);
    }

    assertThat(delivered).containsExactly("ann/1", "ann/2", "ann/3");
  }

  @Test
  final void an_event_that_comes_later_waits_behind_those_before_it() {
    raise("ann", "1");
    Delivery first = only("crm");
    raise("ann", "2");
    store.update(first.retryAt(NOW, NOW.plusSeconds(60), "down"));
    raise("ann", "3");

    assertThat(due("crm")).isEmpty();

    Delivery again = due("crm", NOW.plusSeconds(60), 10).get(0);
    assertThat(again.event().header().id()).isEqualTo("ann/1");
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.error()).contains("down");
    assertThat(again.failingSince()).contains(NOW);
    done(again);
    assertThat(due("crm")).containsExactly("ann/2");
  }

  @Test
  final void a_delivery_that_waits_holds_back_its_own_subject_and_hook_alone() {
    raise("ann", "1", "2");
    raise("bob", "1");
    Delivery ann =
        due("crm", NOW, 10).stream()
            .filter(d -> d.event().header().subject().equals("ann"))
            .findFirst()
            .orElseThrow();

    store.update(ann.retryAt(NOW, NOW.plusSeconds(60), "down"));

    assertThat(due("crm")).containsExactly("bob/1");
    assertThat(due("books")).containsExactlyInAnyOrder("ann/1", "bob/1");
  }

  @Test
  final void a_parked_delivery_holds_back_its_subject_until_it_is_replayed() {
    raise("ann", "1", "2");
    Delivery first = only("crm");

    store.update(first.park("poison"));

    assertThat(due("crm", NOW.plus(Duration.ofDays(365)), 10)).isEmpty();
    assertThat(parked())
        .singleElement()
        .satisfies(
            parked -> {
              assertThat(parked.hook()).isEqualTo("crm");
              assertThat(parked.event()).isEqualTo(event("ann", "1"));
              assertThat(parked.parked()).contains("poison");
              assertThat(parked.attempts()).isEqualTo(1);
            });

    assertThat(store.replay("crm", "ann/1", NOW)).isTrue();
    assertThat(parked()).isEmpty();
    Delivery again = only("crm");
    assertThat(again.event().header().id()).isEqualTo("ann/1");
    assertThat(again.attempts()).isZero();
    assertThat(again.failingSince()).isEmpty();
    done(again);
    assertThat(due("crm")).containsExactly("ann/2");
  }

  @Test
  final void what_is_parked_is_given_in_pages_by_hook_and_event() {
    for (String subject : List.of("cid", "ann", "bob")) {
      raise(subject, "1", "2");
    }
    for (String hook : List.of("crm", "books")) {
      due(hook, NOW, 10).forEach(delivery -> store.update(delivery.park("poison")));
    }

    List<Delivery> first = store.parked(Optional.empty(), 4);
    List<Delivery> second = store.parked(Optional.of(first.get(3).key()), 4);

    assertThat(first)
        .extracting(Delivery::key)
        .containsExactly(
            new Delivery.Key("books", "ann/1"),
            new Delivery.Key("books", "bob/1"),
            new Delivery.Key("books", "cid/1"),
            new Delivery.Key("crm", "ann/1"));
    assertThat(ofDeliveries(second)).containsExactly("bob/1", "cid/1");
    assertThat(store.parked(Optional.of(second.get(1).key()), 4)).isEmpty();
    assertThat(store.parked(Optional.of(new Delivery.Key("books", "zed")), 1))
        .as("behind what is not there")
        .isEqualTo(first.subList(3, 4));
  }

  @Test
  final void what_waits_for_a_hook_is_given_in_pages_by_event_with_what_is_known_of_it() {
    assertThat(store.deliveries("crm", Optional.empty(), 10)).isEmpty();
    raise("bob", "1");
    raise("ann", "1", "2", "3");
    due("books", NOW, 10).forEach(this::done);
    Delivery bob = due("crm", NOW, 10).get(1);
    assertThat(bob.key().event()).isEqualTo("bob/1");
    store.update(bob.retryAt(NOW, NOW.plusSeconds(60), "503"));

    List<Delivery> first = store.deliveries("crm", Optional.empty(), 3);
    List<Delivery> second = store.deliveries("crm", Optional.of("ann/3"), 3);

    assertThat(ofDeliveries(first)).containsExactly("ann/1", "ann/2", "ann/3");
    assertThat(ofDeliveries(second)).containsExactly("bob/1");
    assertThat(second.get(0).attempts()).isEqualTo(1);
    assertThat(second.get(0).error()).contains("503");
    assertThat(second.get(0).nextAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(store.deliveries("crm", Optional.of("bob"), 1)).isEqualTo(second);
    assertThat(ofDeliveries(store.deliveries("books", Optional.empty(), 10)))
        .as("what was delivered is gone")
        .containsExactly("ann/2", "ann/3");
  }

  @Test
  final void what_waits_is_counted_for_each_hook_whatever_it_waits_for() {
    assertThat(store.backlogs()).isEmpty();
    raise("ann", "1", "2");
    raise("bob", "1");
    due("books", NOW, 10).forEach(this::done);
    Delivery first = due("crm", NOW, 1).get(0);
    store.update(first.park("poison"));
    assertThat(store.claim("crm", NOW, NOW.plusSeconds(60), 1)).hasSize(1);

    Instant at = first.event().header().at();
    assertThat(store.backlogs())
        .containsExactly(new Backlog("books", 1, 0, at), new Backlog("crm", 3, 1, at));
    done(only("books"));
    assertThat(store.backlogs()).extracting(Backlog::hook).containsExactly("crm");
  }

  @Test
  final void what_is_dropped_waits_no_more_for_that_hook_alone() {
    raise("ann", "1", "2");
    Delivery late = only("crm");

    assertThat(store.drop("crm")).isEqualTo(2);

    assertThat(store.backlogs()).extracting(Backlog::hook).containsExactly("books");
    assertThat(due("crm")).isEmpty();
    assertThat(due("books")).containsExactly("ann/1");
    assertStale(late);
    assertThat(store.timeline("ann")).hasSize(2);
    assertThat(store.drop("crm")).isZero();
    raise("ann", "3");
    assertThat(due("crm")).containsExactly("ann/3");
  }

  @Test
  final void all_that_waits_is_dropped_however_many_subjects_it_is_about() {
    for (int i = 1; i <= 120; i++) {
      raise("subject-" + i, "1", "2");
    }

    assertThat(store.drop("crm")).isEqualTo(240);
    assertThat(store.backlogs()).extracting(Backlog::hook).containsExactly("books");
  }

  @Test
  final void since_when_a_delivery_fails_is_kept_however_often_it_fails() {
    raise("ann", "1");
    store.update(only("crm").retryAt(NOW.minusSeconds(60), NOW, "down"));
    store.update(only("crm").retryAt(NOW, NOW, "still down"));

    assertThat(only("crm").failingSince()).contains(NOW.minusSeconds(60));
    assertThat(only("crm").attempts()).isEqualTo(2);
  }

  @Test
  final void what_was_acknowledged_can_be_replayed_and_comes_before_what_is_later() {
    raise("ann", "1", "2");
    done(only("crm"));

    assertThat(store.replay("crm", "ann/1", NOW)).isTrue();

    assertThat(due("crm")).containsExactly("ann/1");
    done(only("crm"));
    assertThat(due("crm")).containsExactly("ann/2");
    assertThat(due("books")).as("nobody else's").containsExactly("ann/1");
  }

  @Test
  final void an_event_that_does_not_exist_can_not_be_replayed() {
    raise("ann", "1");

    assertThat(store.replay("crm", "ann/2", NOW)).isFalse();

    assertThat(due("crm")).containsExactly("ann/1");
  }

  @Test
  final void what_was_acknowledged_stays_so_whatever_comes_late() {
    raise("ann", "1");
    Delivery delivery = only("crm");
    done(delivery);

    assertStale(delivery);

    assertThat(due("crm")).isEmpty();
    assertThat(parked()).isEmpty();
  }

  @Test
  final void whoever_was_paused_with_a_delivery_can_not_undo_what_was_decided_meanwhile() {
    raise("ann", "1");
    Delivery paused = only("crm");

    store.update(only("crm").retryAt(NOW, NOW, "down"));
    assertStale(paused);
    assertThat(only("crm").error()).contains("down");
    assertThat(only("crm").attempts()).isEqualTo(1);

    Delivery pausedAgain = only("crm");
    store.update(only("crm").park("poison"));
    assertStale(paused);
    assertStale(pausedAgain);
    assertThat(parked()).hasSize(1);
  }

  @Test
  final void what_is_replayed_is_not_acknowledged_by_whoever_was_told_of_it_before() {
    raise("ann", "1");
    Delivery paused = only("crm");
    done(only("crm"));
    store.replay("crm", "ann/1", NOW);
    assertStale(paused);

    Delivery offered = only("crm");
    store.replay("crm", "ann/1", NOW);
    assertStale(offered);

    assertThat(due("crm")).containsExactly("ann/1");
    done(only("crm"));
    assertThat(due("crm")).isEmpty();
  }

  @Test
  final void only_the_hooks_that_want_an_event_are_offered_it() {
    store.commit(Commit.builder().raise(event("ann", "1"), Set.of("books")).build());
    store.commit(Commit.builder().raise(event("ann", "2"), Set.of()).build());
    store.commit(Commit.builder().raise(event("ann", "3"), Set.of("crm", "books")).build());

    assertThat(due("crm")).containsExactly("ann/3");
    assertThat(due("books")).containsExactly("ann/1");
    assertThat(due("nobody")).isEmpty();
    assertThat(store.timeline("ann")).hasSize(3);
  }

  @Test
  final void events_that_are_raised_at_once_each_have_a_place_and_none_is_lost()
      throws InterruptedException, ExecutionException, TimeoutException {
    StoreRecords.atOnce(
        8,
        thread -> {
          for (int i = 0; i < 25; i++) {
            raise("ann", thread + "-" + i);
          }
        });
    List<String> timeline = ids(store.timeline("ann"));
    assertThat(timeline).hasSize(200).doesNotHaveDuplicates();

    List<String> delivered = new ArrayList<>();
    long place = Long.MIN_VALUE;
    while (!due("crm", NOW, 10).isEmpty()) {
      Delivery delivery = only("crm");
      assertThat(delivery.sequence()).isGreaterThan(place);
      place = delivery.sequence();
      delivered.add(delivery.event().header().id());
      done(delivery);
    }
    assertThat(delivered).isEqualTo(timeline);
  }

  @Test
  final void what_is_old_and_waits_for_no_hook_can_be_taken_out_and_nothing_else() {
    raise("ann", "1", "2");
    raise("bob", "1");
    Instant later = NOW.plusMillis(1);
    assertThat(store.archivable(later, Optional.empty(), 10)).as("both hooks wait").isEmpty();
    store.acknowledge(store.claim("crm", NOW, NOW, 10));
    store.acknowledge(store.claim("books", NOW, NOW, 1));

    assertThat(ids(store.archivable(later, Optional.empty(), 10))).containsExactly("ann/1");
    assertThat(store.archivable(NOW, Optional.empty(), 10)).as("not before its time").isEmpty();
    store.acknowledge(store.claim("books", NOW, NOW, 10));
    assertThat(ids(store.archivable(later, Optional.empty(), 10)))
        .containsExactly("ann/1", "bob/1");
    assertThat(ids(store.archivable(later, Optional.of(event("ann", "1")), 10)))
        .containsExactly("bob/1");
    assertThat(store.archivable(later, Optional.empty(), 1)).hasSize(1);

    store.replay("crm", "bob/1", NOW);
    assertThat(store.takeOut(List.of("ann/1", "ann/2", "bob/1", "nobody/1"))).isEqualTo(1);

    assertThat(ids(store.timeline("ann"))).containsExactly("ann/2");
    assertThat(ids(store.timeline("bob"))).containsExactly("bob/1");
    assertThat(store.takeOut(List.of("ann/1"))).as("it is out").isZero();
    assertThat(store.takeOut(List.of())).isZero();
    assertThat(store.archivable(later, Optional.empty(), 10)).isEmpty();
  }

  @Test
  final void the_oldest_is_archived_first_and_many_are_given_in_pages_whatever_waits_between() {
    List<String> old = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      String subject = String.format("s%03d", i);
      Instant at = NOW.minusSeconds(1_000 - i);
      EventHeader header =
          new EventHeader(
              (i % 2 == 0 ? "z/" : "a/") + i, at, subject, Optional.empty(), Optional.empty());
      LifecycleEvent event = new CustomerCreated(header, new CustomerId(subject));
      boolean waits = i >= 10 && i < 120;
      store.commit(Commit.builder().raise(event, waits ? Set.of("crm") : Set.of()).build());
      if (!waits) {
        old.add(header.id());
      }
    }

    List<LifecycleEvent> first = store.archivable(NOW, Optional.empty(), 15);
    List<LifecycleEvent> rest = store.archivable(NOW, Optional.of(first.get(14)), 15);

    assertThat(ids(first)).isEqualTo(old.subList(0, 15));
    assertThat(ids(rest)).isEqualTo(old.subList(15, 20));
    assertThat(store.archivable(NOW, Optional.of(rest.get(4)), 15)).isEmpty();
    List<String> all =
        IntStream.range(0, 130).mapToObj(i -> (i % 2 == 0 ? "z/" : "a/") + i).toList();
    assertThat(store.takeOut(all)).as("what waits stays").isEqualTo(20);
    assertThat(store.timeline("s009")).isEmpty();
    assertThat(store.timeline("s010")).hasSize(1);
  }

  @Test
  final void neither_the_id_nor_the_place_of_an_event_that_was_taken_out_is_given_again() {
    raise("ann", "1");
    store.acknowledge(store.claim("crm", NOW, NOW, 1));
    store.acknowledge(store.claim("books", NOW, NOW, 1));
    assertThat(store.takeOut(List.of("ann/1"))).isEqualTo(1);

    assertThatThrownBy(() -> raise("ann", "1")).isInstanceOf(StaleVersionException.class);
    assertThat(store.replay("crm", "ann/1", NOW)).isFalse();
    raise("ann", "2");
    assertThat(only("crm").sequence()).isEqualTo(2);
  }

  /** Nothing can be done any more to a delivery that was loaded before. */
  private void assertStale(Delivery late) {
    assertThat(store.acknowledge(List.of(late))).containsExactly(late);
    List<Runnable> changes =
        List.of(
            () -> store.update(late.retryAt(NOW, NOW, "late")),
            () -> store.update(late.park("late")));
    for (Runnable change : changes) {
      assertThatThrownBy(change::run).isInstanceOf(StaleVersionException.class);
    }
  }

  private void raise(String subject, String... names) {
    Commit.Builder commit = Commit.builder();
    for (String name : names) {
      commit.raise(event(subject, name), Set.of("crm", "books"));
    }
    store.commit(commit.build());
  }

  private List<String> due(String hook) {
    return ofDeliveries(due(hook, NOW, 10));
  }

  /** What is due; a claim that ends at once leaves it so. */
  private List<Delivery> due(String hook, Instant at, int limit) {
    return store.claim(hook, at, at, limit);
  }

  private static List<String> ofDeliveries(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.event().header().id()).toList();
  }

  private void done(Delivery delivery) {
    assertThat(store.acknowledge(List.of(delivery))).isEmpty();
  }

  private List<Delivery> parked() {
    return store.parked(Optional.empty(), 10);
  }

  private Delivery only(String hook) {
    List<Delivery> due = due(hook, NOW, 10);
    assertThat(due).hasSize(1);
    return due.get(0);
  }

  private static List<String> ids(List<LifecycleEvent> events) {
    return events.stream().map(event -> event.header().id()).toList();
  }

  private static LifecycleEvent event(String subject, String name) {
    return new CustomerCreated(
        StoreRecords.header(subject + "/" + name, subject), new CustomerId(subject));
  }
}
