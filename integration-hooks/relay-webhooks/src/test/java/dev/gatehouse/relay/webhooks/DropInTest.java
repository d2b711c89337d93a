package dev.gatehouse.relay.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.dropin.Finder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module is found on the class path and on the module path, in a JVM of its own. */
class DropInTest {
  /** What the module needs to run, by the names of folders and JARs. */
  private static final List<String> NEEDED =
      List.of(
          "gateway-api",
          "gateway-json",
          "gateway-http-apache",
          "http-sink",
          "relay-webhooks",
          "httpclient5",
          "httpcore5",
          "jackson-",
          "jakarta.validation-api",
          "joda-",
          "jspecify",
          "slf4j-api");

  private static final String TESTS = Path.of("target", "test-classes").toString();

  /** A folder of classes that was not packed yet is known by the module that it is in. */
  private static boolean isNeeded(Path entry) {
    boolean isUnpacked = entry.endsWith(Path.of("target", "classes"));
    String name = (isUnpacked ? entry.getParent().getParent() : entry).getFileName().toString();
    return !entry.endsWith("test-classes") && NEEDED.stream().anyMatch(name::startsWith);
  }

  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> isNeeded(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void it_is_found_on_the_class_path() throws Exception {
    assertThat(run("-cp", libraries() + File.pathSeparator + TESTS, Finder.class.getName()))
        .contains("found false[]");
  }

  @Test
  void it_is_found_on_the_module_path() throws Exception {
    assertThat(
            run(
                "--module-path",
                libraries(),
                "--add-modules",
                "dev.gatehouse.relay.webhooks",
                "-cp",
                TESTS,
                Finder.class.getName()))
        .contains("found true[]");
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
    return said;
  }
}
