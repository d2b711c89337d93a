package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every mutant against every check: {@code -Dconformance.matrix=true}. */
@EnabledIfSystemProperty(named = "conformance.matrix", matches = "true")
class MutantMatrixTest {
  @Test
  void every_mutant_meets_every_check_and_the_kit_does_not_fail() throws IOException {
    Map<Mutant, List<Result>> matrix = new LinkedHashMap<>();
    SoftAssertions softly = new SoftAssertions();
    for (Mutant mutant : Mutants.all()) {
      List<Result> results = ConformanceKit.of(mutant.target()).runAll();
      results.forEach(
          result ->
              softly
                  .assertThatCode(() -> MutantsTest.demandNoFaultOfTheKit(mutant.name(), result))
                  .doesNotThrowAnyException());
      matrix.put(mutant, results);
    }
    Path file = Path.of("target", "conformance-matrix.md");
    Files.writeString(file, table(matrix));
    softly.assertAll();
    assertThat(matrix)
        .allSatisfy(
            (mutant, results) ->
                assertThat(failed(results)).as(mutant.name()).containsAll(mutant.killedBy()));
  }

  private static List<String> failed(List<Result> results) {
    return results.stream()
        .filter(result -> result.verdict() instanceof Verdict.Failed)
        .map(result -> result.check().id())
        .toList();
  }

  private static String table(Map<Mutant, List<Result>> matrix) {
    List<String> lines = new ArrayList<>();
    lines.add("| Mutant | Its bug | Must fail | Fails besides |");
    lines.add("|---|---|---|---|");
    matrix.forEach(
        (mutant, results) -> {
          TreeSet<String> others = new TreeSet<>(failed(results));
          others.removeAll(mutant.killedBy());
          // None of them is named in a service file.
          others.remove("GW-DISC-01");
          lines.add(
              String.join(
                  " | ",
                  "| " + mutant.name(),
                  mutant.bug(),
                  String.join(", ", mutant.killedBy()),
                  String.join(", ", others) + " |"));
        });
    return String.join("\n", lines) + "\n";
  }
}
