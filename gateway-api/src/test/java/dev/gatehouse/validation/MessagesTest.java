package dev.gatehouse.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final Pattern BRACES = Pattern.compile("\\{[^}]*}?|}|\\$");
  private final Locale defaultLocale = Locale.getDefault();

  @AfterEach
  void restore_the_default_locale() {
    Locale.setDefault(defaultLocale);
  }

  @Test
  void every_code_has_a_message_and_a_remedy() {
    Set<String> keys = bundle("").stringPropertyNames();
    assertThat(keys).contains("required.message").isNotEmpty();
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(keys)
                    .contains(key.replaceAll("\\.(message|remedy)$", "") + ".message")
                    .contains(key.replaceAll("\\.(message|remedy)$", "") + ".remedy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_es", "_fr", "_de", "_nl"})
  void every_translation_has_the_same_keys_and_placeholders_as_the_english(String suffix) {
    Properties english = bundle("");
    Properties translation = bundle(suffix);
    assertThat(new TreeSet<>(translation.stringPropertyNames()))
        .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      assertThat(translation.getProperty(key)).as(key).isNotBlank().doesNotContain("\uFFFD", "Ã");
      assertThat(translation.getProperty(key)).as(key).isNotEqualTo(english.getProperty(key));
      assertThat(placeholders(translation.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
    }
  }

  @Test
  void placeholders_name_limits_and_never_the_value() {
    Properties english = bundle("");
    for (String key : english.stringPropertyNames()) {
      assertThat(placeholders(english.getProperty(key)))
          .as(key)
          .allMatch(placeholder -> placeholder.matches("\\{[a-z][a-z-]*}"))
          .doesNotContain("{value}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en, is missing",
    "en-GB, is missing",
    "es, falta",
    "es-419, falta",
    "fr-CA, est manquant",
    "de-CH, fehlt",
    "nl-BE, ontbreekt",
    "ja, is missing",
    "tr, is missing",
    "und, is missing"
  })
  void the_language_of_the_locale_decides_whatever_the_default_is(String tag, String message) {
    for (String byDefault : List.of("de-DE", "tr-TR", "en-US", "ar-EG")) {
      Locale.setDefault(Locale.forLanguageTag(byDefault));
      Problem problem =
          Messages.load().problem("id", "required", Locale.forLanguageTag(tag), Map.of());
      assertThat(problem.message()).as("default %s", byDefault).isEqualTo(message);
    }
  }

  @Test
  void numbers_read_the_same_whatever_the_default_locale() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(problem("too-long", Map.of("max", 12345)).message())
        .isEqualTo("has more than 12345 characters");
  }

  @Test
  void a_missing_locale_reads_as_english() {
    assertThat(Messages.load().problem("id", "required", null, Map.of()))
        .isEqualTo(new Problem("id", "required", "is missing", "provide it"));
  }

  @Test
  void a_code_without_a_text_is_kept_and_reads_as_not_valid() {
    assertThat(problem("acme.iban", Map.of()))
        .isEqualTo(new Problem("f", "acme.iban", "is not valid", "correct it and try again"));
  }

  @Test
  void what_fills_a_placeholder_is_not_read_again() {
    assertThat(problem("too-long", Map.of("max", "{max}${max}$1\\")).message())
        .isEqualTo("has more than {max}${max}$1\\ characters");
  }

  @Test
  void an_argument_is_cut_and_cleaned() {
    assertThat(problem("too-long", Map.of("max", "a\r\nb\u0000" + "c".repeat(1_000_000))).message())
        .isEqualTo("has more than a  b " + "c".repeat(95) + " characters");
    assertThat(problem("too-long", Map.of("max", "4111 1111 1111 1111")).message())
        .isEqualTo("has more than … characters");
  }

  @Test
  void a_placeholder_without_an_argument_stays() {
    assertThat(problem("too-long", Map.of()).message()).isEqualTo("has more than {max} characters");
  }

  private static Problem problem(String code, Map<String, ?> arguments) {
    return Messages.load().problem("f", code, Locale.ENGLISH, arguments);
  }

  private static Set<String> placeholders(String text) {
    return BRACES.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Properties bundle(String suffix) {
    Properties bundle = new Properties();
    try (InputStream in = Messages.class.getResourceAsStream("Messages" + suffix + ".properties")) {
      bundle.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return bundle;
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
