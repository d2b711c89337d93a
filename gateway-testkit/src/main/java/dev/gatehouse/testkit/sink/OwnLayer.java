package dev.gatehouse.testkit.sink;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A module with what it needs, in a layer of its own: what is on the class path of a test is looked
 * for there as on a module path.
 */
public final class OwnLayer {
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "(jackson-(core|databind|annotations)|joda-money|jakarta\\.validation-api|slf4j-api"
              + "|jspecify|gateway-api|gateway-json|http-sink)-.*\\.jar");

  private OwnLayer() {}

  /**
   * The names of the classes that provide a service in modules, once this one is resolved.
   *
   * @param module the module to begin with
   * @param service the name of the service's type, which a module of ours holds
   */
  public static List<String> providers(String module, String service) {
    ModuleFinder finder =
        ModuleFinder.of(
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(OwnLayer::isNeeded)
                .toArray(Path[]::new));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration resolved =
        boot.configuration().resolve(finder, ModuleFinder.of(), Set.of(module));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader());
    try {
      Class<?> type = layer.findLoader(module).loadClass(service);
      return ServiceLoader.load(layer, type).stream()
          .map(provider -> provider.get().getClass().getName())
          .toList();
    } catch (ClassNotFoundException e) {
      throw new AssertionError("module " + module + " does not see " + service, e);
    }
  }

  private static boolean isNeeded(Path part) {
    return Files.isDirectory(part)
        ? Files.exists(part.resolve("module-info.class")) && !part.toString().contains("testkit")
        : LIBRARIES.matcher(part.getFileName().toString()).matches();
  }
}
