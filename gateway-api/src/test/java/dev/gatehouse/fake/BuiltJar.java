package dev.gatehouse.fake;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** JARs that are compiled while a test runs, under the build's own folder. */
public final class BuiltJar {
  private static final String SERVICES = "META-INF/services/";

  private BuiltJar() {}

  /** A JAR on the class path: sources by file name, and the gateways that it announces. */
  public static Path onClassPath(
      Path folder, String name, Map<String, String> sources, String... services) {
    return announcing("dev.gatehouse.spi.GatewayProvider", folder, name, sources, services);
  }

  /** A JAR on the class path: sources by file name, and the hooks that it announces. */
  public static Path ofHooks(
      Path folder, String name, Map<String, String> sources, String... services) {
    return announcing("dev.gatehouse.hook.LifecycleHook", folder, name, sources, services);
  }

  /**
   * A JAR on the class path: sources by file name, and the providers of hooks that it announces.
   */
  public static Path ofHookProviders(
      Path folder, String name, Map<String, String> sources, String... services) {
    return announcing("dev.gatehouse.hook.HookProvider", folder, name, sources, services);
  }

  private static Path announcing(
      String service, Path folder, String name, Map<String, String> sources, String... services) {
    // What the sources need to compile is what this test runs on.
    List<String> options = List.of("-cp", System.getProperty("java.class.path"));
    String lines = String.join("\n", services);
    return built(folder, name, sources, options, Map.of(SERVICES + service, lines));
  }

  /** A JAR compiled against this class path and nothing else: sources and resources by name. */
  public static Path apart(
      Path folder,
      String name,
      String classPath,
      Map<String, String> sources,
      Map<String, String> resources) {
    return built(folder, name, sources, List.of("-cp", classPath), resources);
  }

  /** A class path of several parts. */
  public static String path(String first, Path... more) {
    StringBuilder path = new StringBuilder(first);
    for (Path part : more) {
      path.append(File.pathSeparator).append(part);
    }
    return path.toString();
  }

  /** A module: sources by file name, {@code module-info.java} among them. */
  public static Path onModulePath(
      Path folder, String name, String modulePath, Map<String, String> sources) {
    return built(folder, name, sources, List.of("--module-path", modulePath), Map.of());
  }

  /** The source of a provider with this id that can open a gateway which can do nothing. */
  public static String provider(String packageName, String type, String id, String constructor) {
    return """
        package %s;
        import dev.gatehouse.spi.*;
        public final class %s implements GatewayProvider {
          public %s() { %s }
          @Override public int spiVersion() { return SPI_VERSION; }
          @Override public String id() { return "%s"; }
          @Override public GatewayDescription describe() {
            return GatewayDescription.builder("Tiny", "1").method(MethodSpec.withToken("card")).build();
          }
          @Override public PaymentGateway open(GatewaySettings settings, GatewayEnvironment world) {
            return new PaymentGateway() {
              @Override public Outcome charge(ChargeRequest request) { return null; }
              @Override public Lookup lookup(Trace trace) { return null; }
              @Override public void close() {}
            };
          }
        }
        """
        .formatted(packageName, type, type, constructor, id);
  }

  private static Path built(
      Path folder,
      String name,
      Map<String, String> sources,
      List<String> options,
      Map<String, String> resources) {
    try {
      Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
      compile(folder.resolve(name + "-sources"), classes, sources, options);
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        Path file = classes.resolve(resource.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, resource.getValue());
      }
      Path jar = folder.resolve(name + ".jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
          Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          out.write(Files.readAllBytes(file));
          out.closeEntry();
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(
      Path folder, Path classes, Map<String, String> sources, List<String> options)
      throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-d", classes.toString(), "-proc:none"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean done =
          compiler
              .getTask(said, manager, null, all, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!done) {
        throw new AssertionError("the sources of the test do not compile: " + said);
      }
    }
  }
}
