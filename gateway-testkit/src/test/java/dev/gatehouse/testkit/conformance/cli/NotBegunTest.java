package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import acme.gateway.Good;
import acme.gateway.Targets;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that could not begin: what is broken is said once, in reports, too. */
class NotBegunTest {
  @TempDir Path folder;

  @BeforeEach
  void an_earlier_run_has_left_reports() throws Exception {
    Files.createDirectories(folder.resolve("reports"));
    for (String file : List.of("report.json", "report.xml", "report.html")) {
      Files.writeString(folder.resolve("reports").resolve(file), "of an earlier run: fit");
    }
  }

  @Test
  void a_target_that_opens_nothing_is_blamed_and_not_its_gateway() throws Exception {
    Ran ran = run(drop(Good.class, Targets.OpensNothing.class));

    assertNotBegun(ran, "target.broken", "OpensNothing.open() returned null");
  }

  @Test
  void a_target_that_throws_by_itself_is_blamed_with_the_place() throws Exception {
    Ran ran = run(drop(Good.class, Targets.ThrowsItself.class));

    assertNotBegun(ran, "target.broken", "the emulator is not there", "ThrowsItself.open(");
  }

  @ParameterizedTest
  @CsvSource({
    "OfNobody, OfNobody.gateway() returned null",
    "KnowsOneScript, no token for DECLINE_FUNDS",
    "PaysNothing, PaysNothing.paying(APPROVE) returned null",
    "LacksNull, LacksNull.lacks() returned null",
    "OpensWithoutGateway, OpensWithoutGateway opens a provider without a gateway",
    "ExitsItself, It ended the JVM with exit code 4.",
    "HangsItself, It did not come to an end within 2 s.",
  })
  void what_is_wrong_with_a_target_is_not_its_gateways_failure(String target, String said)
      throws Exception {
    Path jar = drop(Good.class, Class.forName(Targets.class.getName() + "$" + target));

    Ran ran =
        Ran.here(
            "run",
            "--gateway",
            "acme",
            "--jar",
            jar.toString(),
            "--check",
            "GW-DISC-02",
            "--time-limit",
            "2",
            "--report",
            reports());

    assertNotBegun(ran, "target.broken", said);
  }

  @Test
  void what_is_no_target_is_blamed() throws Exception {
    Ran ran = run(drop(Good.class, Good.class));

    assertNotBegun(ran, "target.broken", "acme.gateway.Good is no ");
  }

  @Test
  void a_gateway_that_is_not_there_is_told_in_reports() throws Exception {
    Ran ran = Ran.here("run", "--gateway", "<none>", "--report", reports());

    assertNotBegun(ran, "gateway.unknown", "there is no gateway '<none>'");
    assertThat(Files.readString(folder.resolve("reports/report.html")))
        .contains("&lt;none&gt;")
        .doesNotContain("<none>");
  }

  @Test
  void a_jar_that_is_not_there_is_told_in_reports() throws Exception {
    Ran ran =
        Ran.here(
            "run",
            "--gateway",
            "acme",
            "--jar",
            folder.resolve("none.jar").toString(),
            "--report",
            reports());

    assertNotBegun(ran, json().at("/problems/0/code").asString(), "none.jar");
  }

  @Test
  void reports_that_can_no_longer_be_written_take_nothing_away_from_what_is_shown()
      throws Exception {
    Path reports = folder.resolve("reports");
    Runnable taken =
        () -> {
          try {
            Files.deleteIfExists(reports);
            Files.writeString(reports, "somebody else's");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };

    Ran ran =
        Ran.at(
            new ClockThat(taken),
            "run",
            "--gateway",
            "reference",
            "--check",
            "GW-DISC-02",
            "--report",
            reports());

    assertThat(ran.out()).contains("passed               GW-DISC-02", "SO FAR FIT.");
    assertThat(ran.err()).contains("nothing can be written to the folder").doesNotContain("nobody");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void what_nobody_foresaw_is_told_in_reports_too() throws Exception {
    Runnable breaks =
        () -> {
          throw new IllegalStateException("a bug of the kit's");
        };

    Ran ran =
        Ran.at(
            new ClockThat(breaks),
            "run",
            "--gateway",
            "reference",
            "--check",
            "GW-DISC-02",
            "--report",
            reports());

    assertNotBegun(ran, "run.unforeseen", "a bug of the kit's");
  }

  /** Does something when it is first asked, which is when the checks begin. */
  private static final class ClockThat extends Clock {
    private Runnable first;

    ClockThat(Runnable first) {
      this.first = first;
    }

    @Override
    public Instant instant() {
      Runnable now = first;
      first = () -> {};
      now.run();
      return Instant.parse("2026-03-01T12:00:00Z");
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void assertNotBegun(Ran ran, String code, String... said) throws Exception {
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains(said);
    assertThat(ran.out()).doesNotContain("GW-");
    assertThat(json().get("fit").booleanValue()).isFalse();
    assertThat(json().get("problems").size()).isEqualTo(1);
    assertThat(json().at("/problems/0/code").asString()).isEqualTo(code);
    assertThat(json().at("/problems/0/message").asString()).contains(said);
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(Files.readString(folder.resolve("reports/report.xml")))));
    assertThat(xml.getDocumentElement().getAttribute("errors")).isEqualTo("1");
    Element error = (Element) xml.getElementsByTagName("error").item(0);
    assertThat(error.getTextContent()).contains(said);
    assertThat(Files.readString(folder.resolve("reports/report.html")))
        .contains("could not begin")
        .doesNotContain("earlier run");
  }

  private Ran run(Path jar) throws Exception {
    return Ran.alone(
        folder, "run", "--gateway", "acme", "--jar", jar.toString(), "--report", reports());
  }

  private JsonNode json() throws Exception {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("reports/report.json")));
  }

  private Path drop(Class<?> gateway, Class<?> target) throws Exception {
    return DroppedJar.write(folder.resolve("acme.jar"), List.of(gateway), List.of(target));
  }

  private String reports() {
    return folder.resolve("reports").toString();
  }
}
