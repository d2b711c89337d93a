package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * The kit as tests of JUnit: inherit it, say which target, and every check is a test, in a
 * container for its group. A check that can't be verified, and a SHOULD that is not kept, is
 * reported as aborted, with the reason; so is one that is waived. A waiver that expired fails.
 *
 * <p>What is refused as declared has passed. The names of such tests end in {@code [not declared:
 * VOID]}, and each publishes an entry of the report, with {@code check}, {@code verdict} and {@code
 * seen}.
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
  final Stream<DynamicContainer> conformance(TestReporter reporter) {
    ConformanceKit kit = ConformanceKit.of(target());
    Optional<Set<Capability>> declared = kit.declared();
    Waivers waivers = Waivers.of(waivers());
    List<Check> checks = ConformanceKit.catalogue();
    return Stream.of(Group.values())
        .map(group -> checks.stream().filter(check -> check.group() == group).toList())
        .filter(ofGroup -> !ofGroup.isEmpty())
        .map(
            ofGroup ->
                DynamicContainer.dynamicContainer(
                    ofGroup.get(0).group().title(),
                    ofGroup.stream()
                        .map(
                            check ->
                                DynamicTest.dynamicTest(
                                    name(check, declared),
                                    () ->
                                        demand(
                                            waivers.judge(kit.run(check.id()), today()),
                                            reporter)))));
  }

  private static String name(Check check, Optional<Set<Capability>> declared) {
    String missing =
        check.needs().stream()
            .filter(capability -> declared.isPresent() && !declared.get().contains(capability))
            .map(Capability::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return check.id()
        + " "
        + check.rule()
        + (missing.isEmpty() ? "" : " [not declared: " + missing + "]");
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC);
  }

  static void demand(Judgement judgement, TestReporter reporter) {
    switch (judgement.standing()) {
      case PASSED -> {
        // As it should be.
      }
      case REFUSED_AS_DECLARED -> tell(judgement.result(), reporter);
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

  private static void tell(Result result, TestReporter reporter) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("check", result.check().id());
    entry.put("verdict", "refused as declared");
    entry.put("seen", ((Verdict.RefusedAsDeclared) result.verdict()).seen());
    reporter.publishEntry(entry);
  }
}
