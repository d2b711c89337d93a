package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.conformance.cli.CommandMutants;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every check can fail, and tells the author what to do. */
class MutantsTest {
  private static final Set<String> NOT_HERE = Set.of("GW-DISC-01", "GW-RSRC-07", "GW-LOCALE-07");

  /** A frame of ours, with or without a module's name before it. */
  private static final Pattern FRAME =
      Pattern.compile("at (?:[^\\s/]*/)*dev\\.gatehouse\\.testkit\\.(\\S+)");

  /** It is made here by hand, and no service file names it; and this JVM has one charset. */
  private static final Set<String> NOT_OF_MINIMAL =
      Set.of("GW-DISC-01", "GW-RSRC-07", "GW-LOCALE-07");

  @AfterAll
  static void end_what_was_leaked() {
    MutantsOfServers.LEAKED.end();
  }

  @Test
  void every_check_is_killed_by_a_mutant() {
    Set<String> killed = new TreeSet<>();
    Mutants.all().forEach(mutant -> killed.addAll(mutant.killedBy()));
    killed.addAll(CommandMutants.KILLED);
    assertThat(killed)
        .containsExactlyInAnyOrderElementsOf(
            ConformanceKit.catalogue().stream().map(Check::id).toList());
  }

  @Test
  void every_mutant_is_named_after_its_bug_and_says_it() {
    assertThat(Mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
    assertThat(Mutants.all())
        .allSatisfy(
            mutant -> {
              assertThat(mutant.name()).matches("([A-Z][a-z0-9]*)+");
              assertThat(mutant.bug()).endsWith(".");
              assertThat(mutant.killedBy()).isNotEmpty();
            });
  }

  @TestFactory
  Stream<DynamicTest> a_mutant_fails_each_check_that_it_names_and_is_told_the_remedy() {
    return Mutants.all().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> demandKilled(mutant)));
  }

  private static void demandKilled(Mutant mutant) {
    ConformanceKit kit = ConformanceKit.of(mutant.target());
    for (String id : mutant.killedBy()) {
      Result result = kit.run(id);
      assertThat(result.verdict())
          .as("%s of %s. %s", id, mutant.name(), mutant.bug())
          .isInstanceOf(Verdict.Failed.class);
      assertThat(result.explanation()).contains(result.check().remedy()).contains(mutant.told());
      demandNoFaultOfTheKit(mutant.name(), result);
    }
  }

  /** What is thrown comes out of the gateway; the kit says what it saw. */
  static void demandNoFaultOfTheKit(String name, Result result) {
    if (!(result.verdict() instanceof Verdict.Failed failed)
        || !failed.message().startsWith("It threw ")) {
      return;
    }
    List<String> ours =
        FRAME
            .matcher(failed.message())
            .results()
            .map(found -> found.group(1))
            .filter(frame -> !frame.startsWith("conformance.Network"))
            .toList();
    assertThat(ours).as("%s of %s: %s", result.check().id(), name, failed.message()).isNotEmpty();
    assertThat(ours.get(0))
        .as("%s of %s: %s", result.check().id(), name, failed.message())
        .matches("reference\\..*|conformance\\.Mutant.*");
  }

  @Test
  void a_gateway_that_passes_everything_on_keeps_every_rule() {
    ConformanceKit kit =
        ConformanceKit.of(new BentTarget((straight, here) -> new MutantGateway(straight)));
    List<String> failed =
        kit.runAll().stream()
            // One whose class is local here can't be found or made once more; one JVM, one charset.
            .filter(result -> !NOT_HERE.contains(result.check().id()))
            .filter(result -> !(result.verdict() instanceof Verdict.Passed))
            .map(Result::explanation)
            .toList();
    assertThat(failed).isEmpty();
  }

  @Test
  void a_minimal_gateway_refuses_what_it_does_not_declare_and_keeps_the_rest() {
    Mutant minimal =
        Mutant.of("Minimal", "It can do nothing optional.", MinimalGateway::provider, "GW-DISC-01");
    for (Result result : ConformanceKit.of(minimal.target()).runAll()) {
      Check check = result.check();
      if (!NOT_OF_MINIMAL.contains(check.id())) {
        assertThat(result.verdict())
            .as("%s %s", check.id(), result.explanation())
            .isInstanceOf(
                check.needs().isEmpty() ? Verdict.Passed.class : Verdict.RefusedAsDeclared.class);
      }
    }
  }
}
