package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ever written can be read. A fixture is made once and never changed. If a shape changes:
 * raise its version, keep what the fixtures of the earlier version are read as, and make those of
 * the new one with {@code -Dgatehouse.fixtures=write}, which overwrites none.
 */
class FixturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/fixtures");

  @BeforeAll
  static void write() throws IOException {
    if (!"write".equals(System.getProperty("gatehouse.fixtures"))) {
      return;
    }
    for (Sample<?> sample : Samples.all()) {
      if (!Files.exists(fixture(sample))) {
        Files.createDirectories(fixture(sample).getParent());
        Files.write(fixture(sample), sample.bytes());
      }
    }
    Files.write(FOLDER.resolve("words.txt"), Reached.words());
  }

  static List<Sample<?>> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_fixture_stands_for_the_value_that_it_was_made_of(Sample<?> sample) throws IOException {
    assertThat(sample.form().read(Files.readAllBytes(fixture(sample)))).isEqualTo(sample.value());
  }

  static Stream<Arguments> samplesOfEarlierVersions() {
    return Samples.ofEarlierVersions().entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(sample -> Arguments.of(of.getKey(), sample)));
  }

  @ParameterizedTest
  @MethodSource("samplesOfEarlierVersions")
  void a_fixture_of_an_earlier_version_is_read_as_it_was_meant(int version, Sample<?> sample)
      throws IOException {
    assertThat(sample.form().read(Files.readAllBytes(fixture(version, sample))))
        .isEqualTo(sample.value());
    assertThat(fixture(sample)).isNotEqualTo(fixture(version, sample));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_value_is_written_as_in_the_fixture_of_its_version(Sample<?> sample) throws IOException {
    assertThat(sample.text()).isEqualTo(Files.readString(fixture(sample)));
  }

  @Test
  void no_fixture_is_left_unread() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")))
          .hasSizeGreaterThan(30)
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Samples.all().stream().map(FixturesTest::fixture),
                      samplesOfEarlierVersions()
                          .map(of -> fixture((Integer) of.get()[0], (Sample<?>) of.get()[1])))
                  .toList());
    }
  }

  /** A constant that was ever written must be read for ever. Lines are added, never taken out. */
  @Test
  void no_word_that_was_ever_written_is_forgotten() throws IOException {
    assertThat(Reached.words())
        .hasSizeGreaterThan(80)
        .isEqualTo(Files.readAllLines(FOLDER.resolve("words.txt")));
  }

  /** The version is the document's own; see what comes after {@code "v":}. */
  private static Path fixture(Sample<?> sample) {
    String version =
        sample.text().replaceFirst("(?s)^\\{(\"type\":\"\\w+\",)?\"v\":(\\d+).*", "$2");
    return fixture(Integer.parseInt(version), sample);
  }

  private static Path fixture(int version, Sample<?> sample) {
    return FOLDER.resolve("v" + version).resolve(sample.name() + ".json");
  }
}
