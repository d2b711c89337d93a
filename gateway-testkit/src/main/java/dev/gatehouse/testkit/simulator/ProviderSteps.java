package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What happens at the provider without us. Each says whether it was possible. */
final class ProviderSteps {
  private static final Set<String> OPEN = Set.of("processing", "unheard_of");

  private final World world;

  ProviderSteps(World world) {
    this.world = world;
  }

  boolean act(StepKind kind) {
    Happening what =
        switch (kind) {
          case CUSTOMER_APPROVES -> Happening.CUSTOMER_APPROVES;
          case CUSTOMER_REJECTS -> Happening.CUSTOMER_REJECTS;
          default -> Happening.CUSTOMER_LEAVES;
        };
    return one(c -> c.action().isPresent())
        .filter(c -> happens(kind + " at " + c.id(), what, c.id()))
        .isPresent();
  }

  boolean settle(StepKind kind) {
    boolean well = kind == StepKind.PROVIDER_SETTLES;
    Happening what = well ? Happening.CHARGE_SETTLES : Happening.CHARGE_FAILS;
    return one(c -> OPEN.contains(c.status()))
        .filter(c -> happens(kind + " with " + c.id(), what, c.id()))
        .isPresent();
  }

  boolean settleRefund() {
    boolean well = world.random.nextBoolean();
    return refund("pending", well ? Happening.REFUND_SUCCEEDS : Happening.REFUND_FAILS);
  }

  boolean undoRefund() {
    return refund("succeeded", Happening.REFUND_UNDONE);
  }

  private boolean refund(String status, Happening what) {
    List<Ledger.Refund> refunds =
        world.provider.ledger().charges().stream()
            .flatMap(charge -> charge.refunds().stream())
            .filter(refund -> refund.status().equals(status))
            .toList();
    if (refunds.isEmpty()) {
      return false;
    }
    Ledger.Refund refund = world.oneOf(refunds);
    return happens("the bank decides on " + refund.id(), what, refund.id());
  }

  boolean expireHold() {
    return one(ProviderSteps::isHeld)
        .filter(c -> happens("the hold of " + c.id() + " ends", Happening.HOLD_EXPIRES, c.id()))
        .isPresent();
  }

  private static boolean isHeld(Ledger.Charge charge) {
    return charge.authorization().filter(a -> a.status().equals("open")).isPresent();
  }

  boolean revokeMethod() {
    List<Ledger.Method> stored =
        world.provider.ledger().methods().stream().filter(m -> !m.isRemoved()).toList();
    if (stored.isEmpty()) {
      return false;
    }
    String id = world.oneOf(stored).id();
    return happens("the customer revokes " + id, Happening.METHOD_REVOKED, id);
  }

  boolean dispute() {
    return one(c -> c.kept().isPositive())
        .filter(c -> happens("the customer disputes " + c.id(), Happening.DISPUTED, c.id()))
        .isPresent();
  }

  boolean decideDispute() {
    List<Ledger.Dispute> disputes =
        world.provider.ledger().charges().stream()
            .flatMap(charge -> charge.disputes().stream())
            .filter(dispute -> !dispute.reinstated())
            .toList();
    if (disputes.isEmpty()) {
      return false;
    }
    String id = world.oneOf(disputes).id();
    Happening what =
        world.oneOf(
            List.of(Happening.DISPUTE_WON, Happening.DISPUTE_LOST, Happening.DISPUTE_REVIEWED));
    return happens("the bank decides on " + id, what, id);
  }

  boolean consoleRefund() {
    return one(c -> c.kept().isPositive()).filter(this::consoleRefund).isPresent();
  }

  private boolean consoleRefund(Ledger.Charge charge) {
    Ledger.Capture capture = charge.captures().get(0);
    Money kept = charge.kept();
    Money most = capture.amount().isGreaterThan(kept) ? kept : capture.amount();
    Money amount = Money.ofMinor(most.getCurrencyUnit(), most.getAmountMinorLong() / 2 + 1);
    return by(
        "somebody refunds " + amount + " of " + charge.id() + " at the console",
        provider -> provider.consoleRefund(capture.id(), amount));
  }

  boolean consoleCharge() {
    CurrencyUnit currency = world.provider.simulated().currencies().get(0);
    Money amount = Money.ofMinor(currency, 100 + world.random.nextInt(900));
    return by(
        "somebody charges " + amount + " at the console",
        provider -> provider.consoleCharge(amount));
  }

  /**
   * Everybody decides: customers act or have gone, banks settle. Says whether anything was open.
   */
  boolean finishAll() {
    boolean any = false;
    for (Ledger.Charge charge : world.provider.ledger().charges()) {
      if (charge.action().isPresent() && world.random.nextInt(3) > 0) {
        String what = "the customer approves " + charge.id();
        any |= happens(what, Happening.CUSTOMER_APPROVES, charge.id());
      } else if (OPEN.contains(charge.status())) {
        String what = "the bank settles " + charge.id();
        any |= happens(what, Happening.CHARGE_SETTLES, charge.id());
      }
    }
    return any;
  }

  private boolean happens(String told, Happening what, String id) {
    return by(told, provider -> provider.happens(what, id));
  }

  /** What is refused was done as far as we are concerned: somebody tried. */
  private boolean by(String what, Predicate<SimulatedProvider> action) {
    try {
      return world.provider.by(what, action);
    } catch (GatehouseException e) {
      world.tell("the provider refuses: " + e.getMessage());
      return true;
    }
  }

  private Optional<Ledger.Charge> one(Predicate<Ledger.Charge> which) {
    List<Ledger.Charge> fitting = world.provider.ledger().charges().stream().filter(which).toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(fitting));
  }
}
