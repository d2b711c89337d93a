package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.simulator.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What many seeds showed of a gateway.
 *
 * @param kit the version of the kit
 * @param gateway the gateway
 * @param target the class of the target
 * @param jars what was dropped
 * @param begin when it began
 * @param took how long it took
 * @param from the first seed
 * @param asked how many seeds were asked for
 * @param result what became of them
 */
record SimulationReport(
    String kit,
    Report.Subject gateway,
    String target,
    List<Jar> jars,
    Instant begin,
    Duration took,
    long from,
    int asked,
    Result result) {
  private static final int FORMAT = 1;

  /**
   * A seed that did not go well.
   *
   * @param seed which
   * @param violation the invariant that was violated, its subject and how; empty text if the run
   *     broke off
   * @param story what led to that, made short; or how the run broke off
   * @param replay the command that runs it again
   */
  record Failure(long seed, String violation, String story, String replay) {
    String headline() {
      return "seed " + seed + (violation.isEmpty() ? " broke off" : " violated " + violation);
    }
  }

  /** What became of the seeds, one after the other. */
  static final class Result {
    private final Map<FaultKind, Long> fired = new EnumMap<>(FaultKind.class);
    private final List<Failure> failures = new ArrayList<>();
    private int seeds;
    private long steps;
    private long payments;

    void ran(SeedAnswer seed) {
      seeds++;
      steps += seed.steps();
      payments += seed.payments();
      for (FaultKind kind : FaultKind.values()) {
        fired.merge(kind, (long) seed.fired().getOrDefault(kind.name(), 0), Long::sum);
      }
    }

    void failed(Failure failure) {
      failures.add(failure);
    }

    List<Failure> failures() {
      return failures;
    }

    long fired(FaultKind kind) {
      return fired.getOrDefault(kind, 0L);
    }
  }

  boolean isFine() {
    return result.failures.isEmpty();
  }

  /** What to remember of it. */
  String sentence() {
    String ran =
        String.format(
            Locale.ROOT,
            "%d of %d seeds were run, with %d steps and %d payments",
            result.seeds,
            asked,
            result.steps,
            result.payments);
    return isFine()
        ? ran + "; every invariant held."
        : ran + "; " + result.failures.size() + " failed.";
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder("Faults that fired\n");
    for (FaultKind kind : FaultKind.values()) {
      text.append(String.format(Locale.ROOT, "  %-28s%9d%n", kind, result.fired(kind)));
    }
    for (Failure failure : result.failures) {
      text.append('\n').append(failure.headline()).append('\n');
      failure.story().lines().forEach(line -> text.append("  ").append(line).append('\n'));
      text.append("  again: ").append(failure.replay()).append('\n');
    }
    return text.append('\n')
        .append(gateway.words())
        .append(": ")
        .append(sentence())
        .append('\n')
        .toString();
  }

  /** For programs. */
  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.putObject("kit").put("name", "Gatehouse testkit").put("version", kit);
    root.putObject("gateway")
        .put("id", gateway.id())
        .put("name", gateway.name())
        .put("version", gateway.version());
    root.put("target", target);
    ArrayNode files = root.putArray("jars");
    jars.forEach(j -> files.addObject().put("name", j.name()).put("sha256", j.sha256()));
    root.put("time", begin.toString());
    root.put("millis", took.toMillis());
    root.put("from", from);
    root.put("asked", asked);
    root.put("seeds", result.seeds);
    root.put("steps", result.steps);
    root.put("payments", result.payments);
    root.put("fine", isFine());
    root.put("sentence", sentence());
    ObjectNode faults = root.putObject("fired");
    for (FaultKind kind : FaultKind.values()) {
      faults.put(kind.name(), result.fired(kind));
    }
    ArrayNode failures = root.putArray("failures");
    for (Failure failure : result.failures) {
      failures
          .addObject()
          .put("seed", failure.seed())
          .put("violation", failure.violation())
          .put("story", failure.story())
          .put("replay", failure.replay());
    }
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
