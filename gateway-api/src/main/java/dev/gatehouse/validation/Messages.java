package dev.gatehouse.validation;

import dev.gatehouse.error.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a customer may see, in English, Spanish, French, German and Dutch: for each
 * problem code what is wrong and what to do about it.
 *
 * <p>Only the language of a locale counts ({@code de-CH} reads German); every other language, and
 * no language, reads English, whatever the default locale of the JVM is. A text holds placeholders
 * such as {@code {max}}; they are filled once and what was filled in is never read again, so that
 * braces in it mean nothing. The offending value is no argument: a placeholder {@code {value}} is
 * never filled. Immutable and safe for use by many threads.
 */
public final class Messages {
  /** The code of a problem for which there is nothing better to say. */
  static final String INVALID = "invalid";

  private static final String BUNDLE = "dev.gatehouse.validation.Messages";
  private static final List<String> TRANSLATIONS = List.of("es", "fr", "de", "nl");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z-]*)}");
  private static final int LONGEST_ARGUMENT = 100;

  private final ResourceBundle english;
  private final Map<String, ResourceBundle> translations;

  private Messages(ResourceBundle english, Map<String, ResourceBundle> translations) {
    this.english = english;
    this.translations = translations;
  }

  /** Reads the texts. */
  public static Messages load() {
    Map<String, ResourceBundle> translations = new HashMap<>();
    for (String language : TRANSLATIONS) {
      translations.put(language, ResourceBundle.getBundle(BUNDLE, Locale.forLanguageTag(language)));
    }
    // The root locale asks for the English base itself; asking for a locale without a bundle would
    // fall back to the default locale of the JVM.
    return new Messages(ResourceBundle.getBundle(BUNDLE, Locale.ROOT), Map.copyOf(translations));
  }

  /**
   * Says in that language what is wrong with a field.
   *
   * @param field the field as the caller knows it, such as {@code lines[0].amount}
   * @param code the problem's code; one without a text of its own is kept, and reads as "is not
   *     valid"
   * @param locale the reader's locale; {@code null} reads as English
   * @param arguments what the placeholders stand for: limits and lists of what is allowed, never
   *     the value that was refused; each is cut at 100 characters, a card number is blotted out
   */
  public Problem problem(
      String field, String code, @Nullable Locale locale, Map<String, ?> arguments) {
    return problem(field, code, code, locale, arguments);
  }

  /** As the public method, with the text of another key than the code. */
  Problem problem(
      String field, String code, String key, @Nullable Locale locale, Map<String, ?> arguments) {
    ResourceBundle bundle = bundle(locale);
    String known = knows(key) ? key : INVALID;
    return new Problem(
        field,
        code,
        fill(bundle.getString(known + ".message"), arguments),
        fill(bundle.getString(known + ".remedy"), arguments));
  }

  /**
   * The same problem in that language, if there is a text for its code and the problem tells every
   * limit that the text names; else the problem as it is. In English it is always as it is: who
   * found it has said more than a text for every case could.
   */
  public Problem translated(Problem problem, @Nullable Locale locale) {
    ResourceBundle bundle = bundle(locale);
    if (bundle == english || !knows(problem.code())) {
      return problem;
    }
    String message = bundle.getString(problem.code() + ".message");
    String remedy = bundle.getString(problem.code() + ".remedy");
    boolean told =
        PLACEHOLDER
            .matcher(message + remedy)
            .results()
            .allMatch(found -> problem.limits().containsKey(found.group(1)));
    return told
        ? new Problem(
            problem.field(),
            problem.code(),
            fill(message, problem.limits()),
            fill(remedy, problem.limits()),
            problem.limits())
        : problem;
  }

  /** Whether there is a text for that key. */
  boolean knows(String key) {
    return english.containsKey(key + ".message");
  }

  private ResourceBundle bundle(@Nullable Locale locale) {
    return locale == null ? english : translations.getOrDefault(locale.getLanguage(), english);
  }

  private static String fill(String text, Map<String, ?> arguments) {
    return PLACEHOLDER.matcher(text).replaceAll(found -> replacement(found, arguments));
  }

  private static String replacement(MatchResult found, Map<String, ?> arguments) {
    String name = found.group(1);
    Object argument = name.equals("value") ? null : arguments.get(name);
    return Matcher.quoteReplacement(argument == null ? found.group() : printable(argument));
  }

  private static String printable(Object argument) {
    String text = argument.toString();
    if (CardNumbers.anyIn(text)) {
      return "…";
    }
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_ARGUMENT)
        .map(codePoint -> Text.belongsOnOneLine(codePoint) ? codePoint : ' ')
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
