package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.docs.Repository;
import dev.gatehouse.spi.Outcome;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The failure that the pages show is the one that an author sees. */
class SampleFailureTest {
  private static final Mutant HASTY =
      Mutant.of(
          "TakesEveryFailureForNotSent",
          "It takes whatever the transport throws for a proof that nothing was sent.",
          MutantMeans.tells(SampleFailureTest::hasty),
          "GW-DOUBT-02");

  @ParameterizedTest
  @ValueSource(strings = {"docs/conformance.md", "docs/writing-a-gateway.md"})
  void the_pages_show_what_the_kit_says_today(String page) throws Exception {
    Result result = ConformanceKit.of(HASTY.target()).run("GW-DOUBT-02");

    assertThat(Files.readString(Repository.file(page)))
        .contains("```\n" + result.explanation() + "\n```");
  }

  private static Outcome hasty(Outcome outcome) {
    return outcome instanceof Outcome.Unknown unknown
        ? new Outcome.NotSent(unknown.failure())
        : outcome;
  }
}
