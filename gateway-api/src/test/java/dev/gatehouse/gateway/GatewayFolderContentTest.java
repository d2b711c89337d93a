package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.fake.BuiltJar;
import dev.gatehouse.fake.DroppedGateway;
import dev.gatehouse.fake.OwnJvm;
import dev.gatehouse.gateway.GatewayCatalog.Refusal;
import dev.gatehouse.plugin.PluginFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people put into a folder of gateways, and what becomes of it. */
class GatewayFolderContentTest {
  private static final String SERVICE = "META-INF/services/dev.gatehouse.spi.GatewayProvider";

  @TempDir Path work;
  @TempDir Path folder;

  @Test
  void a_class_path_in_one_gateways_manifest_does_not_take_another_gateway_down()
      throws IOException {
    drop("bolt", jar("bolt"));
    Path acme = Files.createDirectories(folder.resolve("acme")).resolve("acme.jar");
    withManifest(jar("acme"), acme, Map.of("Class-Path", "../bolt/bolt.jar"));
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers().keySet()).containsExactly("acme", "bolt");
      assertThat(dropped.catalog().refusals()).isEmpty();
    }
  }

  @Test
  void a_class_path_does_not_put_a_library_from_elsewhere_before_the_gateways_own()
      throws IOException {
    Path own = DroppedGateway.library(work, "own");
    Path foreign = DroppedGateway.library(work, "foreign");
    String source = DroppedGateway.source("acme", "lib.Lib.own()");
    Path sub = drop("acme", own);
    withManifest(
        DroppedGateway.jar(work, "acme", source, own),
        sub.resolve("acme.jar"),
        Map.of("Class-Path", foreign.toUri().toString()));
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().provider("acme").orElseThrow().description().version())
          .isEqualTo("own");
    }
  }

  @Test
  void of_two_versions_of_one_gateway_in_one_sub_folder_none_wins_and_both_are_named()
      throws IOException {
    Path sub = Files.createDirectories(folder.resolve("acme"));
    for (String version : new String[] {"1", "2"}) {
      String source = DroppedGateway.source("acme", "\"" + version + "\"");
      Files.copy(
          DroppedGateway.jar(work.resolve(version), "acme", source),
          sub.resolve("acme-" + version + ".jar"));
    }
    drop("bolt", jar("bolt"));
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers().keySet()).containsExactly("bolt");
      assertThat(only(dropped).source())
          .isEqualTo(sub.resolve("acme-1.jar") + " and " + sub.resolve("acme-2.jar"));
      assertThat(only(dropped).describe())
          .contains("all bring the gateway acme.Provider", "keep one of these JARs only");
    }
  }

  @Test
  void a_second_jar_with_the_gateways_class_is_told_even_if_it_does_not_announce_it()
      throws IOException {
    Path unannounced =
        BuiltJar.apart(
            work,
            "hidden",
            OwnJvm.libraries(),
            Map.of("acme/Provider.java", DroppedGateway.source("acme", "\"2\"")),
            Map.of());
    drop("acme", jar("acme"), unannounced);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers()).isEmpty();
      assertThat(only(dropped).source()).contains("acme.jar", "hidden.jar");
    }
  }

  @Test
  void the_api_may_even_lie_there_twice() throws IOException {
    Map<String, String> announces = Map.of(SERVICE, "dev.gatehouse.manual.ManualGatewayProvider");
    Path one = BuiltJar.apart(work, "gateway-api-1", "", Map.of(), announces);
    Path two = BuiltJar.apart(work, "gateway-api-2", "", Map.of(), announces);
    drop("acme", jar("acme"), one, two);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers().keySet()).containsExactly("acme");
      assertThat(dropped.catalog().refusals()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "my gateway", "größe", "50%", "a+b", "c#1", "wow!", "a!b"})
  void a_refusal_names_the_jar_as_it_is_called(String name) throws IOException {
    // Names a class that is not there: only the service file tells which JAR it is.
    Path hollow = BuiltJar.apart(work, "hollow", "", Map.of(), Map.of(SERVICE, "nowhere.Provider"));
    Path file = Files.createDirectories(folder.resolve("sub")).resolve(name + ".jar");
    Files.copy(hollow, file);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(only(dropped).source()).isEqualTo(file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "my gateways", "größe", "50%", "50%20", "a+b", "c#1", "wow!", "what?"})
  void a_folder_of_any_name_works(String name) throws IOException {
    Path named = Files.createDirectories(folder.resolve(name));
    drop(name + "/acme!", jar("acme"));
    try (GatewayFolder dropped = GatewayFolder.open(named)) {
      assertThat(dropped.catalog().refusals()).isEmpty();
      assertThat(dropped.catalog().provider("acme").orElseThrow().source())
          .isEqualTo("acme.Provider in " + named.resolve("acme!/acme.jar"));
    }
  }

  @Test
  void a_link_to_nowhere_is_told_by_name() throws IOException {
    Path sub = drop("acme", jar("acme"));
    Path nowhere = work.resolve("nowhere.jar");
    Path library = Files.createSymbolicLink(sub.resolve("lib.jar"), nowhere);
    Path gateway = Files.createSymbolicLink(folder.resolve("bolt"), nowhere);
    Files.createDirectories(folder.resolve("cube/cube.jar"));
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers()).isEmpty();
      assertThat(dropped.catalog().refusals())
          .extracting(Refusal::source)
          .containsExactly(
              library.toString(), gateway.toString(), folder.resolve("cube/cube.jar").toString());
      assertThat(dropped.catalog().refusals())
          .extracting(Refusal::reason)
          .containsExactly(
              "it is a link that leads nowhere",
              "it is a link that leads nowhere",
              "it is no file");
    }
  }

  @Test
  void a_sub_folder_that_is_a_link_is_looked_into() throws IOException {
    Path elsewhere = Files.createDirectories(work.resolve("elsewhere"));
    Files.copy(jar("acme"), elsewhere.resolve("acme.jar"));
    Files.createSymbolicLink(folder.resolve("acme"), elsewhere);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers().keySet()).containsExactly("acme");
    }
  }

  /** Passed over, they would be missed in the middle of a payment. */
  @ParameterizedTest
  @ValueSource(strings = {"lib", "lib/more"})
  void libraries_in_a_deeper_folder_are_told(String deeper) throws IOException {
    Path sub = drop("acme", jar("acme"));
    Path library = DroppedGateway.library(work, "late");
    Path file = drop("acme/" + deeper, library).resolve(library.getFileName());
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers()).isEmpty();
      assertThat(only(dropped).source()).isEqualTo(file.toString());
      assertThat(only(dropped).describe()).contains("lies deeper", "put it into " + sub);
    }
  }

  @Test
  void deeper_folders_without_jars_and_links_that_lead_back_do_no_harm() throws IOException {
    Path sub = drop("acme", jar("acme"));
    Files.writeString(Files.createDirectories(sub.resolve("docs")).resolve("readme.txt"), "Hi.");
    Files.createSymbolicLink(sub.resolve("docs/docs"), sub.resolve("docs"));
    drop("acme/.old", jar("bolt"));
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().refusals()).isEmpty();
      assertThat(dropped.catalog().providers().keySet()).containsExactly("acme");
    }
  }

  @Test
  void a_folder_that_can_not_be_read_to_its_end_is_an_error_of_reading() {
    IOException torn = new IOException("torn");
    Stream<Path> entries =
        Stream.of(folder)
            .peek(
                entry -> {
                  throw new UncheckedIOException(torn);
                });
    assertThatThrownBy(() -> PluginFolder.visible(entries)).isSameAs(torn);
  }

  @Test
  void of_a_multi_release_jar_the_release_for_this_java_is_used() throws IOException {
    Path old = DroppedGateway.library(work, "old");
    String source = DroppedGateway.source("acme", "lib.Lib.old()");
    Path sub = drop("acme", DroppedGateway.jar(work, "acme", source, old));
    Path young =
        BuiltJar.apart(
            work.resolve("young"),
            "lib",
            "",
            Map.of(
                "lib/Lib.java",
                "package lib; public class Lib { public static String old() { return \"17\"; } }"),
            Map.of());
    try (JarOutputStream both =
        new JarOutputStream(
            Files.newOutputStream(sub.resolve("lib.jar")),
            manifest(Map.of("Multi-Release", "true")))) {
      copy(old, both, "");
      copy(young, both, "META-INF/versions/17/");
    }
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().provider("acme").orElseThrow().description().version())
          .isEqualTo("17");
      URL url = loaderOf(dropped).getResource("lib/Lib.class");
      assertThat(url).asString().endsWith("META-INF/versions/17/lib/Lib.class");
      assertThat(url.openStream().readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void a_class_of_the_api_that_a_gateway_brings_too_is_the_apis() throws IOException {
    Path copies =
        BuiltJar.apart(
            work,
            "copies",
            "",
            Map.of(
                "org/joda/money/Money.java",
                "package org.joda.money; public class Money {}",
                "dev/gatehouse/spi/Capability.java",
                "package dev.gatehouse.spi; public enum Capability { NONE }"),
            Map.of());
    drop("acme", jar("acme"), copies);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      ClassLoader loader = loaderOf(dropped);
      assertThat(loader.loadClass("org.joda.money.Money")).isSameAs(Money.class);
      assertThat(loader.loadClass("dev.gatehouse.spi.Capability").getClassLoader())
          .isSameAs(Money.class.getClassLoader());
      assertThat(dropped.catalog().refusals()).isEmpty();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_gateway_reads_its_manifest_and_its_files_until_the_folder_is_closed() throws IOException {
    try (JarOutputStream to =
        new JarOutputStream(
            Files.newOutputStream(Files.createDirectories(folder.resolve("a")).resolve("a.jar")),
            manifest(Map.of("Implementation-Version", "4.5.6")))) {
      copy(jar("acme"), to, "");
      put(to, "words/größe 1!.txt", "Hello.".getBytes(StandardCharsets.UTF_8));
    }
    ClassLoader loader;
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      loader = loaderOf(dropped);
      Class<?> provider = dropped.catalog().provider("acme").orElseThrow().provider().getClass();
      assertThat(provider.getPackage().getImplementationVersion()).isEqualTo("4.5.6");
      assertThat(provider.getProtectionDomain().getCodeSource().getLocation())
          .asString()
          .endsWith("/a/a.jar");
      try (InputStream words = loader.getResourceAsStream("words/größe 1!.txt")) {
        assertThat(words).hasContent("Hello.");
      }
      assertThat(Collections.list(loader.getResources("words/größe 1!.txt"))).hasSize(1);
      assertThat(loader.getResource("words/none.txt")).isNull();
      assertThat(loader.getResourceAsStream("words/none.txt")).isNull();
    }
    assertThatThrownBy(() -> loader.loadClass("acme.Other"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.getResource("words/größe 1!.txt")).isNull();
  }

  private Path jar(String name) {
    return DroppedGateway.jar(work, name, DroppedGateway.source(name, "\"1\""));
  }

  private Path drop(String name, Path... jars) throws IOException {
    Path sub = Files.createDirectories(folder.resolve(name));
    for (Path jar : jars) {
      Files.copy(jar, sub.resolve(jar.getFileName()));
    }
    return sub;
  }

  private static Refusal only(GatewayFolder dropped) {
    assertThat(dropped.catalog().refusals()).hasSize(1);
    return dropped.catalog().refusals().get(0);
  }

  private static ClassLoader loaderOf(GatewayFolder dropped) {
    return dropped.catalog().provider("acme").orElseThrow().provider().getClass().getClassLoader();
  }

  /** The same JAR with these lines in its manifest. */
  private static void withManifest(Path jar, Path into, Map<String, String> lines)
      throws IOException {
    try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(into), manifest(lines))) {
      copy(jar, to, "");
    }
  }

  private static Manifest manifest(Map<String, String> lines) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    lines.forEach(manifest.getMainAttributes()::putValue);
    return manifest;
  }

  private static void copy(Path jar, JarOutputStream to, String before) throws IOException {
    try (ZipInputStream from = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        put(to, before + entry.getName(), from.readAllBytes());
      }
    }
  }

  private static void put(JarOutputStream to, String name, byte[] bytes) throws IOException {
    to.putNextEntry(new ZipEntry(name));
    to.write(bytes);
    to.closeEntry();
  }
}
