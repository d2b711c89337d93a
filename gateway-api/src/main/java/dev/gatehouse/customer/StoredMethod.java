package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Agreement;
import java.util.Comparator;
import java.util.Optional;

/**
 * A payment method that a gateway stored for a customer (a credential on file). Only its customer
 * may pay with it. There is one of each gateway and method.
 *
 * @param gateway the gateway instance that holds it
 * @param method the provider's id of it; not a card number
 * @param type its type, such as {@code card}; empty if it was kept before types were
 * @param details what people know it by
 * @param owner the provider's id of the customer that it is stored for, where it has one
 * @param account the provider's account that it is stored in, where the gateway tells
 * @param agreement what the customer agreed to when it was stored
 */
public record StoredMethod(
    GatewayInstanceId gateway,
    String method,
    Optional<String> type,
    MethodDetails details,
    Optional<String> owner,
    Optional<String> account,
    Optional<Agreement> agreement)
    implements Comparable<StoredMethod> {
  private static final Comparator<StoredMethod> ORDER =
      Comparator.comparing(StoredMethod::gateway)
          .thenComparing(StoredMethod::method)
          .thenComparing(stored -> stored.type.orElse(""))
          .thenComparing(StoredMethod::details)
          .thenComparing(stored -> stored.owner.orElse(""))
          .thenComparing(stored -> stored.account.orElse(""))
          .thenComparing(stored -> stored.agreement.map(Agreement::toString).orElse(""));

  /** Refuses missing parts. */
  public StoredMethod {
    required("gateway", gateway);
    required("method", method);
    required("type", type);
    required("details", details);
    required("owner", owner);
    required("account", account);
    required("agreement", agreement);
  }

  /** With nothing known but where it is. */
  public StoredMethod(GatewayInstanceId gateway, String method) {
    this(
        gateway,
        method,
        Optional.empty(),
        MethodDetails.none(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is this method of this gateway. */
  public boolean is(GatewayInstanceId instance, String id) {
    return gateway.equals(instance) && method.equals(id);
  }

  /**
   * Whether it is another method with the same account behind it, as when a customer typed the same
   * card in twice.
   */
  public boolean isDuplicateOf(StoredMethod other) {
    return gateway.equals(other.gateway)
        && !method.equals(other.method)
        && details.fingerprint().isPresent()
        && details.fingerprint().equals(other.details.fingerprint());
  }

  @Override
  public int compareTo(StoredMethod other) {
    return ORDER.compare(this, other);
  }
}
