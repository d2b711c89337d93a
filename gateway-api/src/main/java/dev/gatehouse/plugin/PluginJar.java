package dev.gatehouse.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** One JAR in a plug-in's folder, open until it is closed. Of a multi-release JAR, our release. */
final class PluginJar implements Closeable {
  private final Path path;
  private final JarFile file;
  private final URL url;
  private final Optional<Manifest> manifest;
  private final List<String> announced;

  private PluginJar(Path path, JarFile file, String service) throws IOException {
    this.path = path;
    this.file = file;
    this.url = URI.create(encoded(path.toUri().toString())).toURL();
    this.manifest = Optional.ofNullable(file.getManifest());
    this.announced = announced(file, service);
  }

  /**
   * Opens and checks it: a JAR that can't be read would be passed over, and missed later.
   *
   * @param path where it is
   * @param service its service file, as {@link #serviceFile} says
   */
  static PluginJar open(Path path, String service) throws IOException {
    JarFile file = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
    try {
      return new PluginJar(path, file, service);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** The providers that its service file names. */
  List<String> announced() {
    return announced;
  }

  /** Where a JAR announces its providers. */
  static String serviceFile(Class<?> service) {
    return "META-INF/services/" + service.getName();
  }

  private static List<String> announced(JarFile file, String serviceFile) throws IOException {
    JarEntry service = file.getJarEntry(serviceFile);
    if (service == null) {
      return List.of();
    }
    try (InputStream in = file.getInputStream(service)) {
      Stream<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
      return lines
          .map(line -> line.replaceFirst("#.*", "").trim())
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }

  boolean holds(String className) {
    return file.getJarEntry(JarsLoader.classFile(className)) != null;
  }

  Optional<JarEntry> entry(String name) {
    return Optional.ofNullable(file.getJarEntry(name));
  }

  byte[] bytes(JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** To be asked once the entry was read: only then are its signers known. */
  CodeSource source(JarEntry entry) {
    return new CodeSource(url, entry.getCodeSigners());
  }

  URL url(JarEntry entry) throws IOException {
    try {
      String name = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
      return URI.create("jar:" + url + "!" + encoded(name)).toURL();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** What the manifest says of a package, such as its version, or else of the whole JAR. */
  Optional<String> said(String packageName, Attributes.Name name) {
    return manifest.flatMap(
        all -> {
          Attributes own = all.getAttributes(packageName.replace('.', '/') + "/");
          String said = own == null ? null : own.getValue(name);
          return Optional.ofNullable(said != null ? said : all.getMainAttributes().getValue(name));
        });
  }

  /** In the address of something in a JAR, "!/" is where the name of the JAR ends. */
  private static String encoded(String address) {
    return address.replace("!", "%21");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
