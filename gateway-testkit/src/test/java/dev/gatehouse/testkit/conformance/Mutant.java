package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The reference gateway, broken on purpose in one way.
 *
 * @param name what it does wrong
 * @param bug the same in a sentence, as its author would have to say it
 * @param killedBy the checks that it must fail, by id; it may fail others
 * @param change what makes it so; asked once for each check, so that it may keep state
 * @param settings what it is set besides
 * @param told a part of what its author is told; may be empty
 */
record Mutant(
    String name,
    String bug,
    Set<String> killedBy,
    UnaryOperator<GatewayProvider> change,
    Map<String, String> settings,
    String told) {

  static Mutant of(
      String name, String bug, UnaryOperator<GatewayProvider> change, String... killedBy) {
    return new Mutant(name, bug, new TreeSet<>(Set.of(killedBy)), change, Map.of(), "");
  }

  /** One that is broken as soon as it is opened, for the one check that is about it. */
  static Mutant bent(
      String killedBy, String name, String bug, String told, BentTarget.Bending bending) {
    return new Mutant(
        name,
        bug,
        Set.of(killedBy),
        straight -> new BentTarget.BentProvider(straight, bending),
        Map.of(),
        told);
  }

  Mutant set(String setting, String value) {
    return new Mutant(name, bug, killedBy, change, Map.of(setting, value), told);
  }

  TestTarget target() {
    return new Target(this);
  }

  @Override
  public String toString() {
    return name;
  }

  /** The reference's target, with the broken gateway in the place of the whole one. */
  private record Target(Mutant mutant) implements TestTarget {
    private static final ReferenceTarget WHOLE = new ReferenceTarget();

    @Override
    public String gateway() {
      return WHOLE.gateway();
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return WHOLE.paying(script);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      SimulatedProvider whole = WHOLE.open(clock, secret, random);
      GatewayProvider broken = mutant.change.apply(whole.gateway());
      Map<String, String> settings = new TreeMap<>(whole.settings());
      settings.putAll(mutant.settings);
      return (SimulatedProvider)
          Proxy.newProxyInstance(
              SimulatedProvider.class.getClassLoader(),
              new Class<?>[] {SimulatedProvider.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "gateway" -> broken;
                    case "settings" -> settings;
                    default -> passedOn(method, whole, arguments);
                  });
    }

    private static Object passedOn(Method method, Object to, Object[] arguments) throws Throwable {
      try {
        return method.invoke(to, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
