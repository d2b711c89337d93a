package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One run of the command line. */
record Ran(int code, String out, String err) {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final int LONGEST_SECONDS = 120;

  /** In this JVM, in the spring of 2026. */
  static Ran here(String... args) {
    return at(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC), args);
  }

  /** In this JVM, by this clock. */
  static Ran at(Clock clock, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        ConformanceCli.run(
            new PrintWriter(out, true), new PrintWriter(err, true), false, clock, args);
    return new Ran(code, out.toString(), err.toString());
  }

  /** In a JVM of its own, without the tests on its class path. */
  static Ran alone(Path folder, String... args) throws IOException, InterruptedException {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).toAbsolutePath().equals(DroppedJar.root()))
            .collect(Collectors.joining(File.pathSeparator));
    return java(folder, List.of("-cp", path, ConformanceCli.class.getName()), args);
  }

  /** A program in a JVM of its own. */
  static Ran java(Path folder, List<String> program, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(program);
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
