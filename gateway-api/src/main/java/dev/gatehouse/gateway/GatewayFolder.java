package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.gateway.GatewayCatalog.Refusal;
import dev.gatehouse.spi.GatewayProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gateways that were dropped into a folder: one sub-folder per gateway, holding its JAR and the
 * libraries that it needs, such as {@code gateways/stripe/*.jar}. Each sub-folder has a class
 * loader of its own, which sees the API, what that exposes, and the JDK; so two gateways may bring
 * two versions of one library. What is wrong with one sub-folder takes no other down: it is among
 * the {@linkplain GatewayCatalog#refusals() refusals}.
 *
 * <p>Owns the class loaders. Close it after the gateways; once nothing of theirs is referenced any
 * more, their classes can be collected.
 */
public final class GatewayFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayFolder.class);
  private static final String JAR = ".jar";

  private final List<GatewayProvider> found = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();
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
      } else if (isJar(entry)) {
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
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.warn("the JARs of {} could not all be closed", loader.getName());
      }
    }
  }

  private void search(Path folder) throws IOException {
    List<Path> jars = entries(folder).stream().filter(GatewayFolder::isJar).toList();
    if (jars.isEmpty()) {
      refuse(folder, "there is no JAR in it", "put the gateway's JAR and its libraries into it");
      return;
    }
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      if (!isReadable(jar)) {
        return;
      }
      urls.add(url(jar));
    }
    URLClassLoader loader = new URLClassLoader(folder.toString(), urls.toArray(new URL[0]), api);
    loaders.add(loader);
    // A folder may also hold the API itself, with its service file; that one is ours already.
    Discovery discovery =
        Discovery.through(
            loader, type -> type.getClassLoader() == loader, announcing(loader, folder));
    if (discovery.found().isEmpty() && discovery.refused().isEmpty()) {
      refuse(
          folder,
          "none of its JARs announces a gateway",
          "add the gateway's own JAR; it has META-INF/services/" + GatewayProvider.class.getName());
    }
    found.addAll(discovery.found());
    refused.addAll(discovery.refused());
  }

  /** A class loader would pass over a JAR that it can't read, and miss its classes later. */
  private boolean isReadable(Path jar) {
    try (JarFile opened = new JarFile(jar.toFile())) {
      opened.getManifest();
      return true;
    } catch (IOException | SecurityException e) {
      refuse(jar, "it is no JAR that can be read: " + e.getMessage(), "copy it here again");
      return false;
    }
  }

  /** The JAR with the service file, or else the folder. */
  private static String announcing(URLClassLoader loader, Path folder) {
    URL file = loader.findResource("META-INF/services/" + GatewayProvider.class.getName());
    if (file == null) {
      return folder.toString();
    }
    String jar = file.getPath().replaceFirst("!.*", "");
    return folder.resolve(jar.substring(jar.lastIndexOf('/') + 1)).toString();
  }

  private void refuse(Path source, String reason, String remedy) {
    refused.add(new Refusal(source.toString(), reason, remedy));
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(JAR)
        && Files.isRegularFile(file);
  }

  /** What lies in a folder, in the order of the names; hidden things are left out. */
  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
