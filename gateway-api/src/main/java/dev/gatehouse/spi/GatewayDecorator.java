package dev.gatehouse.spi;

import java.util.Optional;

/**
 * A gateway that stands before another. It implements the interface of every capability that it
 * passes on, and says which of them the one behind it has. Requests and answers are passed on as
 * they are, or made anew with their own words, so that no part is lost that came later.
 */
public interface GatewayDecorator extends PaymentGateway {
  /**
   * This as one that can do more, if the one behind it can.
   *
   * @param capability the interface of a {@link Capability}
   */
  <C> Optional<C> able(Class<C> capability);
}
