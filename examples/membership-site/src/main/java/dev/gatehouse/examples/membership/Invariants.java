package dev.gatehouse.examples.membership;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Page;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What must be true of every checkout, whatever was expected of it. Not thread-safe. */
final class Invariants {
  private final Site site;
  private final Ledger ledger;
  private final List<String> violations = new ArrayList<>();

  private Invariants(Site site) {
    this.site = site;
    this.ledger = site.provider().ledger();
  }

  /** Every violation in the whole site; these are all of its checkouts. */
  static List<String> violations(Site site, List<CheckoutView> checkouts) {
    Invariants invariants = new Invariants(site);
    for (CheckoutView view : checkouts) {
      view.payments().forEach(invariants::payment);
      invariants.checkout(view);
    }
    invariants.nothingElse();
    invariants.everythingDelivered();
    return List.copyOf(invariants.violations);
  }

  /** The shop's sums are the provider's sums, and no key had two effects. */
  private void payment(Payment payment) {
    String id = payment.id().value();
    for (Operation operation : payment.operations()) {
      int effects = ledger.effectsOf(operation.key());
      demand(effects <= 1, operation.key() + " had " + effects + " effects");
      boolean clear = payment.status(operation) != OperationStatus.IN_DOUBT;
      demand(clear && !operation.leftToPerson(), operation.key() + " is in doubt");
    }
    demand(payment.mismatches().isEmpty(), id + " is not what was asked for");
    boolean inLedger =
        !payment.gateway().equals(Instances.MANUAL) && !site.isDropped(payment.gateway());
    if (payment.totals().isPresent() && inLedger) {
      Totals totals = payment.totals().get();
      CurrencyUnit currency = totals.captured().getCurrencyUnit();
      same(id + " captured", ledger.captured(id, currency), totals.captured());
      same(id + " refunded", ledger.refunded(id, currency), totals.refunded());
      same(id + " kept", ledger.kept(id, currency), totals.kept());
    }
  }

  /** A checkout is paid once or not at all, and said so once or not at all. */
  private void checkout(CheckoutView view) {
    Checkout checkout = view.checkout();
    Money kept = Audit.keptOutside(site, view);
    demand(!kept.isGreaterThan(checkout.total()), checkout.id() + " is paid too much: " + kept);
    List<LifecycleEvent> events = site.gatehouse().timeline(checkout.customer());
    long completions =
        events.stream()
            .filter(
                event -> event instanceof CheckoutCompleted c && c.checkout().equals(checkout.id()))
            .count();
    boolean completed = checkout.state() == CheckoutState.COMPLETED;
    demand(
        completions == (completed ? 1 : 0),
        checkout.id() + " is " + checkout.state() + " and was completed " + completions + " times");
    long ids = events.stream().map(event -> event.header().id()).distinct().count();
    demand(ids == events.size(), checkout.customer() + " has two events under one id");
  }

  private void nothingElse() {
    for (Ledger.Charge charge : ledger.charges()) {
      boolean ours = charge.reference().map(PaymentId::new).filter(site::knows).isPresent();
      demand(ours, "nobody knows charge " + charge.id());
    }
  }

  private void everythingDelivered() {
    site.gatehouse()
        .operations()
        .parked(Page.first())
        .forEach(d -> demand(false, d.hook() + " was never told of " + d.event().header().id()));
    site.courier().refused().forEach(refused -> demand(false, refused));
  }

  private void same(String what, Money ledgerSays, Money shopSays) {
    demand(ledgerSays.equals(shopSays), what + ": ledger " + ledgerSays + ", shop " + shopSays);
  }

  private void demand(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }
}
