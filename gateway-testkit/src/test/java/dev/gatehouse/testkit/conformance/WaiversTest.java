package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway is let off, and for how long. */
class WaiversTest {
  private static final LocalDate LAST_DAY = LocalDate.parse("2027-03-01");
  private static final Waiver WAIVER = new Waiver("GW-SALE-01", "Not yet.", LAST_DAY);
  private static final Waivers WAIVERS = Waivers.of(List.of(WAIVER));
  private static final Verdict FAILED = new Verdict.Failed("It did not.");

  @TempDir Path folder;

  @Test
  void a_file_has_one_waiver_in_a_line() throws Exception {
    Path file =
        write("# Until spring.", "", "GW-SALE-01  2027-03-01\tNot yet, says Søren. ", "# end");

    assertThat(Waivers.read(file).all())
        .containsExactly(new Waiver("GW-SALE-01", "Not yet, says Søren.", LAST_DAY));
  }

  @Test
  void all_that_is_wrong_with_a_file_is_told_by_line() throws Exception {
    Path file =
        write(
            "GW-SALE-01 2027-03-01 Not yet.",
            "GW-SALE-02 2027-03-01",
            "GW-SALE-03 1.3.2027 Not yet.",
            "GW-NONE-99 2027-03-01 Not yet.",
            "GW-SALE-01 2027-04-01 Not yet.");

    assertThatThrownBy(() -> Waivers.read(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            refused -> {
              assertThat(refused.problems())
                  .extracting(Problem::code)
                  .containsExactly(
                      "waiver.incomplete", "waiver.date", "waiver.unknown-check", "waiver.twice");
              assertThat(refused.problems())
                  .extracting(Problem::field)
                  .containsExactly(file + ":2", file + ":3", file + ":4", file + ":5");
            });
  }

  @Test
  void a_file_that_is_not_there_is_told() {
    assertThatThrownBy(() -> Waivers.read(folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("can't be read");
  }

  @Test
  void a_waiver_of_an_unknown_check_is_refused_in_code_too() {
    Waiver unknown = new Waiver("GW-NONE-99", "Not yet.", LAST_DAY);

    assertThatThrownBy(() -> Waivers.of(List.of(unknown)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("GW-NONE-99");
  }

  @Test
  void a_waiver_holds_through_its_last_day_and_fails_the_day_after() {
    assertThat(judge(Level.MUST, FAILED, LAST_DAY).standing()).isEqualTo(Standing.WAIVED);

    Judgement expired = judge(Level.MUST, FAILED, LAST_DAY.plusDays(1));

    assertThat(expired.isFatal()).isTrue();
    assertThat(expired.explanation()).contains("expired on 2027-03-01", "remedy: Mend it.");
    assertThat(WAIVERS.expired(LAST_DAY)).isEmpty();
    assertThat(WAIVERS.expired(LAST_DAY.plusDays(1))).containsExactly(WAIVER);
  }

  @Test
  void an_expired_waiver_fails_though_nobody_needs_it() {
    Judgement expired = judge(Level.SHOULD, new Verdict.Passed(), LAST_DAY.plusDays(1));

    assertThat(expired.isFatal()).isTrue();
    assertThat(expired.explanation()).contains("take it away");
    assertThat(judge(Level.MUST, new Verdict.Passed(), LAST_DAY).standing())
        .isEqualTo(Standing.PASSED);
  }

  @Test
  void without_a_waiver_a_must_fails_and_a_should_warns() {
    Waivers none = Waivers.of(List.of());

    assertThat(none.judge(result(Level.MUST, FAILED), LAST_DAY).standing())
        .isEqualTo(Standing.FAILED);
    assertThat(none.judge(result(Level.SHOULD, FAILED), LAST_DAY).standing())
        .isEqualTo(Standing.WARNED);
    assertThat(none.judge(result(Level.MUST, new Verdict.NotVerified("?")), LAST_DAY).standing())
        .isEqualTo(Standing.NOT_VERIFIED);
  }

  private static Judgement judge(Level level, Verdict verdict, LocalDate today) {
    return WAIVERS.judge(result(level, verdict), today);
  }

  private static Result result(Level level, Verdict verdict) {
    Check check =
        new Check("GW-SALE-01", Group.SALE, level, Set.of(), "It holds.", "So.", "Mend it.");
    return new Result(check, verdict, Duration.ZERO);
  }

  private Path write(String... lines) throws Exception {
    return Files.write(folder.resolve("waivers.txt"), List.of(lines));
  }
}
