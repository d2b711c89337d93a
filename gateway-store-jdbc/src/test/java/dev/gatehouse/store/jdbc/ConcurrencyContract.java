package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many callers at once, of one store or of several on one database. */
abstract class ConcurrencyContract {
  private static final int CALLERS = 32;
  private static final int EACH = 10;
  private static final int CUSTOMERS = 4;

  /** Stores on one empty database. */
  abstract List<JdbcStore> newStores();

  /** Each reads, adds one, and commits with an event, until nobody else was faster. */
  @Test
  void no_update_is_lost_and_no_place_is_given_twice_or_left_out() throws Exception {
    List<JdbcStore> stores = newStores();
    for (int c = 0; c < CUSTOMERS; c++) {
      Person person = new Person("Ann", "ann@example.org", Locale.ENGLISH);
      Customer customer = Customer.registered(new CustomerId("c" + c), person, Events.NOW);
      stores.get(0).commit(Commit.builder().save(customer.with("n", "0")).build());
    }

    Together.run(
        CALLERS,
        caller -> {
          Store store = stores.get(caller % stores.size());
          for (int i = 0; i < EACH; i++) {
            increment(store, "c" + (caller + i) % CUSTOMERS, caller + "-" + i);
          }
        });

    long total = 0;
    for (int c = 0; c < CUSTOMERS; c++) {
      Customer customer = stores.get(0).customer(new CustomerId("c" + c)).orElseThrow();
      long added = Long.parseLong(customer.metadata().get("n"));
      assertThat(customer.version()).isEqualTo(added + 1);
      assertThat(delivered(stores.get(0), "c" + c))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, added).boxed().toList());
      total += added;
    }
    assertThat(total).isEqualTo(CALLERS * EACH);
  }

  private static void increment(Store store, String id, String name) {
    while (true) {
      Customer customer = store.customer(new CustomerId(id)).orElseThrow();
      int next = Integer.parseInt(customer.metadata().get("n")) + 1;
      try {
        store.commit(
            Commit.builder()
                .save(customer.with("n", Integer.toString(next)))
                .raise(Events.event(id + "/" + name, id), Set.of("crm"))
                .build());
        return;
      } catch (StaleVersionException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<Long> delivered(Store store, String subject) {
    List<Long> places = new ArrayList<>();
    while (true) {
      List<Delivery> heads =
          store.claim("crm", Events.NOW, Events.NOW, 10).stream()
              .filter(delivery -> delivery.event().header().subject().equals(subject))
              .toList();
      if (heads.isEmpty()) {
        return places;
      }
      assertThat(store.acknowledge(heads)).isEmpty();
      heads.forEach(head -> places.add(head.sequence()));
    }
  }

  /**
   * Whoever adds to a subject and whoever takes its last delivery away must not miss each other.
   */
  @Test
  void what_is_added_while_others_deliver_is_delivered_in_order_and_nothing_gets_stuck()
      throws Exception {
    List<JdbcStore> stores = newStores();
    int producers = 6;
    int events = 40;
    Map<String, List<Long>> told = new ConcurrentHashMap<>();
    AtomicInteger count = new AtomicInteger();

    Together.run(
        producers + 4,
        thread -> {
          Store store = stores.get(thread % stores.size());
          if (thread < producers) {
            for (int i = 0; i < events; i++) {
              String subject = "s" + (thread + i) % 3;
              String event = subject + "/" + thread + "-" + i;
              store.commit(
                  Commit.builder().raise(Events.event(event, subject), Set.of("crm")).build());
            }
          } else {
            while (count.get() < producers * events) {
              store
                  .claim("crm", Events.NOW, Events.NOW.plusSeconds(60), 5)
                  .forEach(claimed -> tell(store, claimed, told, count));
            }
          }
        });

    assertThat(told.values())
        .hasSize(3)
        .allSatisfy(
            places ->
                assertThat(places)
                    .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, places.size()).boxed().toList()));
    assertThat(stores.get(0).backlogs()).isEmpty();
  }

  private static void tell(
      Store store, Delivery claimed, Map<String, List<Long>> told, AtomicInteger count) {
    // Told before it is acknowledged, as hooks are: so the next one can't be told earlier.
    told.computeIfAbsent(
            claimed.event().header().subject(),
            s -> Collections.synchronizedList(new ArrayList<>()))
        .add(claimed.sequence());
    assertThat(store.acknowledge(List.of(claimed))).isEmpty();
    count.incrementAndGet();
  }

  /** Nor those who drop a hook's deliveries, or offer one again. */
  @Test
  void whatever_is_dropped_and_replayed_meanwhile_no_subject_is_left_without_a_head()
      throws Exception {
    List<JdbcStore> stores = newStores();
    stores.get(0).commit(Events.created("ann", 1));

    Together.run(
        9,
        thread -> {
          Store store = stores.get(thread % stores.size());
          for (int i = 0; i < 30; i++) {
            if (thread == 0) {
              store.drop("crm");
            } else if (thread == 1) {
              store.replay("crm", "ann/0", Events.NOW);
            } else if (thread == 2) {
              store.acknowledge(store.claim("crm", Events.NOW, Events.NOW, 5));
            } else {
              String event = "ann/" + thread + "-" + i;
              store.commit(
                  Commit.builder().raise(Events.event(event, "ann"), Set.of("crm")).build());
            }
          }
        });

    int waiting = stores.get(0).backlogs().stream().mapToInt(b -> b.waiting()).sum();
    assertThat(delivered(stores.get(0), "ann")).hasSize(waiting).isSorted();
    assertThat(stores.get(0).backlogs()).isEmpty();
  }
}
