package dev.gatehouse.spi;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway can do beyond charging and looking up. A capability with an {@linkplain
 * #implementedBy() interface} is declared if and only if the interface is implemented; asking for
 * what is not declared is refused before any request is sent.
 */
public enum Capability {
  /** Takes authorised money later. */
  CAPTURE(CapturesPayments.class),
  /** Releases authorised money. */
  VOID(VoidsPayments.class),
  /** Holds money without taking it. */
  AUTHORIZE(null, CAPTURE, VOID),
  /** Captures less than was authorised. */
  PARTIAL_CAPTURE(null, CAPTURE),
  /** Captures one authorisation in several parts. */
  MULTIPLE_CAPTURES(null, PARTIAL_CAPTURE),
  /** Gives money back. */
  REFUND(RefundsPayments.class),
  /** Gives a part of the money back, several times if wanted. */
  PARTIAL_REFUND(null, REFUND),
  /** Lets customers authenticate or approve. */
  CUSTOMER_ACTION(null),
  /** Waits for us after the customer's part, and goes on when told to. */
  COMPLETION(CompletesActions.class, CUSTOMER_ACTION),
  /** Saves a payment method with a charge and charges it again later. */
  STORED_METHODS(null),
  /** Stores a payment method without a charge. */
  METHOD_SETUP(SetsUpMethods.class, STORED_METHODS),
  /** Removes a stored payment method. */
  METHOD_REMOVAL(RemovesMethods.class, STORED_METHODS),
  /** Understands the provider's webhooks. */
  WEBHOOKS(ReceivesWebhooks.class),
  /** Lists which payments changed. */
  CHANGES(ListsChanges.class),
  /** Links to the provider's console. */
  DASHBOARD_LINKS(LinksToDashboard.class),
  /** A person reports what happened. */
  OPERATOR_REPORTS(TakesReports.class);

  private final Optional<Class<?>> type;
  private final Set<Capability> implied;

  Capability(@Nullable Class<?> type, Capability... implied) {
    this.type = Optional.ofNullable(type);
    this.implied = Set.of(implied);
  }

  /** The interface that a gateway with this capability implements; empty for a mere property. */
  public Optional<Class<?>> implementedBy() {
    return type;
  }

  /** A gateway as one that can do more, if it can: it implements the interface, or passes it on. */
  public static <C> Optional<C> in(PaymentGateway gateway, Class<C> type) {
    if (gateway instanceof GatewayDecorator decorator) {
      return decorator.able(type);
    }
    return type.isInstance(gateway) ? Optional.of(type.cast(gateway)) : Optional.empty();
  }

  /** What a gateway that declares this must also declare. */
  public Set<Capability> implied() {
    return implied;
  }
}
