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

/** Whole runs, each in a JVM of its own: whatever a gateway does, there is a report. */
class RunTest {
  /** One that opens nothing, and two that open the gateway. */
  private static final List<String> A_FEW =
      List.of("--check", "GW-DISC-01", "--check", "GW-DISC-05", "--check", "GW-SALE-01");

  @TempDir Path folder;

  @Test
  void the_reference_gateway_is_fit() throws Exception {
    Ran ran = Ran.alone(folder, "run", "--gateway", "reference", "--report", reports());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("FIT. Every MUST is kept.").doesNotContain("\u001b");
    assertThat(ran.code()).isZero();
    JsonNode json = json();
    assertThat(json.get("fit").booleanValue()).isTrue();
    assertThat(json.get("counts").get("failed").intValue()).isZero();
    assertThat(json.get("checks").size()).isEqualTo(json.get("counts").get("passed").intValue());
  }

  @Test
  void a_dropped_gateway_that_behaves_is_fit_from_its_own_class_loader() throws Exception {
    Path jar = drop(Good.class, Targets.OfGood.class);

    Ran ran =
        Ran.alone(
            folder, "run", "--gateway", "acme", "--jar", jar.toString(), "--report", reports());

    assertThat(ran.out()).endsWith("report.html\n").contains("FIT. Every MUST is kept.");
    assertThat(ran.code()).isZero();
    assertThat(json().get("jars").get(0).get("name").asString()).isEqualTo("acme.jar");
    assertThat(json().get("jars").get(0).get("sha256").asString()).matches("[0-9a-f]{64}");
  }

  @Test
  void what_a_gateway_prints_changes_no_verdict() throws Exception {
    Ran ran = runAFew(Faulty.Talks.class, Targets.OfTalks.class);

    assertThat(ran.out()).doesNotContain("by its own word").contains("SO FAR FIT.");
    assertThat(ran.code()).isZero();
  }

  @Test
  void a_gateway_that_hangs_is_told_with_the_place_and_the_run_goes_on() throws Exception {
    Ran ran = runAFew(drop(Faulty.Hangs.class, Targets.OfHangs.class), "--time-limit", "2");

    assertFailed(ran, "GW-SALE-01", "It did not come to an end within 2 s.", "Faulty.hang(");
    assertThat(standing("GW-DISC-01")).isEqualTo("passed");
    assertThat(standing("GW-DISC-05")).isEqualTo("failed");
  }

  @Test
  void a_gateway_that_ends_the_jvm_is_told_with_the_place_and_the_run_goes_on() throws Exception {
    Ran ran = runAFew(Faulty.Exits.class, Targets.OfExits.class);

    assertFailed(
        ran,
        "GW-SALE-01",
        "It ended the JVM with exit code 0.",
        "at acme.gateway.Faulty$Exits.open(");
    assertThat(standing("GW-DISC-01")).isEqualTo("passed");
  }

  @Test
  void a_gateway_that_throws_in_its_constructor_fails_every_check() throws Exception {
    Ran ran = runAFew(Faulty.Throws.class, Targets.OfThrows.class);

    assertFailed(ran, "GW-SALE-01", "no licence for this host", "Faulty$Throws.<init>");
    assertThat(json().get("counts").get("passed").intValue()).isZero();
  }

  @Test
  void a_gateway_that_eats_memory_is_told_as_that() throws Exception {
    Ran ran = runAFew(Faulty.Eats.class, Targets.OfEats.class);

    assertFailed(ran, "GW-SALE-01", "It used up the 256 MiB of memory");
    assertThat(standing("GW-DISC-01")).isEqualTo("passed");
  }

  @Test
  void a_gateway_that_eats_memory_beside_the_heap_is_told_as_that_too() throws Exception {
    Ran ran = runOne("GW-CONF-01", Faulty.MakesClasses.class, Targets.OfMakesClasses.class);

    assertThat(find("GW-CONF-01").get("seen").asString())
        .contains("It used up the 256 MiB of memory");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void a_gateway_that_takes_its_target_down_when_it_is_made_is_reported_all_the_same()
      throws Exception {
    Ran exits = runAFew(Faulty.ExitsWhenMade.class, Targets.OfExitsWhenMade.class);
    assertFailed(exits, "GW-DISC-01", "It ended the JVM with exit code 7.", "ExitsWhenMade.<init>");

    Ran hangs =
        runAFew(
            drop(Faulty.HangsWhenMade.class, Targets.OfHangsWhenMade.class), "--time-limit", "2");
    assertFailed(hangs, "GW-DISC-01", "within 2 s.", "HangsWhenMade.<init>");
  }

  @Test
  void a_waiver_lets_a_failure_pass_and_an_expired_one_does_not() throws Exception {
    Path jar = drop(Faulty.Exits.class, Targets.OfExits.class);
    Path waivers = folder.resolve("waivers.txt");

    Files.writeString(waivers, "GW-DISC-05 2199-01-01 Known.\nGW-SALE-01 2199-01-01 Known.\n");
    Ran waived = runAFew(jar, "--waivers", waivers.toString());
    assertThat(waived.out()).contains("Every MUST is kept, 2 waived", "until 2199-01-01  Known.");
    assertThat(waived.code()).isZero();
    assertThat(json().get("waivers").size()).isEqualTo(2);

    Files.writeString(waivers, "GW-DISC-05 2199-01-01 Known.\nGW-SALE-01 2020-01-01 Known.\n");
    Ran expired = runAFew(jar, "--waivers", waivers.toString());
    assertFailed(expired, "GW-SALE-01", "expired on 2020-01-01.");
  }

  @Test
  void a_gateway_that_can_not_be_unloaded_is_told() throws Exception {
    Ran ran = runOne("GW-RSRC-07", Faulty.Stays.class, Targets.OfStays.class);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(find("GW-RSRC-07").get("seen").asString()).contains("still refers to its classes");
    assertThat(ran.out()).contains("unregister whatever the JDK or an SDK knows of it");
  }

  @Test
  void a_gateway_that_writes_in_the_default_charset_is_told() throws Exception {
    Ran ran = runOne("GW-LOCALE-07", Faulty.WritesByDefault.class, Targets.OfWritesByDefault.class);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(find("GW-LOCALE-07").get("seen").asString()).contains("as they were written");
    assertThat(ran.out()).contains("Name StandardCharsets.UTF_8");
  }

  @Test
  void a_gateway_that_interrupts_the_kit_has_failed() throws Exception {
    Ran ran = runAFew(Faulty.InterruptsOthers.class, Targets.OfInterruptsOthers.class);

    assertFailed(ran, "GW-SALE-01", "It interrupted a thread that is not its own.");
    assertThat(json().get("counts").get("not-verified").intValue()).isZero();
  }

  @Test
  void why_a_class_could_not_be_initialised_is_told_though_it_was_asked_before() throws Exception {
    Ran ran = runAFew(Faulty.Unlicensed.class, Targets.OfUnlicensed.class);

    assertFailed(ran, "GW-SALE-01", "no licence file");
    assertThat(find("GW-DISC-05").get("seen").asString()).contains("no licence file");
  }

  @Test
  void what_a_gateway_says_is_cut_to_what_people_read() throws Exception {
    Ran ran = runAFew(Faulty.Rambles.class, Targets.OfRambles.class);

    assertFailed(
        ran, "GW-SALE-01", "It all began: and then", "(cut: ", " at acme.gateway.Faulty$R");
    assertThat(find("GW-SALE-01").get("seen").asString()).hasSizeLessThan(10_000);
    assertThat(folder.resolve("reports/report.json")).content().hasSizeLessThan(100_000);
  }

  @Test
  void a_class_that_is_missing_is_named_with_what_to_do() throws Exception {
    Ran ran = runAFew(Faulty.NeedsALibrary.class, Targets.OfNeedsALibrary.class);

    assertFailed(
        ran,
        "GW-SALE-01",
        "The class tools.jackson.databind.json.JsonMapper is in no JAR that was dropped",
        "name the JAR that has it with --jar, too",
        "Faulty$NeedsALibrary.open");
    assertThat(standing("GW-DISC-01")).isEqualTo("passed");
  }

  @Test
  void a_gateway_that_prints_its_secret_is_found() throws Exception {
    Ran ran = runOne("GW-SECR-03", Faulty.PrintsItsSecret.class, Targets.OfPrintsItsSecret.class);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(find("GW-SECR-03").get("seen").asString()).contains("shows a secret");
    assertThat(ran.out()).doesNotContain("canary");
  }

  private Ran runOne(String check, Class<?> gateway, Class<?> target) throws Exception {
    return Ran.alone(
        folder,
        "run",
        "--gateway",
        "acme",
        "--jar",
        drop(gateway, target).toString(),
        "--check",
        check,
        "--report",
        reports());
  }

  private Ran runAFew(Class<?> gateway, Class<?> target) throws Exception {
    return runAFew(drop(gateway, target));
  }

  private Ran runAFew(Path jar, String... more) throws Exception {
    List<String> args =
        new ArrayList<>(List.of("run", "--gateway", "acme", "--jar", jar.toString()));
    args.addAll(A_FEW);
    args.addAll(List.of(more));
    args.addAll(List.of("--report", reports()));
    return Ran.alone(folder, args.toArray(String[]::new));
  }

  private void assertFailed(Ran ran, String check, String... seen) throws Exception {
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("NOT FIT.").contains(seen).doesNotContain("\u001b");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(standing(check)).isEqualTo("failed");
    assertThat(find(check).get("seen").asString()).contains(seen);
    assertThat(json().get("checks").size()).isEqualTo(3);
    assertThat(folder.resolve("reports/report.html")).content().contains("Not fit", check);
    assertThat(folder.resolve("reports/report.xml")).content().contains("<failure ");
  }

  private String standing(String check) throws Exception {
    return find(check).get("standing").asString();
  }

  private JsonNode find(String check) throws Exception {
    for (JsonNode node : json().get("checks")) {
      if (node.get("id").asString().equals(check)) {
        return node;
      }
    }
    throw new AssertionError("the report has no " + check);
  }

  private JsonNode json() throws Exception {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("reports/report.json")));
  }

  private Path drop(Class<?> gateway, Class<?> target) throws Exception {
    return DroppedJar.write(folder.resolve("acme.jar"), List.of(gateway), List.of(target));
  }

  private String reports() {
    return folder.resolve("reports").toString();
  }
}
