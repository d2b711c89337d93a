package dev.gatehouse.relay.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.dropin.Finder;
import dev.gatehouse.relay.dropin.Shop;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The module is found on the class path, on the module path and in a folder of JARs, in a JVM of
 * its own.
 */
class DropInTest {
  /** What a hook in a folder has from the application, by the names of folders and JARs. */
  private static final List<String> OF_THE_APPLICATION =
      List.of(
          "gateway-api",
          "jakarta.validation-api",
          "joda-",
          "jspecify",
          "slf4j-api",
          "hibernate-validator",
          "jboss-logging",
          "classmate");

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
  private static String nameOf(Path entry) {
    boolean isUnpacked = entry.endsWith(Path.of("target", "classes"));
    return (isUnpacked ? entry.getParent().getParent() : entry).getFileName().toString();
  }

  private static boolean isNeeded(Path entry) {
    return NEEDED.stream().anyMatch(nameOf(entry)::startsWith);
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> !entry.endsWith("test-classes"));
  }

  private static boolean isOfTheApplication(Path entry) {
    return OF_THE_APPLICATION.stream().anyMatch(nameOf(entry)::startsWith);
  }

  private static String libraries() {
    return joined(classPath().filter(DropInTest::isNeeded));
  }

  private static String joined(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
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

  @Test
  void it_runs_out_of_a_folder_with_its_libraries_beside_it(@TempDir Path folder) throws Exception {
    Path dropped = Files.createDirectories(folder.resolve("hooks").resolve("webhooks"));
    for (Path entry : classPath().filter(DropInTest::isNeeded).toList()) {
      if (!isOfTheApplication(entry)) {
        packTo(dropped, entry);
      }
    }
    try (Receiver receiver = new Receiver()) {
      Properties settings = new Properties();
      settings.setProperty("hook.shop-a.provider", "relay-webhooks");
      Endpoints.settings(receiver.url())
          .forEach((name, value) -> settings.setProperty("hook.shop-a." + name, value));
      Path file = folder.resolve("hooks.properties");
      try (Writer out = Files.newBufferedWriter(file)) {
        settings.store(out, null);
      }

      String said =
          run(
              "-cp",
              joined(classPath().filter(DropInTest::isOfTheApplication))
                  + File.pathSeparator
                  + TESTS,
              Shop.class.getName(),
              dropped.getParent().toString(),
              file.toString());

      assertThat(said).contains("told 1");
      assertThat(receiver.eventIds()).containsExactly("ann/created");
    }
  }

  private static void packTo(Path dropped, Path entry) throws IOException {
    if (Files.isRegularFile(entry)) {
      Files.copy(entry, dropped.resolve(entry.getFileName()));
      return;
    }
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(dropped.resolve(nameOf(entry) + ".jar")));
        Stream<Path> files = Files.walk(entry)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(entry.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
    }
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
