package dev.gatehouse.store.jdbc;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Backlog;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.JoinedTransaction;
import dev.gatehouse.store.PaymentSearch;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.Subscribers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The durable store: what was committed is there after any crash. On SQLite it is one file, for one
 * process at a time; on PostgreSQL 13 or later any number of nodes share it.
 *
 * <p>Opening makes or upgrades the tables, whose names begin with {@code gatehouse_}. It throws
 * {@link dev.gatehouse.error.ConfigurationException}, and has changed nothing, if the database
 * can't be reached or written, is damaged, in use by another process (SQLite), of a newer version
 * of Gatehouse, or if somebody edited its tables.
 *
 * <p>Later a call throws {@link StoreFailedException} if the database can't do its work.
 * Thread-safe. Whoever opens a store closes it.
 */
public final class JdbcStore implements Store, AutoCloseable {
  private final Database database;
  private final Subscribers subscribers = new Subscribers();

  JdbcStore(Database database) {
    this.database = database;
  }

  /**
   * Opens a store in a file of SQLite, which is made if it is not there; its folder must be. Beside
   * it, SQLite keeps files that end in {@code -wal} and {@code -shm}, and this store one that ends
   * in {@code .lock}.
   */
  public static JdbcStore sqlite(Path file) {
    return sqlite(file, StoreOptions.defaults());
  }

  /** As {@link #sqlite(Path)}, with options. */
  public static JdbcStore sqlite(Path file, StoreOptions options) {
    required("file", file);
    required("options", options);
    return new JdbcStore(Sqlite.open(file, options, List.of()));
  }

  /**
   * Opens a store on a PostgreSQL server, with a pool of its own.
   *
   * @param url such as {@code jdbc:postgresql://db.example.org/shop}; its {@code currentSchema}, if
   *     given, is where the tables are
   */
  public static JdbcStore postgres(String url, String user, String password) {
    return postgres(url, user, password, StoreOptions.defaults());
  }

  /** As {@link #postgres(String, String, String)}, with options. */
  public static JdbcStore postgres(String url, String user, String password, StoreOptions options) {
    required("url", url);
    required("user", user);
    required("password", password);
    required("options", options);
    return new JdbcStore(Postgres.open(url, user, password, options));
  }

  /**
   * As {@link #sqlite(Path)}, for a tool that looks at a store of an application's: nothing is made
   * and nothing is upgraded. A file that is not there, that holds no tables of ours, or older ones,
   * is refused.
   */
  public static JdbcStore existingSqlite(Path file) {
    Existing.demand(required("file", file));
    return sqlite(file);
  }

  /**
   * As {@link #postgres(String, String, String)}, for a tool that looks at a store of an
   * application's: nothing is made and nothing is upgraded. A database that holds no tables of
   * ours, or older ones, is refused.
   */
  public static JdbcStore existingPostgres(String url, String user, String password) {
    required("url", url);
    required("user", user);
    required("password", password);
    Existing.demand(url, user, password, StoreOptions.defaults());
    return postgres(url, user, password);
  }

  /**
   * Opens a store on the application's own pool, which stays the application's to close and to give
   * time-outs to. Its connections must be to the primary, in the isolation READ COMMITTED. While
   * background work runs, one of them is kept, to hear of what other processes committed.
   */
  public static JdbcStore postgres(DataSource pool) {
    required("pool", pool);
    return new JdbcStore(Postgres.open(pool));
  }

  /**
   * Joins the transaction that a connection of the application's is in, so that what {@code
   * Gatehouse.within} does there is kept with it or not at all. Only on PostgreSQL. Takes the
   * connection for as long as the transaction lasts; never commits, rolls back or closes it.
   *
   * @param connection to this store's database, with our tables on its {@code search_path}, its
   *     auto-commit off, in the isolation READ COMMITTED
   * @throws dev.gatehouse.error.InvalidInputException with all that is wrong with the connection
   * @throws dev.gatehouse.error.ConfigurationException if this store is a file of SQLite
   * @throws StoreFailedException if the connection is lost, or its transaction has failed already
   */
  public JoinedTransaction in(Connection connection) {
    Store view = new JdbcStore(database.join(required("connection", connection)));
    return () -> view;
  }

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return database.read(db -> Reads.customer(db, id));
  }

  @Override
  public Optional<Checkout> checkout(CheckoutId id) {
    return database.read(db -> Reads.checkout(db, id));
  }

  @Override
  public Optional<Checkout> checkoutByCommand(CustomerId customer, String command) {
    return database.read(db -> Reads.checkout(db, customer, command));
  }

  @Override
  public Optional<Payment> payment(PaymentId id) {
    return database.read(db -> Reads.payment(db, id));
  }

  @Override
  public Optional<Case> caseOf(PaymentId id) {
    return database.read(db -> Reads.caseOf(db, id));
  }

  @Override
  public Optional<Case> caseOf(CheckoutId id) {
    return database.read(db -> Reads.caseOf(db, id));
  }

  @Override
  public Optional<PaymentId> paymentByProviderId(GatewayInstanceId gateway, ProviderId providerId) {
    return database.read(db -> Reads.payment(db, gateway, providerId));
  }

  @Override
  public Optional<Membership> membership(MembershipId id) {
    return database.read(db -> Reads.membership(db, id));
  }

  @Override
  public List<Membership> memberships(CustomerId customer) {
    return database.read(db -> Reads.memberships(db, customer));
  }

  @Override
  public Optional<InboxItem> inboxItem(GatewayInstanceId gateway, String notice) {
    return database.read(db -> Reads.inboxItem(db, gateway, notice));
  }

  @Override
  public Optional<Cursor> cursor(GatewayInstanceId gateway) {
    return database.read(db -> Reads.cursor(db, gateway));
  }

  @Override
  public void save(Cursor cursor) {
    String gateway = cursor.gateway().value();
    String upTo = cursor.upTo().toString();
    String nextAt = cursor.nextAt().toString();
    int kept =
        database.write(
            db ->
                cursor.version() == 0
                    ? db.update(
                        "INSERT INTO gatehouse_cursor (gateway, version, up_to, next_at)"
                            + " VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING",
                        gateway,
                        upTo,
                        nextAt)
                    : db.update(
                        "UPDATE gatehouse_cursor SET version = version + 1, up_to = ?, next_at = ?"
                            + " WHERE gateway = ? AND version = ?",
                        upTo,
                        nextAt,
                        gateway,
                        cursor.version()));
    if (kept == 0) {
      throw new StaleVersionException(gateway);
    }
  }

  @Override
  public void commit(Commit commit) {
    required("commit", commit);
    Rows rows = Rows.of(commit);
    if (!commit.isEmpty() || !rows.guards().isEmpty()) {
      database.commit(rows);
      if (!subscribers.tell(commit).isEmpty()) {
        database.announce();
      }
    }
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return database.read(db -> Reads.due(db, now, limit));
  }

  @Override
  public List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    return database.lease(except, now, until, limit);
  }

  @Override
  public List<LifecycleEvent> timeline(String subject) {
    return database.read(db -> Reads.timeline(db, subject));
  }

  @Override
  public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    return database.claim(hook, now, until, limit);
  }

  @Override
  public List<Delivery> acknowledge(List<Delivery> deliveries) {
    return deliveries.isEmpty() ? List.of() : database.acknowledge(deliveries);
  }

  @Override
  public Subscription subscribe(Set<String> hooks, Consumer<Set<String>> wake) {
    Subscription subscription = subscribers.add(hooks, wake);
    database.listen(subscribers::tellAll);
    return subscription;
  }

  @Override
  public void update(Delivery delivery) {
    database.write(
        db -> {
          Deliveries.update(db, delivery);
          return true;
        });
  }

  @Override
  public List<Backlog> backlogs() {
    return database.read(Deliveries::backlogs);
  }

  @Override
  public int drop(String hook) {
    int dropped = 0;
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      String behind = after.get();
      Deliveries.Dropped some =
          database.transaction(db -> Deliveries.drop(db, hook, behind, database.locking()));
      dropped += some.deliveries();
      after = some.last();
    }
    return dropped;
  }

  @Override
  public int forgetNotices(Instant before, int limit) {
    return database.write(db -> Retention.forgetNotices(db, before, limit));
  }

  @Override
  public List<LifecycleEvent> archivable(
      Instant before, Optional<LifecycleEvent> after, int limit) {
    return database.read(db -> Retention.archivable(db, before, after, limit));
  }

  @Override
  public int takeOut(List<String> eventIds) {
    int taken = 0;
    for (List<String> few : database.read(db -> Retention.bySubject(db, eventIds))) {
      taken += database.transaction(db -> Retention.takeOut(db, few, database.locking()));
    }
    return taken;
  }

  @Override
  public List<Delivery> parked(Optional<Delivery.Key> after, int limit) {
    return database.read(db -> Deliveries.parked(db, after, limit));
  }

  @Override
  public List<Delivery> deliveries(String hook, Optional<String> after, int limit) {
    return database.read(db -> Deliveries.waiting(db, hook, after, limit));
  }

  @Override
  public boolean replay(String hook, String eventId, Instant now) {
    return database.transaction(
        db -> Deliveries.replay(db, hook, eventId, now, database.locking()));
  }

  @Override
  public List<Customer> customers(String email, Optional<CustomerId> after, int limit) {
    return database.read(db -> Searches.customers(db, email, after, limit));
  }

  @Override
  public List<Payment> payments(PaymentSearch search, Optional<PaymentId> after, int limit) {
    return database.read(db -> Searches.payments(db, search, after, limit));
  }

  @Override
  public Action begin(Action action) {
    return database.write(db -> Actions.begin(db, action));
  }

  @Override
  public void end(Action action) {
    database.write(db -> Actions.end(db, action));
  }

  @Override
  public List<Action> actions(Optional<String> subject, Optional<Long> before, int limit) {
    return database.read(db -> Actions.find(db, subject, before, limit));
  }

  /** Gives back connections and locks. What was committed stays. */
  @Override
  public void close() {
    database.close();
  }
}
