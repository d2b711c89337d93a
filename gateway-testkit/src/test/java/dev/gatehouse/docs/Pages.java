package dev.gatehouse.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages of the documentation, and the blocks in them that come from elsewhere. */
final class Pages {
  private static final Pattern GENERATED =
      Pattern.compile(
          "(<!-- generated: ([\\w-]+) -->\n)(.*?)(<!-- end generated -->)", Pattern.DOTALL);
  private static final Pattern SNIPPET =
      Pattern.compile("(<!-- (snippet|file): (\\S+) -->\n```\\w*\n)(.*?)(```\n)", Pattern.DOTALL);
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

  private Pages() {}

  static List<Path> all() {
    return Repository.filesEndingWith(".md");
  }

  /** The page as it should be: every block is what it is made from now. */
  static String fresh(Path page) {
    String text =
        GENERATED
            .matcher(Repository.text(page))
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1) + Generated.block(found.group(2)) + found.group(4)));
    return SNIPPET
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + (found.group(2).equals("file")
                            ? Repository.text(Repository.file(found.group(3)))
                            : snippet(found.group(3)))
                        + found.group(5)));
  }

  /** How many blocks of either kind the pages hold. */
  static int blocks() {
    int count = 0;
    for (Path page : all()) {
      String text = Repository.text(page);
      count += (int) (GENERATED.matcher(text).results().count());
      count += (int) (SNIPPET.matcher(text).results().count());
    }
    return count;
  }

  /** How many markers of blocks the pages hold, well-formed or not. */
  static int markers() {
    return all().stream()
        .mapToInt(
            page ->
                (int)
                    Pattern.compile("(?m)^<!-- (generated|snippet|file):")
                        .matcher(Repository.text(page))
                        .results()
                        .count())
        .sum();
  }

  /** The text of a page without its fenced blocks. */
  static String prose(Path page) {
    return FENCED.matcher(Repository.text(page)).replaceAll("");
  }

  /** The anchors that a page offers, made from its headings as code hosts do. */
  static List<String> anchors(Path page) {
    List<String> anchors = new ArrayList<>();
    Matcher heading = Pattern.compile("(?m)^#+ (.*)$").matcher(prose(page));
    while (heading.find()) {
      anchors.add(
          heading.group(1).toLowerCase().replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }
    return anchors;
  }

  /**
   * The lines between {@code // snippet: Name} and {@code // end snippet} in a test source, or in
   * the gateway of the guide.
   */
  private static String snippet(String name) {
    List<String> found = new ArrayList<>();
    Pattern region = Pattern.compile("(?s) *// snippet: " + name + "\n(.*?)\\n *// end snippet\n");
    for (Path source : Repository.filesEndingWith(".java")) {
      if (isShown(source)) {
        region.matcher(Repository.text(source)).results().forEach(r -> found.add(r.group(1)));
      }
    }
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " snippets are called '" + name + "'");
    }
    return unindented(found.get(0).stripTrailing());
  }

  private static boolean isShown(Path source) {
    return source.toString().contains("/src/test/java/")
        || source.startsWith(Repository.file("examples/custom-gateway"));
  }

  private static String unindented(String code) {
    int indent =
        code.lines()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return code.lines()
            .map(line -> line.isBlank() ? "" : line.substring(indent))
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
