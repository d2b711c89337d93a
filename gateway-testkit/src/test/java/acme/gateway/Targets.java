package acme.gateway;

import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Lack;
import dev.gatehouse.testkit.conformance.ReferenceTarget;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;

/** A target for each of the gateways here, in front of the reference provider. */
public final class Targets {
  private Targets() {}

  private abstract static class Acme implements TestTarget {
    private final Supplier<GatewayProvider> provider;

    Acme(Supplier<GatewayProvider> provider) {
      this.provider = provider;
    }

    @Override
    public String gateway() {
      return "acme";
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return new ReferenceTarget().paying(script);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      SimulatedProvider reference = SimulatedProvider.reference(clock, secret, random);
      GatewayProvider own = provider.get();
      return (SimulatedProvider)
          Proxy.newProxyInstance(
              Targets.class.getClassLoader(),
              new Class<?>[] {SimulatedProvider.class},
              (proxy, method, args) -> {
                if (method.getName().equals("gateway")) {
                  return own;
                }
                try {
                  return method.invoke(reference, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /** For the one that behaves. */
  public static final class OfGood extends Acme {
    /** For ServiceLoader. */
    public OfGood() {
      super(Good::new);
    }
  }

  /** For the one that hangs. */
  public static final class OfHangs extends Acme {
    /** For ServiceLoader. */
    public OfHangs() {
      super(Faulty.Hangs::new);
    }
  }

  /** For the one that exits. */
  public static final class OfExits extends Acme {
    /** For ServiceLoader. */
    public OfExits() {
      super(Faulty.Exits::new);
    }
  }

  /** For the one that declares less. */
  public static final class OfModest extends Acme {
    /** For ServiceLoader. */
    public OfModest() {
      super(Modest::new);
    }
  }

  /** For the one that can't be made. */
  public static final class OfThrows extends Acme {
    /** For ServiceLoader. */
    public OfThrows() {
      super(Faulty.Throws::new);
    }
  }

  /** For the one that eats memory. */
  public static final class OfEats extends Acme {
    /** For ServiceLoader. */
    public OfEats() {
      super(Faulty.Eats::new);
    }
  }

  /** For the one that makes up keys. */
  public static final class OfMakesUpKeys extends Acme {
    /** For ServiceLoader. */
    public OfMakesUpKeys() {
      super(Faulty.MakesUpKeys::new);
    }
  }

  /** For the one that talks. */
  public static final class OfTalks extends Acme {
    /** For ServiceLoader. */
    public OfTalks() {
      super(Faulty.Talks::new);
    }
  }

  /** For the one that can't be let go of. */
  public static final class OfStays extends Acme {
    /** For ServiceLoader. */
    public OfStays() {
      super(Faulty.Stays::new);
    }
  }

  /** For the one that writes as the server does. */
  public static final class OfWritesByDefault extends Acme {
    /** For ServiceLoader. */
    public OfWritesByDefault() {
      super(Faulty.WritesByDefault::new);
    }
  }

  /** Asks its gateway for the id, and so hangs with it. */
  public static final class OfHangsWhenMade extends Acme {
    /** For ServiceLoader. */
    public OfHangsWhenMade() {
      super(Faulty.HangsWhenMade::new);
    }

    @Override
    public String gateway() {
      return new Faulty.HangsWhenMade().id();
    }
  }

  /** Asks its gateway for the id, and so ends with it. */
  public static final class OfExitsWhenMade extends Acme {
    /** For ServiceLoader. */
    public OfExitsWhenMade() {
      super(Faulty.ExitsWhenMade::new);
    }

    @Override
    public String gateway() {
      return new Faulty.ExitsWhenMade().id();
    }
  }

  /** For the one that interrupts others. */
  public static final class OfInterruptsOthers extends Acme {
    /** For ServiceLoader. */
    public OfInterruptsOthers() {
      super(Faulty.InterruptsOthers::new);
    }
  }

  /** For the one that can't be initialised. */
  public static final class OfUnlicensed extends Acme {
    /** For ServiceLoader. */
    public OfUnlicensed() {
      super(Faulty.Unlicensed::new);
    }
  }

  /** For the one that throws a book. */
  public static final class OfRambles extends Acme {
    /** For ServiceLoader. */
    public OfRambles() {
      super(Faulty.Rambles::new);
    }
  }

  /** For the one that lacks a library. */
  public static final class OfNeedsALibrary extends Acme {
    /** For ServiceLoader. */
    public OfNeedsALibrary() {
      super(Faulty.NeedsALibrary::new);
    }
  }

  /** For the one that prints its secret. */
  public static final class OfPrintsItsSecret extends Acme {
    /** For ServiceLoader. */
    public OfPrintsItsSecret() {
      super(Faulty.PrintsItsSecret::new);
    }
  }

  /** For the one that makes classes. */
  public static final class OfMakesClasses extends Acme {
    /** For ServiceLoader. */
    public OfMakesClasses() {
      super(Faulty.MakesClasses::new);
    }
  }

  /** Is broken itself: it does not say whom it is for. */
  public static final class OfNobody extends Acme {
    /** For ServiceLoader. */
    public OfNobody() {
      super(Good::new);
    }

    @Override
    @SuppressWarnings("NullAway") // On purpose.
    public String gateway() {
      return null;
    }
  }

  /** Is broken itself: it knows no token but one. */
  public static final class KnowsOneScript extends Acme {
    /** For ServiceLoader. */
    public KnowsOneScript() {
      super(Good::new);
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      if (script == Script.APPROVE) {
        return super.paying(script);
      }
      throw new IllegalArgumentException("no token for " + script);
    }
  }

  /** Is broken itself: it leaves out what it pays with. */
  public static final class PaysNothing extends Acme {
    /** For ServiceLoader. */
    public PaysNothing() {
      super(Good::new);
    }

    @Override
    @SuppressWarnings("NullAway") // On purpose.
    public Optional<PaymentMethod> paying(Script script) {
      return null;
    }
  }

  /** Is broken itself: it leaves out what its provider lacks. */
  public static final class LacksNull extends Acme {
    /** For ServiceLoader. */
    public LacksNull() {
      super(Good::new);
    }

    @Override
    @SuppressWarnings("NullAway") // On purpose.
    public Set<Lack> lacks() {
      return null;
    }
  }

  /** Is broken itself: its provider is for no gateway. */
  public static final class OpensWithoutGateway extends Acme {
    /** For ServiceLoader. */
    @SuppressWarnings("NullAway") // On purpose.
    public OpensWithoutGateway() {
      super(() -> null);
    }
  }

  /** Is broken itself: it opens nothing. */
  public static final class OpensNothing extends Acme {
    /** For ServiceLoader. */
    public OpensNothing() {
      super(Good::new);
    }

    @Override
    @SuppressWarnings("NullAway") // On purpose.
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      return null;
    }
  }

  /** Is broken itself: it ends the JVM before there is a gateway. */
  public static final class ExitsItself extends Acme {
    /** For ServiceLoader. */
    public ExitsItself() {
      super(Good::new);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      System.exit(4);
      return super.open(clock, secret, random);
    }
  }

  /** Is broken itself: it never comes back. */
  public static final class HangsItself extends Acme {
    /** For ServiceLoader. */
    public HangsItself() {
      super(Good::new);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      new Phaser(1).awaitAdvance(0);
      return super.open(clock, secret, random);
    }
  }

  /** Is broken itself: it throws before there is a gateway. */
  public static final class ThrowsItself extends Acme {
    /** For ServiceLoader. */
    public ThrowsItself() {
      super(Good::new);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      throw new IllegalStateException("the emulator is not there");
    }
  }
}
