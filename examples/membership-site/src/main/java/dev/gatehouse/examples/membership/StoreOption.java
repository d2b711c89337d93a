package dev.gatehouse.examples.membership;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option that says where the records are. */
final class StoreOption {
  static final String DEFAULT = "membership-site.db";
  static final String USER = "GATEHOUSE_STORE_USER";
  static final String PASSWORD = "GATEHOUSE_STORE_PASSWORD";

  private static final String POSTGRES = "jdbc:postgresql:";
  private static final Pattern DATABASE = Pattern.compile("jdbc:postgresql:([^?]*)(\\?.*)?");
  private static final Pattern SECRET = Pattern.compile("[?&](user|password)=");

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = DEFAULT,
      description = {
        "Where the records are: a file of SQLite, which is",
        "made if it is not there (" + DEFAULT + " if not",
        "said); or jdbc:postgresql://host/database, with",
        USER + " and",
        PASSWORD + " in the environment;",
        "or memory, which is forgotten at the end."
      })
  private String where = DEFAULT;

  /**
   * Opens it; whoever opens it closes it.
   *
   * @throws dev.gatehouse.error.GatehouseException with what is wrong; nothing was changed then
   */
  Records open() {
    return open(where, System.getenv());
  }

  static Records open(String where, Map<String, String> environment) {
    if (where.equals("memory")) {
      return new Records(new InMemoryStore(), "memory", Optional.empty(), () -> {});
    }
    return where.startsWith(POSTGRES)
        ? postgres(where, environment, JdbcStore::postgres)
        : sqlite(where, JdbcStore::sqlite);
  }

  /** The same for records that have to be there: nothing is made, and nothing is upgraded. */
  static Records existing(String where, Map<String, String> environment) {
    return where.startsWith(POSTGRES)
        ? postgres(where, environment, JdbcStore::existingPostgres)
        : sqlite(where, JdbcStore::existingSqlite);
  }

  private interface Server {
    JdbcStore open(String url, String user, String password);
  }

  private static Records sqlite(String where, Function<Path, JdbcStore> opening) {
    if (where.isBlank() || where.startsWith("jdbc:")) {
      throw refused("is neither a file nor an address of PostgreSQL");
    }
    try {
      Path file = Path.of(where).toAbsolutePath().normalize();
      JdbcStore store = opening.apply(file);
      Path beside = file.resolveSibling(file.getFileName() + ".outside");
      return new Records(store, file.toString(), Optional.of(beside), store::close);
    } catch (InvalidPathException e) {
      throw refused("is no path of a file");
    }
  }

  private static Records postgres(String url, Map<String, String> environment, Server opening) {
    Matcher parts = DATABASE.matcher(url);
    if (!parts.matches() || SECRET.matcher(url).find()) {
      throw refused("names a user or a password, which others on this machine could see");
    }
    List<Problem> problems = new ArrayList<>();
    String user = variable(USER, environment, problems);
    String password = variable(PASSWORD, environment, problems);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    JdbcStore store = opening.open(url, user, password);
    String name = parts.group(1).replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    Path outside = Path.of("membership-site-" + name + ".outside").toAbsolutePath();
    return new Records(store, POSTGRES + parts.group(1), Optional.of(outside), store::close);
  }

  private static String variable(
      String name, Map<String, String> environment, List<Problem> problems) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      problems.add(
          new Problem(name, "store.credentials", "is not set", "set this environment variable"));
      return "";
    }
    return value;
  }

  private static InvalidInputException refused(String why) {
    return new InvalidInputException(
        new Problem(
            "--store",
            "store.option",
            why,
            "give a file, jdbc:postgresql://host/database, or memory; user and password go into "
                + USER
                + " and "
                + PASSWORD));
  }
}
