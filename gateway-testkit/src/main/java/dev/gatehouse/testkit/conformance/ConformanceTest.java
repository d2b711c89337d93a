package dev.gatehouse.testkit.conformance;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit as tests of JUnit: inherit it, say which target, and every check is a test, in a
 * container for its group. A check that can't be verified, and a SHOULD that is not kept, is
 * reported as aborted, with the reason; so is one that is waived.
 *
 * <p>It runs in the tests' own JVM. A gateway that exits it takes the report with it.
 */
public abstract class ConformanceTest {
  /** For subclasses. */
  protected ConformanceTest() {}

  /** What is to be checked. */
  protected abstract TestTarget target();

  /** The checks that the gateway is let off; none, unless this is overridden. */
  protected List<Waiver> waivers() {
    return List.of();
  }

  /** Today, which waivers expire by. */
  protected Clock clock() {
    return Clock.systemUTC();
  }

  @TestFactory
  final Stream<DynamicContainer> conformance() {
    ConformanceKit kit = ConformanceKit.of(target());
    Map<String, Waiver> waived =
        waivers().stream()
            .collect(
                Collectors.toMap(Waiver::check, Function.identity(), (a, b) -> a, TreeMap::new));
    List<Check> checks = ConformanceKit.catalogue();
    demandKnown(waived, checks);
    return Stream.of(Group.values())
        .map(group -> checks.stream().filter(check -> check.group() == group).toList())
        .filter(ofGroup -> !ofGroup.isEmpty())
        .map(
            ofGroup ->
                DynamicContainer.dynamicContainer(
                    ofGroup.get(0).group().title(),
                    ofGroup.stream().map(check -> test(kit, check, waived.get(check.id())))));
  }

  private static void demandKnown(Map<String, Waiver> waived, List<Check> checks) {
    List<String> ids = checks.stream().map(Check::id).toList();
    for (String id : waived.keySet()) {
      if (!ids.contains(id)) {
        throw new AssertionError("There is no check " + id + " that could be waived.");
      }
    }
  }

  private DynamicTest test(ConformanceKit kit, Check check, @Nullable Waiver waiver) {
    return DynamicTest.dynamicTest(
        check.id() + " " + check.rule(),
        () -> demand(kit.run(check.id()), Optional.ofNullable(waiver)));
  }

  private void demand(Result result, Optional<Waiver> waiver) {
    if (result.verdict() instanceof Verdict.Failed) {
      LocalDate today = LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC);
      if (waiver.filter(w -> w.holdsOn(today)).isPresent()) {
        Assumptions.abort("waived until " + waiver.get().until() + ": " + waiver.get().reason());
      }
      String expired = waiver.map(w -> "The waiver expired on " + w.until() + ".\n").orElse("");
      if (result.isFatal()) {
        throw new AssertionError(expired + result.explanation());
      }
      Assumptions.abort(expired + result.explanation());
    }
    if (result.verdict() instanceof Verdict.NotVerified unknown) {
      Assumptions.abort("not verified: " + unknown.reason());
    }
  }
}
