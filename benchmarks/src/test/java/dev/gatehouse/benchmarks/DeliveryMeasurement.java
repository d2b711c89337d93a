package dev.gatehouse.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures how fast a backlog of events reaches a hook that does nothing, and how soon a single one
 * does, beside db-scheduler on the same PostgreSQL, whose one-time tasks stand for events. No test
 * by its name: it runs only when asked for, as {@code docs/performance.md} says.
 */
class DeliveryMeasurement {
  private static final int ROUNDS = Integer.getInteger("gatehouse.rounds", 5);
  private static final int EVENTS = Integer.getInteger("gatehouse.events", 20_000);
  private static final int SINGLE = 400;
  private static final int THREADS = 4;
  private static final Duration BETWEEN = Duration.ofMillis(5);
  private static final String USER = "postgres";

  private static final String TASKS =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
        execution_time timestamp with time zone NOT NULL, picked boolean NOT NULL, picked_by text,
        last_success timestamp with time zone, last_failure timestamp with time zone,
        consecutive_failures int, last_heartbeat timestamp with time zone,
        version bigint NOT NULL, priority smallint, PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  /** Something that tells of what was kept. */
  private interface Contender extends AutoCloseable {
    /** Keeps so many, the names of which begin so, while nothing tells of them. */
    void fill(String round, int count) throws SQLException;

    /** Begins to tell; each name is given to the listener. */
    void begin(Consumer<String> listener);

    /** Keeps one. */
    void add(String name);

    /** Tells no more. */
    void end();

    @Override
    void close();
  }

  private static final class OfGatehouse implements Contender {
    private final JdbcStore store;
    private Gatehouse running;

    OfGatehouse(String url) {
      store = JdbcStore.postgres(url, USER, USER);
    }

    @Override
    public void fill(String round, int count) {
      for (int first = 0; first < count; first += 100) {
        Commit.Builder commit = Commit.builder();
        IntStream.range(first, Math.min(first + 100, count))
            .forEach(i -> raise(commit, round + "-" + i, round + "-" + i / 4));
        store.commit(commit.build());
      }
    }

    private static void raise(Commit.Builder commit, String name, String subject) {
      CustomerId customer = new CustomerId(subject);
      EventHeader header =
          new EventHeader(
              name,
              Instant.now().minusSeconds(1),
              subject,
              Optional.of(customer),
              Optional.of(Mode.TEST));
      commit.raise(new CustomerCreated(header, customer), Set.of("hook"));
    }

    @Override
    public void begin(Consumer<String> listener) {
      Hook hook =
          Hook.named("hook")
              .on(CustomerCreated.class, (event, told) -> listener.accept(event.header().id()));
      running =
          Gatehouse.builder().catalog(GatewayCatalog.of()).store(store).hook(hook).build().start();
    }

    @Override
    public void add(String name) {
      Commit.Builder commit = Commit.builder();
      raise(commit, name, name);
      store.commit(commit.build());
    }

    @Override
    public void end() {
      running.close();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** As its documentation has it for much work: it locks what it fetches. */
  private static final class OfScheduler implements Contender {
    private final HikariDataSource pool;
    private Scheduler running;
    private OneTimeTask<Void> task;

    OfScheduler(String url) throws SQLException {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setUsername(USER);
      config.setPassword(USER);
      pool = new HikariDataSource(config);
      run(TASKS);
    }

    private void run(String sql) throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void fill(String round, int count) throws SQLException {
      run(
          "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
              + " SELECT 'told', '%s-' || i, now(), false, 1 FROM generate_series(0, %d) i"
                  .formatted(round, count - 1));
    }

    @Override
    public void begin(Consumer<String> listener) {
      task = Tasks.oneTime("told").execute((one, context) -> listener.accept(one.getId()));
      running =
          Scheduler.create(pool, task)
              .threads(THREADS)
              .pollingInterval(Duration.ofMillis(500))
              .pollUsingLockAndFetch(1.0, 4.0)
              .enableImmediateExecution()
              .build();
      running.start();
    }

    @Override
    public void add(String name) {
      running.schedule(task.instance(name), Instant.now());
    }

    @Override
    public void end() {
      running.stop();
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  @Test
  void deliveries_side_by_side() throws Exception {
    double loadBefore = load();
    List<String> names = List.of("Gatehouse", "db-scheduler");
    List<List<Long>> rates = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Long>> latencies = List.of(new ArrayList<>(), new ArrayList<>());
    try (EmbeddedPostgres server = server();
        Contender ours = new OfGatehouse(schema(server, "ours"));
        Contender peer = new OfScheduler(schema(server, "peer"))) {
      List<Contender> contenders = List.of(ours, peer);
      for (int round = 0; round <= ROUNDS; round++) {
        for (int i = 0; i < 2; i++) {
          int which = (i + round) % 2;
          long rate = backlog(contenders.get(which), "r" + round);
          List<Long> single = single(contenders.get(which), "s" + round);
          if (round > 0) { // the first one warms up
            rates.get(which).add(rate);
            latencies.get(which).addAll(single);
          }
        }
      }
    }
    StringBuilder report = new StringBuilder(conditions(loadBefore));
    report.append(
        "\n| What tells | Events per second | Commit to hook, median, µs | 99 of 100, µs |\n");
    report.append("|---|---:|---:|---:|\n");
    for (int i = 0; i < 2; i++) {
      List<Long> rate = rates.get(i).stream().sorted().toList();
      List<Long> latency = latencies.get(i).stream().sorted().toList();
      report.append(
          String.format(
              Locale.ROOT,
              "| %s | %d (%d–%d) | %d | %d |\n",
              names.get(i),
              rate.get(rate.size() / 2),
              rate.get(0),
              rate.get(rate.size() - 1),
              latency.get(latency.size() / 2),
              latency.get(latency.size() * 99 / 100)));
    }
    System.out.println(report);
    if (System.getProperty("gatehouse.docs", "").equals("write")) {
      Page.PERFORMANCE.write("deliveries", report.toString());
    }
  }

  /** How many a second, from the moment when telling begins. */
  private static long backlog(Contender contender, String round) throws Exception {
    contender.fill(round, EVENTS);
    CountDownLatch told = new CountDownLatch(EVENTS);
    long start = System.nanoTime();
    contender.begin(name -> told.countDown());
    if (!told.await(10, TimeUnit.MINUTES)) {
      throw new AssertionError("not all were told");
    }
    long nanos = System.nanoTime() - start;
    contender.end();
    return EVENTS * 1_000_000_000L / nanos;
  }

  /** How long after it was kept each of some single ones was told, in microseconds. */
  private static List<Long> single(Contender contender, String round) throws Exception {
    Map<String, Long> told = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(SINGLE);
    Map<String, Long> kept = new ConcurrentHashMap<>();
    contender.begin(
        name -> {
          told.put(name, System.nanoTime());
          all.countDown();
        });
    for (int i = 0; i < SINGLE; i++) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      String name = round + "-" + i;
      contender.add(name);
      kept.put(name, System.nanoTime());
    }
    if (!all.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("not all were told");
    }
    contender.end();
    return kept.entrySet().stream()
        .map(e -> Math.max(0, told.getOrDefault(e.getKey(), Long.MAX_VALUE) - e.getValue()) / 1_000)
        .toList();
  }

  private static EmbeddedPostgres server() throws Exception {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  private static String schema(EmbeddedPostgres server, String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    }
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?currentSchema=" + name;
  }

  private static String conditions(double loadBefore) {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, load average %.1f before and %.1f after; %d rounds of %d events, %d"
            + " threads each.\n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load(),
        ROUNDS,
        EVENTS,
        THREADS);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
