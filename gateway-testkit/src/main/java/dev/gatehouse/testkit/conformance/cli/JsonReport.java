package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import dev.gatehouse.testkit.conformance.Waiver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The report for other programs. New names may be added; the meaning of none changes. */
final class JsonReport {
  static final int FORMAT = 1;

  private JsonReport() {}

  static String of(Report report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.putObject("kit").put("name", "Gatehouse testkit").put("version", report.kit());
    root.putObject("gateway")
        .put("id", report.gateway().id())
        .put("name", report.gateway().name())
        .put("version", report.gateway().version());
    root.put("target", report.target());
    ObjectNode settings = root.putObject("settings");
    report.settings().forEach(settings::put);
    ArrayNode jars = root.putArray("jars");
    report.jars().forEach(j -> jars.addObject().put("name", j.name()).put("sha256", j.sha256()));
    root.put("time", report.begin().toString());
    root.put("millis", report.took().toMillis());
    root.put("fit", report.isFit());
    root.put("whole", report.isWhole());
    root.put("sentence", report.sentence());
    ObjectNode counts = root.putObject("counts");
    for (Standing standing : Standing.values()) {
      counts.put(key(standing), report.count(standing));
    }
    ArrayNode waivers = root.putArray("waivers");
    report.waivers().forEach(waiver -> add(waivers.addObject(), waiver));
    ArrayNode checks = root.putArray("checks");
    report.judgements().forEach(judgement -> add(checks.addObject(), judgement));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void add(ObjectNode node, Waiver waiver) {
    node.put("check", waiver.check())
        .put("until", waiver.until().toString())
        .put("reason", waiver.reason());
  }

  private static void add(ObjectNode node, Judgement judgement) {
    Check check = judgement.result().check();
    node.put("id", check.id())
        .put("group", Selection.key(check.group()))
        .put("level", check.level().name())
        .put("rule", check.rule())
        .put("verdict", Told.of(judgement.result().verdict()))
        .put("standing", key(judgement.standing()))
        .put("millis", judgement.result().took().toMillis())
        .put("seen", Told.seen(judgement))
        .put("why", check.why())
        .put("remedy", check.remedy());
  }

  private static String key(Standing standing) {
    return Told.of(standing).replace(' ', '-');
  }
}
