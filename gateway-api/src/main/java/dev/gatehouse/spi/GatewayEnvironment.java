package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import java.time.Clock;
import java.time.Duration;

/**
 * What the framework lends to a gateway. A gateway uses this clock and this transport and no other.
 *
 * @param instance the id of the gateway as configured here
 * @param mode whether real money moves; a gateway whose keys say otherwise refuses to open
 * @param http the one door to the network; owned and closed by the framework
 * @param clock the time
 * @param timeLimit how long one call may take, everything included
 */
public record GatewayEnvironment(
    GatewayInstanceId instance, Mode mode, HttpTransport http, Clock clock, Duration timeLimit) {

  /** Refuses missing parts. */
  public GatewayEnvironment {
    required("instance", instance);
    required("mode", mode);
    required("http", http);
    required("clock", clock);
    required("timeLimit", timeLimit);
  }

  /** This, with another transport, such as one that a test stands behind. */
  public GatewayEnvironment with(HttpTransport other) {
    return new GatewayEnvironment(instance, mode, other, clock, timeLimit);
  }

  /** When the call that begins now must be over. */
  public Deadline deadline() {
    return Deadline.after(timeLimit);
  }
}
