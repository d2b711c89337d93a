package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.gateway.GatewayCatalog.Refusal;
import dev.gatehouse.spi.GatewayProvider;
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
 * Gateways that were dropped into a folder: one sub-folder per gateway, holding its JAR and the
 * libraries that it needs, such as {@code gateways/stripe/*.jar}. Each sub-folder has a class
 * loader of its own, which sees the API, what that exposes, and the JDK; so two gateways may bring
 * two versions of one library. Nothing else is looked into: neither deeper folders nor what the
 * {@code Class-Path} of a manifest names. What is wrong with one sub-folder takes no other down: it
 * is among the {@linkplain GatewayCatalog#refusals() refusals}.
 *
 * <p>Owns the class loaders. Close it after the gateways; once nothing of theirs is referenced any
 * more, their classes can be collected.
 */
public final class GatewayFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayFolder.class);
  private static final String JAR = ".jar";

  /** A link may lead back to where it lies; nobody puts a library so deep. */
  private static final int DEEPEST = 8;

  private final List<GatewayProvider> found = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<JarsLoader> loaders = new ArrayList<>();
  private final ClassLoader api = new ApiLoader(GatewayFolder.class.getClassLoader());
  private final GatewayCatalog catalog;

  private GatewayFolder(Path folder) throws IOException {
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
            "it lies beside the gateways' folders, where no gateway is looked for",
            "put it into a folder of its own, with its libraries: " + folder + "/NAME/");
      }
    }
    catalog = GatewayCatalog.of(found, refused);
  }

  /**
   * Looks into a folder. Anything may lie in it; a sub-folder whose name begins with a dot is
   * passed over.
   *
   * @throws ConfigurationException if the folder itself can't be read
   */
  public static GatewayFolder open(Path folder) {
    required("folder", folder);
    try {
      return new GatewayFolder(folder);
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              "gateways",
              "folder.unreadable",
              "the folder of gateways, " + folder.toAbsolutePath() + ", can't be read",
              "create it, or name the one that holds the gateways"));
    }
  }

  /** The providers that were found, and what was refused. */
  public GatewayCatalog catalog() {
    return catalog;
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
    List<Path> files = inside.stream().filter(GatewayFolder::isCalledJar).toList();
    for (Path entry : inside) {
      Optional<Path> deeper = isCalledJar(entry) ? Optional.empty() : jarBelow(entry, DEEPEST);
      if (deeper.isPresent()) {
        refuse(
            deeper.get(),
            "it lies deeper than the gateway's own JAR, where nothing is looked for",
            "put it into " + folder + ", or away");
        return;
      }
    }
    if (files.isEmpty()) {
      refuse(folder, "there is no JAR in it", "put the gateway's JAR and its libraries into it");
      return;
    }
    List<GatewayJar> jars = new ArrayList<>();
    if (files.stream().allMatch(file -> open(file, jars)) && areOneGateways(jars)) {
      load(folder, jars);
    } else {
      JarsLoader.close(jars);
    }
  }

  private void load(Path folder, List<GatewayJar> jars) {
    JarsLoader loader = new JarsLoader(folder.toString(), jars, api);
    loaders.add(loader);
    String announcing =
        jars.stream()
            .filter(jar -> !providers(jar).isEmpty())
            .map(GatewayJar::toString)
            .collect(Collectors.joining(" and "));
    // A folder may also hold the API itself, with its service file; that one is ours already.
    Discovery discovery =
        Discovery.through(
            loader,
            type -> type.getClassLoader() == loader,
            announcing.isEmpty() ? folder.toString() : announcing);
    if (discovery.found().isEmpty() && discovery.refused().isEmpty()) {
      refuse(
          folder,
          "none of its JARs announces a gateway",
          "add the gateway's own JAR; it has " + GatewayJar.SERVICE);
    }
    found.addAll(discovery.found());
    refused.addAll(discovery.refused());
  }

  /** One JAR that can't be read is enough to miss its classes in the middle of a payment. */
  private boolean open(Path file, List<GatewayJar> jars) {
    if (!Files.isRegularFile(file)) {
      refuse(
          file,
          Files.exists(file) ? "it is no file" : "it is a link that leads nowhere",
          "put the JAR itself there, or take it away");
      return false;
    }
    try {
      jars.add(GatewayJar.open(file));
      return true;
    } catch (IOException | SecurityException e) {
      refuse(file, "it is no JAR that can be read: " + e.getMessage(), "copy it here again");
      return false;
    }
  }

  /** Of two versions of one gateway, the first in the alphabet would win, and nobody would know. */
  private boolean areOneGateways(List<GatewayJar> jars) {
    SortedSet<String> names = new TreeSet<>();
    jars.forEach(jar -> names.addAll(providers(jar)));
    for (String name : names) {
      List<GatewayJar> announcing =
          jars.stream().filter(jar -> providers(jar).contains(name)).toList();
      List<GatewayJar> holding = jars.stream().filter(jar -> jar.holds(name)).toList();
      List<GatewayJar> several = announcing.size() > 1 ? announcing : holding;
      if (several.size() > 1) {
        refused.add(
            new Refusal(
                several.stream().map(GatewayJar::toString).collect(Collectors.joining(" and ")),
                "all bring the gateway " + name,
                "keep one of these JARs only"));
        return false;
      }
    }
    return true;
  }

  /** What a JAR announces that is not the API's own. */
  private static List<String> providers(GatewayJar jar) {
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
  static List<Path> visible(Stream<Path> entries) throws IOException {
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
