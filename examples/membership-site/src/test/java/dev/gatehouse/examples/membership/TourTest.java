package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourTest {
  private static final String PLANS =
      """
      {"plans": [{"id": "one", "name": "एक", "price": "7.50", "currency": "EUR"},
                 {"id": "nil", "name": "Nil", "price": "0", "currency": "JPY"}]}
      """;

  /** The shipped tour, run once for all that is asked of it. */
  private static final Run SHIPPED = Run.of("tour");

  @TempDir Path folder;

  @Test
  void the_shipped_tour_ends_as_expected_and_says_so() {
    Run run = SHIPPED;

    assertThat(run.err()).isEmpty();
    assertThat(run.lastLine())
        .startsWith("tour: 16 checkouts, 13 completed, ")
        .endsWith("0 deviations, 0 invariant violations");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("found gateway manual", "found gateway reference")
        .contains("opened manual, reference, reference-eu")
        .contains("USD 9.00", "EUR 49.95", "JPY 1501", "KWD 12.345")
        .contains("Дарья Волкова", "فاطمة الزهراء", "山田 花子", "प्रिया शर्मा", "Sunny 🌻 Fields")
        .doesNotContain("\u001b", "DEVIATES");
  }

  @Test
  void the_shipped_tour_shows_every_scenario_and_a_hook_that_had_to_try_again() {
    Run run = SHIPPED;

    assertThat(Arrays.stream(Scenario.values()).map(Scenario::word))
        .allSatisfy(word -> assertThat(run.out()).contains(": " + word));
    Matcher failed = Pattern.compile("\\((\\d+) failed and repeated\\)").matcher(run.lastLine());
    assertThat(failed.find()).isTrue();
    assertThat(Integer.parseInt(failed.group(1))).isPositive();
    assertThat(run.out()).contains("Overpaid", "LateMoney", "AuthorizationEnded");
  }

  @Test
  void two_tours_say_the_same() {
    assertThat(Run.of("tour").out()).isEqualTo(SHIPPED.out());
  }

  @Test
  void users_bring_their_own_plans_and_signups() throws IOException {
    Run run =
        tour(
            PLANS,
            """
            {"signups": [
              {"customer": "a", "name": "A", "email": "a@example.com",
               "plan": "one", "gateway": "reference-eu", "scenario": "refunded"},
              {"customer": "b", "name": "B", "email": "b@example.com",
               "plan": "nil", "gateway": "reference", "scenario": "free"}]}
            """);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.lastLine()).startsWith("tour: 2 checkouts, 2 completed");
  }

  @Test
  void a_checkout_that_ends_elsewhere_than_expected_is_a_deviation() throws IOException {
    Run run = tour(PLANS, signup("\"expect\": \"failed\""));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("DEVIATES", "state: expected FAILED, seen COMPLETED");
    assertThat(run.lastLine()).endsWith("1 deviations, 0 invariant violations");
  }

  @Test
  void money_other_than_expected_is_a_deviation_by_the_ledger_and_by_the_shop() throws IOException {
    Run run = tour(PLANS, signup("\"keep\": \"7.51\""));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("money by the ledger: expected EUR 7.51, seen EUR 7.50")
        .contains("money by the shop: expected EUR 7.51, seen EUR 7.50");
  }

  private Run tour(String plans, String signups) throws IOException {
    Path plansFile = folder.resolve("plans.json");
    Path signupsFile = folder.resolve("signups.json");
    Files.writeString(plansFile, plans, StandardCharsets.UTF_8);
    Files.writeString(signupsFile, signups, StandardCharsets.UTF_8);
    return Run.of("tour", "--plans", plansFile.toString(), "--signups", signupsFile.toString());
  }

  private static String signup(String also) {
    return """
        {"signups": [{"customer": "a", "name": "A", "email": "a@example.com", "plan": "one",
          "gateway": "reference", "scenario": "approved", %s}]}
        """
        .formatted(also);
  }
}
