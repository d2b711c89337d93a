package dev.gatehouse.testkit.conformance;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentGateway;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Memory, handles and classes; what the collector does is waited for, and tried more than once. */
final class MemoryRules {
  private static final int CALLS = 1_000;
  private static final int INSTANCES = 20;
  private static final int ROUNDS = 3;
  private static final long PATIENCE_MILLIS = 5_000;
  private static final long PAUSE_NANOS = 20_000_000;

  /** Others use the heap, too, though not each time; half a kilobyte of each call is above it. */
  private static final long NOISE = 512L << 10;

  private MemoryRules() {}

  static void collectable(Bench bench) {
    demandCollector();
    List<WeakReference<PaymentGateway>> closed = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      closed.add(opened(bench));
    }
    // A frame that is still warm may hold one.
    boolean all = collected(() -> closed.stream().filter(one -> one.get() != null).count() <= 1);
    long left = closed.stream().filter(one -> one.get() != null).count();
    Expect.that(
        all, "Of " + INSTANCES + " gateways that were closed, " + left + " are still kept.");
  }

  private static WeakReference<PaymentGateway> opened(Bench bench) {
    try (PaymentGateway gateway = bench.open(bench.provider.settings())) {
      bench.charge(gateway, bench.sale(Script.APPROVE));
      return new WeakReference<>(gateway);
    }
  }

  private static void demandCollector() {
    WeakReference<Object> any = new WeakReference<>(new Object());
    if (!collected(() -> any.get() == null)) {
      throw new NotVerifiable("this JVM does not collect when it is asked to");
    }
  }

  private static boolean collected(BooleanSupplier gone) {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!gone.getAsBoolean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      System.gc();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  static void handles(Bench bench) {
    ResourceRules.once(bench);
    long before = open();
    for (int i = 0; i < ResourceRules.TIMES; i++) {
      ResourceRules.once(bench);
    }
    long more = open() - before;
    Expect.that(
        more < ResourceRules.TIMES / 2,
        "After it was opened and closed "
            + ResourceRules.TIMES
            + " times, "
            + more
            + " sockets or files more are open.");
  }

  private static long open() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      return unix.getOpenFileDescriptorCount();
    }
    throw new NotVerifiable("this JVM does not tell how many files are open");
  }

  static void heap(Bench bench) {
    demandCollector();
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    bench.settle();
    bench.network.forget();
    PaymentGateway gateway = bench.gateway();
    look(bench, gateway, sale, facts, CALLS / 2);
    List<Long> grown = new ArrayList<>();
    // What leaks does so each time.
    while (grown.size() < ROUNDS) {
      long before = used();
      look(bench, gateway, sale, facts, CALLS);
      long more = used() - before;
      if (more < NOISE) {
        return;
      }
      grown.add(more);
    }
    throw new AssertionError(
        "Three times, " + CALLS + " calls left " + grown + " bytes more in use.");
  }

  private static void look(
      Bench bench, PaymentGateway gateway, ChargeRequest sale, PaymentFacts facts, int times) {
    for (int i = 0; i < times; i++) {
      bench.lookup(gateway, sale, facts);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      LockSupport.parkNanos(PAUSE_NANOS);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  static void unloadable(Bench bench) throws Exception {
    demandCollector();
    WeakReference<ClassLoader> loader = usedFromItsOwn(bench);
    Expect.that(
        collected(() -> loader.get() == null),
        "After it was closed and let go of, something still refers to its classes.");
  }

  private static WeakReference<ClassLoader> usedFromItsOwn(Bench bench) throws Exception {
    Class<?> known = bench.provider.gateway().getClass();
    OwnLoader loader = new OwnLoader(known);
    Class<?> again = loader.loadClass(known.getName());
    Object made;
    try {
      made = again.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new NotVerifiable("the gateway's provider can't be made by ServiceLoader");
    }
    try (PaymentGateway gateway =
        ((GatewayProvider) made)
            .open(bench.settings(bench.provider.settings()), bench.environment())) {
      bench.charge(gateway, bench.sale(Script.APPROVE));
    }
    return new WeakReference<>(loader);
  }
}
