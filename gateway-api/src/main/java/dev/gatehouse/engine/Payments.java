package dev.gatehouse.engine;

import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.machine.Machine;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.Funds;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentMachine;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.payment.PaymentTrigger;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.store.Case;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Captures, voids and refunds. Each is checked, then committed as an operation, and only then sent.
 * Thread-safe.
 */
final class Payments {
  private static final Machine<PaymentState, PaymentTrigger> TABLE = PaymentMachine.table();

  private final Gateways gateways;
  private final Caller caller;
  private final Clock clock;

  Payments(Gateways gateways, Caller caller, Clock clock) {
    this.gateways = gateways;
    this.caller = caller;
    this.clock = clock;
  }

  void capture(Capture command) {
    caller.change(
        command.payment(),
        known -> {
          Payment payment = known.payment(command.payment()).orElseThrow();
          Optional<Money> asked = Optional.of(command.amount());
          if (isRepeated(payment, OperationKind.CAPTURE, command.key(), asked)) {
            demandSameFinality(payment, command);
            return known;
          }
          TABLE.demand(payment.state(), PaymentTrigger.CAPTURE);
          demandWanted(known, payment);
          return known.with(beginCapture(payment, command));
        });
  }

  void voidPayment(VoidPayment command) {
    caller.changePayment(
        command.payment(),
        payment -> {
          if (isRepeated(payment, OperationKind.VOID, command.key(), Optional.empty())) {
            return payment;
          }
          TABLE.demand(payment.state(), PaymentTrigger.VOID);
          demand(payment, Capability.VOID);
          Payment next = payment;
          for (var hold : payment.ledger().authorizations().entrySet()) {
            if (hold.getValue().isAlive()) {
              Intent release = Intent.release(command.key(), hold.getKey());
              next = next.beginning(release, clock.instant());
            }
          }
          return next;
        });
  }

  void refund(Refund command) {
    caller.changePayment(
        command.payment(),
        payment -> {
          Optional<Money> asked = Optional.of(command.amount());
          if (isRepeated(payment, OperationKind.REFUND, command.key(), asked)) {
            demandSameReason(payment, command);
            return payment;
          }
          TABLE.demand(payment.state(), PaymentTrigger.REFUND);
          return beginRefund(payment, command);
        });
  }

  private static void demandSameFinality(Payment payment, Capture command) {
    boolean same =
        payment.operationsOf(OperationKind.CAPTURE, command.key()).stream()
            .allMatch(operation -> operation.isFinal() == command.isFinal());
    if (!same) {
      throw Refusals.otherContent();
    }
  }

  /** The provider is told the reason, so it is part of what the key stands for. */
  private static void demandSameReason(Payment payment, Refund command) {
    boolean same =
        payment.operationsOf(OperationKind.REFUND, command.key()).stream()
            .allMatch(operation -> operation.reason().equals(command.reason()));
    if (!same) {
      throw Refusals.otherContent();
    }
  }

  private static void demandWanted(Case known, Payment payment) {
    if (!Resends.mayCapture(known, payment)) {
      throw new InvalidStateException(
          new Problem(
              "payment",
              "checkout.over",
              "was held for a checkout that is over",
              "start a new checkout; what is held is released"));
    }
  }

  private Payment beginCapture(Payment payment, Capture command) {
    Refusals.demandCurrency(payment, "amount", command.amount());
    demand(payment, Capability.CAPTURE);
    CurrencyUnit currency = command.amount().getCurrencyUnit();
    SortedMap<String, Money> holds = Funds.of(payment, currency).capturableByAuthorization();
    Map.Entry<String, Money> hold = withEnough(holds, command.amount(), "money.over-capture");
    boolean all = command.amount().isEqual(hold.getValue());
    Effects effects = payment.effects();
    boolean several =
        payment.operations().stream()
            .filter(operation -> operation.kind() == OperationKind.CAPTURE)
            .map(effects::status)
            .anyMatch(s -> s != OperationStatus.NO_EFFECT && s != OperationStatus.FAILED);
    if (!all) {
      demand(payment, Capability.PARTIAL_CAPTURE);
    }
    if (several) {
      demand(payment, Capability.MULTIPLE_CAPTURES);
    }
    return payment.beginning(
        Intent.capture(command.key(), command.amount(), hold.getKey(), command.isFinal()),
        clock.instant());
  }

  private Payment beginRefund(Payment payment, Refund command) {
    Refusals.demandCurrency(payment, "amount", command.amount());
    demand(payment, Capability.REFUND);
    Funds funds = Funds.of(payment, command.amount().getCurrencyUnit());
    if (command.amount().isGreaterThan(funds.refundable())) {
      throw Refusals.tooMuch("money.over-refund", funds.refundable());
    }
    Payment next = payment;
    Money left = command.amount();
    for (Map.Entry<String, Money> capture : funds.refundableByCapture().entrySet()) {
      Money part = left.isGreaterThan(capture.getValue()) ? capture.getValue() : left;
      if (part.isPositive()) {
        demandPartial(payment, capture.getKey(), part);
        Intent refund = Intent.refund(command.key(), part, capture.getKey(), command.reason());
        next = next.beginning(refund, clock.instant());
        left = left.minus(part);
      }
    }
    if (left.isPositive()) {
      throw Refusals.tooMuch("money.over-refund", command.amount().minus(left));
    }
    return next;
  }

  private void demandPartial(Payment payment, String capture, Money part) {
    boolean whole =
        Optional.ofNullable(payment.facts().movements().get(capture))
            .flatMap(movement -> movement.amount().value())
            .filter(part::isEqual)
            .isPresent();
    if (!whole) {
      demand(payment, Capability.PARTIAL_REFUND);
    }
  }

  private static Map.Entry<String, Money> withEnough(
      SortedMap<String, Money> funds, Money amount, String code) {
    return funds.entrySet().stream()
        .filter(entry -> !amount.isGreaterThan(entry.getValue()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusals.tooMuch(
                    code,
                    funds.values().stream()
                        .reduce((a, b) -> a.isGreaterThan(b) ? a : b)
                        .orElse(Money.zero(amount.getCurrencyUnit()))));
  }

  /**
   * The same command again does nothing; the same key with another amount is a bug of the caller.
   */
  private static boolean isRepeated(
      Payment payment, OperationKind kind, String command, Optional<Money> amount) {
    List<Operation> before = payment.operationsOf(kind, command);
    if (before.isEmpty()) {
      return false;
    }
    Optional<Money> sum = before.stream().flatMap(o -> o.amount().stream()).reduce(Money::plus);
    if (!sum.equals(amount)) {
      throw Refusals.otherContent();
    }
    return true;
  }

  private void demand(Payment payment, Capability capability) {
    GatewayHandle gateway = gateways.gateway(payment.gateway());
    String method = payment.terms().map(terms -> terms.method().type()).orElse("");
    boolean foreign = payment.terms().isEmpty();
    if (!foreign || !gateway.description().capabilities().contains(capability)) {
      gateway.demand(capability, method);
    }
  }
}
