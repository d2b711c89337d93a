package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where gateways are, and how long one of their calls may take. */
final class JarOptions {
  private static final int DEFAULT_SECONDS = 10;
  private static final int LONGEST = 3_600;

  @Option(
      names = "--jar",
      arity = "1..*",
      paramLabel = "FILE-OR-DIR",
      description = {
        "JARs, or folders of JARs: the gateway, its target,",
        "and the libraries that they need."
      })
  private List<Path> named = new ArrayList<>();

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "How long a check, or a seed, may take; 10 without it.")
  private int seconds = DEFAULT_SECONDS;

  List<Jar> jars() {
    return Jars.read(named);
  }

  Duration limit() {
    if (seconds < 1 || seconds > LONGEST) {
      throw new InvalidInputException(
          new Problem(
              "--time-limit",
              "time-limit.range",
              seconds + " is no limit",
              "give seconds from 1 to " + LONGEST));
    }
    return Duration.ofSeconds(seconds);
  }

  static Workers workers(List<Jar> jars, Duration limit) {
    return new Workers(jars.stream().map(Jar::path).toList(), limit);
  }
}
