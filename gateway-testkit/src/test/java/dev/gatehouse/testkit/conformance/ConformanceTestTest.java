package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** What JUnit is told. */
class ConformanceTestTest {
  private final List<Map<String, String>> entries = new ArrayList<>();

  @Test
  void what_is_refused_as_declared_is_told_from_what_passed() throws Throwable {
    List<DynamicTest> tests = tests(MinimalGateway::provider);

    DynamicTest undeclared = find(tests, "GW-AUTH-04");
    assertThat(undeclared.getDisplayName()).endsWith(". [not declared: CAPTURE, VOID]");
    undeclared.getExecutable().execute();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0))
        .containsEntry("check", "GW-AUTH-04")
        .containsEntry("verdict", "refused as declared")
        .containsEntry("seen", "It does not declare CAPTURE.");

    DynamicTest kept = find(tests, "GW-SALE-01");
    assertThat(kept.getDisplayName()).endsWith(".");
    kept.getExecutable().execute();
    assertThat(entries).hasSize(1);
  }

  @Test
  void a_gateway_that_can_not_be_described_has_its_checks_all_the_same() {
    List<DynamicTest> tests =
        tests(
            whole ->
                new MutantProvider(whole) {
                  @Override
                  public GatewayDescription describe() {
                    throw new IllegalStateException("not today");
                  }
                });

    assertThat(tests).hasSameSizeAs(ConformanceKit.catalogue());
    assertThat(tests).extracting(DynamicTest::getDisplayName).allMatch(name -> name.endsWith("."));
  }

  private List<DynamicTest> tests(UnaryOperator<GatewayProvider> change) {
    TestTarget target = Mutant.of("Other", "It is another one.", change, "GW-DISC-01").target();
    ConformanceTest conformance =
        new ConformanceTest() {
          @Override
          protected TestTarget target() {
            return target;
          }
        };
    return conformance
        .conformance(entries::add)
        .flatMap(DynamicContainer::getChildren)
        .map(DynamicTest.class::cast)
        .toList();
  }

  private static DynamicTest find(List<DynamicTest> tests, String check) {
    return tests.stream()
        .filter(test -> test.getDisplayName().startsWith(check + " "))
        .findFirst()
        .orElseThrow();
  }
}
