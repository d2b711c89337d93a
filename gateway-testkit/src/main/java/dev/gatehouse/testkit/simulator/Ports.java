package dev.gatehouse.testkit.simulator;

import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.store.Store;
import java.util.function.UnaryOperator;

/**
 * What is put around the engine's ports, so that a bug can be planted from outside. Each function
 * is called anew for every process that starts, so what it keeps is lost in a crash.
 *
 * @param store around the store
 * @param transport around the door to the network
 * @param gateway around the gateway's provider
 */
public record Ports(
    UnaryOperator<Store> store,
    UnaryOperator<HttpTransport> transport,
    UnaryOperator<GatewayProvider> gateway) {

  /** The ports as they are. */
  public static Ports plain() {
    return new Ports(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** These, with something around the store. */
  public Ports withStore(UnaryOperator<Store> around) {
    return new Ports(around, transport, gateway);
  }

  /** These, with something around the door to the network. */
  public Ports withTransport(UnaryOperator<HttpTransport> around) {
    return new Ports(store, around, gateway);
  }

  /** These, with something around the gateway's provider. */
  public Ports withGateway(UnaryOperator<GatewayProvider> around) {
    return new Ports(store, transport, around);
  }
}
