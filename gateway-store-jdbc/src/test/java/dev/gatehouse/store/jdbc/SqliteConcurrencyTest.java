package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteConcurrencyTest extends ConcurrencyContract {
  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Override
  List<JdbcStore> newStores() {
    return List.of(files.newStore());
  }

  /** Half of all commits are stale; they share transactions with the others. */
  @Test
  void who_is_refused_takes_nothing_from_those_who_share_the_transaction() throws Exception {
    JdbcStore store = files.newStore();
    Person person = new Person("Ann", "ann@example.org", Locale.ENGLISH);
    Customer ann = Customer.registered(new CustomerId("ann"), person, Events.NOW);
    store.commit(Commit.builder().save(ann).build());
    AtomicInteger refused = new AtomicInteger();

    Together.run(
        32,
        thread -> {
          for (int i = 0; i < 20; i++) {
            String subject = "s" + thread;
            Commit.Builder commit =
                Commit.builder().raise(Events.event(subject + "/" + i, subject), Set.of("crm"));
            if (i % 2 == 0) {
              store.commit(commit.build());
            } else {
              Commit stale = commit.save(ann).build();
              assertThatThrownBy(() -> store.commit(stale))
                  .isInstanceOf(StaleVersionException.class);
              refused.incrementAndGet();
            }
          }
        });

    assertThat(refused).hasValue(320);
    for (int thread = 0; thread < 32; thread++) {
      assertThat(store.timeline("s" + thread)).hasSize(10);
    }
  }

  @Test
  void who_is_interrupted_while_the_commit_is_made_durable_learns_how_it_went() throws Exception {
    JdbcStore store = files.newStore();

    Together.run(
        4,
        thread -> {
          for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            store.commit(Events.created("s" + thread + "-" + i, 1));
            assertThat(Thread.interrupted()).as("the interrupt is not lost").isTrue();
          }
        });

    for (int i = 0; i < 20; i++) {
      assertThat(store.timeline("s0-" + i)).hasSize(1);
    }
  }
}
