package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.machine.Machine;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Funds;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentMachine;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.payment.PaymentTrigger;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The commands that move money. Each is checked, then committed as an operation, and only then
 * sent. Thread-safe.
 */
final class Payments {
  private static final Machine<PaymentState, PaymentTrigger> TABLE = PaymentMachine.table();

  private final Store store;
  private final Gateways gateways;
  private final Committer committer;
  private final Caller caller;
  private final Observer observer;
  private final EnginePolicy policy;
  private final Clock clock;
  private final IdSource ids;

  Payments(
      Store store,
      Gateways gateways,
      Committer committer,
      Caller caller,
      Observer observer,
      EnginePolicy policy,
      Clock clock,
      IdSource ids) {
    this.store = store;
    this.gateways = gateways;
    this.committer = committer;
    this.caller = caller;
    this.observer = observer;
    this.policy = policy;
    this.clock = clock;
    this.ids = ids;
  }

  void pay(Pay command) {
    GatewayHandle gateway = gateways.gateway(command.gateway());
    PaymentId id = new PaymentId("pay_" + ids.next());
    caller.run(committer.change(command.checkout(), known -> begin(known, command, gateway, id)));
  }

  void capture(Capture command) {
    change(
        command.payment(),
        payment -> {
          Optional<Money> asked = Optional.of(command.amount());
          if (isRepeated(payment, OperationKind.CAPTURE, command.key(), asked)) {
            return payment;
          }
          TABLE.demand(payment.state(), PaymentTrigger.CAPTURE);
          return beginCapture(payment, command);
        });
  }

  void voidPayment(VoidPayment command) {
    change(
        command.payment(),
        payment -> {
          if (isRepeated(payment, OperationKind.VOID, command.key(), Optional.empty())) {
            return payment;
          }
          TABLE.demand(payment.state(), PaymentTrigger.VOID);
          demand(payment, Capability.VOID);
          Payment next = payment;
          for (var hold : payment.facts().authorizations().entrySet()) {
            if (hold.getValue().isAlive()) {
              next =
                  operation(
                      next,
                      OperationKind.VOID,
                      command.key(),
                      Optional.empty(),
                      hold.getKey(),
                      false,
                      Optional.empty());
            }
          }
          return next;
        });
  }

  void refund(Refund command) {
    change(
        command.payment(),
        payment -> {
          Optional<Money> asked = Optional.of(command.amount());
          if (isRepeated(payment, OperationKind.REFUND, command.key(), asked)) {
            return payment;
          }
          TABLE.demand(payment.state(), PaymentTrigger.REFUND);
          return beginRefund(payment, command);
        });
  }

  void report(ReportMoney command) {
    Payment payment =
        store
            .payment(command.payment())
            .orElseThrow(() -> Committer.notFound("payment", command.payment().value()));
    demandCurrency(payment, "amount", command.amount());
    demandAboutThis(payment, command);
    Instant now = clock.instant();
    Snapshot snapshot =
        gateways
            .gateway(payment.gateway())
            .report(
                new OperatorReport(
                    Traces.of(payment),
                    command.finding(),
                    command.amount(),
                    command.movement(),
                    command.actor(),
                    command.reason(),
                    now));
    String what = command.finding() + " " + command.amount();
    Note note = new Note(now, command.actor(), what, command.reason());
    caller.run(
        committer.change(
            payment.id(),
            known -> {
              Payment current = known.payment(payment.id()).orElseThrow();
              return known.with(current.observing(snapshot.facts()).noting(note));
            }));
  }

  /**
   * A report about a refund names one that is under way, with its amount; others name no refund.
   */
  private static void demandAboutThis(Payment payment, ReportMoney command) {
    boolean aboutRefund =
        command.finding() == OperatorReport.Finding.REFUND_SENT
            || command.finding() == OperatorReport.Finding.REFUND_NOT_SENT;
    Optional<Movement> refund =
        command
            .movement()
            .map(payment.facts().movements()::get)
            .filter(movement -> movement.is(MovementKind.REFUND));
    if (aboutRefund != refund.isPresent()) {
      throw new InvalidInputException(
          new Problem(
              "movement",
              "report.movement",
              aboutRefund ? "is no refund of this payment" : "is a refund",
              aboutRefund
                  ? "name the refund that the report is about"
                  : "name the money that arrived, or nothing"));
    }
    if (refund
        .flatMap(r -> r.amount().value())
        .filter(a -> !a.equals(command.amount()))
        .isPresent()) {
      throw new InvalidInputException(
          new Problem(
              "amount",
              "report.amount",
              "is not the refund's amount",
              "report the refund as it was asked for, or that it was not made"));
    }
  }

  /** A person's finding is a fact like any other; who said so, and why, is kept beside it. */
  void settle(SettleOperation command) {
    change(
        command.payment(),
        payment -> {
          Operation operation =
              payment
                  .operation(command.operation())
                  .orElseThrow(() -> Committer.notFound("operation", command.operation()));
          if (payment.status(operation) != OperationStatus.IN_DOUBT) {
            throw new InvalidStateException(
                new Problem(
                    "operation",
                    "operation.not-in-doubt",
                    "is not in doubt",
                    "look at the payment: what became of it is known"));
          }
          String what = operation.key() + command.effect().map(e -> " was " + e).orElse(" was not");
          Note note = new Note(clock.instant(), command.actor(), what, command.reason());
          return payment.with(operation.close()).observing(found(command, operation)).noting(note);
        });
  }

  private static PaymentFacts found(SettleOperation command, Operation operation) {
    SendStep step = command.effect().isPresent() ? SendStep.HAD_EFFECT : SendStep.HAD_NONE;
    PaymentFacts found = PaymentFacts.none();
    for (int number = 1; number <= operation.sends(); number++) {
      found = found.join(PaymentFacts.ofSend(operation.sendKey(number), step));
    }
    Optional<MovementKind> kind =
        switch (operation.kind()) {
          case CAPTURE -> Optional.of(MovementKind.CAPTURE);
          case REFUND -> Optional.of(MovementKind.REFUND);
          case CHARGE, COMPLETE, VOID -> Optional.empty();
        };
    if (command.effect().isEmpty() || kind.isEmpty()) {
      return found;
    }
    Movement movement =
        Movement.of(kind.get(), MovementStep.DONE)
            .with(operation.amount().orElseThrow())
            .outOf(operation.target())
            .causedBy(operation.key());
    return found.join(
        Snapshot.builder().movement(command.effect().get(), movement).build().facts());
  }

  void lookNow(List<Payment> payments) {
    observer.lookAll(payments);
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
    return known.with(checkout.trying(id)).with(payment).with(charge(payment, command, terms));
  }

  private Payment charge(Payment payment, Pay command, ChargeTerms terms) {
    return operation(
        payment,
        OperationKind.CHARGE,
        command.key(),
        Optional.of(terms.amount()),
        "",
        false,
        Optional.empty());
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

  private static void demandSame(Payment payment, Pay command, ChargeTerms terms) {
    boolean same =
        payment.gateway().equals(command.gateway())
            && payment.terms().filter(terms::equals).isPresent();
    if (!same) {
      throw otherContent();
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
      boolean hard = payment.decline().filter(decline -> !decline.isRetryable()).isPresent();
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

  private Payment beginCapture(Payment payment, Capture command) {
    demandCurrency(payment, "amount", command.amount());
    demand(payment, Capability.CAPTURE);
    CurrencyUnit currency = command.amount().getCurrencyUnit();
    SortedMap<String, Money> holds = Funds.of(payment, currency).capturableByAuthorization();
    Map.Entry<String, Money> hold = withEnough(holds, command.amount(), "money.over-capture");
    boolean all = command.amount().isEqual(hold.getValue());
    boolean several =
        !payment.operations().stream()
            .filter(o -> o.kind() == OperationKind.CAPTURE)
            .toList()
            .isEmpty();
    if (!all) {
      demand(payment, Capability.PARTIAL_CAPTURE);
    }
    if (several) {
      demand(payment, Capability.MULTIPLE_CAPTURES);
    }
    return operation(
        payment,
        OperationKind.CAPTURE,
        command.key(),
        Optional.of(command.amount()),
        hold.getKey(),
        command.isFinal() || all,
        Optional.empty());
  }

  private Payment beginRefund(Payment payment, Refund command) {
    demandCurrency(payment, "amount", command.amount());
    demand(payment, Capability.REFUND);
    Funds funds = Funds.of(payment, command.amount().getCurrencyUnit());
    if (command.amount().isGreaterThan(funds.refundable())) {
      throw tooMuch("money.over-refund", funds.refundable());
    }
    Payment next = payment;
    Money left = command.amount();
    for (Map.Entry<String, Money> capture : funds.refundableByCapture().entrySet()) {
      Money part = left.isGreaterThan(capture.getValue()) ? capture.getValue() : left;
      if (part.isPositive()) {
        demandPartial(payment, capture.getKey(), part);
        next =
            operation(
                next,
                OperationKind.REFUND,
                command.key(),
                Optional.of(part),
                capture.getKey(),
                false,
                command.reason());
        left = left.minus(part);
      }
    }
    if (left.isPositive()) {
      throw tooMuch("money.over-refund", command.amount().minus(left));
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
                tooMuch(
                    code,
                    funds.values().stream()
                        .reduce((a, b) -> a.isGreaterThan(b) ? a : b)
                        .orElse(Money.zero(amount.getCurrencyUnit()))));
  }

  private void change(PaymentId id, UnaryOperator<Payment> change) {
    caller.run(
        committer.change(id, known -> known.with(change.apply(known.payment(id).orElseThrow()))));
  }

  private Payment operation(
      Payment payment,
      OperationKind kind,
      String command,
      Optional<Money> amount,
      String target,
      boolean isFinal,
      Optional<String> reason) {
    return FollowUps.begin(
        payment, kind, command, amount, target, isFinal, reason, clock.instant());
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
      throw otherContent();
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

  private static void demandCurrency(Payment payment, String field, Money amount) {
    if (payment.currency().filter(c -> !c.equals(amount.getCurrencyUnit())).isPresent()) {
      throw new InvalidInputException(
          new Problem(
              field,
              "money.other-currency",
              "is not in the payment's currency",
              "use " + payment.currency().get(),
              Map.of("currency", payment.currency().get().getCode())));
    }
  }

  private static InvalidInputException tooMuch(String code, Money most) {
    return new InvalidInputException(
        new Problem(
            "amount",
            code,
            "is more than there is",
            "use at most " + most,
            Map.of("max", most.toString())));
  }

  private static IdempotencyConflictException otherContent() {
    return new IdempotencyConflictException(
        new Problem(
            "key",
            "key.other-content",
            "was used before with other content",
            "use a new key for a new command"));
  }
}
