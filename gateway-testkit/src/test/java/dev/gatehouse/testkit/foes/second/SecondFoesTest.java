package dev.gatehouse.testkit.foes.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A second set, by somebody who did not know the checks either: faults of one operation, one
 * currency, one status, the second call or the third part.
 */
class SecondFoesTest {
  private static final Path FOUND = Path.of("src/test/resources/foes-second.txt");

  /** What docs/conformance.md says that the kit cannot see. */
  private static final Set<String> UNSEEN =
      Set.of(
          "CapturesInDoubles",
          "DeclaresHoldsOfWallets",
          "TakesExpiredForVoided",
          "WalletsAreDoneOnceApproved");

  /** In what takes long, all are tried. */
  private static final boolean ALL = Boolean.getBoolean("conformance.matrix");

  private record Row(boolean waits, String foe, String check, String must) {
    static Row of(String line) {
      String[] parts = line.split(" ", 3);
      boolean waits = parts[0].startsWith("+");
      return new Row(waits, waits ? parts[0].substring(1) : parts[0], parts[1], parts[2]);
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(FOUND).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Row::of)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> a_foe_fails_the_check_that_is_about_its_fault() throws IOException {
    Map<String, SlipProvider> foes = SlipList.all();
    return rows().stream()
        .filter(row -> ALL || !row.waits())
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.foe() + " " + row.check(), () -> demandFound(foes.get(row.foe()), row)));
  }

  private static void demandFound(SlipProvider foe, Row row) {
    Result result = ConformanceKit.of(foe).run(row.check());
    assertThat(result.verdict()).as(row.must()).isInstanceOf(Verdict.Failed.class);
    assertThat(result.explanation()).contains(result.check().remedy());
  }

  @Test
  void each_is_found_or_named_among_what_cannot_be_seen() throws IOException {
    Set<String> told = new TreeSet<>(UNSEEN);
    rows().forEach(row -> told.add(row.foe()));
    assertThat(SlipList.all()).containsOnlyKeys(told.toArray(String[]::new));
  }

  @Test
  void without_a_fault_each_of_these_checks_passes() throws IOException {
    // Much the same as what FoesTest asks of its own.
    assumeThat(ALL).as("asked with the matrix of mutants").isTrue();
    ConformanceKit kit = ConformanceKit.of(new Faultless());
    for (String check : new TreeSet<>(rows().stream().map(Row::check).toList())) {
      assertThat(kit.run(check).verdict()).as(check).isInstanceOf(Verdict.Passed.class);
    }
  }

  /** Changes nothing. */
  public static final class Faultless extends SlipProvider {
    /** For a loader of its own. */
    public Faultless() {
      super(Slip::new);
    }
  }
}
