package dev.gatehouse.spi;

import static dev.gatehouse.spi.GatewayProvider.SPI_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fake.BuiltJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds what gateways are compiled against to what it was when its version was settled. Whatever is
 * added makes another version, so that a gateway can say what it needs. It is settled, once, by:
 *
 * <pre>mvn -q -pl gateway-api test -Dtest=SpiCompatibilityTest -Dgatehouse.spi=write</pre>
 */
class SpiCompatibilityTest {
  /** The packages that the code of a gateway names. */
  private static final Set<String> PACKAGES =
      Set.of(
          "dev.gatehouse.error",
          "dev.gatehouse.facts",
          "dev.gatehouse.http",
          "dev.gatehouse.id",
          "dev.gatehouse.money",
          "dev.gatehouse.spi",
          "dev.gatehouse.validation");

  /** What lies there for applications and for the engine, and is in no gateway's way. */
  private static final Set<String> NOT_FOR_GATEWAYS =
      Set.of(
          "dev.gatehouse.id.CheckoutId",
          "dev.gatehouse.id.CustomerId",
          "dev.gatehouse.id.MembershipId",
          "dev.gatehouse.id.PlanId",
          "dev.gatehouse.money.Allocation",
          "dev.gatehouse.validation.IdempotencyKey",
          "dev.gatehouse.validation.InputValidator");

  /** The number itself; it is what differs between two versions. */
  private static final String NUMBER = "field dev.gatehouse.spi.GatewayProvider#SPI_VERSION";

  @TempDir Path folder;

  @Test
  void a_gateway_that_was_compiled_against_this_version_or_an_older_one_still_runs()
      throws Exception {
    SortedSet<String> now = now();
    assertThat(now).hasSizeGreaterThan(500).contains(NUMBER + " static int = " + SPI_VERSION);
    if ("write".equals(System.getProperty("gatehouse.spi"))) {
      Files.createDirectories(settled(SPI_VERSION).getParent());
      Files.write(settled(SPI_VERSION), now);
    }
    for (int version = 1; version <= SPI_VERSION; version++) {
      List<String> then = Files.readAllLines(settled(version));
      then.removeIf(line -> line.startsWith(NUMBER));
      assertThat(Signatures.breaks(then, now))
          .as("what breaks gateways of version %s; take it back", version)
          .isEmpty();
    }
  }

  @Test
  void what_is_added_makes_another_version() throws Exception {
    assertThat(now())
        .as("raise SPI_VERSION, and settle it by: %s", HOW)
        .containsExactlyElementsOf(Files.readAllLines(settled(SPI_VERSION)));
  }

  private static final String HOW =
      "mvn -q -pl gateway-api test -Dtest=SpiCompatibilityTest -Dgatehouse.spi=write";

  private static Path settled(int version) {
    return Path.of("src/spi/version-" + version + ".txt").toAbsolutePath();
  }

  private SortedSet<String> now() throws Exception {
    Path classes =
        Path.of(GatewayProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    SortedSet<String> lines = Signatures.of(classes, getClass().getClassLoader(), PACKAGES);
    lines.removeIf(line -> NOT_FOR_GATEWAYS.stream().anyMatch(type -> isOf(type, line)));
    return lines;
  }

  private static boolean isOf(String type, String line) {
    return Arrays.stream(line.split("[ (]")).anyMatch(word -> word.matches(type + "([#$].*)?"));
  }

  @Test
  void what_those_packages_name_of_ours_is_in_those_packages() throws Exception {
    assertThat(now())
        .noneMatch(line -> NOT_FOR_GATEWAYS.stream().anyMatch(line::contains))
        .flatMap(
            line ->
                Pattern.compile("dev\\.gatehouse(?:\\.[a-z]+)+")
                    .matcher(line)
                    .results()
                    .map(found -> found.group())
                    .toList())
        .isSubsetOf(PACKAGES);
  }

  private static final String BEFORE =
      """
      package api;
      public interface Api {
        int VERSION = 1;
        String name(int number);
        record Request(String key) {}
        enum Kind { ONE }
        sealed interface Answer { record Yes() implements Answer {} String say(); }
        final class Tool { public static long sum(long one) { return one; } long hidden() { return 1; } }
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "String name(int number); | | gone or changed: abstract api.Api#name(int)",
        "String name(int number); | Object name(int number); | gone or changed: abstract api.Api#name",
        "name(int number) | name(long number) | gone or changed: abstract api.Api#name(int)",
        "String name(int number); | String name(int number); void more(); | implementations lack: abstract api.Api#more()",
        "int VERSION = 1 | int VERSION = 2 | gone or changed: field api.Api#VERSION static int = 1",
        "Request(String key) | Request(String key, int n) | gone or changed: new api.Api$Request#(java.lang.String)",
        "enum Kind { ONE } | enum Kind { TWO } | gone or changed: field api.Api$Kind#ONE",
        "record Yes() implements Answer {} | record Yes() {} record No() implements Answer { public String say() { return null; } } | gone or changed: is api.Api$Answer$Yes api.Api$Answer",
        "public static long sum | static long sum | gone or changed: method api.Api$Tool#sum(long)",
        "public static long sum | public long sum | gone or changed: method api.Api$Tool#sum(long) static",
        "final class Tool | abstract class Tool | gone or changed: type api.Api$Tool",
      })
  void a_change_that_breaks_gateways_is_found(String instead, String with, String broken)
      throws Exception {
    String changed = changed(instead, with == null ? "" : with);
    assertThat(Signatures.breaks(lines("before", compilable(BEFORE)), lines("after", changed)))
        .anySatisfy(line -> assertThat(line).startsWith(broken));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int VERSION = 1; | int VERSION = 1; String MORE = \"x\";",
        "String name(int number); | String name(int number); default void more() {}",
        "enum Kind { ONE } | enum Kind { ONE, TWO }",
        "String say(); | String say(); record No() implements Answer { public String say() { return null; } }",
        "String say(); | String say(); String sing();",
        "Request(String key) {} | Request(String key, int n) { public Request(String key) { this(key, 0); } }",
        "long hidden() { return 1; } | public long shown() { return 1; }",
        "interface Api { | interface Api { interface More { void more(); }",
      })
  void a_change_that_breaks_no_gateway_is_let_through(String instead, String with)
      throws Exception {
    SortedSet<String> after = lines("after", changed(instead, with));
    SortedSet<String> before = lines("before", compilable(BEFORE));
    assertThat(after).isNotEqualTo(before);
    assertThat(Signatures.breaks(before, after)).isEmpty();
  }

  /** The source after a change, with what the compiler asks for besides. */
  private static String changed(String instead, String with) {
    assertThat(BEFORE).contains(instead);
    return compilable(BEFORE.replace(instead, with));
  }

  private static String compilable(String source) {
    return source.replace(
        "record Yes() implements Answer {}",
        "record Yes() implements Answer {"
            + " public String say() { return null; } public String sing() { return null; } }");
  }

  private SortedSet<String> lines(String name, String source) throws IOException {
    Path jar = BuiltJar.apart(folder, name, "", Map.of("api/Api.java", source), Map.of());
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      return Signatures.of(folder.resolve(name + "-classes"), loader, Set.of("api"));
    }
  }
}
