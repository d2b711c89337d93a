package dev.gatehouse.testkit.scenario;

import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of what is in a store a process has in hand: what it claimed and has not given back, and
 * the most that it was handed at once. Thread-safe.
 */
final class InHand {
  private final Store store;
  private final Set<Delivery.Key> claimed = new HashSet<>();
  private int mostClaimed;
  private int mostAtOnce;

  InHand(Store store) {
    this.store = store;
  }

  /** The store, whose every call is counted. */
  Store counted() {
    return (Store)
        Proxy.newProxyInstance(
            InHand.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              try {
                return count(method, arguments, method.invoke(store, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private synchronized Object count(Method method, Object[] arguments, Object result) {
    if (result instanceof List<?> list) {
      mostAtOnce = Math.max(mostAtOnce, list.size());
    }
    switch (method.getName()) {
      case "claim" -> ((List<?>) result).forEach(one -> claimed.add(((Delivery) one).key()));
      case "acknowledge" ->
          ((List<?>) arguments[0]).forEach(one -> claimed.remove(((Delivery) one).key()));
      case "update" -> claimed.remove(((Delivery) arguments[0]).key());
      default -> {}
    }
    mostClaimed = Math.max(mostClaimed, claimed.size());
    return result;
  }

  /** The most deliveries that were claimed and not answered for, at any time. */
  synchronized int mostClaimed() {
    return mostClaimed;
  }

  /** The longest list that any call of the store returned. */
  synchronized int mostAtOnce() {
    return mostAtOnce;
  }
}
