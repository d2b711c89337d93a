package dev.gatehouse.testkit.scenario;

import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;

/** What somebody else does while one is about to commit. */
final class Meanwhile {
  private Runnable action = () -> {};

  /** Once, at the next commit. */
  void doOnce(Runnable once) {
    action =
        () -> {
          action = () -> {};
          once.run();
        };
  }

  /** The store, of which commits like these can be got ahead of. */
  Store before(Predicate<Commit> some, Store store) {
    return around(some, false, store);
  }

  /** The store, where somebody may act after a commit like these, before who made it goes on. */
  Store after(Predicate<Commit> some, Store store) {
    return around(some, true, store);
  }

  private Store around(Predicate<Commit> some, boolean after, Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Meanwhile.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              boolean now = method.getName().equals("commit") && some.test((Commit) arguments[0]);
              if (now && !after) {
                action.run();
              }
              try {
                Object result = method.invoke(store, arguments);
                if (now && after) {
                  action.run();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
