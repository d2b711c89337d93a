package dev.gatehouse.testkit.simulator;

import dev.gatehouse.engine.Engine;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.validation.InputValidator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One process: an engine over the shared store. What it keeps in memory dies with it. */
final class Node {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(100);
  private static final InputValidator VALIDATOR = InputValidator.create();

  private final World world;
  private final String name;
  private int life;
  private boolean dead;
  private Engine engine;

  Node(World world, String name) {
    this.world = world;
    this.name = name;
    this.engine = start();
  }

  Engine engine() {
    return engine;
  }

  String name() {
    return name;
  }

  /** The process ends here. Should something catch that, the next call of a port ends it again. */
  Crash die() {
    dead = true;
    return new Crash(this);
  }

  void demandAlive() {
    if (dead) {
      throw new Crash(this);
    }
  }

  void restart() {
    life++;
    dead = false;
    world.place.died(name);
    world.store.forget();
    engine = start();
    world.tell("process " + this + " starts");
  }

  private Engine start() {
    Ports ports = world.options.ports();
    HttpTransport door = ports.transport().apply(new WatchedTransport(world, this));
    GatewayProvider gateway = ports.gateway().apply(habitual());
    Gateways gateways =
        Gateways.open(
            GatewayCatalog.of(gateway, new ManualGatewayProvider()),
            List.of(
                new GatewayConfig(
                    World.GATEWAY, gateway.id(), Mode.TEST, world.provider.simulated().settings()),
                new GatewayConfig(
                    World.BANK, "manual", Mode.TEST, Map.of("instructions", "Pay to|account 1"))),
            VALIDATOR,
            door,
            world.clock,
            TIME_LIMIT);
    List<LifecycleHook> hooks =
        world.audiences.stream()
            .<LifecycleHook>map(audience -> new WatchedHook(world, this, audience))
            .toList();
    return new Engine(
        ports.store().apply(new WatchedStore(world, this)),
        gateways,
        hooks,
        EnginePolicy.defaults(),
        world.clock,
        world::nextId);
  }

  private GatewayProvider habitual() {
    return GatewayAround.provider(
        world.provider.simulated().gateway(),
        gateway -> new HabitualGateway(gateway, world),
        world.habits::described);
  }

  @Override
  public String toString() {
    return name + life;
  }
}
