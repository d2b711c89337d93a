package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.benchmarks.Contender.Figures;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.store.jdbc.StoreOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * Measures durable sales per second at 1, 8 and 32 callers on both databases, beside bare JDBC on
 * the same ones. Each round takes every contender once, each time beginning with another, so that
 * what else the machine does is spread over all of them. No test by its name: it runs only when
 * asked for, as {@code docs/performance.md} says.
 */
class StoreMeasurement {
  private static final List<Integer> CALLERS =
      List.of(System.getProperty("gatehouse.callers", "1,8,32").split(",")).stream()
          .map(Integer::valueOf)
          .toList();
  private static final int ROUNDS = Integer.getInteger("gatehouse.rounds", 9);
  private static final int SALES = Integer.getInteger("gatehouse.sales", 3_000);
  private static final String ONLY = System.getProperty("gatehouse.stores", "PostgreSQL,SQLite");
  private static final String USER = "postgres";

  @TempDir private Path folder;

  private final ReferenceProvider provider = Sales.provider();
  private final StringBuilder table =
      new StringBuilder(
          "| Database | Callers | What writes | Sales per second | Of the limit | CPU per sale, µs |\n"
              + "|---|---:|---|---:|---:|---:|\n");

  @Test
  void durable_sales_side_by_side() throws Exception {
    double loadBefore = load();
    if (ONLY.contains("PostgreSQL")) {
      try (EmbeddedPostgres server = server()) {
        measure("PostgreSQL", postgres(server), new Processors(Optional.of(process(server))));
      }
    }
    if (ONLY.contains("SQLite")) {
      measure("SQLite", sqlite(), new Processors(Optional.empty()));
    }
    String report = conditions(loadBefore) + "\n" + table;
    System.out.println(report);
    if (System.getProperty("gatehouse.docs", "").equals("write")) {
      Page.PERFORMANCE.write("durable-sales", report);
    }
  }

  /** The library that starts it makes commits wait for nothing unless told otherwise. */
  private static EmbeddedPostgres server() throws Exception {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    assertThat(shown(server, "SHOW fsync")).isEqualTo("on");
    assertThat(shown(server, "SHOW synchronous_commit")).isEqualTo("on");
    return server;
  }

  private Map<String, Contender> postgres(EmbeddedPostgres server) throws SQLException {
    Map<String, Contender> all = new LinkedHashMap<>();
    DataSource limit = schema(server, "limit");
    all.put("bare JDBC, one round trip a commit", new BareContenders.OneRoundTrip(limit));
    all.put("the store", new GatehouseContenders.OfStore(store(server, "store")));
    DataSource usual = schema(server, "usual");
    all.put("bare JDBC, statement by statement", new BareContenders.StatementByStatement(usual));
    all.put(
        "the whole engine", new GatehouseContenders.OfEngine(store(server, "engine"), provider));
    return all;
  }

  /** The tables that the store makes, for others to write to. */
  private static DataSource schema(EmbeddedPostgres server, String name) throws SQLException {
    store(server, name).close();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url(server, name));
    source.setUser(USER);
    return source;
  }

  private static JdbcStore store(EmbeddedPostgres server, String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA \"" + name + "\"");
    }
    StoreOptions options = StoreOptions.defaults().withConnections(32);
    return JdbcStore.postgres(url(server, name), USER, USER, options);
  }

  private static String url(EmbeddedPostgres server, String name) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?currentSchema=" + name;
  }

  private Map<String, Contender> sqlite() throws SQLException {
    Map<String, Contender> all = new LinkedHashMap<>();
    all.put("bare JDBC, a transaction a commit", new BareContenders.OneWriter(file("limit")));
    all.put(
        "the store", new GatehouseContenders.OfStore(JdbcStore.sqlite(folder.resolve("store.db"))));
    all.put("bare JDBC, one for all callers' commits", new BareContenders.AllInOne(file("all")));
    all.put(
        "the whole engine",
        new GatehouseContenders.OfEngine(JdbcStore.sqlite(folder.resolve("engine.db")), provider));
    return all;
  }

  private DataSource file(String name) {
    Path file = folder.resolve(name + ".db");
    JdbcStore.sqlite(file).close();
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private void measure(String database, Map<String, Contender> contenders, Processors processors)
      throws Exception {
    List<String> names = new ArrayList<>(contenders.keySet());
    for (int callers : CALLERS) {
      Map<String, List<Figures>> measured = new LinkedHashMap<>();
      for (int round = -1; round < ROUNDS; round++) { // the first one warms up
        Sales sales = Sales.recorded(SALES, provider);
        List<String> order = new ArrayList<>(names);
        Collections.rotate(order, round);
        for (String name : order) {
          Contender contender = contenders.get(name);
          contender.prepare(sales);
          Figures figures = contender.run(SALES, callers, processors);
          if (round >= 0) {
            measured.computeIfAbsent(name, n -> new ArrayList<>()).add(figures);
          }
        }
      }
      names.forEach(
          name -> row(database, callers, name, measured.get(name), measured.get(names.get(0))));
    }
    for (Contender contender : contenders.values()) {
      contender.close();
    }
  }

  private void row(
      String database, int callers, String name, List<Figures> figures, List<Figures> limit) {
    List<Double> ratios =
        IntStream.range(0, figures.size())
            .mapToObj(i -> figures.get(i).rate() / limit.get(i).rate())
            .toList();
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %s | %s |\n",
            database,
            callers,
            name,
            spread(figures.stream().map(Figures::rate).toList(), "%.0f"),
            spread(ratios, "%.2f"),
            spread(figures.stream().map(Figures::cpu).toList(), "%.0f"));
    System.out.print(row);
    table.append(row);
  }

  /** The median of the rounds, with the lowest and the highest. */
  private static String spread(List<Double> values, String format) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        sorted.get(sorted.size() / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private static String conditions(double loadBefore) {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, load average %.1f before and %.1f after; %d rounds of %d sales.\n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load(),
        ROUNDS,
        SALES);
  }

  private static String shown(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The first process of the server, by what it wrote down beside its data. */
  private static ProcessHandle process(EmbeddedPostgres server) throws SQLException, IOException {
    Path data = Path.of(shown(server, "SHOW data_directory"));
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
    return ProcessHandle.of(Long.parseLong(pid.trim())).orElseThrow();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
