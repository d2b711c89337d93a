package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option that says where the records are. */
final class OpsStore {
  static final String USER = "GATEHOUSE_STORE_USER";
  static final String PASSWORD = "GATEHOUSE_STORE_PASSWORD";
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRES = "jdbc:postgresql:";
  private static final Pattern SECRET = Pattern.compile("[?&](user|password)=|//[^/]*@");

  private final Map<String, String> environment;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URL",
      description = {
        "Where the records are: a file of SQLite, or",
        "jdbc:postgresql://HOST/DATABASE. User and password",
        "of the latter come from the environment:",
        "GATEHOUSE_STORE_USER, GATEHOUSE_STORE_PASSWORD."
      })
  private String url = "";

  OpsStore(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Opens it, for the caller to close. What is not there is not made. */
  JdbcStore open() {
    if (url.startsWith(POSTGRES)) {
      if (SECRET.matcher(url).find()) {
        throw refused(
            "store.secret",
            "holds a user or a password, which others on this machine can read",
            "take them out, and set " + USER + " and " + PASSWORD);
      }
      return JdbcStore.postgres(url, variable(USER), variable(PASSWORD));
    }
    Path file = file(url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : url);
    if (!Files.isRegularFile(file)) {
      throw refused(
          "store.missing",
          "is no file: " + file,
          "name the file that the site was started with; nothing was made");
    }
    return JdbcStore.sqlite(file);
  }

  private static Path file(String name) {
    if (name.startsWith("jdbc:") || name.contains("://")) {
      throw refused(
          "store.unknown",
          "is of a database that is not known",
          "use a file of SQLite, or jdbc:postgresql://HOST/DATABASE");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw refused("store.unknown", "is no path", "use a file of SQLite, or jdbc:postgresql://…");
    }
  }

  private String variable(String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw refused(
          "store.credentials", "needs the environment variable " + name, "set it, then try again");
    }
    return value;
  }

  private static ConfigurationException refused(String code, String message, String remedy) {
    return new ConfigurationException(new Problem("--store", code, message, remedy));
  }
}
