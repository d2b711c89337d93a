package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The mutation figures of the documentation. Where the profile {@code mutation} has run, its report
 * must bear them out; with {@code -Dgatehouse.docs=write} they are taken from it.
 */
class MutationFiguresTest {
  private static final List<String> MODULES = List.of("gateway-api", "gateway-testkit");
  private static final int THRESHOLD = 85;

  /** A row: module, mutants, killed, score, runs of a test against a mutant. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w-]+)` \\| (\\d+) \\| (\\d+) \\| (\\d+) % \\| (\\d+) \\|$");

  private record Figures(int mutants, int killed, int runs) {
    int score() {
      return killed * 100 / mutants;
    }

    String row(String module) {
      return "| `%s` | %d | %d | %d %% | %d |".formatted(module, mutants, killed, score(), runs);
    }
  }

  @Test
  void the_documented_scores_are_at_least_the_threshold_and_add_up() {
    for (String module : MODULES) {
      Figures told = told(module);

      assertThat(told.score()).as(module).isGreaterThanOrEqualTo(THRESHOLD);
      assertThat(page()).contains(told.row(module));
      assertThat(told.runs()).as("runs for %s", module).isGreaterThan(told.mutants());
    }
  }

  @Test
  void no_documented_score_is_above_what_the_last_run_gave() {
    for (String module : MODULES) {
      Path report = Repository.file(module + "/target/pit-reports/mutations.xml");
      if (Files.exists(report)) {
        Figures measured = measured(report);
        if ("write".equals(System.getProperty("gatehouse.docs"))) {
          write(module, measured);
        }
        assertThat(measured.runs()).as("runs for %s", module).isPositive();
        assertThat(told(module).score()).as(module).isLessThanOrEqualTo(measured.score());
      }
    }
  }

  private static Path file() {
    return Repository.file("docs/testing.md");
  }

  private static String page() {
    return Repository.text(file());
  }

  private static Figures told(String module) {
    MatchResult row =
        ROW.matcher(page())
            .results()
            .filter(found -> found.group(1).equals(module))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no figures of " + module));
    return new Figures(
        Integer.parseInt(row.group(2)),
        Integer.parseInt(row.group(3)),
        Integer.parseInt(row.group(5)));
  }

  private static void write(String module, Figures measured) {
    Matcher rows = ROW.matcher(page());
    Repository.write(
        file(),
        rows.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1).equals(module) ? measured.row(module) : found.group())));
  }

  private static Figures measured(Path report) {
    try {
      NodeList mutants =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("mutation");
      int killed = 0;
      int runs = 0;
      for (int i = 0; i < mutants.getLength(); i++) {
        Element mutant = (Element) mutants.item(i);
        killed += Boolean.parseBoolean(mutant.getAttribute("detected")) ? 1 : 0;
        runs += Integer.parseInt(mutant.getAttribute("numberOfTestsRun"));
      }
      return new Figures(mutants.getLength(), killed, runs);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(report + " can't be read", e);
    }
  }
}
