package dev.gatehouse.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources say about themselves, for the tables of the documentation. */
final class SourceComments {
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}]+)(?:\\s+([^}]*))?}");

  private SourceComments() {}

  /** The comment of a top-level type, without its tags. */
  static String of(Class<?> type) {
    return before(source(type), "public\\s[^;{(]*\\b" + type.getSimpleName() + "\\b");
  }

  /** The comment of a constant; empty if it has none. */
  static String of(Enum<?> constant) {
    return before(source(constant.getDeclaringClass()), constant.name() + "\\b");
  }

  /** What is said about a component of a record. */
  static String ofComponent(Class<?> type, String component) {
    Matcher tag =
        Pattern.compile("@param " + component + "\\s+(.*?)(?=\\n \\* @|\\n \\*/)", Pattern.DOTALL)
            .matcher(source(type));
    return tag.find() ? plain(tag.group(1)) : "";
  }

  /** The first sentence of a package's comment. */
  static String ofPackage(Path packageInfo) {
    String comment = before(Repository.text(packageInfo), "@NullMarked");
    Matcher end = Pattern.compile("(?<![A-Z0-9])\\.(?=\\s|$)").matcher(comment);
    return end.find() ? comment.substring(0, end.end()) : comment;
  }

  private static String source(Class<?> type) {
    String path = type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
    return Stream.of("gateway-api", "gateway-testkit")
        .map(module -> Repository.file(module + "/src/main/java/" + path))
        .filter(Files::exists)
        .map(Repository::text)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no source of " + type));
  }

  /** The comment that ends right before this. */
  private static String before(String source, String declaration) {
    Matcher comment =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" + declaration, Pattern.DOTALL)
            .matcher(source);
    return comment.find()
        ? plain(comment.group(1).replaceAll("(?s)\\n\\s*\\*\\s*@param.*", ""))
        : "";
  }

  private static String plain(String comment) {
    String text = comment.replaceAll("\\n\\s*\\*", "\n").replaceAll("\\s+", " ").strip();
    text = text.replaceAll("\\{@code\\s+([^}]*)}", "`$1`").replaceAll("</?(em|p)>", "");
    Matcher link = LINK.matcher(text);
    return link.replaceAll(
        found ->
            Matcher.quoteReplacement(
                found.group(2) != null ? found.group(2) : "`" + shortName(found.group(1)) + "`"));
  }

  /** {@code Joined}, {@code Joined.part} or {@code part}, without package and parameters. */
  private static String shortName(String target) {
    String name = target.replaceAll("\\(.*", "");
    name = name.substring(name.lastIndexOf('.', Math.max(0, name.indexOf('#'))) + 1);
    return name.indexOf('#') < 0
        ? name.substring(name.lastIndexOf('.') + 1)
        : name.replaceFirst("^#", "").replace('#', '.');
  }
}
