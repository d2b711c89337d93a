package dev.gatehouse.fake;

import dev.gatehouse.spi.GatewayProvider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program in a JVM of its own, of the Java that runs the tests. */
public final class OwnJvm {
  private static final List<String> NEEDED =
      List.of(
          "jakarta.validation-api",
          "joda-money",
          "joda-convert",
          "jspecify",
          "slf4j-api",
          "hibernate-validator",
          "jboss-logging",
          "classmate");

  private OwnJvm() {}

  /** Runs it; what it printed, which is also the complaint if it ends with an error. */
  public static String run(Path folder, Map<String, String> environment, String... arguments) {
    try {
      Path said = Files.createTempFile(folder, "said", ".txt");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(said, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError("it did not end well: " + text);
      }
      return text;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** This module as compiled, without its tests, and the libraries that it needs to run. */
  public static String libraries() {
    String others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    NEEDED.stream()
                        .anyMatch(name -> Path.of(entry).getFileName().toString().startsWith(name)))
            .collect(Collectors.joining(File.pathSeparator));
    return api() + File.pathSeparator + others;
  }

  private static Path api() {
    try {
      return Path.of(
          GatewayProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
