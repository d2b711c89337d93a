package dev.gatehouse.testkit.conformance.cli;

import acme.gateway.Good;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.testkit.conformance.TestTarget;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs the gateways of {@code acme.gateway} as their author would. */
final class DroppedJar {
  private DroppedJar() {}

  /** A JAR with all of their classes, which announces these gateways and targets. */
  static Path write(Path file, List<Class<?>> gateways, List<Class<?>> targets) throws IOException {
    return write(file, "acme/gateway", gateways, targets);
  }

  /** A JAR with all classes of this folder, which announces these of them. */
  static Path write(Path file, String folder, List<Class<?>> gateways, List<Class<?>> targets)
      throws IOException {
    Path root = root();
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        Stream<Path> classes = Files.list(root.resolve(folder))) {
      for (Path type : classes.filter(Files::isRegularFile).sorted().toList()) {
        put(jar, folder + "/" + type.getFileName(), Files.readAllBytes(type));
      }
      announce(jar, GatewayProvider.class, gateways);
      announce(jar, TestTarget.class, targets);
    }
    return file;
  }

  /** Where the compiler put the tests. */
  static Path root() {
    try {
      return Path.of(Good.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void announce(JarOutputStream jar, Class<?> service, List<Class<?>> types)
      throws IOException {
    if (!types.isEmpty()) {
      List<String> names = types.stream().map(Class::getName).toList();
      put(
          jar,
          "META-INF/services/" + service.getName(),
          ("# of Acme\n" + String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }
}
