package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Holds the catalogue's checks against a gateway, one after another, each with a provider, a clock
 * and a network of its own. Instances are immutable and thread-safe.
 *
 * <p>A check that takes too long fails, and its thread is left alone: in this process nobody can
 * end it. Nor does this front end outlive a gateway that exits the JVM.
 */
public final class ConformanceKit {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final TestTarget target;
  private final long seed;
  private final Duration limit;

  private ConformanceKit(TestTarget target, long seed, Duration limit) {
    this.target = target;
    this.seed = seed;
    this.limit = limit;
  }

  /** For this target. */
  public static ConformanceKit of(TestTarget target) {
    return new ConformanceKit(required("target", target), 1, TIME_LIMIT);
  }

  /** This, with other choices where a provider chooses by itself, and other secrets. */
  public ConformanceKit withSeed(long other) {
    return new ConformanceKit(target, other, limit);
  }

  /** This, with another limit of time for each check. */
  public ConformanceKit withTimeLimit(Duration each) {
    return new ConformanceKit(target, seed, required("each", each));
  }

  /** Every check, in the order in which they are run. */
  public static List<Check> catalogue() {
    return Catalogue.RULES.stream().map(Rule::check).toList();
  }

  /** Runs every check. */
  public List<Result> runAll() {
    return Catalogue.RULES.stream().map(this::run).toList();
  }

  /**
   * Runs one check.
   *
   * @throws NotFoundException if there is none with this id
   */
  public Result run(String id) {
    return run(
        Catalogue.RULES.stream()
            .filter(rule -> rule.check().id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new NotFoundException(
                        new Problem(
                            "check",
                            "check.unknown",
                            "there is no check with this id",
                            "take one from the catalogue, such as "
                                + Catalogue.RULES.get(0).check().id()))));
  }

  /** What the gateway declares; empty if it does not say, which is for its checks to tell. */
  Optional<Set<Capability>> declared() {
    try {
      return Optional.of(Trial.inTime("describe", limit, this::capabilities));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Set<Capability> capabilities() {
    try (Bench bench = new Bench(target, seed)) {
      return bench.description().capabilities();
    }
  }

  private Result run(Rule rule) {
    return Trial.of(rule.check(), limit, () -> verdict(rule));
  }

  private Verdict verdict(Rule rule) throws Exception {
    try (Bench bench = new Bench(target, seed)) {
      Optional<Verdict> refusal = Refusals.of(rule.check(), bench);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      rule.body().run(bench);
      return new Verdict.Passed();
    }
  }
}
