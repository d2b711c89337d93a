package com.nordlicht.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.testkit.conformance.TestTarget;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The gateway is compiled as a module, so the compiler holds it to what the API exports. Its tests
 * are on the class path, where nobody does; this does.
 */
class PublishedOnlyTest {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?(dev\\.gatehouse(?:\\.[a-z]+)*)\\.[A-Z].*");

  @Test
  void all_that_is_used_is_exported() throws IOException, URISyntaxException {
    Set<String> exported = new TreeSet<>();
    exported.addAll(exportsOf(GatewayProvider.class));
    exported.addAll(exportsOf(TestTarget.class));

    assertThat(imported()).hasSizeGreaterThan(5).isSubsetOf(exported);
  }

  private static Set<String> exportsOf(Class<?> type) throws URISyntaxException {
    Path where = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ModuleFinder.of(where).findAll().stream()
        .flatMap(module -> module.descriptor().exports().stream())
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  private static Set<String> imported() throws IOException {
    Set<String> packages = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        List<String> lines = Files.readAllLines(file);
        lines.stream()
            .map(IMPORT::matcher)
            .filter(found -> found.matches())
            .forEach(found -> packages.add(found.group(1)));
      }
    }
    return packages;
  }
}
