package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Commits changes, makes the calls that are committed with them, and lets what those report be
 * observed, until nothing is left to send. If the process dies anywhere in between, the committed
 * send is found by the waker. Thread-safe.
 */
final class Caller implements Checkouts.Changes {
  private static final Outcome WITHHELD =
      new Outcome.NotSent(
          Failure.of(
              ErrorCategory.VALIDATION,
              "customer.erased",
              "the customer was erased after it was first sent, so it can't be sent again"
                  + " with the same content"));

  private final Store store;
  private final Gateways gateways;
  private final Committer committer;
  private final EnginePolicy policy;
  private final Clock clock;

  Caller(Store store, Gateways gateways, Committer committer, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.gateways = gateways;
    this.committer = committer;
    this.policy = policy;
    this.clock = clock;
  }

  /** Changes a payment by itself, commits what follows, and makes the calls. */
  void changePayment(PaymentId id, UnaryOperator<Payment> change) {
    change(id, known -> known.with(change.apply(known.payment(id).orElseThrow())));
  }

  /** Changes what is known of a payment, commits what follows, and makes the calls. */
  void change(PaymentId id, Committer.Change change) {
    make(committer.change(id, change));
  }

  /** The same, marking an inbox item as handled in the same commit. */
  void change(PaymentId id, Optional<InboxItem> handled, Committer.Change change) {
    make(committer.change(id, handled, change));
  }

  /** Changes what is known of a checkout, commits what follows, and makes the calls. */
  @Override
  public void change(CheckoutId id, Committer.Change change) {
    make(committer.change(id, change));
  }

  /** Commits a checkout that is not stored yet and what follows, and makes the calls. */
  @Override
  public void create(Case fresh, Optional<Customer> attributed) {
    make(committer.create(fresh, attributed));
  }

  /** Commits something that is not stored yet and what follows, and makes the calls. */
  void create(Case fresh, List<LifecycleEvent> also, Optional<InboxItem> handled) {
    make(committer.create(fresh, also, handled));
  }

  /**
   * Makes these calls, which were committed just now, and those that follow from them. What is
   * known then is what was committed; after another call it is looked up.
   */
  void make(List<Send> committed) {
    Deque<Send> waiting = new ArrayDeque<>(committed);
    boolean justNow = true;
    while (!waiting.isEmpty()) {
      Send send = waiting.remove();
      Case known = justNow ? send.committed() : store.caseOf(send.payment()).orElseThrow();
      Payment payment = known.payment(send.payment()).orElseThrow();
      Operation operation = payment.operation(send.operation()).orElseThrow();
      if (isStillDue(payment, operation, send)) {
        Outcome outcome = call(known, payment, operation);
        Instant answeredAt = clock.instant();
        justNow = waiting.isEmpty();
        waiting.addAll(
            committer.change(
                payment.id(),
                stored -> {
                  Payment now = stored.payment(payment.id()).orElseThrow();
                  Payment told = paced(Answers.apply(now, send, outcome, answeredAt), send);
                  return stored.with(outcome.equals(WITHHELD) ? withheld(told, send) : told);
                }));
      }
    }
  }

  /**
   * A send that somebody has taken over, or whose effect was seen meanwhile, is not made. Nor is
   * one that was committed so long ago that others take it for lost: they may be finding out right
   * now that it had no effect.
   */
  private boolean isStillDue(Payment payment, Operation operation, Send send) {
    Instant lost = operation.lastSentAt().plus(policy.callGrace());
    return operation.sends() == send.number()
        && payment.status(operation) == OperationStatus.IN_DOUBT
        && clock.instant().isBefore(lost);
  }

  private Outcome call(Case known, Payment payment, Operation operation) {
    GatewayHandle gateway = gateways.gateway(payment.gateway());
    String key = operation.key();
    return switch (operation.kind()) {
      case CHARGE -> charge(gateway, known.checkout(), payment, operation);
      case COMPLETE ->
          gateway.complete(
              new CompleteRequest(
                  Traces.of(payment),
                  key,
                  operation.target(),
                  payment.terms().orElseThrow().capture()));
      case CAPTURE ->
          gateway.capture(
              new CaptureRequest(
                  Traces.of(payment),
                  key,
                  operation.target(),
                  operation.amount().orElseThrow(),
                  operation.isFinal()));
      case VOID ->
          gateway.voidAuthorization(new VoidRequest(Traces.of(payment), key, operation.target()));
      case REFUND ->
          gateway.refund(
              new RefundRequest(
                  Traces.of(payment),
                  key,
                  operation.target(),
                  operation.amount().orElseThrow(),
                  operation.reason()));
      case SET_UP -> setUp(gateway, payment, operation);
      case REMOVE -> gateway.remove(removal(payment, operation));
    };
  }

  private static RemoveRequest removal(Payment payment, Operation removal) {
    Credential method =
        payment.facts().credentials().getOrDefault(removal.target(), Credential.stored());
    return new RemoveRequest(
        removal.key(), removal.target(), method.owner().value(), method.account().value());
  }

  /**
   * A charge tells the provider who the customer is. Once that is erased, the same charge can't be
   * sent again: it would be other content under the same key.
   */
  private Outcome charge(
      GatewayHandle gateway, Optional<Checkout> checkout, Payment payment, Operation operation) {
    Optional<Customer> customer = payment.customer().flatMap(store::customer);
    return isWithheld(customer, operation)
        ? WITHHELD
        : gateway.charge(
            request(
                payment.id().value(),
                operation.key(),
                payment.terms().orElseThrow(),
                details(customer, payment),
                checkout));
  }

  private Outcome setUp(GatewayHandle gateway, Payment payment, Operation operation) {
    Optional<Customer> customer = payment.customer().flatMap(store::customer);
    return isWithheld(customer, operation)
        ? WITHHELD
        : gateway.setUp(
            setUpRequest(
                payment.id().value(),
                operation.key(),
                payment.terms().orElseThrow(),
                details(customer, payment)));
  }

  private static boolean isWithheld(Optional<Customer> customer, Operation operation) {
    return operation.sends() > 1 && customer.filter(Customer::isErased).isPresent();
  }

  /** What the provider may be told of a customer; nothing of one who was erased. */
  private static CustomerDetails details(Optional<Customer> customer, Payment payment) {
    return customer
        .flatMap(known -> known.person().map(person -> details(known, person, payment)))
        .orElse(CustomerDetails.none());
  }

  private static CustomerDetails details(Customer customer, Person person, Payment payment) {
    PaymentMethod method = payment.terms().orElseThrow().method();
    return new CustomerDetails(
        Optional.of(person.name()),
        Optional.of(person.email()),
        Optional.of(person.locale()),
        Optional.of(customer.id().value()),
        customer.knownAs(payment.gateway(), method));
  }

  static SetUpRequest setUpRequest(
      String reference, String key, ChargeTerms terms, CustomerDetails customer) {
    return new SetUpRequest(
        reference,
        key,
        terms.method(),
        terms.agreement().orElseThrow(),
        terms.returnUrl(),
        customer);
  }

  /** An answer is news, so we look soon; after each send that left doubt, we wait longer. */
  private static Payment paced(Payment payment, Send send) {
    Operation operation = payment.operation(send.operation()).orElseThrow();
    boolean inDoubt = payment.status(operation) == OperationStatus.IN_DOUBT;
    return payment.afterQuietPolls(inDoubt ? send.number() - 1 : 0);
  }

  /** What an earlier send of it did can only be looked up now, or left to a person. */
  private static Payment withheld(Payment payment, Send send) {
    Operation operation = payment.operation(send.operation()).orElseThrow();
    return payment.status(operation) == OperationStatus.IN_DOUBT
        ? payment.with(operation.leaveToPerson())
        : payment;
  }

  static ChargeRequest request(
      String reference,
      String key,
      ChargeTerms terms,
      CustomerDetails customer,
      Optional<Checkout> checkout) {
    return new ChargeRequest(
        reference,
        key,
        terms.amount(),
        terms.capture(),
        terms.method(),
        terms.storeMethod(),
        terms.initiator(),
        terms.description(),
        terms.returnUrl(),
        customer,
        terms.agreement(),
        checkout.map(Caller::lines).orElse(List.of()));
  }

  private static List<ChargeLine> lines(Checkout checkout) {
    return checkout.lines().stream()
        .map(
            line ->
                new ChargeLine(
                    line.kind(),
                    line.description(),
                    line.quantity(),
                    line.unitPrice(),
                    line.discount()))
        .toList();
  }
}
