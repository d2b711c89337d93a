package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.Group;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import dev.gatehouse.testkit.conformance.Waiver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The report for people: one page that needs nothing else, and can be printed. */
final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Report report;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    HtmlReport html = new HtmlReport(report);
    html.head();
    html.facts();
    html.summary();
    html.findings("Failures", "failures", report.of(Standing.FAILED));
    html.findings("Warnings", "warnings", report.of(Standing.WARNED));
    html.waivers();
    html.unknown();
    html.checks();
    html.foot();
    return html.page.toString();
  }

  private void head() {
    String title = "Conformance of " + report.gateway().words();
    add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    add("<title>").text(title).add("</title>\n<style>\n").add(style()).add("</style>\n</head>\n");
    add("<body>\n<header>\n<p class=\"kit\">Gatehouse conformance report</p>\n<h1>");
    text(report.gateway().words()).add("</h1>\n<p class=\"verdict ");
    add(report.isFit() ? "good\">" : "bad\">").add("<strong>");
    add(report.fitness()).add("</strong> ");
    text(report.sentence()).add("</p>\n</header>\n<main>\n");
  }

  static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void facts() {
    add("<section>\n<h2>What was checked</h2>\n<table class=\"facts\">\n");
    fact("Gateway", report.gateway().id());
    fact("Version", report.gateway().version().isEmpty() ? "unknown" : report.gateway().version());
    fact("Target", report.target());
    report.settings().forEach((name, value) -> fact("Setting " + name, value));
    fact("When", TIME.format(report.begin()) + ", in " + report.took().toMillis() + " ms");
    fact("Kit", "Gatehouse testkit " + report.kit());
    for (Jar jar : report.jars()) {
      add("<tr><th scope=\"row\">").text(jar.name()).add("</th><td>SHA-256 <code>");
      text(jar.sha256()).add("</code></td></tr>\n");
    }
    add("</table>\n</section>\n");
  }

  private void fact(String name, String value) {
    add("<tr><th scope=\"row\">").text(name).add("</th><td>").text(value).add("</td></tr>\n");
  }

  private void summary() {
    add("<section>\n<h2>Summary</h2>\n");
    counts("Group", titled(report.byGroup()), report.judgements());
    add("</section>\n<section>\n<h2>What was asked of it</h2>\n");
    counts("Asked of", report.byCapability(), List.of());
    add("</section>\n");
  }

  private static Map<String, List<Judgement>> titled(Map<Group, List<Judgement>> byGroup) {
    Map<String, List<Judgement>> titled = new LinkedHashMap<>();
    byGroup.forEach((group, judgements) -> titled.put(group.title(), judgements));
    return titled;
  }

  private void counts(String of, Map<String, List<Judgement>> rows, List<Judgement> all) {
    add("<table class=\"summary\">\n<thead><tr><th>").text(of).add("</th>");
    for (Standing standing : Standing.values()) {
      add("<th>").text(Told.of(standing)).add("</th>");
    }
    add("</tr></thead>\n<tbody>\n");
    rows.forEach(this::counts);
    add("</tbody>\n");
    if (!all.isEmpty()) {
      add("<tfoot>\n");
      counts("All", all);
      add("</tfoot>\n");
    }
    add("</table>\n");
  }

  private void counts(String name, List<Judgement> judgements) {
    add("<tr><th scope=\"row\">").text(name).add("</th>");
    for (Standing standing : Standing.values()) {
      long count = judgements.stream().filter(j -> j.standing() == standing).count();
      add("<td").add(count == 0 ? ">" : " class=\"" + css(standing) + "\">");
      add(count == 0 ? "–" : String.valueOf(count)).add("</td>");
    }
    add("</tr>\n");
  }

  private void findings(String title, String id, List<Judgement> found) {
    if (found.isEmpty()) {
      return;
    }
    add("<section id=\"").add(id).add("\">\n<h2>").text(title).add("</h2>\n");
    for (Judgement judgement : found) {
      Check check = judgement.result().check();
      add("<article class=\"").add(css(judgement.standing())).add("\">\n<h3><code>");
      text(check.id()).add("</code> ").text(check.rule()).add("</h3>\n<dl>\n");
      part("Seen", Told.seen(judgement), true);
      part("Why it matters", check.why(), false);
      part("Remedy", check.remedy(), false);
      add("</dl>\n</article>\n");
    }
    add("</section>\n");
  }

  private void part(String name, String value, boolean asIs) {
    add("<dt>").text(name).add("</dt><dd>").add(asIs ? "<pre>" : "");
    text(value).add(asIs ? "</pre>" : "").add("</dd>\n");
  }

  private void waivers() {
    if (report.waivers().isEmpty()) {
      return;
    }
    add("<section id=\"waivers\">\n<h2>Waivers</h2>\n<table>\n<thead><tr><th>Check</th>");
    add("<th>Until</th><th>State</th><th>Reason</th></tr></thead>\n<tbody>\n");
    for (Waiver waiver : report.waivers()) {
      add("<tr><td><code>").text(waiver.check()).add("</code></td><td class=\"day\">");
      text(waiver.until().toString()).add("</td><td>").text(state(waiver)).add("</td><td>");
      text(waiver.reason()).add("</td></tr>\n");
    }
    add("</tbody>\n</table>\n</section>\n");
  }

  private String state(Waiver waiver) {
    Optional<Judgement> judged =
        report.judgements().stream()
            .filter(j -> j.result().check().id().equals(waiver.check()))
            .findFirst();
    if (judged.isEmpty()) {
      return "not run";
    }
    return judged.get().hasExpiredWaiver()
        ? "expired"
        : judged.get().standing() == Standing.WAIVED ? "in force" : "not needed";
  }

  private void unknown() {
    List<Judgement> unknown = report.of(Standing.NOT_VERIFIED);
    if (unknown.isEmpty()) {
      return;
    }
    add("<section id=\"not-verified\">\n<h2>Not verified</h2>\n<table>\n<tbody>\n");
    for (Judgement judgement : unknown) {
      Check check = judgement.result().check();
      add("<tr><td><code>").text(check.id()).add("</code></td><td>").text(check.rule());
      add("</td><td>").text(Told.seen(judgement)).add("</td></tr>\n");
    }
    add("</tbody>\n</table>\n</section>\n");
  }

  private void checks() {
    add("<section id=\"checks\">\n<h2>Every check</h2>\n");
    for (Map.Entry<Group, List<Judgement>> group : report.byGroup().entrySet()) {
      add("<table class=\"checks\">\n<caption>").text(group.getKey().title());
      add("</caption>\n<thead><tr><th>Check</th><th>Level</th><th>Rule</th><th>Verdict</th>");
      add("</tr></thead>\n<tbody>\n");
      for (Judgement judgement : group.getValue()) {
        Check check = judgement.result().check();
        add("<tr><td><code>").text(check.id()).add("</code></td><td>");
        text(check.level().name()).add("</td><td>").text(check.rule());
        add("</td><td class=\"").add(css(judgement.standing())).add("\">");
        text(Told.of(judgement.standing()));
        if (judgement.standing() == Standing.REFUSED_AS_DECLARED) {
          add("<br><small>").text(Told.seen(judgement)).add("</small>");
        }
        add("</td></tr>\n");
      }
      add("</tbody>\n</table>\n");
    }
    add("</section>\n");
  }

  private void foot() {
    add("</main>\n<footer>\n<p>Each check ran against a provider, a clock and a network of its");
    add(
        " own. The provider is the target’s, and stands in for the real one: that the two are alike");
    add(
        " is the word of whoever wrote the target. What no check can see is told in the kit’s page");
    add(" on conformance.</p>\n<p>A <b>MUST</b> has to hold, or the gateway is not fit; a");
    add(" <b>SHOULD</b> that does not hold is a warning.");
    add(" <b>Refused as declared</b>: the gateway does not declare what the check is about, and");
    add(
        " refuses it without a request, or the provider has no such thing, as the target declares.");
    add(" <b>Not verified</b>: the target can’t bring about what the check needs.");
    add(" <b>Waived</b>: it is not kept, for the reason and until the day above.");
    add("</p>\n</footer>\n</body>\n</html>\n");
  }

  private static String css(Standing standing) {
    return Told.of(standing).replace(' ', '-');
  }

  private HtmlReport add(String html) {
    page.append(html);
    return this;
  }

  private HtmlReport text(String text) {
    return add(escaped(text));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
