package dev.gatehouse.testkit.conformance.cli;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads a gateway with its libraries and its target. Of the kit's own class path they see the
 * framework, the testkit and what those expose, so that what a gateway needs and does not bring is
 * missing here as it will be missing in a shop; and no service files.
 */
final class KitLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  KitLoader(List<URL> jars, ClassLoader kit) {
    super("gateway-under-test", jars.toArray(URL[]::new), new Shared(kit));
  }

  /** What both sides see; the JDK is asked first. */
  private static final class Shared extends ClassLoader {
    private static final List<String> SHARED =
        List.of(
            "dev.gatehouse.",
            "org.joda.money.",
            "org.jspecify.annotations.",
            "org.slf4j.",
            "jakarta.validation.");

    static {
      registerAsParallelCapable();
    }

    private final ClassLoader kit;

    Shared(ClassLoader kit) {
      super("gatehouse-shared", ClassLoader.getPlatformClassLoader());
      this.kit = kit;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.stream().anyMatch(name::startsWith)) {
        return kit.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
