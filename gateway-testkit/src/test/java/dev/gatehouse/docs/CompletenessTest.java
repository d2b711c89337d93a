package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.operations.Charged;
import dev.gatehouse.spi.SettingSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Fails when a page leaves out something that its reader will meet. */
class CompletenessTest {
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\|([^|]*)\\|");
  private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");

  @Test
  void there_is_something_to_show_in_every_state_of_a_checkout() {
    assertThat(firstCells("docs/taking-payments.md", "## What to show"))
        .containsExactlyElementsOf(names(CheckoutState.values()));
  }

  @Test
  void every_verdict_says_whether_the_customer_was_charged() {
    assertThat(firstCells("docs/operations.md", "## Was this customer charged?"))
        .containsExactlyInAnyOrderElementsOf(names(Charged.values()));
  }

  @Test
  void the_readme_leads_to_every_page() {
    String readme = Repository.text(Repository.file("README.md"));
    List<Path> pages =
        Pages.all().stream().filter(page -> page.getParent().endsWith("docs")).toList();

    assertThat(pages).hasSizeGreaterThan(7);
    assertThat(pages)
        .allSatisfy(page -> assertThat(readme).contains("(docs/" + page.getFileName() + ")"));
  }

  @Test
  void the_readme_names_every_setting_that_the_first_payment_needs() {
    String readme = Repository.text(Repository.file("README.md"));

    assertThat(
            GatewayCatalog.discover().provider("reference").orElseThrow().description().settings())
        .filteredOn(SettingSpec::required)
        .hasSize(3)
        .allSatisfy(setting -> assertThat(readme).contains("`" + setting.name() + "`"));
  }

  @Test
  void the_pom_of_the_guide_names_the_versions_that_we_build_with() {
    Map<String, String> ours = Poms.versions(Repository.file("pom.xml"));
    Map<String, String> theirs =
        new TreeMap<>(Poms.versions(Repository.file("examples/custom-gateway/pom.xml")));
    // The kit is compiled against JUnit 5; there it is shown to run on the next.
    String junit = theirs.remove("org.junit.jupiter:junit-jupiter");

    assertThat(junit).startsWith("6.");
    assertThat(theirs).hasSizeGreaterThan(8);
    assertThat(theirs)
        .allSatisfy((name, version) -> assertThat(version).as(name).isEqualTo(ours.get(name)));
  }

  /** The names in code style that the first cells of the tables of a section hold. */
  private static List<String> firstCells(String page, String heading) {
    String text = Repository.text(Repository.file(page));
    int start = text.indexOf(heading + "\n");
    assertThat(start).as("%s has the section '%s'", page, heading).isNotNegative();
    int end = text.indexOf("\n## ", start + 1);
    String section = text.substring(start, end < 0 ? text.length() : end);
    return FIRST_CELL
        .matcher(section)
        .results()
        .flatMap(cell -> CODE.matcher(cell.group(1)).results())
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
