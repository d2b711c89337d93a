package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.command.Pay;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Case;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Starts payments: one per key, within the budget of tries, and never after a final decline.
 * Thread-safe.
 */
final class Paying {
  private final Gateways gateways;
  private final Customers customers;
  private final Caller caller;
  private final EnginePolicy policy;
  private final Clock clock;
  private final IdSource ids;

  Paying(
      Gateways gateways,
      Customers customers,
      Caller caller,
      EnginePolicy policy,
      Clock clock,
      IdSource ids) {
    this.gateways = gateways;
    this.customers = customers;
    this.caller = caller;
    this.policy = policy;
    this.clock = clock;
    this.ids = ids;
  }

  void pay(Pay command) {
    GatewayHandle gateway = gateways.gateway(command.gateway());
    PaymentId id = new PaymentId("pay_" + ids.next());
    caller.change(command.checkout(), known -> begin(known, command, gateway, id));
  }

  private Case begin(Case known, Pay command, GatewayHandle gateway, PaymentId id) {
    Checkout checkout = known.checkout().orElseThrow();
    ChargeTerms terms = termsOf(command, checkout);
    for (Payment payment : known.payments()) {
      if (!payment.operationsOf(OperationKind.CHARGE, command.key()).isEmpty()) {
        demandSame(payment, command, terms);
        return known;
      }
    }
    if (checkout.total().isZero()) {
      throw new InvalidStateException(
          new Problem(
              "checkout", "checkout.free", "there is nothing to pay", "complete it as free"));
    }
    Decider.demand(checkout, CheckoutTrigger.PAY, clock.instant());
    demandMayTry(known, command.method());
    demandPresence(command);
    customers.demandTheirs(checkout.customer(), gateway.id(), command.method());
    gateway.demandCan(
        Caller.request(id.value(), id.value() + ".charge.1", terms, CustomerDetails.none()));
    Payment payment =
        new Payment(
            id,
            0,
            gateway.id(),
            gateway.mode(),
            Optional.of(checkout.id()),
            Optional.of(checkout.customer()),
            Optional.of(terms),
            PaymentFacts.none(),
            List.of(),
            new TreeSet<>(),
            List.of(),
            clock.instant(),
            Optional.empty(),
            0);
    Intent charge = Intent.charge(command.key(), terms.amount());
    return known.with(checkout.trying(id)).with(payment.beginning(charge, clock.instant()));
  }

  private static ChargeTerms termsOf(Pay command, Checkout checkout) {
    return new ChargeTerms(
        checkout.total(),
        command.capture(),
        command.method(),
        command.storeMethod(),
        command.initiator(),
        command.description(),
        command.returnUrl());
  }

  /** Without the customer, only what they agreed to before can be charged. */
  private static void demandPresence(Pay command) {
    if (command.initiator() == Initiator.MERCHANT
        && !(command.method() instanceof PaymentMethod.Stored)) {
      throw new InvalidInputException(
          new Problem(
              "initiator",
              "initiator.needs-stored-method",
              "is the merchant, and the method is not a stored one",
              "charge a stored method, or let the customer pay"));
    }
  }

  private static void demandSame(Payment payment, Pay command, ChargeTerms terms) {
    boolean same =
        payment.gateway().equals(command.gateway())
            && payment.terms().filter(terms::equals).isPresent();
    if (!same) {
      throw Refusals.otherContent();
    }
  }

  /** Card networks punish retrying: there is a budget, and a hard decline is never tried again. */
  private void demandMayTry(Case known, PaymentMethod method) {
    if (known.payments().size() >= policy.paymentsPerCheckout()) {
      throw new InvalidStateException(
          new Problem(
              "checkout",
              "checkout.too-many-tries",
              "was tried " + known.payments().size() + " times",
              "start a new checkout later"));
    }
    for (Payment payment : known.payments()) {
      boolean sameMethod = payment.terms().filter(t -> t.method().equals(method)).isPresent();
      boolean hard =
          payment.facts().attempts().values().stream()
              .flatMap(attempt -> attempt.decline().values().stream())
              .anyMatch(decline -> !decline.isRetryable());
      if (sameMethod && hard && payment.state() == PaymentState.FAILED) {
        throw new InvalidStateException(
            new Problem(
                "method",
                "method.declined-for-good",
                "was declined for good",
                "ask the customer for another payment method"));
      }
    }
  }
}
