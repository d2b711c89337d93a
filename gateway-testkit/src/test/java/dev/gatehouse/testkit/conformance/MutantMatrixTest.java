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

/** Every mutant against every check, in the profile {@code matrix}. */
@EnabledIfSystemProperty(named = "conformance.matrix", matches = "true")
class MutantMatrixTest {
  /** Fails for all, as none of them is named in a service file. */
  private static final String UNNAMED = "GW-DISC-01";

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
    Files.writeString(Path.of("target", "conformance-matrix.md"), table(matrix));
    Files.writeString(Path.of("target", "conformance-matrix.html"), picture(matrix));
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
          others.remove(UNNAMED);
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

  /** A row for each mutant, a column for each check: full where it must fail, pale where else. */
  private static String picture(Map<Mutant, List<Result>> matrix) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Which check finds which broken gateway</title>
        <style>
        body { font: 13px/1.3 system-ui, sans-serif; margin: 1.5rem; color: #1c2430; }
        table { border-collapse: collapse; }
        thead th { writing-mode: vertical-rl; font-weight: 400; padding: .3rem 0; }
        tbody th { text-align: left; font-weight: 400; padding-right: .6rem; white-space: nowrap; }
        td { width: 11px; min-width: 11px; height: 15px; border: 1px solid #e6e9ee; }
        td.must { background: #a3161f; }
        td.also { background: #f0c9cc; }
        </style>
        </head>
        <body>
        <h1>Which check finds which broken gateway</h1>
        <p>Dark: the check that is about the mistake. Pale: fails as well.</p>
        <table>
        """);
    page.append("<thead><tr><th></th>");
    ConformanceKit.catalogue().forEach(c -> page.append("<th>").append(c.id()).append("</th>"));
    page.append("</tr></thead>\n<tbody>\n");
    matrix.forEach((mutant, results) -> page.append(row(mutant, results)));
    return page.append("</tbody>\n</table>\n</body>\n</html>\n").toString();
  }

  private static String row(Mutant mutant, List<Result> results) {
    List<String> failed = failed(results);
    StringBuilder row = new StringBuilder();
    row.append("<tr><th title=\"").append(escaped(mutant.bug())).append("\">");
    row.append(mutant.name()).append("</th>");
    for (Check check : ConformanceKit.catalogue()) {
      String kind =
          mutant.killedBy().contains(check.id())
              ? " class=\"must\""
              : failed.contains(check.id()) && !check.id().equals(UNNAMED) ? " class=\"also\"" : "";
      row.append("<td").append(kind).append(" title=\"").append(check.id()).append("\"></td>");
    }
    return row.append("</tr>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
