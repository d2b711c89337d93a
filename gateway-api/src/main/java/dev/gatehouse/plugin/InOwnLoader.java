package dev.gatehouse.plugin;

import java.util.function.Supplier;

/**
 * Calls into a plug-in. The thread's context class loader is the one of the plug-in's own classes
 * meanwhile: many libraries look for their parts through it, and would find the application's, or
 * none, depending on whose thread happens to call.
 */
public final class InOwnLoader {
  private InOwnLoader() {}

  /** What the work gives that somebody else's object of this type does. */
  public static <T> T call(Class<?> type, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
