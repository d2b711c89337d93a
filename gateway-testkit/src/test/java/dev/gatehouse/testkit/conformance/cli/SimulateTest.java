package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import acme.gateway.Faulty;
import acme.gateway.Good;
import acme.gateway.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gateways in the simulator, as authors put them there: good ones, broken ones, and rude ones. */
class SimulateTest {
  @TempDir Path folder;

  @Test
  void every_invariant_holds_with_the_reference_gateway() throws Exception {
    Ran ran =
        Ran.alone(
            folder, "simulate", "--gateway", "reference", "--seeds", "4", "--report", reports());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("[4/4] seed 4", "4 of 4 seeds were run", "every invariant held.")
        .containsPattern("LOST_RESPONSE +[1-9]")
        .doesNotContain("\u001b");
    assertThat(ran.code()).isZero();
    JsonNode json = json();
    assertThat(json.get("fine").booleanValue()).isTrue();
    assertThat(json.get("seeds").intValue()).isEqualTo(4);
    assertThat(json.get("fired").get("LOST_RESPONSE").intValue()).isPositive();
    assertThat(folder.resolve("reports/simulation.txt")).content().contains("every invariant");
  }

  @Test
  void a_fault_that_is_left_out_does_not_happen() throws Exception {
    Ran ran =
        Ran.alone(
            folder,
            "simulate",
            "--gateway",
            "reference",
            "--seeds",
            "4",
            "--without",
            "LOST_RESPONSE",
            "--without",
            "WEBHOOK_DROPPED",
            "--report",
            reports());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(json().get("fired").get("LOST_RESPONSE").intValue()).isZero();
    assertThat(json().get("fired").get("WEBHOOK_DROPPED").intValue()).isZero();
    assertThat(json().get("fired").get("LOST_REQUEST").intValue()).isPositive();
  }

  @Test
  void a_dropped_gateway_that_behaves_passes() throws Exception {
    Ran ran = simulate(Good.class, Targets.OfGood.class, "--seeds", "2");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(json().get("jars").get(0).get("name").asString()).isEqualTo("acme.jar");
  }

  @Test
  void a_violation_is_told_as_a_short_story_with_the_command_that_shows_it_again()
      throws Exception {
    Ran ran = simulate(Faulty.MakesUpKeys.class, Targets.OfMakesUpKeys.class, "--seeds", "20");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("violated INTENT_FIRST", "again: java -jar", "3 failed.");
    assertThat(ran.code()).isEqualTo(1);
    JsonNode failure = json().get("failures").get(1);
    assertThat(failure.get("violation").asString()).startsWith("INTENT_FIRST");
    assertThat(failure.get("story").asString()).contains("no such operation is saved");
    assertThat(failure.get("story").asString().lines().count()).isLessThan(150);
    String seed = failure.get("seed").asString();
    assertThat(failure.get("replay").asString())
        .contains("--gateway acme", "acme.jar", "--seeds 1 --seed " + seed);

    simulate(Faulty.MakesUpKeys.class, Targets.OfMakesUpKeys.class, "--seeds", "1", "--seed", seed);
    assertThat(json().get("failures").size()).isEqualTo(1);
    assertThat(json().get("failures").get(0)).isEqualTo(failure);
  }

  @Test
  void a_gateway_that_hangs_is_told_with_the_place_and_the_run_ends() throws Exception {
    Ran ran = simulate(Faulty.Hangs.class, Targets.OfHangs.class, "--seeds", "1000");

    assertBrokeOff(ran, "It did not come to an end within 2 s.", "Faulty.hang(");
    assertThat(json().get("failures").size()).isEqualTo(SimulationRun.MOST_FAILED);
  }

  @Test
  void a_gateway_that_ends_the_jvm_is_told_with_the_place() throws Exception {
    assertBrokeOff(
        simulate(Faulty.Exits.class, Targets.OfExits.class, "--seeds", "1"),
        "It ended the JVM with exit code 0.",
        "Faulty$Exits.open(");
  }

  @Test
  void a_gateway_that_can_not_be_made_is_told() throws Exception {
    assertBrokeOff(
        simulate(Faulty.Throws.class, Targets.OfThrows.class, "--seeds", "1"),
        "no licence for this host");
  }

  @Test
  void a_target_that_is_broken_is_blamed_and_not_its_gateway() throws Exception {
    Files.createDirectories(folder.resolve("reports"));
    Files.writeString(folder.resolve("reports/simulation.txt"), "of an earlier run: all held");
    Files.writeString(folder.resolve("reports/simulation.json"), "of an earlier run: all held");

    Ran ran = simulate(Good.class, Targets.ThrowsItself.class, "--seeds", "1");

    assertRefused(ran, "the emulator is not there");
    assertThat(ran.out()).doesNotContain("seed 1");
    assertThat(json().get("fine").booleanValue()).isFalse();
    assertThat(json().at("/problems/0/code").asString()).isEqualTo("target.broken");
    assertThat(folder.resolve("reports/simulation.txt"))
        .content()
        .contains("could not begin", "the emulator is not there")
        .doesNotContain("earlier run");
  }

  @Test
  void a_gateway_that_is_not_there_is_told_in_reports() throws Exception {
    Ran ran = Ran.here("simulate", "--gateway", "acme", "--seeds", "1", "--report", reports());

    assertRefused(ran, "there is no gateway 'acme'");
    assertThat(json().at("/problems/0/code").asString()).isEqualTo("gateway.unknown");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertRefused(
        Ran.here("simulate", "--gateway", "reference", "--seeds", "0"),
        "0 is no number of seeds to run; give one from 1");
    assertRefused(Ran.here("simulate", "--gateway", "reference"), "--seeds");
    assertRefused(
        Ran.here("simulate", "--gateway", "acme", "--seeds", "1"), "there is no gateway 'acme'");
  }

  private static void assertRefused(Ran ran, String told) {
    assertThat(ran.err()).contains(told);
    assertThat(ran.code()).isEqualTo(2);
  }

  private void assertBrokeOff(Ran ran, String... told) throws Exception {
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("seed 1 broke off").contains(told).doesNotContain("\u001b");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(json().get("fine").booleanValue()).isFalse();
    assertThat(json().get("failures").get(0).get("story").asString()).contains(told);
  }

  private Ran simulate(Class<?> gateway, Class<?> target, String... more) throws Exception {
    Path jar = DroppedJar.write(folder.resolve("acme.jar"), List.of(gateway), List.of(target));
    boolean rude = gateway != Good.class && gateway != Faulty.MakesUpKeys.class;
    List<String> args =
        new ArrayList<>(List.of("simulate", "--gateway", "acme", "--jar", jar.toString()));
    args.addAll(List.of("--time-limit", rude ? "2" : "60", "--report", reports()));
    args.addAll(List.of(more));
    return Ran.alone(folder, args.toArray(String[]::new));
  }

  private JsonNode json() throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(folder.resolve("reports/simulation.json")));
  }

  private String reports() {
    return folder.resolve("reports").toString();
  }
}
