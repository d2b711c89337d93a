package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.testkit.reference.Ledger;
import dev.gatehouse.testkit.reference.ReferenceControls;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
    Optional<Ledger.Charge> charge = one(c -> c.action().isPresent());
    charge.ifPresent(
        c ->
            by(
                kind + " at " + c.id(),
                controls -> {
                  switch (kind) {
                    case CUSTOMER_APPROVES -> controls.approve(c.id());
                    case CUSTOMER_REJECTS -> controls.reject(c.id());
                    default -> controls.abandon(c.id());
                  }
                }));
    return charge.isPresent();
  }

  boolean settle(StepKind kind) {
    Optional<Ledger.Charge> charge = one(c -> OPEN.contains(c.status()));
    charge.ifPresent(
        c ->
            by(
                kind + " with " + c.id(),
                controls -> {
                  if (kind == StepKind.PROVIDER_SETTLES) {
                    controls.settle(c.id());
                  } else {
                    controls.settleBadly(c.id());
                  }
                }));
    return charge.isPresent();
  }

  boolean settleRefund() {
    return refund(
        "pending",
        (controls, id) -> {
          if (world.random.nextBoolean()) {
            controls.settleRefund(id);
          } else {
            controls.failRefund(id);
          }
        });
  }

  boolean undoRefund() {
    return refund("succeeded", ReferenceControls::undoRefund);
  }

  private interface OnRefund {
    void act(ReferenceControls controls, String refund);
  }

  private boolean refund(String status, OnRefund action) {
    List<Ledger.Refund> refunds =
        world.provider.ledger().charges().stream()
            .flatMap(charge -> charge.refunds().stream())
            .filter(refund -> refund.status().equals(status))
            .toList();
    if (refunds.isEmpty()) {
      return false;
    }
    Ledger.Refund refund = world.oneOf(refunds);
    by("the bank decides on " + refund.id(), controls -> action.act(controls, refund.id()));
    return true;
  }

  boolean expireHold() {
    Optional<Ledger.Charge> charge = one(ProviderSteps::isHeld);
    charge.ifPresent(
        c ->
            by(
                "the hold of " + c.id() + " ends",
                controls -> controls.expireAuthorization(c.id())));
    return charge.isPresent();
  }

  private static boolean isHeld(Ledger.Charge charge) {
    return charge.authorization().filter(a -> a.status().equals("open")).isPresent();
  }

  boolean dispute() {
    Optional<Ledger.Charge> charge = one(c -> c.kept().isPositive());
    charge.ifPresent(
        c -> by("the customer disputes " + c.id(), controls -> controls.dispute(c.id())));
    return charge.isPresent();
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
    int how = world.random.nextInt(3);
    by(
        "the bank decides on " + id,
        controls -> {
          switch (how) {
            case 0 -> controls.winDispute(id);
            case 1 -> controls.loseDispute(id);
            default -> controls.reviewDispute(id);
          }
        });
    return true;
  }

  boolean consoleRefund() {
    Optional<Ledger.Charge> charge = one(c -> c.kept().isPositive());
    charge.ifPresent(
        c -> {
          Ledger.Capture capture = c.captures().get(0);
          Money most = capture.amount().isGreaterThan(c.kept()) ? c.kept() : capture.amount();
          Money amount = Money.ofMinor(most.getCurrencyUnit(), most.getAmountMinorLong() / 2 + 1);
          by(
              "somebody refunds " + amount + " of " + c.id() + " at the console",
              controls -> controls.consoleRefund(capture.id(), amount));
        });
    return charge.isPresent();
  }

  boolean consoleCharge() {
    Money amount = Money.ofMinor(CurrencyUnit.EUR, 100 + world.random.nextInt(900));
    by(
        "somebody charges " + amount + " at the console",
        controls -> controls.foreignCharge(World.ACCOUNT.id(), amount, Optional.empty()));
    return true;
  }

  /**
   * Everybody decides: customers act or have gone, banks settle. Says whether anything was open.
   */
  boolean finishAll() {
    boolean any = false;
    for (Ledger.Charge charge : world.provider.ledger().charges()) {
      if (charge.action().isPresent() && world.random.nextInt(3) > 0) {
        by("the customer approves " + charge.id(), controls -> controls.approve(charge.id()));
        any = true;
      } else if (OPEN.contains(charge.status())) {
        by("the bank settles " + charge.id(), controls -> controls.settle(charge.id()));
        any = true;
      }
    }
    return any;
  }

  private void by(String what, Consumer<ReferenceControls> action) {
    try {
      world.provider.by(what, action);
    } catch (GatehouseException e) {
      world.tell("the provider refuses: " + e.getMessage());
    }
  }

  private Optional<Ledger.Charge> one(Predicate<Ledger.Charge> which) {
    List<Ledger.Charge> fitting = world.provider.ledger().charges().stream().filter(which).toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(fitting));
  }
}
