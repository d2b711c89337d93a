package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import acme.gateway.Good;
import acme.gateway.Modest;
import acme.gateway.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that authors get, run as they run it. */
class RunnableFileIT {
  private static final Path FILE = Path.of("target", "gateway-testkit-cli.jar").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void a_dropped_gateway_is_checked_by_the_one_file() throws Exception {
    Path jar =
        DroppedJar.write(
            folder.resolve("acme.jar"), List.of(Good.class), List.of(Targets.OfGood.class));
    Path reports = folder.resolve("reports");

    Ran list = run("list", "--jar", jar.toString());
    Ran ran =
        run("run", "--gateway", "acme", "--jar", jar.toString(), "--report", reports.toString());

    assertThat(list.err()).isEmpty();
    assertThat(list.out()).contains("acme.gateway.Good in acme.jar", "reference", "manual");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("FIT. Every MUST is kept.").doesNotContain("\u001b");
    assertThat(ran.code()).isZero();
    assertThat(reports).isDirectoryContaining("glob:**/report.{html,xml,json}");
    assertThat(Files.readString(reports.resolve("report.json")))
        .doesNotContain("(not packaged)")
        .contains("\"sha256\"");
  }

  /** The engine in the simulator validates, so the file must hold what it validates with. */
  @Test
  void the_one_file_plays_a_gateway_in_the_simulator() throws Exception {
    Ran ran = run("simulate", "--gateway", "reference", "--seeds", "1", "--time-limit", "60");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("every invariant held.");
    assertThat(ran.code()).isZero();
  }

  @Test
  void what_a_gateway_does_not_declare_is_refused_by_the_framework_in_the_file() throws Exception {
    Path jar =
        DroppedJar.write(
            folder.resolve("acme.jar"), List.of(Modest.class), List.of(Targets.OfModest.class));

    Ran ran =
        run(
            "run",
            "--gateway",
            "acme",
            "--jar",
            jar.toString(),
            "--check",
            "GW-REFUND-08",
            "--report",
            folder.resolve("reports").toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("refused as declared").doesNotContain("failed");
    assertThat(ran.code()).isZero();
  }

  @Test
  void the_version_is_that_of_the_build() throws Exception {
    assertThat(run("--version").out()).matches("gateway-testkit \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @Test
  void the_testkits_own_jar_holds_nothing_of_others() throws IOException {
    List<Path> own;
    try (Stream<Path> files = Files.list(FILE.getParent())) {
      own =
          files.filter(f -> f.getFileName().toString().matches("gateway-testkit-[0-9].*")).toList();
    }
    assertThat(own).isNotEmpty();
    for (Path file : own) {
      try (JarFile jar = new JarFile(file.toFile())) {
        assertThat(jar.stream().map(Object::toString))
            .as(file.toString())
            .noneMatch(name -> name.startsWith("picocli/") || name.startsWith("tools/"));
      }
    }
  }

  private Ran run(String... args) throws IOException, InterruptedException {
    return Ran.java(folder, List.of("-jar", FILE.toString()), args);
  }
}
