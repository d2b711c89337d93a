package dev.gatehouse.plugin;

import java.util.Set;

/**
 * What plug-ins of a folder see of the application: the exported packages of the API, what those
 * expose, and the JDK. They see none of the application's own libraries, so that one may bring
 * other versions of them; and no service files, so that nobody finds somebody else's services.
 */
public final class ApiLoader extends ClassLoader {
  /** What module-info exports; a test holds them against each other. */
  public static final Set<String> EXPORTED =
      Set.of(
          "dev.gatehouse",
          "dev.gatehouse.checkout",
          "dev.gatehouse.command",
          "dev.gatehouse.customer",
          "dev.gatehouse.engine",
          "dev.gatehouse.error",
          "dev.gatehouse.event",
          "dev.gatehouse.facts",
          "dev.gatehouse.gateway",
          "dev.gatehouse.hook",
          "dev.gatehouse.http",
          "dev.gatehouse.id",
          "dev.gatehouse.machine",
          "dev.gatehouse.manual",
          "dev.gatehouse.membership",
          "dev.gatehouse.money",
          "dev.gatehouse.operations",
          "dev.gatehouse.payment",
          "dev.gatehouse.spi",
          "dev.gatehouse.store",
          "dev.gatehouse.validation");

  /** What the signatures of the API name. */
  private static final Set<String> EXPOSED =
      Set.of(
          "org.joda.money",
          "org.joda.money.format",
          "org.jspecify.annotations",
          "org.slf4j",
          "org.slf4j.event",
          "org.slf4j.helpers",
          "org.slf4j.spi");

  private static final String VALIDATION = "jakarta.validation";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;

  /** Lets through to the loader that the API itself came from. */
  ApiLoader(ClassLoader application) {
    super("gatehouse-api", ClassLoader.getPlatformClassLoader());
    this.application = application;
  }

  /** The JDK was asked before this. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isShared(name)) {
      return application.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  /** Whether plug-ins get this class from here, whatever they bring themselves. */
  static boolean isShared(String className) {
    int dot = className.lastIndexOf('.');
    String inPackage = dot < 0 ? "" : className.substring(0, dot);
    return EXPORTED.contains(inPackage)
        || EXPOSED.contains(inPackage)
        || inPackage.equals(VALIDATION)
        || inPackage.startsWith(VALIDATION + ".");
  }
}
