package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.OpeningSqliteTest.assertFails;
import static dev.gatehouse.store.jdbc.OwnShop.ADA;
import static dev.gatehouse.store.jdbc.OwnShop.insertOrder;
import static dev.gatehouse.store.jdbc.OwnShop.order;
import static dev.gatehouse.store.jdbc.OwnShop.registration;
import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.JoinedGatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.MembershipState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What the shop does in its own transaction is kept with what Gatehouse does there, or neither. */
class OwnTransactionTest {
  private static HikariDataSource pool;

  private JdbcStore store;
  private OwnShop shop;
  private Gatehouse gatehouse;

  @BeforeAll
  static void openPool() {
    TestPostgres.emptyStore();
    TestPostgres.run(
        TestPostgres.sharedUrl(), "CREATE TABLE IF NOT EXISTS orders (number text, checkout text)");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(TestPostgres.sharedUrl());
    config.setUsername(USER);
    config.setPassword(PASSWORD);
    config.setMaximumPoolSize(4);
    pool = new HikariDataSource(config);
  }

  @AfterAll
  static void closePool() {
    pool.close();
    TestPostgres.run(TestPostgres.sharedUrl(), "DROP TABLE orders");
  }

  @BeforeEach
  void open() {
    store = TestPostgres.emptyStore();
    TestPostgres.run(TestPostgres.sharedUrl(), "TRUNCATE orders");
    shop = OwnShop.on(store);
    gatehouse = shop.gatehouse;
    gatehouse.register(registration(ADA));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void an_order_and_its_checkout_are_kept_together_and_then_paid() throws SQLException {
    Plan gold = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 49.00"));

    CheckoutId checkout = place(pool, "order-1", gold);

    assertThat(orders()).containsExactly("order-1");
    assertThat(shop.pay(checkout).state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(shop.provider.ledger().charges()).hasSize(1);
  }

  CheckoutId place(DataSource pool, String number, Plan gold) throws SQLException {
    // snippet: OwnTransaction
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      insertOrder(connection, number);
      CheckoutView checkout =
          gatehouse
              .within(store.in(connection))
              .startCheckout(StartCheckout.forPlan(ADA, number, gold));
      connection.commit(); // Both are kept now; without it, neither is.
      return checkout.id();
    }
    // end snippet
  }

  @Test
  void what_is_rolled_back_was_never_there_and_its_key_is_free_again() throws SQLException {
    CheckoutId first;
    try (Connection connection = begin()) {
      insertOrder(connection, "order-1");
      first = within(connection).startCheckout(order("order-1")).id();
      assertThat(within(connection).checkout(first).state()).isEqualTo(CheckoutState.OPEN);
      connection.rollback();
    }

    assertThat(orders()).isEmpty();
    assertThat(store.checkout(first)).isEmpty();
    assertThat(gatehouse.startCheckout(order("order-1", "EUR 7.00")).id()).isNotEqualTo(first);
  }

  @Test
  void a_pool_rolls_back_what_was_not_committed() throws SQLException {
    try (Connection connection = begin()) {
      insertOrder(connection, "order-1");
      within(connection).startCheckout(order("order-1"));
    }

    assertThat(orders()).isEmpty();
    assertThat(store.checkoutByCommand(ADA, "order-1")).isEmpty();
  }

  @Test
  void a_customer_and_a_checkout_of_the_same_transaction_know_each_other() throws SQLException {
    CustomerId bob = new CustomerId("bob");
    try (Connection connection = begin()) {
      JoinedGatehouse joined = within(connection);
      joined.register(registration(bob));
      joined.startCheckout(
          new StartCheckout(
              bob,
              "order-1",
              order("any").plan(),
              order("any").lines(),
              order("any").discount(),
              order("any").lifetime()));
      assertThat(joined.customer(bob).id()).isEqualTo(bob);
      assertThatThrownBy(() -> gatehouse.customer(bob)).isInstanceOf(NotFoundException.class);
      connection.commit();
    }

    assertThat(gatehouse.customer(bob).person()).isPresent();
    assertThat(store.checkoutByCommand(bob, "order-1")).isPresent();
  }

  @Test
  void hooks_hear_of_it_after_the_commit_and_not_before() throws SQLException {
    shop.doDueWork();
    shop.told.clear();
    try (Connection connection = begin()) {
      within(connection).register(registration(new CustomerId("bob")));
      shop.doDueWork();
      assertThat(shop.told).isEmpty();
      connection.commit();
    }
    shop.doDueWork();

    assertThat(shop.told).containsExactly("bob");
  }

  /** On a database of its own, where no earlier commit is still being announced. */
  @Test
  void other_processes_are_woken_by_the_commit_and_by_nothing_else() throws SQLException {
    String url = TestPostgres.newDatabase();
    try (JdbcStore own = JdbcStore.postgres(url, USER, PASSWORD);
        Connection listener = TestPostgres.connect(url);
        Statement listen = listener.createStatement();
        Connection connection = TestPostgres.connect(url)) {
      OwnShop there = OwnShop.on(own);
      connection.setAutoCommit(false);
      listen.execute("LISTEN " + WakeSignal.channel("public"));
      PGConnection ears = listener.unwrap(PGConnection.class);
      there.gatehouse.within(own.in(connection)).register(registration(new CustomerId("bob")));
      connection.rollback();
      there.gatehouse.within(own.in(connection)).register(registration(new CustomerId("cy")));
      listen.execute("SELECT 1");
      assertThat(ears.getNotifications()).isEmpty();

      connection.commit();

      assertThat(ears.getNotifications(10_000))
          .singleElement()
          .extracting(PGNotification::getName, PGNotification::getParameter)
          .containsExactly("gatehouse_public", "");
      there.close();
    }
  }

  @Test
  void the_same_key_is_the_same_checkout_and_other_content_leaves_the_transaction_alive()
      throws SQLException {
    try (Connection connection = begin()) {
      JoinedGatehouse joined = within(connection);
      CheckoutView first = joined.startCheckout(order("order-1"));
      assertThat(joined.startCheckout(order("order-1")).id()).isEqualTo(first.id());
      assertThatThrownBy(() -> joined.startCheckout(order("order-1", "EUR 8.00")))
          .isInstanceOf(IdempotencyConflictException.class);
      assertThatThrownBy(() -> joined.startCheckout(order("no key")))
          .isInstanceOf(InvalidInputException.class);
      insertOrder(connection, "order-1");
      connection.commit();
    }

    assertThat(orders()).containsExactly("order-1");
    assertThat(store.checkoutByCommand(ADA, "order-1")).isPresent();
  }

  @Test
  void of_two_transactions_with_one_key_the_second_waits_and_gets_the_checkout_of_the_first()
      throws Exception {
    try (Connection first = begin();
        Connection second = begin()) {
      CheckoutView started = within(first).startCheckout(order("order-1"));
      insertOrder(second, "beside");
      Future<CheckoutView> waiting =
          elsewhere(() -> within(second).startCheckout(order("order-1")));
      awaitLock();
      first.commit();

      assertThat(waiting.get(30, TimeUnit.SECONDS).id()).isEqualTo(started.id());
      second.commit();
    }

    assertThat(orders()).containsExactly("beside");
    assertThat(checkouts()).isEqualTo(1);
  }

  @Test
  void of_two_transactions_with_one_key_and_other_content_the_second_is_refused_and_lives_on()
      throws Exception {
    try (Connection first = begin();
        Connection second = begin()) {
      within(first).startCheckout(order("order-1"));
      insertOrder(second, "beside");
      Future<CheckoutView> waiting =
          elsewhere(() -> within(second).startCheckout(order("order-1", "EUR 8.00")));
      awaitLock();
      first.commit();

      assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IdempotencyConflictException.class);
      second.commit();
    }

    assertThat(orders()).containsExactly("beside");
    assertThat(checkouts()).isEqualTo(1);
  }

  @Test
  void if_the_first_of_two_transactions_is_rolled_back_the_key_is_the_second_ones()
      throws Exception {
    try (Connection first = begin();
        Connection second = begin()) {
      CheckoutView lost = within(first).startCheckout(order("order-1"));
      Future<CheckoutView> waiting =
          elsewhere(() -> within(second).startCheckout(order("order-1")));
      awaitLock();
      first.rollback();

      assertThat(waiting.get(30, TimeUnit.SECONDS).id()).isNotEqualTo(lost.id());
      second.commit();
    }

    assertThat(checkouts()).isEqualTo(1);
  }

  @Test
  void gatehouse_by_itself_waits_for_the_shops_transaction_too() throws Exception {
    try (Connection first = begin()) {
      CheckoutView started = within(first).startCheckout(order("order-1"));
      Future<CheckoutView> waiting = elsewhere(() -> gatehouse.startCheckout(order("order-1")));
      awaitLock();
      first.commit();

      assertThat(waiting.get(30, TimeUnit.SECONDS).id()).isEqualTo(started.id());
    }
  }

  @Test
  void two_transactions_that_wait_for_each_other_are_told_and_one_goes_on() throws Exception {
    try (Connection first = begin();
        Connection second = begin()) {
      run(first, "SET LOCAL deadlock_timeout = '10ms'");
      run(second, "SET LOCAL deadlock_timeout = '1h'");
      within(first).startCheckout(order("order-1"));
      within(second).startCheckout(order("order-2"));
      Future<CheckoutView> waiting =
          elsewhere(() -> within(second).startCheckout(order("order-1")));
      awaitLock();

      assertFails(() -> within(first).startCheckout(order("order-2")), "transaction.deadlock");
      first.rollback();

      assertThat(waiting.get(30, TimeUnit.SECONDS).state()).isEqualTo(CheckoutState.OPEN);
      second.commit();
    }

    assertThat(checkouts()).isEqualTo(2);
  }

  @Test
  void a_connection_that_is_killed_in_between_leaves_nothing() throws SQLException {
    try (Connection connection = TestPostgres.connect(TestPostgres.sharedUrl())) {
      connection.setAutoCommit(false);
      insertOrder(connection, "order-1");
      JoinedGatehouse joined = within(connection);
      joined.startCheckout(order("order-1"));
      int process = connection.unwrap(PGConnection.class).getBackendPID();
      TestPostgres.run(
          TestPostgres.sharedUrl(), "SELECT pg_terminate_backend(" + process + ", 10000)");

      assertFails(() -> joined.startCheckout(order("order-2")), "transaction.lost");
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }

    assertThat(orders()).isEmpty();
    assertThat(checkouts()).isZero();
  }

  @Test
  void a_row_that_somebody_locks_for_too_long_does_not_cost_the_transaction() throws SQLException {
    try (Connection first = begin();
        Connection second = begin()) {
      within(first).startCheckout(order("order-1"));
      run(second, "SET LOCAL lock_timeout = '1ms'");
      insertOrder(second, "beside");

      assertFails(() -> within(second).startCheckout(order("order-1")), "store.lock-timeout");

      assertThat(within(second).startCheckout(order("order-2")).state())
          .isEqualTo(CheckoutState.OPEN);
      second.commit();
    }

    assertThat(orders()).containsExactly("beside");
  }

  @Test
  void to_pay_before_the_commit_is_refused_and_says_to_commit_first() throws SQLException {
    try (Connection connection = begin()) {
      CheckoutId checkout = within(connection).startCheckout(order("order-1")).id();

      assertThatThrownBy(() -> shop.pay(checkout))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("commit that first");
    }

    assertThat(shop.provider.ledger().requests()).isZero();
  }

  /** Nobody is meant to build this; if somebody does, no money moves. */
  @Test
  void a_gatehouse_within_a_transaction_never_calls_a_gateway() throws SQLException {
    try (Connection connection = begin();
        OwnShop inside = OwnShop.on(store.in(connection).store())) {
      CheckoutId checkout = inside.gatehouse.startCheckout(order("order-1")).id();

      assertThatThrownBy(() -> inside.pay(checkout))
          .isInstanceOfSatisfying(
              InvalidStateException.class,
              e -> {
                assertThat(e.problems().get(0).code()).isEqualTo("transaction.gateway-call");
                assertThat(e.problems().get(0).remedy()).contains("after the commit");
              });

      assertThat(inside.provider.ledger().requests()).isZero();
      connection.commit();
    }

    assertThat(store.checkoutByCommand(ADA, "order-1")).isPresent();
  }

  @Test
  void an_open_checkout_is_called_off_together_with_its_order() throws SQLException {
    CheckoutId checkout = gatehouse.startCheckout(order("order-1")).id();
    try (Connection connection = begin()) {
      within(connection).cancelCheckout(checkout);
      connection.rollback();
      assertThat(gatehouse.checkout(checkout).state()).isEqualTo(CheckoutState.OPEN);
      within(connection).cancelCheckout(checkout);
      connection.commit();
    }

    assertThat(gatehouse.checkout(checkout).state()).isEqualTo(CheckoutState.CANCELLED);
  }

  @Test
  void a_checkout_with_payments_is_not_called_off_within_a_transaction() throws SQLException {
    CheckoutId checkout = gatehouse.startCheckout(order("order-1")).id();
    shop.pay(checkout);
    int requests = shop.provider.ledger().requests();
    try (Connection connection = begin()) {
      assertThatThrownBy(() -> within(connection).cancelCheckout(checkout))
          .isInstanceOf(InvalidStateException.class)
          .hasMessageContaining("after the commit");
      insertOrder(connection, "beside");
      connection.commit();
    }

    assertThat(orders()).containsExactly("beside");
    assertThat(shop.provider.ledger().requests()).isEqualTo(requests);
  }

  @Test
  void what_costs_nothing_is_completed_within_the_transaction() throws SQLException {
    Plan trial = new Plan(new PlanId("trial"), "Trial", Money.parse("EUR 0.00"));
    CheckoutView done;
    try (Connection connection = begin()) {
      JoinedGatehouse joined = within(connection);
      done = joined.startCheckout(StartCheckout.forPlan(ADA, "order-1", trial));
      joined.completeFree(done.id());
      connection.commit();
    }

    CheckoutView now = gatehouse.checkout(done.id());
    assertThat(now.state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(now.membership().orElseThrow().state()).isEqualTo(MembershipState.ACTIVE);
  }

  @Test
  void complaints_are_in_the_customers_language_here_too() throws SQLException {
    try (Connection connection = begin()) {
      JoinedGatehouse joined = gatehouse.in(Locale.GERMAN).within(store.in(connection));

      assertThatThrownBy(() -> joined.checkout(new CheckoutId("chk_nothing")))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("nicht bekannt");
    }
  }

  private JoinedGatehouse within(Connection connection) {
    return gatehouse.within(store.in(connection));
  }

  private static Connection begin() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  private static <T> Future<T> elsewhere(Work<T> work) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(work::run);
    } finally {
      thread.shutdown();
    }
  }

  private static void awaitLock() {
    while (TestPostgres.lines(
            TestPostgres.sharedUrl(),
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'")
        .isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> orders() {
    return TestPostgres.lines(TestPostgres.sharedUrl(), "SELECT number FROM orders");
  }

  private static int checkouts() {
    return Integer.parseInt(
        TestPostgres.lines(TestPostgres.sharedUrl(), "SELECT count(*) FROM gatehouse_checkout")
            .get(0));
  }
}
