package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one database. */
class PostgresConcurrencyTest extends ConcurrencyContract {
  private static final StoreOptions PATIENT =
      StoreOptions.defaults()
          .withLockTimeout(Duration.ofMinutes(1))
          .withStatementTimeout(Duration.ofMinutes(2));
  private static final CustomerId ANN = new CustomerId("ann");
  private static final Money TEN = Money.parse("EUR 10.00");

  private final List<JdbcStore> stores = new ArrayList<>();

  @Override
  List<JdbcStore> newStores() {
    TestPostgres.emptyStore();
    for (int i = 0; i < 3; i++) {
      stores.add(JdbcStore.postgres(TestPostgres.sharedUrl(), USER, PASSWORD));
    }
    return stores;
  }

  /** One changes the payment, the other the checkout, and each rests on both. */
  @Test
  void two_commits_on_one_case_meet_at_the_same_row_and_not_in_a_deadlock() throws Exception {
    TestPostgres.emptyStore();
    String url = TestPostgres.sharedUrl();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, PATIENT);
        Connection other = TestPostgres.connect(url);
        Statement statement = other.createStatement()) {
      CheckoutId id = new CheckoutId("chk_1");
      Payment payment = payment(id);
      store.commit(Commit.builder().save(checkout(id, payment.id())).save(payment).build());
      Case known = store.caseOf(id).orElseThrow();
      Commit.Builder one = Commit.builder().save(known.payments().get(0).afterQuietPolls(1));
      Checkout changed = known.checkout().orElseThrow().wakingAt(Optional.of(Events.NOW));
      Commit.Builder two = Commit.builder().save(changed);
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM gatehouse_checkout FOR UPDATE");
      FutureTask<Optional<String>> first = refused(store, one.basedOn(known).build());
      TestPostgres.awaitLockWaits(url, 1);
      FutureTask<Optional<String>> second = refused(store, two.basedOn(known).build());
      TestPostgres.awaitLockWaits(url, 2);
      other.rollback();

      assertThat(List.of(first.get(60, SECONDS), second.get(60, SECONDS)))
          .as("one is kept, and the other one is told which record has changed")
          .containsAnyOf(Optional.of("chk_1"), Optional.of("pay_1"))
          .contains(Optional.empty());
    }
  }

  /** Commits, and says what was stale, if anything was. */
  private static FutureTask<Optional<String>> refused(JdbcStore store, Commit commit) {
    FutureTask<Optional<String>> task =
        new FutureTask<>(
            () -> {
              try {
                store.commit(commit);
                return Optional.empty();
              } catch (StaleVersionException e) {
                return Optional.of(e.problems().get(0).field());
              }
            });
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static Payment payment(CheckoutId checkout) {
    return new Payment(
        new PaymentId("pay_1"),
        0,
        new GatewayInstanceId("main"),
        Mode.TEST,
        Optional.of(checkout),
        Optional.of(ANN),
        Optional.empty(),
        PaymentFacts.none(),
        List.of(),
        new TreeSet<>(),
        List.of(),
        Events.NOW,
        Optional.empty(),
        0);
  }

  private static Checkout checkout(CheckoutId id, PaymentId payment) {
    return new Checkout(
        id,
        0,
        "command",
        ANN,
        Optional.empty(),
        List.of(Line.of("A", 1, TEN)),
        TEN,
        Optional.empty(),
        CheckoutState.OPEN,
        List.of(payment),
        Optional.empty(),
        new TreeSet<>(),
        Events.NOW,
        Events.NOW.plusSeconds(86_400),
        Optional.empty());
  }

  @AfterEach
  void close() {
    stores.forEach(JdbcStore::close);
  }
}
