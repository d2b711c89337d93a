package dev.gatehouse.testkit.conformance;

import java.io.IOException;
import java.io.InputStream;

/**
 * Loads the classes of a gateway's own packages once more; all others are those that are there.
 *
 * <p>So a gateway can be let go of altogether, which nobody can do with classes that the test
 * itself refers to.
 */
final class OwnLoader extends ClassLoader {
  private final String own;

  OwnLoader(Class<?> provider) {
    super("gateway-once-more", provider.getClassLoader());
    this.own = provider.getPackageName() + ".";
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(own)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
