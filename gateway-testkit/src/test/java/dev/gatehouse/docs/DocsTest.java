package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Fails when a page of the documentation no longer says what is so. */
class DocsTest {
  private static final String REPAIR =
      "mvn -q -pl gateway-testkit -am test -Dtest=DocsTest -Dgatehouse.docs=write"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern TYPE =
      Pattern.compile("`((?:[A-Z][a-z0-9]+)+[A-Z]?)(?:\\.([a-zA-Z]+))?(?:\\(\\))?`");
  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");
  private static final Pattern DEPENDENCY = Pattern.compile("`([\\w.-]+:[\\w.-]+)`");

  /** Types of others. */
  private static final Set<String> ELSEWHERE =
      Set.of("AutoCloseable", "CurrencyUnit", "Money", "ServiceLoader");

  @Test
  void every_snippet_and_every_generated_block_is_what_the_code_says() {
    boolean write = "write".equals(System.getProperty("gatehouse.docs"));
    List<Path> stale = new ArrayList<>();
    for (Path page : Pages.all()) {
      String fresh = Pages.fresh(page);
      if (write) {
        Repository.write(page, fresh);
      }
      if (!fresh.equals(Repository.text(page))) {
        stale.add(page);
      }
    }
    assertThat(stale).as("stale pages. Look at what changed, then run: %s", REPAIR).isEmpty();
  }

  @Test
  void every_marker_of_a_block_is_well_formed() {
    assertThat(Pages.blocks()).isGreaterThan(15).isEqualTo(Pages.markers());
  }

  @Test
  void every_link_within_the_repository_leads_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : Pages.all()) {
      Matcher link = LINK.matcher(Pages.prose(page));
      while (link.find()) {
        if (!link.group(1).matches("(https?|mailto):.*") && !leadsSomewhere(page, link.group(1))) {
          broken.add(page + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_type_and_member_that_a_page_names_is_there() {
    Map<String, List<String>> sources = sourcesByDeclaredType();
    Set<String> missing = new TreeSet<>();
    for (Path page : Pages.all()) {
      Matcher type = TYPE.matcher(Pages.prose(page));
      while (type.find()) {
        if (!ELSEWHERE.contains(type.group(1)) && !isDeclared(sources, type)) {
          missing.add(page.getFileName() + ": " + type.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_public_package_is_on_the_package_map() {
    String map = Repository.text(Repository.file("docs/architecture.md"));

    assertThat(exportedPackages())
        .hasSizeGreaterThan(15)
        .allSatisfy(name -> assertThat(map).contains("| `" + name + "` |"));
  }

  @Test
  void every_dependency_of_every_pom_has_a_line_that_says_why_and_no_line_is_left_over() {
    Set<String> used = new TreeSet<>();
    Repository.filesEndingWith("pom.xml").forEach(pom -> used.addAll(artifacts(pom)));
    Set<String> told =
        DEPENDENCY
            .matcher(Repository.text(Repository.file("docs/dependencies.md")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).hasSizeGreaterThan(10);
    assertThat(told).isEqualTo(used);
  }

  @Test
  void decisions_are_numbered_without_a_gap() {
    List<String> numbers =
        Pages.all().stream()
            .filter(page -> page.getParent().endsWith("decisions"))
            .map(page -> page.getFileName().toString().substring(0, 4))
            .toList();

    assertThat(numbers).isNotEmpty();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(String.format("%04d", i + 1));
    }
  }

  private static boolean leadsSomewhere(Path page, String target) {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || Pages.anchors(file).contains(parts[1]));
  }

  /** Every source under each type that it declares. */
  private static Map<String, List<String>> sourcesByDeclaredType() {
    Map<String, List<String>> sources = new HashMap<>();
    for (Path file : Repository.filesEndingWith(".java")) {
      String source = Repository.text(file);
      Matcher declared = DECLARATION.matcher(source);
      while (declared.find()) {
        sources.computeIfAbsent(declared.group(1), type -> new ArrayList<>()).add(source);
      }
    }
    return sources;
  }

  private static boolean isDeclared(Map<String, List<String>> sources, Matcher named) {
    List<String> declaring = sources.getOrDefault(named.group(1), List.of());
    String member = named.group(2);
    if (member == null) {
      return !declaring.isEmpty();
    }
    Pattern mentioned = Pattern.compile("\\b" + member + "\\b");
    return declaring.stream().anyMatch(source -> mentioned.matcher(source).find());
  }

  private static Set<String> exportedPackages() {
    Path descriptor = Repository.file("gateway-api/src/main/java/module-info.java");
    Set<String> exported = new TreeSet<>();
    Matcher exports = Pattern.compile("exports ([\\w.]+);").matcher(Repository.text(descriptor));
    while (exports.find()) {
      exported.add(exports.group(1));
    }
    return exported;
  }

  /** Every artifact of others that a pom names: dependencies, plugins, annotation processors. */
  private static Set<String> artifacts(Path pom) {
    Set<String> artifacts = new TreeSet<>();
    var document = Poms.read(pom);
    for (String kind : List.of("dependency", "plugin", "path")) {
      NodeList elements = document.getElementsByTagName(kind);
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        String group = Poms.child(element, "groupId");
        if (!group.isEmpty() && !group.equals("dev.gatehouse")) {
          artifacts.add(group + ":" + Poms.child(element, "artifactId"));
        }
      }
    }
    return artifacts;
  }
}
