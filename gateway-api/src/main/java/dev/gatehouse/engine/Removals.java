package dev.gatehouse.engine;

import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Case;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is begun when a stored method is to be removed at its provider. */
final class Removals {
  private Removals() {}

  /** Whether the provider can be asked; a gateway that is not configured any more can't. */
  static boolean canBeAsked(Gateways gateways, StoredMethod method) {
    return gateways
        .find(method.gateway())
        .filter(
            gateway ->
                method
                    .type()
                    .map(gateway.description()::capabilitiesOf)
                    .orElseGet(gateway.description()::capabilities)
                    .contains(Capability.METHOD_REMOVAL))
        .isPresent();
  }

  /**
   * A record of its own, with its first send committed. It is nobody's but the method's, so it can
   * be committed together with whatever the removal follows from.
   *
   * @param because what makes this removal another than an earlier one of the same method
   */
  static Case begun(
      Gateways gateways, CustomerId customer, StoredMethod method, String because, Instant now) {
    GatewayHandle gateway = gateways.gateway(method.gateway());
    PaymentId id =
        ForeignIds.made("rem_", customer.value(), gateway.id().value(), method.method(), because);
    // A method that was kept before types were is removed all the same: its type is not sent.
    String type = method.type().orElse("unknown");
    Payment removal =
        Payment.begun(
            id,
            gateway.id(),
            gateway.mode(),
            Optional.empty(),
            customer,
            ChargeTerms.removal(new PaymentMethod.Stored(type, method.method())),
            now);
    Intent intent = Intent.remove(FollowUps.OURS + "remove", method.method());
    Payment begun = removal.observing(known(method)).beginning(intent, now);
    return new Case(Optional.empty(), List.of(begun), Optional.empty());
  }

  private static PaymentFacts known(StoredMethod method) {
    Credential stored = Credential.stored().with(method.details());
    Credential owned = method.owner().map(stored::ownedBy).orElse(stored);
    return Snapshot.builder()
        .credential(method.method(), method.account().map(owned::in).orElse(owned))
        .build()
        .facts();
  }
}
