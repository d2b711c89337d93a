package dev.gatehouse.testkit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the emulated portal takes as a value, by the property's type, as HubSpot documents it. */
class HubSpotPropertiesTest {
  private final HubSpotProperties properties = new HubSpotProperties();

  @ParameterizedTest
  @CsvSource({
    "string, whatever it is, ''",
    "number, 17, ''",
    "number, -1.50, ''",
    "number, '5,333,222', INVALID_INTEGER",
    "number, 1.4e-14, INVALID_INTEGER",
    "number, gold, INVALID_INTEGER",
    "date, 2026-03-01, ''",
    "date, 1772323200000, ''",
    "date, 1772323200001, INVALID_DATE",
    "date, 1772323200, INVALID_DATE",
    "date, 2026-02-30, INVALID_LONG",
    "date, 01.03.2026, INVALID_LONG",
    "datetime, 1772323200001, ''",
    "datetime, 2026-03-01T12:00:00Z, ''",
    "datetime, 2026-03-01, INVALID_LONG",
    "bool, true, ''",
    "bool, True, INVALID_OPTION",
    "bool, yes, INVALID_OPTION",
    "enumeration, alpha, ''",
    "enumeration, alpha;beta, ''",
    "enumeration, alpha;delta, INVALID_OPTION",
    "enumeration, ' alpha', INVALID_OPTION",
    "enumeration, Alpha, INVALID_OPTION",
    "enumeration, '', ''"
  })
  void a_value_is_taken_or_refused_by_a_word(String type, String value, String word) {
    properties.add("it", type, "alpha", "beta");

    assertThat(properties.fault("it", value).orElse("")).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({"nobody, PROPERTY_DOESNT_EXIST", "hs_score, READ_ONLY_VALUE"})
  void what_is_not_there_or_not_ours_is_refused(String name, String word) {
    properties.add("hs_score", "number");

    assertThat(properties.fault(name, "17")).contains(word);
  }
}
