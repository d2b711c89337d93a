package dev.gatehouse.testkit.spec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the API descriptions: in the folder that the property {@code gatehouse.specs} names, else
 * in {@code shared/specs} beside the project or above it. Each file is read once.
 */
public final class Specs {
  /** Names the folder of the descriptions. */
  public static final String FOLDER = "gatehouse.specs";

  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();
  private static final Map<String, ApiSpec> LOADED = new ConcurrentHashMap<>();

  private Specs() {}

  /** The description in this file; the test that asks is skipped, aloud, if it is not there. */
  public static ApiSpec load(String file) {
    Optional<ApiSpec> found = find(file);
    demand(found.isPresent(), file);
    return found.orElseThrow();
  }

  /** Where this file is; the test that asks is skipped, aloud, if it is not there. */
  public static Path path(String file) {
    Optional<Path> found = folder().map(folder -> folder.resolve(file)).filter(Files::isReadable);
    demand(found.isPresent(), file);
    return found.orElseThrow();
  }

  /** The description in this file, if it is there. */
  static Optional<ApiSpec> find(String file) {
    return folder()
        .map(folder -> folder.resolve(file))
        .filter(Files::isReadable)
        .map(path -> LOADED.computeIfAbsent(file, name -> read(name, path)));
  }

  /** Skips, aloud, the test that holds something against a description that is not there. */
  static void demand(boolean there, String what) {
    String message =
        "SKIPPED: the API description "
            + what
            + " is not here; name its folder with -D"
            + FOLDER
            + "=…, or put it into ../shared/specs";
    if (!there && SAID.add(what)) {
      System.out.println(message);
    }
    assumeTrue(there, message);
  }

  private static ApiSpec read(String name, Path file) {
    try {
      return ApiSpec.of(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> folder() {
    String named = System.getProperty(FOLDER, "");
    if (!named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    Path above = Path.of("").toAbsolutePath();
    while (above != null) {
      Path folder = above.resolve("shared/specs");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
      above = above.getParent();
    }
    return Optional.empty();
  }
}
