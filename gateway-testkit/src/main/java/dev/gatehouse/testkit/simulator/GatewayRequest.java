package dev.gatehouse.testkit.simulator;

import java.util.Comparator;

/**
 * A request by its place within one call of a gateway.
 *
 * @param call the call
 * @param number which of its requests, from 1; {@link #MOST} is also every later one
 */
public record GatewayRequest(GatewayCall call, int number) implements Comparable<GatewayRequest> {
  /** Requests from this number on are counted together. */
  public static final int MOST = 3;

  private static final Comparator<GatewayRequest> ORDER =
      Comparator.comparing(GatewayRequest::call).thenComparing(GatewayRequest::number);

  /** Counts what is later than {@link #MOST} as that. */
  public GatewayRequest {
    number = Math.min(number, MOST);
  }

  /** By call, then by number. */
  @Override
  public int compareTo(GatewayRequest other) {
    return ORDER.compare(this, other);
  }
}
