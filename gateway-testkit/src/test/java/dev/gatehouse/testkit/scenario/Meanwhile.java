package dev.gatehouse.testkit.scenario;

import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;

/** What somebody else does while one is about to commit. */
final class Meanwhile {
  private Runnable action = () -> {};

  /** Once, just before the next commit. */
  void doOnce(Runnable once) {
    action =
        () -> {
          action = () -> {};
          once.run();
        };
  }

  /** The store, of which commits like these can be got ahead of. */
  Store before(Predicate<Commit> some, Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Meanwhile.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && some.test((Commit) arguments[0])) {
                action.run();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
