package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Store;
import dev.gatehouse.validation.InputValidator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one file that users get, killed with SIGKILL at several moments and started again on the same
 * store, until it comes to its end.
 */
class KilledTourIT {
  private static final Path JAR = Path.of("target", "membership-site.jar").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Give another one to kill at other moments. */
  private static final long SEED = Long.getLong("gatehouse.seed", 4);

  /** How many lines a tour writes about what happened outside; a few more with each kill. */
  private static final int LINES = 640;

  private final Random random = new Random(SEED);

  @TempDir Path folder;
  private Path out;
  private Path err;

  @BeforeEach
  void nameFiles() {
    out = folder.resolve("out");
    err = folder.resolve("err");
  }

  @Test
  void on_a_file_of_sqlite_it_finishes_right_however_often_it_is_killed() throws Exception {
    Path file = folder.resolve(StoreOption.DEFAULT);
    Path outside = folder.resolve(StoreOption.DEFAULT + ".outside");

    finishesRight(3, outside, file.toString(), Map.of());
  }

  @Test
  void on_postgresql_it_finishes_right_too() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
      Path outside =
          folder.resolve("membership-site-localhost-" + server.getPort() + "-postgres.outside");

      finishesRight(
          2, outside, url, Map.of(StoreOption.USER, "postgres", StoreOption.PASSWORD, "postgres"));
    }
  }

  private void finishesRight(int kills, Path outside, String store, Map<String, String> login)
      throws Exception {
    Map<CustomerId, CheckoutId> before = new TreeMap<>();
    for (int kill = 1; kill <= kills; kill++) {
      int lines = LINES * (kill - 1) / kills + random.nextInt(LINES / kills - 20) + 10;
      killAt(lines, outside, store, login);
      Map<CustomerId, CheckoutId> after = checkouts(store, login);
      assertThat(after).as("kill %d, seed %d", kill, SEED).containsAllEntriesOf(before);
      before = after;
    }

    Run end = end(start(store, login));

    assertThat(end.err()).as("seed %d", SEED).isEmpty();
    assertThat(end.out()).contains("the tour was ended half-way");
    assertThat(end.lastLine())
        .as("seed %d", SEED)
        .startsWith("tour: 16 checkouts, 13 completed, 17 payments")
        .endsWith("0 deviations, 0 invariant violations");
    assertThat(end.exitCode()).isZero();
    assertThat(table(end)).as("seed %d", SEED).isEqualTo(table(Run.of("tour")));
    assertThat(checkouts(store, login)).hasSize(16).containsAllEntriesOf(before);
  }

  private void killAt(int lines, Path outside, String store, Map<String, String> login)
      throws Exception {
    Process process = start(store, login);
    try {
      Instant late = Instant.now().plus(PATIENCE);
      while (linesOf(outside) < lines) {
        boolean ended = process.waitFor(1, TimeUnit.MILLISECONDS);
        assertThat(ended).as("ends before line %d, seed %d", lines, SEED).isFalse();
        assertThat(Instant.now()).as("line %d is written, seed %d", lines, SEED).isBefore(late);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as("killed at line %d, seed %d", lines, SEED).isEqualTo(137);
  }

  private static long linesOf(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long lines = 0;
    for (byte one : Files.readAllBytes(file)) {
      lines += one == '\n' ? 1 : 0;
    }
    return lines;
  }

  private Process start(String store, Map<String, String> login) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "tour",
                "--store",
                store)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(login);
    return builder.start();
  }

  private Run end(Process process) throws Exception {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** The checkouts of the shipped sign-ups that the store knows. */
  private static Map<CustomerId, CheckoutId> checkouts(String where, Map<String, String> login) {
    Map<CustomerId, CheckoutId> found = new TreeMap<>();
    try (Records records = StoreOption.open(where, login)) {
      Store store = records.store();
      for (Signup signup : shipped()) {
        store
            .checkoutByCommand(signup.customer(), Visit.KEY)
            .map(Checkout::id)
            .ifPresent(id -> found.put(signup.customer(), id));
      }
    }
    return found;
  }

  private static List<Signup> shipped() {
    Complaints complaints = new Complaints();
    InputValidator validator = InputValidator.create();
    Plans plans = Plans.read(InputFile.shipped("plans.json"), validator, complaints);
    return Signups.read(InputFile.shipped("signups.json"), plans, validator, complaints);
  }

  private static String table(Run run) {
    String lines = run.out().replace(System.lineSeparator(), "\n");
    return lines.substring(lines.indexOf("\ncustomer  "), lines.indexOf("\ntour: "));
  }
}
