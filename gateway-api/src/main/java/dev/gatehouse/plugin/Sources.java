package dev.gatehouse.plugin;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where somebody else's class came from, in words for a person. */
public final class Sources {
  private Sources() {}

  /** The class, its module if that has a name, and the JAR or folder that it came from. */
  public static String of(Class<?> type) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    URL location = code == null ? null : code.getLocation();
    return type.getName()
        + (type.getModule().isNamed() ? " of module " + type.getModule().getName() : "")
        + (location == null ? "" : " in " + path(location));
  }

  private static String path(URL location) {
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return location.getPath();
    }
  }
}
