package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpTransport;
import java.time.Clock;
import java.time.Duration;

/**
 * What the framework lends to a hook. A hook uses this clock and this transport and no other.
 *
 * @param instance the hook's id here, for messages
 * @param http the one door to the network; owned and closed by the framework
 * @param clock the time
 * @param timeLimit how long one call may take, everything included
 */
public record HookEnvironment(
    String instance, HttpTransport http, Clock clock, Duration timeLimit) {

  /** Refuses missing parts. */
  public HookEnvironment {
    required("instance", instance);
    required("http", http);
    required("clock", clock);
    required("timeLimit", timeLimit);
  }

  /** This, with another transport, such as one that a test stands behind. */
  public HookEnvironment with(HttpTransport other) {
    return new HookEnvironment(instance, other, clock, timeLimit);
  }

  /** When the call that begins now must be over. */
  public Deadline deadline() {
    return Deadline.after(timeLimit);
  }
}
