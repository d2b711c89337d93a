package dev.gatehouse.testkit.simulator;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/**
 * The statements of the shop's bank account: the truth about transfers, which operators read and
 * report. What a report said stays true; a transfer that was given up never comes.
 */
final class Bank {
  private final World world;
  private final Map<PaymentId, Map<String, Money>> arrivals = new HashMap<>();
  private final Set<PaymentId> givenUp = new HashSet<>();

  /** By the refund's id, whether the shop made the transfer. */
  private final Map<String, Boolean> refunds = new HashMap<>();

  Bank(World world) {
    this.world = world;
  }

  /** The payments by transfer whose customers were told where to send the money. */
  List<Payment> payments() {
    return world.store.payments().stream()
        .filter(payment -> payment.gateway().equals(World.BANK))
        .filter(payment -> !payment.facts().attempts().isEmpty())
        .toList();
  }

  Map<String, Money> arrivals(Payment payment) {
    return arrivals.getOrDefault(payment.id(), Map.of());
  }

  /** What a customer who paid too little still owes. */
  Optional<Money> missing(Payment payment) {
    Money asked = payment.terms().orElseThrow().amount();
    Money arrived = arrivals(payment).values().stream().reduce(Money::plus).orElse(asked);
    return Optional.of(asked.minus(arrived)).filter(Money::isPositive);
  }

  boolean isGivenUp(Payment payment) {
    return givenUp.contains(payment.id());
  }

  Optional<Boolean> refund(String id) {
    return Optional.ofNullable(refunds.get(id));
  }

  void arrive(Payment payment, String movement, Money amount) {
    arrivals.computeIfAbsent(payment.id(), id -> new LinkedHashMap<>()).put(movement, amount);
  }

  void giveUp(Payment payment) {
    givenUp.add(payment.id());
  }

  void decide(String refund, boolean sent) {
    refunds.put(refund, sent);
  }

  /** The refunds that wait for somebody to make the transfer, by their ids. */
  static Map<String, Movement> openRefunds(Payment payment) {
    Map<String, Movement> open = new LinkedHashMap<>(payment.facts().movements());
    open.values().removeIf(m -> !m.is(MovementKind.REFUND) || m.step().reached(MovementStep.NEVER));
    open.values().removeIf(m -> m.step().reached(MovementStep.DONE));
    return open;
  }

  /** The name of the money that a payment waits for. */
  static String transfer(Payment payment) {
    return payment.facts().attempts().firstKey();
  }

  /** The account's entries, in the form in which the provider's ledger has its own. */
  List<Ledger.Charge> charges() {
    return payments().stream().map(this::charge).toList();
  }

  private Ledger.Charge charge(Payment payment) {
    Map<String, Money> arrived = arrivals(payment);
    String waiting = isGivenUp(payment) ? "failed" : "requires_action";
    return new Ledger.Charge(
        transfer(payment),
        World.BANK.value(),
        Optional.of(payment.id().value()),
        payment.operations().stream()
            .filter(operation -> operation.kind() == OperationKind.CHARGE)
            .map(operation -> operation.key())
            .findFirst(),
        Optional.empty(),
        arrived.isEmpty() ? waiting : "succeeded",
        payment.terms().orElseThrow().amount(),
        payment.createdAt(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        arrived.entrySet().stream()
            .map(entry -> new Ledger.Capture(entry.getKey(), entry.getValue(), Optional.empty()))
            .toList(),
        refundsOf(payment),
        List.of());
  }

  private List<Ledger.Refund> refundsOf(Payment payment) {
    List<Ledger.Refund> made = new ArrayList<>();
    payment
        .facts()
        .movements()
        .forEach(
            (id, movement) ->
                refund(id)
                    .ifPresent(
                        sent ->
                            made.add(
                                new Ledger.Refund(
                                    id,
                                    "",
                                    payment.operation(id).orElseThrow().amount().orElseThrow(),
                                    sent ? "succeeded" : "failed",
                                    Optional.of(id)))));
    return made;
  }
}
