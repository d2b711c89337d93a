package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.HttpTransportContract;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which promise each candidate keeps, so that the page about the choice can't go stale. */
class CandidatesTest {
  private static final int JDK_OF_THE_PAGE = 17;

  private static final Map<String, String> IN_WORDS =
      Map.ofEntries(
          Map.entry(HttpTransportContract.WHOLE_ANSWER, "answers arrive whole and unchanged"),
          Map.entry(HttpTransportContract.ONE_REQUEST, "no redirect, no second try followed"),
          Map.entry(HttpTransportContract.CONNECT_FAILURE, "connect failure is `NotSent`"),
          Map.entry(HttpTransportContract.STALE_CONNECTION, "stale pooled connection: never again"),
          Map.entry(HttpTransportContract.LOST_ANSWER, "a lost or cut answer is `Unknown`"),
          Map.entry(HttpTransportContract.SLOW_BODY, "slow body: cut at the deadline"),
          Map.entry(HttpTransportContract.WHOLE_DEADLINE, "deadline over the whole call"),
          Map.entry(HttpTransportContract.INTERRUPT, "an interrupt ends the wait"),
          Map.entry(HttpTransportContract.SIZE_CAP, "size cap"),
          Map.entry(HttpTransportContract.CLOSE, "close ends calls in flight"),
          Map.entry(HttpTransportContract.BAD_INPUT, "bad input is refused"));

  @Test
  void the_page_says_which_promise_each_candidate_keeps() {
    Map<Candidate, Promises.Outcome> outcomes = new EnumMap<>(Candidate.class);
    for (Candidate candidate : Candidate.values()) {
      outcomes.put(candidate, Promises.of(candidate));
    }

    assertThat(outcomes.values())
        .allSatisfy(outcome -> assertThat(outcome.tried()).hasSameElementsAs(IN_WORDS.keySet()));
    assertThat(outcomes.get(Candidate.JDK).broken()).as("broken by the JDK's").isEmpty();
    assertThat(outcomes.get(Candidate.APACHE).broken()).as("broken by Apache's").isEmpty();
    if (Runtime.version().feature() == JDK_OF_THE_PAGE) {
      Page.BENCHMARKS.holds("transport-promises", table(outcomes), outcomes.toString());
    } else {
      // A newer JDK's HttpURLConnection keeps more; nothing may keep less than the page says.
      assertThat(cells(Page.BENCHMARKS.block("transport-promises")))
          .zipSatisfy(
              cells(table(outcomes)),
              (said, found) -> assertThat(found).as("%s", outcomes).isIn(said, " ✓ "));
    }
  }

  private static List<String> cells(String table) {
    return table.lines().flatMap(line -> Stream.of(line.split("\\|"))).toList();
  }

  private static String table(Map<Candidate, Promises.Outcome> outcomes) {
    StringBuilder table = new StringBuilder("| Promise |");
    outcomes.keySet().forEach(candidate -> table.append(" " + candidate.client() + " |"));
    table.append("\n|---|").append(":---:|".repeat(outcomes.size())).append('\n');
    new TreeMap<>(IN_WORDS)
        .forEach(
            (promise, words) -> {
              table.append("| ").append(words).append(" |");
              for (Promises.Outcome outcome : outcomes.values()) {
                List<String> broken = outcome.broken().getOrDefault(promise, List.of());
                table.append(broken.isEmpty() ? " ✓ |" : " no |");
              }
              table.append('\n');
            });
    return table.toString();
  }
}
