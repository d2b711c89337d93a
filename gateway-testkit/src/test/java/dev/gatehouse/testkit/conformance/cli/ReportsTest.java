package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Verdict;
import dev.gatehouse.testkit.conformance.Waiver;
import dev.gatehouse.testkit.conformance.Waivers;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the reports say, whatever a gateway answered. */
class ReportsTest {
  private static final List<Check> CHECKS = ConformanceKit.catalogue();
  private static final Check FIRST = CHECKS.get(0);
  private static final LocalDate TODAY = LocalDate.parse("2026-03-01");
  private static final Verdict PASSED = new Verdict.Passed();
  private static final Verdict NASTY =
      new Verdict.Failed(
          "It said <script>alert(\"x\") & \u0000\u001b[31m\ud800 ]]> über\nand more");

  private static final Waivers WAIVERS =
      Waivers.of(
          List.of(
              new Waiver(CHECKS.get(1).id(), "Until spring <3.", TODAY),
              new Waiver(CHECKS.get(2).id(), "Long ago.", TODAY.minusDays(1)),
              new Waiver(CHECKS.get(CHECKS.size() - 1).id(), "Not run.", TODAY)));

  private static final Report MIXED =
      report(
          NASTY,
          NASTY,
          PASSED,
          new Verdict.NotVerified("the target can't PENDING"),
          new Verdict.RefusedAsDeclared("VOID"));

  @Test
  void json_tells_all_that_another_program_needs() {
    JsonNode json = JsonMapper.shared().readTree(JsonReport.of(MIXED));

    assertThat(json.at("/kit/version").asString()).isEqualTo("1.2.3");
    assertThat(json.at("/gateway/id").asString()).isEqualTo("acme");
    assertThat(json.at("/gateway/version").asString()).isEqualTo("4.5 <b>");
    assertThat(json.at("/jars/0/name").asString()).isEqualTo("acme.jar");
    assertThat(json.at("/jars/0/sha256").asString()).isEqualTo("abc123");
    assertThat(json.at("/time").asString()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(json.at("/fit").booleanValue()).isFalse();
    assertThat(json.at("/whole").booleanValue()).isFalse();
    assertThat(json.at("/counts/failed").intValue()).isEqualTo(2);
    assertThat(json.at("/waivers").size()).isEqualTo(3);
    assertThat(json.at("/checks").valueStream().map(c -> c.get("standing").asString()))
        .containsExactly("failed", "waived", "failed", "not-verified", "refused-as-declared");
    assertThat(json.at("/checks").valueStream().map(c -> c.get("verdict").asString()))
        .containsExactly("failed", "failed", "passed", "not-verified", "refused-as-declared");
    assertThat(json.at("/checks/0/remedy").asString()).isEqualTo(FIRST.remedy());
  }

  @Test
  void xml_is_one_that_build_servers_can_read() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(XmlReport.of(MIXED))));

    Element root = xml.getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("testsuites");
    assertThat(root.getAttribute("tests")).isEqualTo("5");
    assertThat(root.getAttribute("failures")).isEqualTo("2");
    assertThat(root.getAttribute("skipped")).isEqualTo("2");
    assertThat(root.getAttribute("time")).isEqualTo("0.060");
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(5);
    Element failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).startsWith("It said <script>").endsWith("über");
    assertThat(failure.getTextContent()).contains(FIRST.why(), FIRST.remedy());
    Element skipped = (Element) xml.getElementsByTagName("skipped").item(0);
    assertThat(skipped.getAttribute("message"))
        .isEqualTo("waived until 2026-03-01: Until spring <3.");
  }

  @Test
  void html_stands_alone_and_shows_failures_waivers_and_what_is_not_known() {
    String html = HtmlReport.of(MIXED);

    assertThat(html)
        .contains("<strong>Not fit</strong>", "Acme &lt;Pay&gt; 4.5 &lt;b&gt; (acme)")
        .contains("abc123", "1 March 2026, 12:00 UTC", "Gatehouse testkit 1.2.3")
        .contains("It said &lt;script&gt;alert(&quot;x&quot;) &amp; ")
        .contains(FIRST.remedy(), "Until spring &lt;3.", "in force", "expired", "not run")
        .contains("the target can't PENDING", "It does not declare VOID.")
        .contains("stands in for the real one", "<b>SHOULD</b> that does not hold is a warning")
        .doesNotContain("<script", "http://", "https://", "src=", "url(");
  }

  @Test
  void the_terminal_has_colours_and_a_pipe_has_none() {
    assertThat(shown(true)).contains("\u001b[31m", "\u001b[0m");
    assertThat(shown(false).replace("\u001b[31m\ud800", ""))
        .doesNotContain("\u001b")
        .contains("NOT FIT. 2 of 5 checks failed that must not. Only 5 of ")
        .contains(FIRST.id() + " (MUST): " + FIRST.rule(), "remedy: " + FIRST.remedy())
        .contains("expired on 2026-02-28: take it away, or give it another day.");
  }

  @Test
  void both_reports_tell_what_was_asked_because_of_which_capability() {
    Check refund =
        CHECKS.stream().filter(c -> c.id().equals("GW-REFUND-01")).findFirst().orElseThrow();
    Report report =
        withJudgements(
            MIXED,
            List.of(
                WAIVERS.judge(new Result(FIRST, PASSED, Duration.ZERO), TODAY),
                WAIVERS.judge(
                    new Result(refund, new Verdict.RefusedAsDeclared("REFUND"), Duration.ZERO),
                    TODAY)));

    StringWriter out = new StringWriter();
    new Console(new PrintWriter(out, true), false).show(report);
    assertThat(out.toString().lines())
        .contains("every gateway  1 passed", "REFUND         1 refused as declared")
        .noneMatch(line -> line.startsWith("CAPTURE"));
    assertThat(HtmlReport.of(report))
        .contains(
            "<th scope=\"row\">REFUND</th><td>–</td><td class=\"refused-as-declared\">1</td>");
  }

  @Test
  void a_run_that_shows_nothing_is_not_fit() {
    Report empty = report(new Verdict.NotVerified("?"));

    assertThat(empty.isFit()).isFalse();
    assertThat(empty.sentence()).startsWith("No MUST was shown to be kept.");
    assertThat(report(PASSED).isFit()).isTrue();
  }

  @Test
  void a_must_that_could_not_be_verified_is_not_proven_until_it_is_waived() {
    Report unknown = report(PASSED, PASSED, PASSED, new Verdict.NotVerified("no such card"));
    Report waived = report(PASSED, new Verdict.NotVerified("no such card"));

    // The third has a waiver that is over, which fails by itself.
    Report open = withoutThird(unknown);
    assertThat(open.isFit()).isFalse();
    assertThat(open.fitness()).isEqualTo("Not proven");
    assertThat(open.sentence()).startsWith("1 of 3 checks could not be verified that must be: ");
    assertThat(waived.isFit()).isTrue();
    assertThat(waived.sentence()).startsWith("Every MUST is kept, 1 waived.");
  }

  private static Report withoutThird(Report report) {
    List<Judgement> fewer = new ArrayList<>(report.judgements());
    fewer.remove(2);
    return withJudgements(report, fewer);
  }

  private static Report withJudgements(Report report, List<Judgement> judgements) {
    return new Report(
        report.kit(),
        report.gateway(),
        report.target(),
        report.settings(),
        report.jars(),
        report.begin(),
        report.took(),
        report.catalogue(),
        report.waivers(),
        judgements);
  }

  @Test
  void words_survive_the_way_to_the_worker_and_back() {
    List<String> words = List.of("a\tb", "", "c\\n\nd\r", "\\", "über");

    assertThat(Line.of(words)).doesNotContain("\n", "\r");
    assertThat(Line.words(Line.of(words))).isEqualTo(words);
  }

  private static String shown(boolean terminal) {
    StringWriter out = new StringWriter();
    new Console(new PrintWriter(out, true), terminal).show(MIXED);
    return out.toString();
  }

  private static Report report(Verdict... verdicts) {
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      Result result = new Result(CHECKS.get(i), verdicts[i], Duration.ofMillis(12));
      judgements.add(WAIVERS.judge(result, TODAY));
    }
    return new Report(
        "1.2.3",
        new Report.Subject("acme", "Acme <Pay>", "4.5 <b>"),
        "acme.Target",
        new TreeMap<>(),
        List.of(new Jar(Path.of("acme.jar"), "abc123", List.of(), List.of())),
        Instant.parse("2026-03-01T12:00:00Z"),
        Duration.ofMillis(60),
        CHECKS.size(),
        WAIVERS.all(),
        judgements);
  }
}
