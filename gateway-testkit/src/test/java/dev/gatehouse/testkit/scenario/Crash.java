package dev.gatehouse.testkit.scenario;

import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a dead process meets, whatever it still tries to keep or to read. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  private Crash() {
    super("the process died", null, false, false);
  }

  /** A process that may die: from then on nothing reaches the store any more. */
  static final class Process {
    private final AtomicBoolean dead = new AtomicBoolean();

    /** Dies. */
    Crash dies() {
      dead.set(true);
      return new Crash();
    }

    void revives() {
      dead.set(false);
    }

    /** The store as the process sees it. */
    Store sees(Store store) {
      return (Store)
          Proxy.newProxyInstance(
              Crash.class.getClassLoader(),
              new Class<?>[] {Store.class},
              (proxy, method, arguments) -> {
                if (dead.get()) {
                  throw new Crash();
                }
                try {
                  return method.invoke(store, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
