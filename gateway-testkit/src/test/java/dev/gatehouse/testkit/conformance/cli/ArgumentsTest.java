package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import acme.gateway.Faulty;
import acme.gateway.Good;
import acme.gateway.Modest;
import acme.gateway.Targets;
import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a command is told with what to do about it, and ends with exit code 2. */
class ArgumentsTest {
  @TempDir Path folder;

  @Test
  void a_command_that_is_none_is_refused() {
    assertRefused(Ran.here("runn"), "runn");
    assertRefused(Ran.here("run"), "--gateway");
  }

  @Test
  void an_unknown_group_or_check_is_told_with_those_that_are_known() {
    assertRefused(
        run("reference", "--group", "sales", "--check", "GW-NONE-01"),
        "there is no group 'sales'; take one of discovery, ",
        "there is no check 'GW-NONE-01'; take one of those that the command 'checks' lists");
    assertRefused(Ran.here("explain", "GW-NONE-01"), "there is no check 'GW-NONE-01'");
  }

  @Test
  void a_jar_without_a_gateway_is_told_with_the_file_that_it_lacks() throws Exception {
    Path jar = DroppedJar.write(folder.resolve("library.jar"), List.of(), List.of());

    assertRefused(
        run("acme", "--jar", jar.toString()),
        "there is no gateway in library.jar",
        "META-INF/services/dev.gatehouse.spi.GatewayProvider");
    assertRefused(Ran.here("list", "--jar", jar.toString()), "there is no gateway in library.jar");
  }

  @Test
  void what_is_no_jar_is_told_all_at_once() throws Exception {
    Path text = Files.writeString(folder.resolve("text.jar"), "no JAR");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path none = folder.resolve("none.jar");

    assertRefused(
        run("acme", "--jar", text.toString(), empty.toString(), none.toString()),
        "text.jar is no JAR that can be read",
        "there is no JAR in the folder " + empty,
        "there is nothing at " + none);
  }

  @Test
  void a_folder_of_gateways_folders_is_told_with_those_to_choose_from() throws Exception {
    Path one = Files.createDirectories(folder.resolve("gateways/acme"));
    Path two = Files.createDirectories(folder.resolve("gateways/zenith"));
    Files.createDirectories(folder.resolve("gateways/notes"));
    DroppedJar.write(one.resolve("acme.jar"), List.of(Good.class), List.of());
    DroppedJar.write(two.resolve("zenith.jar"), List.of(Good.class), List.of());

    assertRefused(
        Ran.here("list", "--jar", folder.resolve("gateways").toString()),
        "there is no JAR in the folder " + folder.resolve("gateways") + " itself",
        "name the folder of one gateway",
        ": " + one + " or " + two);
  }

  @Test
  void two_gateways_with_one_id_are_told_with_their_jars() throws Exception {
    DroppedJar.write(folder.resolve("one.jar"), List.of(Good.class), List.of(Targets.OfGood.class));
    DroppedJar.write(folder.resolve("two.jar"), List.of(Faulty.Hangs.class), List.of());

    assertRefused(
        run("acme", "--jar", folder.toString()),
        "several gateways have the id 'acme'",
        "one.jar",
        "two.jar");
  }

  @Test
  void a_gateway_that_is_not_there_is_told_with_those_that_are() {
    assertRefused(run("acme"), "there is no gateway 'acme'", "manual, reference");
  }

  @Test
  void a_gateway_without_a_target_is_told_how_to_get_one() throws Exception {
    Path good = DroppedJar.write(folder.resolve("acme.jar"), List.of(Good.class), List.of());
    assertRefused(
        run("acme", "--jar", good.toString()),
        "there is no target for the gateway 'acme'",
        "name its class with --target");

    Path bad = DroppedJar.write(good, List.of(Faulty.Throws.class), List.of());
    assertRefused(
        run("acme", "--jar", bad.toString()), "could not be asked", "no licence for this host");
  }

  @Test
  void several_targets_are_told_and_one_can_be_named() throws Exception {
    Path jar =
        DroppedJar.write(
            folder.resolve("acme.jar"),
            List.of(Good.class),
            List.of(Targets.OfGood.class, Targets.OfTalks.class));
    assertRefused(
        run("acme", "--jar", jar.toString()), "several targets are for", "OfGood", "OfTalks");

    Ran named =
        run(
            "acme",
            "--jar",
            jar.toString(),
            "--target",
            Targets.OfGood.class.getName(),
            "--check",
            "GW-DISC-02");
    assertThat(named.code()).as(named.err()).isZero();
  }

  @Test
  void a_target_that_is_none_is_told() {
    assertRefused(run("reference", "--target", "acme.None"), "there is no class acme.None");
    assertRefused(run("reference", "--target", "java.lang.String"), "is no ");
    assertRefused(
        run("reference", "--target", Targets.OfGood.class.getName()), "is for the gateway 'acme'");
  }

  @Test
  void a_waiver_of_an_unknown_check_is_told_by_line() throws Exception {
    Path file = Files.writeString(folder.resolve("waivers.txt"), "\nGW-NONE-01 2027-03-01 No.\n");

    assertRefused(
        run("reference", "--waivers", file.toString()),
        file + ":2: there is no check 'GW-NONE-01' that could be waived");
  }

  @Test
  void settings_that_are_not_the_gateways_or_secret_are_told() throws Exception {
    Path file =
        Files.writeString(folder.resolve("acme.properties"), "colour = red\nsecret-key = sk\n");

    Ran ran = run("reference", "--config", file.toString());

    assertRefused(
        ran,
        file + ": colour: the gateway has no such setting; take one of ",
        file + ": secret-key: the kit chooses secrets itself");
    assertThat(ran.err().lines().findFirst())
        .as("no secret is proposed that would be refused")
        .hasValueSatisfying(line -> assertThat(line).contains("base-url").doesNotContain("secret"));
    assertRefused(run("reference", "--config", folder.resolve("none").toString()), "can't be read");
  }

  @Test
  void a_setting_that_no_shop_could_set_is_told_and_not_taken_for_the_gateways_failure()
      throws Exception {
    Path file = Files.writeString(folder.resolve("acme.properties"), "base-url = over there\n");

    assertRefused(
        run("reference", "--config", file.toString()), "base-url: it is no https address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://provider.example",
        "https://somebody@provider.example",
        "https://provider.example\\u0000",
        "https://provider.example\\u0020",
      })
  void an_address_that_a_shop_may_not_set_is_not_set_here(String address) throws Exception {
    Path file = Files.writeString(folder.resolve("acme.properties"), "base-url = " + address);

    assertRefused(run("reference", "--config", file.toString()), file + ": base-url: it ");
  }

  @Test
  void a_folder_in_which_nothing_can_be_made_is_told_before_any_check() {
    Path place = Path.of("/proc");
    assumeTrue(Files.isDirectory(place), "a folder that takes no files, even from root");

    Ran ran = Ran.here("run", "--gateway", "reference", "--report", place.toString());

    assertRefused(ran, "nothing can be written to the folder /proc");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void settings_reach_the_gateway_and_the_report() throws Exception {
    Path file = Files.writeString(folder.resolve("acme.properties"), "publishable-key = wrong\n");

    Ran ran = run("reference", "--config", file.toString(), "--check", "GW-CONF-01");

    assertThat(ran.code()).as(ran.out()).isEqualTo(1);
    assertThat(ran.out()).contains("publishable-key");
    assertThat(folder.resolve("reports/report.html")).content().contains("Setting publishable-key");
  }

  @Test
  void a_folder_that_can_not_be_made_is_told_before_any_check() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    Ran ran = Ran.here("run", "--gateway", "reference", "--report", file.resolve("x").toString());

    assertRefused(ran, "nothing can be written to the folder");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void a_limit_of_no_time_is_told() {
    assertRefused(run("reference", "--time-limit", "0"), "give seconds from 1 to 3600");
  }

  @Test
  void the_list_tells_gateways_targets_and_what_fails_when_it_is_asked() throws Exception {
    Path good =
        DroppedJar.write(
            folder.resolve("good.jar"), List.of(Good.class), List.of(Targets.OfGood.class));
    Ran fine = Ran.here("list", "--jar", good.toString());
    assertThat(fine.out())
        .containsPattern("acme +Reference provider +\\S+ +acme.gateway.Targets\\$OfGood")
        .contains("acme.gateway.Good in good.jar")
        .containsPattern("reference +Reference provider .*ReferenceTarget")
        .containsPattern("manual .* none ");
    assertThat(fine.code()).isZero();

    Path bad = DroppedJar.write(folder.resolve("bad.jar"), List.of(Faulty.Throws.class), List.of());
    Ran broken = Ran.here("list", "--jar", good.toString(), bad.toString());
    assertThat(broken.out()).contains("Faulty$Throws in bad.jar\n  It threw", "no licence");
    assertThat(broken.code()).isEqualTo(1);
  }

  @Test
  void the_list_tells_of_two_gateways_with_one_id_as_no_shop_takes_either() throws Exception {
    Path one = DroppedJar.write(folder.resolve("one.jar"), List.of(Good.class), List.of());
    Path two = DroppedJar.write(folder.resolve("two.jar"), List.of(Modest.class), List.of());

    Ran ran = Ran.here("list", "--jar", one.toString(), two.toString());

    assertThat(ran.out())
        .contains("several gateways have the id 'acme': ", "Good in one.jar", "Modest in two.jar");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void what_a_gateway_or_a_target_leaves_out_is_told_in_words() throws Exception {
    Path jar =
        DroppedJar.write(
            folder.resolve("acme.jar"),
            List.of(Faulty.HasNoId.class, Faulty.HasNoDescription.class),
            List.of(Targets.OfNobody.class));

    Ran ran = Ran.here("list", "--jar", jar.toString());

    assertThat(ran.out())
        .contains("Faulty$HasNoId.id() returned null")
        .contains("Faulty$HasNoDescription.describe() returned null")
        .contains("Targets$OfNobody.gateway() returned null")
        .doesNotContain("NullPointerException");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void the_catalogue_is_listed_in_full_and_each_check_explained() {
    Ran list = Ran.here("checks");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains(ConformanceKit.catalogue().stream().map(Check::id).toList());
    assertThat(Ran.here("checks", "--group", "sale").out())
        .contains("GW-SALE-01")
        .doesNotContain("GW-HOOK-01");

    Check check = ConformanceKit.catalogue().get(0);
    assertThat(Ran.here("explain", check.id()).out())
        .contains(check.rule(), check.why(), check.remedy());
  }

  private Ran run(String gateway, String... more) {
    List<String> args = new ArrayList<>(List.of("run", "--gateway", gateway));
    args.addAll(List.of(more));
    args.addAll(List.of("--report", folder.resolve("reports").toString()));
    return Ran.here(args.toArray(String[]::new));
  }

  private static void assertRefused(Ran ran, String... told) {
    assertThat(ran.err()).contains(told).doesNotContain("\tat ", "nobody foresaw");
    assertThat(ran.code()).isEqualTo(2);
  }
}
