package dev.gatehouse.store;

import dev.gatehouse.id.GatewayInstanceId;
import java.time.Instant;

/**
 * How far the changes at a gateway's provider were taken in.
 *
 * @param gateway the gateway
 * @param version the store's version of this record; 0 before it was first saved
 * @param upTo from where to go on
 * @param nextAt when to ask again
 */
public record Cursor(GatewayInstanceId gateway, long version, Instant upTo, Instant nextAt) {

  /** This, to ask again at that time. */
  public Cursor askingAt(Instant time) {
    return new Cursor(gateway, version, upTo, time);
  }

  /** This, having come at least so far; it never goes back. */
  public Cursor reaching(Instant time) {
    return time.isAfter(upTo) ? new Cursor(gateway, version, time, nextAt) : this;
  }

  /** This, as the store holds it after it was saved. */
  public Cursor atVersion(long stored) {
    return new Cursor(gateway, stored, upTo, nextAt);
  }
}
