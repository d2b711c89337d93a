package dev.gatehouse.testkit.scenario;

import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a process has its store keep, and lets it die once, before or after one of those. */
final class Deaths {
  private static final Set<String> READS =
      Set.of(
          "customer",
          "checkout",
          "checkoutByCommand",
          "payment",
          "caseOf",
          "paymentByProviderId",
          "membership",
          "inboxItem",
          "cursor",
          "due",
          "timeline",
          "dueDeliveries",
          "backlogs",
          "parked",
          "customers",
          "payments",
          "actions");

  private final Crash.Process process;
  private final int fatal;
  private final boolean after;
  private final AtomicInteger steps = new AtomicInteger();

  /** No death if the step is 0. */
  Deaths(Crash.Process process, int fatal, boolean after) {
    this.process = process;
    this.fatal = fatal;
    this.after = after;
  }

  int steps() {
    return steps.get();
  }

  Store around(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Deaths.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              boolean dies = !READS.contains(method.getName()) && steps.incrementAndGet() == fatal;
              if (dies && !after) {
                throw process.dies();
              }
              try {
                Object result = method.invoke(store, arguments);
                if (dies) {
                  throw process.dies();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
