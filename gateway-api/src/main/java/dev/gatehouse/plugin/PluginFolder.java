package dev.gatehouse.plugin;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was dropped into a folder: one sub-folder per plug-in, holding its JAR and the libraries
 * that it needs. Each sub-folder has a class loader of its own, which sees the API, what that
 * exposes, and the JDK. Nothing else is looked into. What is wrong with one sub-folder takes no
 * other down.
 *
 * <p>Owns the class loaders. Close it after what was opened from it.
 *
 * @param <P> what the providers implement
 */
public final class PluginFolder<P> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
  private static final String JAR = ".jar";

  /** A link may lead back to where it lies; nobody puts a library so deep. */
  private static final int DEEPEST = 8;

  private final PluginKind<P> kind;
  private final List<P> found = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<JarsLoader> loaders = new ArrayList<>();
  private final ClassLoader api = new ApiLoader(PluginFolder.class.getClassLoader());

  private PluginFolder(PluginKind<P> kind, Path folder) throws IOException {
    this.kind = kind;
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        try {
          search(entry);
        } catch (IOException e) {
          refuse(entry, "it can't be read", "let this application read it");
        }
      } else if (!Files.exists(entry)) {
        refuse(entry, "it is a link that leads nowhere", "mend it, or take it away");
      } else if (isCalledJar(entry)) {
        refuse(
            entry,
            "it lies beside the "
                + kind.noun()
                + "s' folders, where no "
                + kind.noun()
                + " is looked for",
            "put it into a folder of its own, with its libraries: " + folder + "/NAME/");
      }
    }
  }

  /**
   * Looks into a folder for plug-ins of a kind. Anything may lie in it; a sub-folder whose name
   * begins with a dot is passed over.
   *
   * @throws ConfigurationException if the folder itself can't be read
   */
  public static <P> PluginFolder<P> open(PluginKind<P> kind, Path folder) {
    required("folder", folder);
    try {
      return new PluginFolder<>(kind, folder);
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              kind.noun() + "s",
              "folder.unreadable",
              "the folder of " + kind.noun() + "s, " + folder.toAbsolutePath() + ", can't be read",
              "create it, or name the one that holds the " + kind.noun() + "s"));
    }
  }

  /** The providers that could be constructed. */
  public List<P> found() {
    return List.copyOf(found);
  }

  /** What was refused. */
  public List<Refusal> refused() {
    return List.copyOf(refused);
  }

  /** Closes the class loaders and so their JARs. May be called twice. */
  @Override
  public void close() {
    for (JarsLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.warn("the JARs of {} could not all be closed", loader.getName());
      }
    }
  }

  private void search(Path folder) throws IOException {
    List<Path> inside = entries(folder);
    List<Path> files = inside.stream().filter(PluginFolder::isCalledJar).toList();
    for (Path entry : inside) {
      Optional<Path> deeper = isCalledJar(entry) ? Optional.empty() : jarBelow(entry, DEEPEST);
      if (deeper.isPresent()) {
        refuse(
            deeper.get(),
            "it lies deeper than the " + kind.noun() + "'s own JAR, where nothing is looked for",
            "put it into " + folder + ", or away");
        return;
      }
    }
    if (files.isEmpty()) {
      refuse(
          folder,
          "there is no JAR in it",
          "put the " + kind.noun() + "'s JAR and its libraries into it");
      return;
    }
    List<PluginJar> jars = new ArrayList<>();
    if (files.stream().allMatch(file -> open(file, jars)) && bringOneOfEach(jars)) {
      load(folder, jars);
    } else {
      JarsLoader.close(jars);
    }
  }

  private void load(Path folder, List<PluginJar> jars) {
    JarsLoader loader = new JarsLoader(folder.toString(), jars, api);
    loaders.add(loader);
    String announcing =
        jars.stream()
            .filter(jar -> !providers(jar).isEmpty())
            .map(PluginJar::toString)
            .collect(Collectors.joining(" and "));
    // A folder may also hold the API itself, with its service file; that one is ours already.
    Discovery<P> discovery =
        Discovery.through(
            kind.service(),
            loader,
            type -> type.getClassLoader() == loader,
            announcing.isEmpty() ? folder.toString() : announcing);
    if (discovery.found().isEmpty() && discovery.refused().isEmpty()) {
      refuse(
          folder,
          "none of its JARs announces a " + kind.noun(),
          "add the " + kind.noun() + "'s own JAR; it has " + PluginJar.serviceFile(kind.service()));
    }
    found.addAll(discovery.found());
    refused.addAll(discovery.refused());
  }

  /** One JAR that can't be read is enough to miss its classes in the middle of a payment. */
  private boolean open(Path file, List<PluginJar> jars) {
    if (!Files.isRegularFile(file)) {
      refuse(
          file,
          Files.exists(file) ? "it is no file" : "it is a link that leads nowhere",
          "put the JAR itself there, or take it away");
      return false;
    }
    try {
      jars.add(PluginJar.open(file, PluginJar.serviceFile(kind.service())));
      return true;
    } catch (IOException | SecurityException e) {
      refuse(file, "it is no JAR that can be read: " + e.getMessage(), "copy it here again");
      return false;
    }
  }

  /** Of two versions of one plug-in, the first in the alphabet would win, and nobody would know. */
  private boolean bringOneOfEach(List<PluginJar> jars) {
    SortedSet<String> names = new TreeSet<>();
    jars.forEach(jar -> names.addAll(providers(jar)));
    for (String name : names) {
      List<PluginJar> announcing =
          jars.stream().filter(jar -> providers(jar).contains(name)).toList();
      List<PluginJar> holding = jars.stream().filter(jar -> jar.holds(name)).toList();
      List<PluginJar> several = announcing.size() > 1 ? announcing : holding;
      if (several.size() > 1) {
        refused.add(
            new Refusal(
                several.stream().map(PluginJar::toString).collect(Collectors.joining(" and ")),
                "all bring the " + kind.noun() + " " + name,
                "keep one of these JARs only"));
        return false;
      }
    }
    return true;
  }

  /** What a JAR announces that is not the API's own. */
  private static List<String> providers(PluginJar jar) {
    return jar.announced().stream().filter(name -> !ApiLoader.isShared(name)).toList();
  }

  private void refuse(Path source, String reason, String remedy) {
    refused.add(new Refusal(source.toString(), reason, remedy));
  }

  private static boolean isCalledJar(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(JAR);
  }

  /** A JAR somewhere in a folder, if this is one. */
  private static Optional<Path> jarBelow(Path folder, int levels) throws IOException {
    if (levels == 0 || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    for (Path entry : entries(folder)) {
      Optional<Path> jar = isCalledJar(entry) ? Optional.of(entry) : jarBelow(entry, levels - 1);
      if (jar.isPresent()) {
        return jar;
      }
    }
    return Optional.empty();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return visible(entries);
    }
  }

  /** What lies in a folder, in the order of the names; hidden things are left out. */
  public static List<Path> visible(Stream<Path> entries) throws IOException {
    try {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      // The folder could be opened, and then not be read to its end.
      throw e.getCause();
    }
  }
}
