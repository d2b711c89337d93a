package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that says where the records of a site are, which have to be there. */
final class OpsStore {
  private final Map<String, String> environment;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = StoreOption.DEFAULT,
      description = {
        "Where the records are: a file of SQLite",
        "(" + StoreOption.DEFAULT + " if not said), or",
        "jdbc:postgresql://host/database, with",
        StoreOption.USER + " and",
        StoreOption.PASSWORD + " in the environment."
      })
  private String where = StoreOption.DEFAULT;

  OpsStore(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Opens it, for the caller to close. What is not there is not made, nor is it upgraded. */
  Records open() {
    return open(where, environment);
  }

  /** The same, of what another option says. */
  static Records open(String where, Map<String, String> environment) {
    if (!where.startsWith("jdbc:") && !isFile(where)) {
      throw new ConfigurationException(
          new Problem(
              "--store",
              "store.missing",
              "is no file",
              "name the one that the site was started with"));
    }
    return StoreOption.existing(where, environment);
  }

  private static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
