package dev.gatehouse.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The numbered scenarios, and how many tests of each there are over which store. A test has its
 * numbers at the beginning of its name, such as {@code f03_f04_a_process_that_dies}.
 */
final class FailureScenarios {
  private static final String SCENARIOS =
      "gateway-testkit/src/test/java/dev/gatehouse/testkit/scenario";
  private static final String STORE = "gateway-store-jdbc/src/test/java/dev/gatehouse/store/jdbc";

  private static final Pattern TEST = Pattern.compile("void ((?:f[0-9]{2}_)+)[a-z]\\w*\\(");
  private static final Pattern NUMBER = Pattern.compile("f([0-9]{2})_");
  private static final Pattern ABSTRACT = Pattern.compile("abstract class (\\w+)");

  private static final Map<Integer, String> TITLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(1, "Time-out, but the charge succeeded"),
              Map.entry(2, "Time-out, and the charge never happened"),
              Map.entry(3, "Death before the request is sent"),
              Map.entry(4, "Death after the response, before it is saved"),
              Map.entry(5, "The provider has forgotten the key"),
              Map.entry(6, "Two requests with one key at once"),
              Map.entry(7, "One key with other content"),
              Map.entry(8, "The provider repeats a stored 500"),
              Map.entry(9, "Status 429"),
              Map.entry(11, "A capture called twice"),
              Map.entry(12, "Two partial refunds at once"),
              Map.entry(13, "The webhook comes before the response"),
              Map.entry(14, "One webhook a hundred times at once"),
              Map.entry(15, "Webhooks in reverse order"),
              Map.entry(16, "Forged, stale and future-dated signatures"),
              Map.entry(17, "Malformed and doubled headers"),
              Map.entry(18, "Secrets rotate"),
              Map.entry(19, "A true webhook with the wrong amount, currency or account"),
              Map.entry(20, "A delivery that can't be verified now"),
              Map.entry(21, "A body of ten megabytes"),
              Map.entry(22, "Webhooks never arrive"),
              Map.entry(23, "Refund or dispute at the provider's console"),
              Map.entry(24, "Death between commit and hook"),
              Map.entry(25, "Death between hook and acknowledgement"),
              Map.entry(26, "A poison event, a hook that fails"),
              Map.entry(27, "A hook's sink is down for a day"),
              Map.entry(28, "A node or dispatcher is paused while it holds work"),
              Map.entry(29, "The clock jumps by an hour"),
              Map.entry(30, "The database is full, read-only, gone, or fails over"),
              Map.entry(31, "Two attempts of one checkout are both paid"),
              Map.entry(32, "Money for a checkout that is over"),
              Map.entry(33, "A cancellation races a completion")));

  /** The tests that inherit scenarios, by the store that they hold them over. */
  private static final Map<String, List<String>> HEIRS =
      Map.of(
          "memory",
          List.of(SCENARIOS + "/InMemoryScenariosTest.java"),
          "sqlite",
          List.of(STORE + "/SqliteScenariosTest.java", STORE + "/SqliteTroubleTest.java"),
          "postgres",
          List.of(STORE + "/PostgresScenariosTest.java", STORE + "/PostgresTroubleTest.java"));

  private FailureScenarios() {}

  /**
   * One scenario.
   *
   * @param number its number
   * @param title what happens
   * @param classes the classes that have its tests
   * @param tests how many tests there are over each store
   */
  record Scenario(int number, String title, List<String> classes, Map<String, Integer> tests) {
    int over(String store) {
      return tests.getOrDefault(store, 0);
    }
  }

  /** Every scenario, by its number. */
  static Map<Integer, Scenario> all() {
    Map<Integer, Scenario> all = new TreeMap<>();
    TITLES.forEach(
        (number, title) ->
            all.put(number, new Scenario(number, title, new ArrayList<>(), new TreeMap<>())));
    Path folder = Repository.file(SCENARIOS);
    List<Path> sources =
        Repository.filesEndingWith(".java").stream().filter(f -> f.startsWith(folder)).toList();
    for (Path file : sources) {
      String source = Repository.text(file);
      String name = file.getFileName().toString().replace(".java", "");
      boolean inherited = ABSTRACT.matcher(source).find();
      for (MatchResult test : TEST.matcher(source).results().toList()) {
        for (MatchResult number : NUMBER.matcher(test.group(1)).results().toList()) {
          Scenario scenario = all.get(Integer.parseInt(number.group(1)));
          if (scenario == null) {
            throw new IllegalStateException(
                name + " has a number that nobody knows: " + test.group());
          }
          if (!scenario.classes().contains(name)) {
            scenario.classes().add(name);
          }
          if (inherited) {
            HEIRS.keySet().forEach(store -> add(scenario, store, heirs(store, name)));
          } else {
            add(scenario, "memory", 1);
          }
        }
      }
    }
    return all;
  }

  private static void add(Scenario scenario, String store, int tests) {
    if (tests > 0) {
      scenario.tests().merge(store, tests, Integer::sum);
    }
  }

  private static int heirs(String store, String name) {
    Pattern heir = Pattern.compile("extends " + name + "\\b");
    return HEIRS.get(store).stream()
        .mapToInt(
            file -> (int) heir.matcher(Repository.text(Repository.file(file))).results().count())
        .sum();
  }
}
