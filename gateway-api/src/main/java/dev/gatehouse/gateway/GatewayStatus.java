package dev.gatehouse.gateway;

import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayDescription;
import java.util.List;
import java.util.Optional;

/**
 * One line of the list of all gateways: an instance, or a provider that is not open, and why.
 * Immutable; holds no settings' values.
 *
 * @param state where it stands
 * @param instance the instance's id here; empty for a provider of which none is configured
 * @param provider the id of the provider; empty if it could not be asked
 * @param mode whether real money moves; empty if it is not open
 * @param description what it says of itself, its version and capabilities among it; empty if it
 *     could not be asked
 * @param source the provider's class, its module, and the JAR or folder that it came from; empty if
 *     there is none
 * @param problems why it was refused, each with what to do; empty if it was not
 */
public record GatewayStatus(
    State state,
    Optional<GatewayInstanceId> instance,
    String provider,
    Optional<Mode> mode,
    Optional<GatewayDescription> description,
    String source,
    List<Problem> problems) {

  /** Where a gateway stands. */
  public enum State {
    /** It is open and takes new payments. */
    ON,
    /** It is open and takes no new payments; everything else goes on. */
    OFF,
    /** The provider was found, and no instance of it is configured. */
    NOT_CONFIGURED,
    /** It was found or configured, and can't be used. */
    REFUSED
  }

  /** Copies the problems. */
  public GatewayStatus {
    problems = List.copyOf(problems);
  }
}
