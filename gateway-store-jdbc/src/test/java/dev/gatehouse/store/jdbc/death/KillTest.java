package dev.gatehouse.store.jdbc.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.jdbc.SqliteFiles;
import dev.gatehouse.store.jdbc.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Shops under load whose processes are killed and paused, in the middle of whatever they do. {@code
 * -Dgatehouse.kills=50} says how often, {@code -Dgatehouse.kill.seed=7} decides when.
 */
class KillTest {
  private static final long SEED = Long.getLong("gatehouse.kill.seed", 20260301L);
  private static final int KILLS = Integer.getInteger("gatehouse.kills", 4);
  private static final List<String> LANES = List.of("a", "b", "c", "d");
  private static final Duration BEYOND_EVERY_GRACE = Duration.ofSeconds(10);

  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  private final Random random = new Random(SEED);
  private final long begin = System.nanoTime();

  @Test
  void a_shop_on_sqlite_that_is_killed_again_and_again_loses_and_doubles_nothing(
      TestReporter reporter) {
    Place place = Place.sqlite(files.newFile());

    assertHolds(reporter, KILLS + " kills on SQLite", killedAgainAndAgain(place));
  }

  @Test
  void a_shop_on_postgresql_that_is_killed_again_and_again_loses_and_doubles_nothing(
      TestReporter reporter) {
    Place place = Place.of(TestPostgres.newDatabase());

    assertHolds(reporter, KILLS + " kills on PostgreSQL", killedAgainAndAgain(place));
  }

  private Audit.Result killedAgainAndAgain(Place place) {
    try (ShopRun run = new ShopRun(place, Planted.NOTHING)) {
      for (int life = 1; life <= KILLS; life++) {
        ShopNode node = run.start("life-" + life, LANES);
        node.awaitMore(50 + random.nextInt(200));
        node.kill();
        run.skip(BEYOND_EVERY_GRACE);
      }
      return run.finish();
    }
  }

  /**
   * One lane is served by all of them at once, as if every customer pressed every button thrice.
   */
  @Test
  void of_three_nodes_on_postgresql_one_is_killed_and_one_is_paused_past_its_lease(
      TestReporter reporter) {
    Audit.Result result;
    int rounds = Math.max(1, KILLS / 5);
    try (ShopRun run = new ShopRun(Place.of(TestPostgres.newDatabase()), Planted.NOTHING)) {
      ShopNode killed = run.start("first-0", List.of("a", "all"));
      ShopNode paused = run.start("second", List.of("b", "all"));
      ShopNode spared = run.start("third", List.of("c", "all"));
      for (int round = 1; round <= rounds; round++) {
        paused.awaitMore(20 + random.nextInt(50));
        paused.pause();
        awaitWhile(spared, ShopProcess.LONGEST_GRACE);
        killed.kill();
        spared.awaitMore(20 + random.nextInt(50));
        paused.goOn();
        killed = run.start("first-" + round, List.of("a", "all"));
        paused.awaitMore(20);
      }
      result = run.finish();
    }

    assertHolds(reporter, rounds + " rounds with three nodes on PostgreSQL", result);
  }

  /** Work goes on elsewhere until so much time has passed. */
  private static void awaitWhile(ShopNode node, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      node.awaitMore(5);
    }
  }

  private void assertHolds(TestReporter reporter, String what, Audit.Result result) {
    long seconds = (System.nanoTime() - begin) / 1_000_000_000;
    reporter.publishEntry(what, result.told() + ", in " + seconds + " s, seed " + SEED);
    assertThat(result.found()).as("%s, seed %d", what, SEED).isEmpty();
    assertThat(result.payments()).isGreaterThan(10);
    assertThat(result.events()).isGreaterThan(50);
  }
}
