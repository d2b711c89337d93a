package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFilesTest {
  private static final String GOOD_PLANS =
      """
      {"plans": [{"id": "one", "name": "One", "price": "7.50", "currency": "EUR"},
                 {"id": "nil", "name": "Nil", "price": "0.00", "currency": "EUR"}]}
      """;
  private static final String GOOD_SIGNUP =
      """
      {"signups": [{"customer": "a", "name": "A", "email": "a@example.com",
        "plan": "one", "gateway": "reference", "scenario": "approved"}]}
      """;

  @TempDir Path folder;

  @Test
  void what_passes_a_limit_of_the_parser_is_told_like_any_other_fault() throws IOException {
    String plans = "{\"plans\": []}";
    for (String odd :
        List.of("[".repeat(5_000), "1".repeat(5_000), "\"" + "x".repeat(60_000) + "\": 1")) {
      Run run = tour(plans, "{\"signups\": [{\"customer\": " + odd + "}]}");

      assertThat(run.exitCode()).as(odd.substring(0, 9)).isEqualTo(2);
      assertThat(run.err()).contains("signups.json").doesNotContain("Exception");
    }
  }

  @Test
  void everything_that_is_wrong_in_both_files_is_told_at_once_with_its_line() throws IOException {
    Run run =
        tour(
            """
            {"plans": [
              {"id": "one", "name": "One", "price": "7.505", "currency": "EUR"},
              {"id": "o n e", "name": "", "price": "1", "currency": "EURO"},
              {"id": "one", "name": "Again", "price": "1.00"},
              {"id": "six", "name": 6, "price": "-1.00", "currency": "USD", "colour": "red"}
            ]}
            """,
            """
            {"signups": [
              {"customer": "a", "name": "A", "email": "nobody",
               "plan": "none", "gateway": "stripe", "scenario": "sold-out"},
              {"customer": "a", "name": "B\\u0007", "email": "b@example.com",
               "language": "??", "expect": "rich", "plan": "one"},
              7
            ]}
            """);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(places(run, "plans.json"))
        .containsExactlyInAnyOrder(
            "2: plans[0].price",
            "3: plans[1].id",
            "3: plans[1].name",
            "3: plans[1].currency",
            "4: plans[2].id",
            "4: plans[2].currency",
            "5: plans[3].name",
            "5: plans[3].price",
            "5: plans[3].colour");
    assertThat(places(run, "signups.json"))
        .containsExactlyInAnyOrder(
            "2: signups[0].email",
            "3: signups[0].plan",
            "3: signups[0].gateway",
            "3: signups[0].scenario",
            "4: signups[1].customer",
            "4: signups[1].name",
            "5: signups[1].language",
            "5: signups[1].expect",
            "4: signups[1].gateway",
            "4: signups[1].scenario",
            "6: signups[2]");
    assertThat(run.err()).contains("problems: 20; nothing was started").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one | manual    | approved      | signups[0].gateway: does not fit",
        "one | reference | bank-transfer | signups[0].gateway: does not fit",
        "one | reference | free          | signups[0].plan: costs something",
        "nil | reference | approved      | signups[0].plan: costs nothing"
      })
  void what_does_not_go_together_is_told(String plan, String gateway, String scenario, String said)
      throws IOException {
    String signups =
        GOOD_SIGNUP
            .replace("\"one\"", '"' + plan + '"')
            .replace("\"reference\"", '"' + gateway + '"')
            .replace("\"approved\"", '"' + scenario + '"');

    Run run = tour(GOOD_PLANS, signups);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("signups.json:2: " + said);
  }

  @Test
  void broken_json_is_told_with_line_and_column() throws IOException {
    Run run = tour("{\"plans\": [\n  {\"id\": oops}]}", GOOD_SIGNUP);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("plans.json:2: column ", "is not JSON");
    assertThat(run.err()).as("no complaint about what follows from it").doesNotContain("signups");
  }

  @Test
  void a_name_given_twice_and_text_after_the_end_are_told() throws IOException {
    assertThat(tour(GOOD_PLANS, GOOD_SIGNUP.replace("\"name\"", "\"email\"")).err())
        .contains("signups.json:1: column", "Duplicate");
    assertThat(tour(GOOD_PLANS + "{}", GOOD_SIGNUP).err()).contains("plans.json:3: the end");
  }

  @Test
  void a_list_that_is_missing_empty_or_too_long_is_told() throws IOException {
    assertThat(tour("{}", GOOD_SIGNUP).err()).contains("plans.json:1: plans: is not there");
    assertThat(tour("[]", GOOD_SIGNUP).err()).contains("plans.json:1: plans: is not there");
    assertThat(tour(GOOD_PLANS, "{\"signups\": []}").err()).contains("has 0 entries");
    assertThat(tour(GOOD_PLANS, "{\"signups\": [" + "1,".repeat(1000) + "1]}").err())
        .contains("has 1001 entries");
  }

  @Test
  void a_file_that_is_missing_empty_too_large_or_no_file_is_told() throws IOException {
    String missing = folder.resolve("nowhere.json").toString();
    assertThat(Run.of("tour", "--plans", missing).err()).contains("nowhere.json: does not exist");
    assertThat(Run.of("tour", "--plans", missing).exitCode()).isEqualTo(2);
    assertThat(Run.of("tour", "--plans", folder.toString()).err()).contains("can't be read");
    assertThat(tour("", GOOD_SIGNUP).err()).contains("plans.json: is empty");
    assertThat(tour(" ".repeat((1 << 20) + 1), GOOD_SIGNUP).err()).contains("larger than 1 MiB");
  }

  @Test
  void what_a_file_holds_does_not_steer_the_terminal() throws IOException {
    String hostile = GOOD_SIGNUP.replace("\"plan\"", "\"\\u001b[2J\": \"x\", \"plan\"");

    Run run = tour(GOOD_PLANS, hostile);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("signups[0].?[2J: is not known here").doesNotContain("\u001b");
  }

  private Run tour(String plans, String signups) throws IOException {
    Files.writeString(folder.resolve("plans.json"), plans);
    Files.writeString(folder.resolve("signups.json"), signups);
    return Run.of(
        "tour",
        "--plans",
        folder.resolve("plans.json").toString(),
        "--signups",
        folder.resolve("signups.json").toString());
  }

  private static List<String> places(Run run, String file) {
    return run.err()
        .lines()
        .filter(line -> line.contains(file + ":"))
        .map(line -> line.substring(line.indexOf(file) + file.length() + 1))
        .map(rest -> rest.substring(0, rest.indexOf(": ", rest.indexOf(": ") + 2)))
        .toList();
  }
}
