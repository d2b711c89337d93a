package dev.gatehouse.testkit.conformance;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * The kit of hooks as tests of JUnit: inherit it, say which target, and every check is a test, in a
 * container for its group. Reported as {@link ConformanceTest} does.
 */
public abstract class HookConformanceTest {
  /** For subclasses. */
  protected HookConformanceTest() {}

  /** What is to be checked. */
  protected abstract HookTarget target();

  /** The checks that the hook is let off; none, unless this is overridden. */
  protected List<Waiver> waivers() {
    return List.of();
  }

  /** Today, which waivers expire by. */
  protected Clock clock() {
    return Clock.systemUTC();
  }

  @TestFactory
  final Stream<DynamicContainer> conformance(TestReporter reporter) {
    HookKit kit = HookKit.of(target());
    Waivers waivers = Waivers.of(waivers());
    List<Check> checks = HookKit.catalogue();
    return checks.stream()
        .map(Check::group)
        .distinct()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group.title(),
                    checks.stream()
                        .filter(check -> check.group() == group)
                        .map(check -> test(kit, check, waivers, reporter))));
  }

  private DynamicTest test(HookKit kit, Check check, Waivers waivers, TestReporter reporter) {
    return DynamicTest.dynamicTest(
        check.id() + " " + check.rule(),
        () -> ConformanceTest.demand(waivers.judge(kit.run(check.id()), today()), reporter));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC);
  }
}
