package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that users get, run as they run it: {@code java -jar membership-site.jar}. */
class RunnableFileIT {
  private static final Path JAR = Path.of("target", "membership-site.jar").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path folder;

  @Test
  void the_tour_runs_from_the_one_file_in_any_locale_and_is_quiet_beside_its_output()
      throws Exception {
    Run run = java("tour");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.lastLine())
        .startsWith("tour: 16 checkouts")
        .endsWith("0 deviations, 0 invariant violations");
    assertThat(run.out()).contains("山田 花子", "Søren Ågård", "found gateway manual");
    assertThat(run.out()).startsWith("records in " + folder.toRealPath());
    assertThat(folder.resolve(StoreOption.DEFAULT)).isNotEmptyFile();
  }

  @Test
  void a_gateway_that_is_dropped_beside_it_takes_payments() throws Exception {
    Path gateways = Files.createDirectories(folder.resolve("gateways"));
    ForeignGateway.drop(gateways, true);

    Run run = java("tour", "--gateways", gateways.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("acme.Provider in").contains("gateway: USD 9.00");
    assertThat(run.lastLine()).endsWith("0 deviations, 0 invariant violations");
  }

  @Test
  void gateways_of_others_are_compiled_against_the_packaged_api() {
    assertThat(ForeignGateway.api())
        .allMatch(Files::isRegularFile)
        .anyMatch(jar -> jar.getFileName().toString().matches("gateway-api-.*\\.jar"));
  }

  @Test
  void two_gateways_with_conflicting_libraries_take_payments_beside_a_broken_third_one()
      throws Exception {
    Path gateways = Files.createDirectories(folder.resolve("gateways"));
    ForeignGateway.dropWithLibrary(gateways, "first", 1);
    ForeignGateway.dropWithLibrary(gateways, "second", 2);
    Path broken = Files.createDirectories(gateways.resolve("third")).resolve("broken.jar");
    Files.writeString(broken, "no JAR");

    Run list = java("gateways", "--gateways", gateways.toString());
    Run tour = java("tour", "--gateways", gateways.toString());

    assertThat(list.out())
        .containsPattern("first +on +test +first +1\\.0\\.0 +card")
        .containsPattern("second +on +test +second +2\\.0\\.0 +card")
        .contains(broken + ": it is no JAR that can be read");
    assertThat(list.exitCode()).isEqualTo(1);
    assertThat(tour.out())
        .containsPattern("Ada Lovelace .*first +approved +COMPLETED +gateway: USD 9\\.00")
        .containsPattern("Ada Lovelace .*second +approved +COMPLETED +gateway: USD 9\\.00")
        .contains(broken + ": it is no JAR that can be read");
    assertThat(tour.lastLine()).endsWith("0 deviations, 0 invariant violations");
    assertThat(tour.exitCode()).isZero();
  }

  @Test
  void a_gateway_that_lies_beside_it_on_the_class_path_takes_payments() throws Exception {
    Path gateways = Files.createDirectories(folder.resolve("gateways"));
    ForeignGateway.drop(gateways, true);
    Path acme = gateways.resolve("acme/acme-gateway.jar");
    Path settings =
        Files.writeString(
            folder.resolve("my.properties"),
            "gateway.acme-eu.provider = acme\ngateway.acme-eu.mode = test\n");

    Run list = beside(acme, "gateways", "--settings", settings.toString());
    Run tour = beside(acme, "tour", "--settings", settings.toString());

    assertThat(list.err()).isEmpty();
    assertThat(list.out())
        .containsPattern("acme-eu +on +test +acme +3\\.2\\.1 +card")
        .contains("acme.Provider in " + acme);
    assertThat(list.exitCode()).isZero();
    assertThat(tour.err()).isEmpty();
    assertThat(tour.out()).contains("gateway: USD 9.00");
    assertThat(tour.lastLine())
        .matches("tour: [45] checkouts, .*0 deviations, 0 invariant violations");
    assertThat(tour.exitCode()).isZero();
  }

  @Test
  void bad_files_end_with_exit_code_2() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.json"), "{\"plans\": 1}");

    Run run = java("tour", "--plans", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("mine.json:1: plans").doesNotContain("Exception");
  }

  @Test
  void the_version_is_that_of_the_build() throws Exception {
    assertThat(java("--version").out()).matches("membership-site \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @Test
  void the_service_files_of_all_parts_were_merged() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String service = "META-INF/services/dev.gatehouse.spi.GatewayProvider";
      try (InputStream in = jar.getInputStream(jar.getJarEntry(service))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .contains("ManualGatewayProvider", "ReferenceGatewayProvider");
      }
      assertThat(jar.getJarEntry("META-INF/services/jakarta.validation.spi.ValidationProvider"))
          .isNotNull();
      assertThat(jar.getJarEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
          .isNotNull();
    }
  }

  private Run java(String... args) throws IOException, InterruptedException {
    return run(List.of("-jar", JAR.toString()), args);
  }

  private Run beside(Path gateway, String... args) throws IOException, InterruptedException {
    String path = JAR + File.pathSeparator + gateway;
    return run(List.of("-cp", path, MembershipSite.class.getName()), args);
  }

  private Run run(List<String> program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(program);
    command.addAll(List.of(args));
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(
        process.exitValue(),
        Files.readString(out.toPath(), StandardCharsets.UTF_8),
        Files.readString(err.toPath(), StandardCharsets.UTF_8));
  }
}
