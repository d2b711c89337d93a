package dev.gatehouse.testkit.conformance;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit as tests of JUnit: inherit it, say which target, and every check is a test, in a
 * container for its group. A check that can't be verified, and a SHOULD that is not kept, is
 * reported as aborted, with the reason; so is one that is waived. A waiver that expired fails.
 *
 * <p>It runs in the tests' own JVM. A gateway that exits it takes the report with it.
 */
public abstract class ConformanceTest {
  /** For subclasses. */
  protected ConformanceTest() {}

  /** What is to be checked. */
  protected abstract TestTarget target();

  /**
   * The checks that the gateway is let off; none, unless this is overridden. {@link Waivers#read}
   * takes them from a file.
   */
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
    Waivers waivers = Waivers.of(waivers());
    List<Check> checks = ConformanceKit.catalogue();
    return Stream.of(Group.values())
        .map(group -> checks.stream().filter(check -> check.group() == group).toList())
        .filter(ofGroup -> !ofGroup.isEmpty())
        .map(
            ofGroup ->
                DynamicContainer.dynamicContainer(
                    ofGroup.get(0).group().title(),
                    ofGroup.stream().map(check -> test(kit, check, waivers))));
  }

  private DynamicTest test(ConformanceKit kit, Check check, Waivers waivers) {
    return DynamicTest.dynamicTest(
        check.id() + " " + check.rule(), () -> demand(waivers.judge(kit.run(check.id()), today())));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC);
  }

  private static void demand(Judgement judgement) {
    switch (judgement.standing()) {
      case PASSED, REFUSED_AS_DECLARED -> {
        // As it should be.
      }
      case NOT_VERIFIED ->
          Assumptions.abort(
              "not verified: " + ((Verdict.NotVerified) judgement.result().verdict()).reason());
      case WAIVED ->
          judgement
              .waiver()
              .ifPresent(w -> Assumptions.abort("waived until " + w.until() + ": " + w.reason()));
      case WARNED -> Assumptions.abort(judgement.explanation());
      case FAILED -> throw new AssertionError(judgement.explanation());
    }
  }
}
