package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds the checks of hooks against a hook, one after another, each with a sink, a clock and a
 * network of its own: a server on the loopback interface, since hooks may bring a client of their
 * own. By the rules of {@link ConformanceKit}, and with its verdicts. Immutable and thread-safe.
 */
public final class HookKit {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  private static final List<HookRule> RULES =
      Stream.of(
              HookWantRules.all(),
              HookDeliveryRules.all(),
              HookAnswerRules.all(),
              HookItemRules.all(),
              HookDataRules.all(),
              HookLimitRules.all(),
              HookLifeRules.all())
          .flatMap(List::stream)
          .toList();

  private final HookTarget target;
  private final Duration limit;

  private HookKit(HookTarget target, Duration limit) {
    this.target = target;
    this.limit = limit;
  }

  /** For this target. */
  public static HookKit of(HookTarget target) {
    return new HookKit(required("target", target), TIME_LIMIT);
  }

  /** This, with another limit of time for each check. */
  public HookKit withTimeLimit(Duration each) {
    return new HookKit(target, required("each", each));
  }

  /** Every check of hooks, in the order in which they are run. */
  public static List<Check> catalogue() {
    return RULES.stream().map(HookRule::check).toList();
  }

  /**
   * What a target must declare for a check to be asked; empty if it is asked of all. Where it is
   * not declared, it must not be seen.
   *
   * @throws NotFoundException if there is none with this id
   */
  public static Optional<HookTrait> needs(String id) {
    return rule(id).needs();
  }

  /**
   * What checks tell hooks of: an event of each type, as one customer's story, in live mode. For
   * tests of your own, too.
   */
  public static List<LifecycleEvent> samples() {
    return HookSamples.live().ofEveryType();
  }

  /** Runs every check. */
  public List<Result> runAll() {
    return RULES.stream().map(this::run).toList();
  }

  /**
   * Runs one check.
   *
   * @throws NotFoundException if there is none with this id
   */
  public Result run(String id) {
    return run(rule(id));
  }

  private static HookRule rule(String id) {
    return RULES.stream()
        .filter(rule -> rule.check().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    new Problem(
                        "check",
                        "check.unknown",
                        "there is no check of hooks with this id",
                        "take one from the catalogue, such as " + RULES.get(0).check().id())));
  }

  private Result run(HookRule rule) {
    return Trial.of(rule.check(), limit, () -> verdict(rule));
  }

  private Verdict verdict(HookRule rule) throws Exception {
    try (HookBench bench = new HookBench(target)) {
      if (rule.needs().isPresent() && !target.traits().contains(rule.needs().get())) {
        HookTrait trait = rule.needs().get();
        HookTraits.demandUnseen(trait, bench);
        return new Verdict.RefusedAsDeclared(trait.name());
      }
      rule.body().run(bench);
      return new Verdict.Passed();
    }
  }
}
