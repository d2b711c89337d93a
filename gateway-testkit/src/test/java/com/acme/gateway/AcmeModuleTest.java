package com.acme.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.docs.Repository;
import dev.gatehouse.gateway.GatewayCatalog;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the two files beside the sources are right: the service file and module-info. */
class AcmeModuleTest {
  private static final List<String> SOURCES =
      List.of("AcmeApi", "AcmeGateway", "AcmeGatewayProvider", "AcmePayment", "Forms");

  private final Path extras = Repository.file("gateway-testkit/src/test/resources/acme");
  private final Path sources = Repository.file("gateway-testkit/src/test/java/com/acme/gateway");

  @Test
  void the_service_file_lets_the_gateway_be_found() throws IOException {
    URL[] folder = {extras.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(folder, getClass().getClassLoader())) {
      GatewayCatalog found = GatewayCatalog.discover(loader);

      assertThat(found.provider("acme")).isPresent();
      assertThat(found.refusals()).isEmpty();
    }
  }

  @Test
  void the_sources_compile_as_a_module_of_their_own(@TempDir Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    SOURCES.forEach(name -> files.add(sources.resolve(name + ".java")));
    files.add(extras.resolve("module-info.java"));
    StringWriter complaints = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  manager,
                  null,
                  List.of("--release", "17", "--module-path", modulePath(), "-d", classes + ""),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();

      assertThat(compiled).as(complaints.toString()).isTrue();
    }
    assertThat(Files.exists(classes.resolve("module-info.class"))).isTrue();
  }

  /** Everything on this test's class path but the tests themselves. */
  private static String modulePath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
