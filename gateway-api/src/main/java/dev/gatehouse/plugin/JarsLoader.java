package dev.gatehouse.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads from the JARs of one sub-folder, and from no others. {@link java.net.URLClassLoader} would
 * also follow the {@code Class-Path} of a manifest, wherever that leads: into another's folder,
 * too. Owns the JARs.
 */
final class JarsLoader extends SecureClassLoader implements Closeable {
  static {
    registerAsParallelCapable();
  }

  private final List<PluginJar> jars;

  JarsLoader(String name, List<PluginJar> jars, ClassLoader parent) {
    super(name, parent);
    this.jars = List.copyOf(jars);
  }

  static String classFile(String className) {
    return className.replace('.', '/') + ".class";
  }

  /** The parent was asked before this. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    for (PluginJar jar : jars) {
      try {
        Optional<JarEntry> entry = jar.entry(classFile(name));
        if (entry.isPresent()) {
          byte[] bytes = jar.bytes(entry.get());
          definePackage(name.substring(0, Math.max(0, name.lastIndexOf('.'))), jar);
          return defineClass(name, bytes, 0, bytes.length, jar.source(entry.get()));
        }
      } catch (IOException | IllegalStateException e) {
        // The JAR is torn, or closed.
        throw new ClassNotFoundException(name, e);
      }
    }
    throw new ClassNotFoundException(name);
  }

  private void definePackage(String name, PluginJar jar) {
    if (getDefinedPackage(name) != null) {
      return;
    }
    try {
      definePackage(
          name,
          said(jar, name, Attributes.Name.SPECIFICATION_TITLE),
          said(jar, name, Attributes.Name.SPECIFICATION_VERSION),
          said(jar, name, Attributes.Name.SPECIFICATION_VENDOR),
          said(jar, name, Attributes.Name.IMPLEMENTATION_TITLE),
          said(jar, name, Attributes.Name.IMPLEMENTATION_VERSION),
          said(jar, name, Attributes.Name.IMPLEMENTATION_VENDOR),
          null);
    } catch (IllegalArgumentException e) {
      // Another thread was first.
    }
  }

  private static @Nullable String said(PluginJar jar, String packageName, Attributes.Name name) {
    return jar.said(packageName, name).orElse(null);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    List<URL> all = urls(name);
    return all.isEmpty() ? null : all.get(0);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    return Collections.enumeration(urls(name));
  }

  private List<URL> urls(String name) {
    List<URL> urls = new ArrayList<>();
    for (PluginJar jar : jars) {
      try {
        Optional<JarEntry> entry = jar.entry(name);
        if (entry.isPresent()) {
          urls.add(jar.url(entry.get()));
        }
      } catch (IOException | IllegalStateException e) {
        // It is closed: there is nothing in it any more.
      }
    }
    return urls;
  }

  /** Not through the JDK's cache of open JARs, which is never emptied. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    URL url = getResource(name);
    if (url == null) {
      return null;
    }
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      return connection.getInputStream();
    } catch (IOException e) {
      return null;
    }
  }

  /** Closes every JAR, also if one can't be closed. */
  @Override
  public void close() throws IOException {
    close(jars);
  }

  static void close(List<PluginJar> jars) throws IOException {
    IOException failure = null;
    for (PluginJar jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
