package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.command.Pay;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Case;
import java.time.Clock;
import java.util.Optional;

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
    demandMayTry(known, command);
    demandPresence(command);
    customers.demandTheirs(checkout.customer(), gateway.id(), command.method());
    gateway.demandCan(
        Caller.request(
            id.value(), id.value() + ".charge.1", terms, CustomerDetails.none(), Optional.empty()));
    ChargeTerms agreed = terms.under(agreement(checkout, gateway, terms));
    Payment payment =
        Payment.begun(
            id,
            gateway.id(),
            gateway.mode(),
            Optional.of(checkout.id()),
            checkout.customer(),
            agreed,
            clock.instant());
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
        command.returnUrl(),
        command.agreement());
  }

  /** What a stored method was stored for goes with each charge of it. */
  private Optional<Agreement> agreement(
      Checkout checkout, GatewayHandle gateway, ChargeTerms terms) {
    return terms
        .agreement()
        .or(
            () ->
                customers
                    .stored(checkout.customer(), gateway.id(), terms.method())
                    .flatMap(StoredMethod::agreement));
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
            && payment.terms().filter(asked -> isSame(asked, terms)).isPresent();
    if (!same) {
      throw Refusals.otherContent();
    }
  }

  /** What was agreed on when the method was stored is not the caller's to repeat. */
  private static boolean isSame(ChargeTerms asked, ChargeTerms again) {
    return asked.equals(again)
        || again.agreement().isEmpty() && asked.under(Optional.empty()).equals(again);
  }

  /** Card networks punish retrying: there is a budget, and a hard decline is never tried again. */
  private void demandMayTry(Case known, Pay command) {
    if (known.payments().size() >= policy.paymentsPerCheckout()) {
      throw new InvalidStateException(
          new Problem(
              "checkout",
              "checkout.too-many-tries",
              "was tried " + known.payments().size() + " times",
              "start a new checkout later"));
    }
    for (Payment payment : known.payments()) {
      boolean sameMethod =
          payment.terms().filter(t -> t.method().equals(command.method())).isPresent();
      boolean hard =
          payment.facts().attempts().values().stream()
              .flatMap(attempt -> attempt.decline().values().stream())
              .anyMatch(decline -> isFinal(decline, payment, command));
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

  /**
   * A charge that the customer must authenticate is tried again with the customer, and whatever the
   * provider advises, not without.
   */
  private static boolean isFinal(Decline decline, Payment failed, Pay command) {
    boolean wantsCustomer =
        decline.code() == DeclineCode.AUTHENTICATION_REQUIRED
            && failed.terms().filter(t -> t.initiator() == Initiator.MERCHANT).isPresent();
    return wantsCustomer ? command.initiator() == Initiator.MERCHANT : !decline.isRetryable();
  }
}
