package com.acme.gateway;

import dev.gatehouse.docs.Repository;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The gateway as its author ships it: a JAR, compiled without the tests. */
public final class AcmeJar {
  private static final String SERVICE = "META-INF/services/dev.gatehouse.spi.GatewayProvider";
  private static final List<String> SOURCES =
      List.of("AcmeApi", "AcmeGateway", "AcmeGatewayProvider", "AcmePayment", "Forms");

  private AcmeJar() {}

  /** Builds it. */
  public static Path in(Path folder) throws IOException {
    Path classes = Files.createTempDirectory(Files.createDirectories(folder), ".classes");
    compile(classes);
    Path jar = folder.resolve("acme-gateway-1.0.0.jar");
    Path service = Repository.file("gateway-testkit/src/test/resources/acme").resolve(SERVICE);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      put(out, SERVICE, service);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(out, classes.relativize(file).toString().replace('\\', '/'), file);
      }
    }
    return jar;
  }

  private static void put(JarOutputStream out, String name, Path file) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(Files.readAllBytes(file));
    out.closeEntry();
  }

  private static void compile(Path classes) throws IOException {
    Path sources = Repository.file("gateway-testkit/src/test/java/com/acme/gateway");
    List<Path> files = SOURCES.stream().map(name -> sources.resolve(name + ".java")).toList();
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("--release", "17", "-proc:none", "-cp", withoutTests(), "-d", classes + "");
      var units = manager.getJavaFileObjectsFromPaths(files);
      if (!compiler.getTask(said, manager, null, options, null, units).call()) {
        throw new AssertionError("Acme's gateway does not compile: " + said);
      }
    }
  }

  private static String withoutTests() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
