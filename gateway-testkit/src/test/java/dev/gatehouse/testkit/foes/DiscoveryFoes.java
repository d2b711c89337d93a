package dev.gatehouse.testkit.foes;

import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wrong when they are found, described and loaded. */
final class DiscoveryFoes {
  private DiscoveryFoes() {}

  /** Takes what it can do from the account that was opened last. */
  public static final class DescriptionFollowsTheLastOpened extends Foe {
    private final AtomicBoolean opened = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public DescriptionFollowsTheLastOpened() {
      super(
          "foe-01",
          "Discovery: description immutable",
          "Let describe() answer the same always; take nothing from open.");
    }

    @Override
    public GatewayDescription describe() {
      GatewayDescription good = super.describe();
      return opened.get() ? good.toBuilder().descriptionLimit(127).build() : good;
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      opened.set(true);
      return super.around(good, settings, env);
    }
  }

  /** Refreshes exchange rates in the background from the moment on that it is described. */
  public static final class ThreadOnceDescribed extends Foe {
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public ThreadOnceDescribed() {
      super(
          "foe-02",
          "Discovery: no I/O, threads or environment reads while discovered",
          "Start nothing before open.");
    }

    @Override
    public GatewayDescription describe() {
      if (STARTED.compareAndSet(false, true)) {
        Thread rates = new Thread(ThreadOnceDescribed::sleep, "exchange-rates");
        rates.setDaemon(true);
        rates.start();
      }
      return super.describe();
    }

    private static void sleep() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Says that it stores methods, and leaves the provider's flag for it out. */
  public static final class StoringDeclaredAndNotDone extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public StoringDeclaredAndNotDone() {
      super(
          "foe-03",
          "Discovery: declared <=> implemented",
          "Send the flag that stores the method, or declare no STORED_METHODS.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(Wire.with(request, b -> b.replace("\"store\":true", "\"store\":false")));
    }
  }

  /** Loads the class with its texts of declines through the application's class loader. */
  public static final class TextsFromTheSystemClassLoader extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public TextsFromTheSystemClassLoader() {
      super(
          "foe-04",
          "Discovery: works under its own class loader and with no context class loader",
          "Load by the gateway's own class, not by the system class loader.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          if (outcome instanceof Outcome.Declined) {
            try {
              Class.forName(Outcomes.class.getName(), true, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException e) {
              throw new IllegalStateException("no texts", e);
            }
          }
          return outcome;
        }
      };
    }
  }
}
