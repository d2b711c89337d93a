package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Faulty gateways by somebody else that show in a JVM of their own alone, as the command has. */
@EnabledIfSystemProperty(
    named = "conformance.matrix",
    matches = "true",
    disabledReason = "asked with the matrix of mutants")
class FoesByCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "foe-04, DiscoveryFoes$TextsFromTheSystemClassLoader, GW-SALE-04",
    "foe-112, LocaleFoes$BodyInTheMachinesCharset, GW-LOCALE-07",
  })
  void a_foe_is_found_by_a_must(String id, String foe, String check) throws Exception {
    JsonNode report = report(id, foe, check);

    JsonNode found = report.at("/checks/0");
    assertThat(found.get("level").asString()).isEqualTo("MUST");
    assertThat(found.get("standing").asString()).isEqualTo("failed");
  }

  /** A thread that is started once and for all, as the page says. */
  @Test
  void the_one_that_is_left_is_not_seen() throws Exception {
    JsonNode report = report("foe-02", "DiscoveryFoes$ThreadOnceDescribed", "GW-DISC-06");

    assertThat(report.get("fit").booleanValue()).isTrue();
  }

  private JsonNode report(String id, String name, String check) throws Exception {
    Class<?> foe = Class.forName("dev.gatehouse.testkit.foes." + name);
    Path jar =
        DroppedJar.write(
            folder.resolve("foes.jar"), "dev/gatehouse/testkit/foes", List.of(foe), List.of(foe));
    Path reports = folder.resolve("reports");
    Ran ran =
        Ran.alone(
            folder,
            "run",
            "--gateway",
            id,
            "--jar",
            jar.toString(),
            "--check",
            check,
            "--report",
            reports.toString());
    assertThat(ran.err()).isEmpty();
    return JsonMapper.shared().readTree(Files.readString(reports.resolve("report.json")));
  }
}
