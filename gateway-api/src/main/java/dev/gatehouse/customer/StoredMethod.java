package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.id.GatewayInstanceId;
import java.util.Comparator;

/**
 * A payment method that a gateway stored for a customer (a credential on file). Only its customer
 * may pay with it.
 *
 * @param gateway the gateway instance that holds it
 * @param method the provider's id of it; not a card number
 */
public record StoredMethod(GatewayInstanceId gateway, String method)
    implements Comparable<StoredMethod> {
  private static final Comparator<StoredMethod> ORDER =
      Comparator.comparing(StoredMethod::gateway).thenComparing(StoredMethod::method);

  /** Refuses missing parts. */
  public StoredMethod {
    required("gateway", gateway);
    required("method", method);
  }

  @Override
  public int compareTo(StoredMethod other) {
    return ORDER.compare(this, other);
  }
}
