package dev.gatehouse.testkit.simulator;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.joda.money.Money;

/** Bugs that a store, or an engine that used it wrongly, could have. */
final class PlantedInStore {
  private PlantedInStore() {}

  /** Writes an intent only when the store is asked for something else: after the call. */
  static final class SavesIntentLater extends StoreAround {
    private Commit later;

    SavesIntentLater(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      flush();
      boolean intent = commit.payments().stream().anyMatch(SavesIntentLater::isToBeSent);
      if (intent) {
        later = commit;
      } else {
        behind.commit(commit);
      }
    }

    private static boolean isToBeSent(Payment payment) {
      return payment.operations().stream()
          .anyMatch(o -> payment.status(o) == OperationStatus.IN_DOUBT && o.failure().isEmpty());
    }

    private void flush() {
      Commit kept = later;
      later = null;
      if (kept != null) {
        behind.commit(kept);
      }
    }

    @Override
    public Optional<Payment> payment(PaymentId id) {
      return Optional.ofNullable(later).stream()
          .flatMap(commit -> commit.payments().stream())
          .filter(payment -> payment.id().equals(id))
          .map(payment -> payment.atVersion(payment.version() + 1))
          .findFirst()
          .or(() -> behind.payment(id));
    }

    @Override
    public Optional<Case> caseOf(PaymentId id) {
      flush();
      return behind.caseOf(id);
    }

    @Override
    public Optional<Case> caseOf(CheckoutId id) {
      flush();
      return behind.caseOf(id);
    }
  }

  /** Shows payments changed to whoever decides, so that the bug gets into what is committed. */
  private abstract static class Shows extends StoreAround {
    Shows(Store behind) {
      super(behind);
    }

    abstract Payment shown(Payment payment);

    private Case shown(Case known) {
      return new Case(
          known.checkout(),
          known.payments().stream().map(this::shown).toList(),
          known.membership());
    }

    @Override
    public Optional<Case> caseOf(PaymentId id) {
      return behind.caseOf(id).map(this::shown);
    }

    @Override
    public Optional<Case> caseOf(CheckoutId id) {
      return behind.caseOf(id).map(this::shown);
    }
  }

  /** What came last is all that counts: attempts and movements are overwritten, not joined. */
  static final class TrustsArrivalOrder extends Shows {
    TrustsArrivalOrder(Store behind) {
      super(behind);
    }

    @Override
    Payment shown(Payment payment) {
      PaymentFacts facts = payment.facts();
      PaymentFacts forgetful =
          new PaymentFacts(
              facts.reference(),
              facts.account(),
              facts.mode(),
              facts.currency(),
              facts.providerIds(),
              new TreeMap<>(),
              facts.authorizations(),
              new TreeMap<>(),
              facts.disputes(),
              facts.totals(),
              facts.sends(),
              facts.credentials());
      return with(payment, forgetful, payment.operations());
    }
  }

  /** A refund whose outcome is open is not held against what may be refunded. */
  static final class ForgetsReservedRefunds extends Shows {
    ForgetsReservedRefunds(Store behind) {
      super(behind);
    }

    @Override
    Payment shown(Payment payment) {
      return with(
          payment,
          payment.facts(),
          payment.operations().stream().map(o -> isOpen(payment, o) ? free(o) : o).toList());
    }

    private static boolean isOpen(Payment payment, Operation operation) {
      return operation.kind() == OperationKind.REFUND
          && payment.status(operation) == OperationStatus.IN_DOUBT;
    }

    private static Operation free(Operation operation) {
      return withAmount(operation, operation.amount().map(amount -> amount.multipliedBy(0)));
    }

    /** What is stored keeps its amount. */
    @Override
    public void commit(Commit commit) {
      behind.commit(
          changed(
              commit,
              payment ->
                  with(
                      payment,
                      payment.facts(),
                      payment.operations().stream().map(o -> restored(payment, o)).toList())));
    }

    private Operation restored(Payment payment, Operation operation) {
      return behind
          .payment(payment.id())
          .flatMap(stored -> stored.operation(operation.key()))
          .map(stored -> withAmount(operation, stored.amount()))
          .orElse(operation);
    }
  }

  /** Makes an operation of its own of every resend of a charge. */
  static final class SavesResendsAsNew extends StoreAround {
    SavesResendsAsNew(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      behind.commit(changed(commit, SavesResendsAsNew::withResends));
    }

    private static Payment withResends(Payment payment) {
      if (payment.gateway().equals(World.BANK)) {
        return payment; // The provider's books say nothing of transfers.
      }
      List<Operation> operations = new ArrayList<>(payment.operations());
      for (Operation operation : payment.operations()) {
        for (int send = 2; send <= operation.sends(); send++) {
          String key = operation.key() + "-" + send;
          if (operation.kind() == OperationKind.CHARGE && payment.operation(key).isEmpty()) {
            operations.add(again(operation, key));
          }
        }
      }
      return with(payment, payment.facts(), operations);
    }

    private static Operation again(Operation operation, String key) {
      return Operation.first(
          key,
          new Intent(
              operation.kind(),
              operation.command(),
              operation.amount(),
              operation.target(),
              operation.isFinal(),
              operation.reason()),
          operation.createdAt());
    }
  }

  /** Tells of a conflict as its database does, so that nobody tries again. */
  static final class ConflictsInItsOwnWords extends StoreAround {
    ConflictsInItsOwnWords(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      try {
        behind.commit(commit);
      } catch (StaleVersionException e) {
        throw new IllegalStateException("could not serialize access", e);
      }
    }
  }

  /** Keeps who a customer was, erased or not. */
  static final class KeepsPeople extends StoreAround {
    KeepsPeople(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      behind.commit(
          new Commit(
              commit.customers().stream().map(this::kept).toList(),
              commit.checkouts(),
              commit.payments(),
              commit.memberships(),
              commit.inbox(),
              commit.events(),
              commit.basedOn()));
    }

    private Customer kept(Customer now) {
      return new Customer(
          now.id(),
          now.version(),
          now.person().or(() -> behind.customer(now.id()).flatMap(Customer::person)),
          now.metadata(),
          now.storedMethods(),
          now.attributions(),
          now.forgetting(),
          now.registeredAt());
    }
  }

  /** Commits a checkout's completion once more, under another id. */
  static final class RaisesTwice extends StoreAround {
    RaisesTwice(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      List<Commit.NewEvent> events = new ArrayList<>(commit.events());
      for (Commit.NewEvent added : commit.events()) {
        if (added.event() instanceof CheckoutCompleted done && done.payment().isPresent()) {
          events.add(new Commit.NewEvent(again(done), added.hooks()));
        }
      }
      behind.commit(with(commit, events));
    }

    private static LifecycleEvent again(CheckoutCompleted done) {
      EventHeader h = done.header();
      return new CheckoutCompleted(
          new EventHeader(h.id() + "-2", h.at(), h.subject(), h.customer(), h.mode()),
          done.checkout(),
          done.total(),
          done.lines(),
          done.payment(),
          done.membership());
    }
  }

  /** When much happens at once, the last event is lost. */
  static final class LosesAnEvent extends StoreAround {
    LosesAnEvent(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      int count = commit.events().size();
      behind.commit(count < 3 ? commit : with(commit, commit.events().subList(0, count - 1)));
    }
  }

  /** Says of a delivery that it is done before the hook has done it. */
  static final class AcknowledgesTooEarly extends StoreAround {
    AcknowledgesTooEarly(Store behind) {
      super(behind);
    }

    @Override
    public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
      List<Delivery> claimed = behind.claim(hook, now, until, limit);
      behind.acknowledge(claimed);
      return claimed;
    }
  }

  /** Lets everybody have a delivery, whoever has it already or was done with it. */
  static final class ClaimsNothing extends StoreAround {
    ClaimsNothing(Store behind) {
      super(behind);
    }

    @Override
    public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
      return behind.claim(hook, now, now, limit).stream().map(ClaimsNothing::unclaimed).toList();
    }

    /** Nor does it count. */
    private static Delivery unclaimed(Delivery claimed) {
      return new Delivery(
          claimed.hook(),
          claimed.event(),
          claimed.sequence(),
          claimed.version(),
          claimed.attempts(),
          claimed.nextAt(),
          claimed.failingSince(),
          claimed.parked(),
          claimed.error(),
          1);
    }
  }

  /** Offers the newest event of a subject first. */
  static final class OffersNewestFirst extends StoreAround {
    OffersNewestFirst(Store behind) {
      super(behind);
    }

    @Override
    public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
      List<Delivery> claimed = behind.claim(hook, now, until, limit);
      return hook.equals("crm") ? claimed.stream().map(this::newest).toList() : claimed;
    }

    private Delivery newest(Delivery head) {
      List<LifecycleEvent> timeline = behind.timeline(head.event().header().subject());
      return new Delivery(
          head.hook(),
          timeline.get(timeline.size() - 1),
          timeline.size(),
          head.version(),
          head.attempts(),
          head.nextAt(),
          head.failingSince(),
          head.parked(),
          head.error(),
          head.unanswered());
    }
  }

  /** Forgets when to look at a payment again. */
  static final class LosesAlarms extends StoreAround {
    LosesAlarms(Store behind) {
      super(behind);
    }

    @Override
    public void commit(Commit commit) {
      behind.commit(changed(commit, payment -> payment.wakingAt(Optional.empty())));
    }
  }

  private static Commit with(Commit commit, List<Commit.NewEvent> events) {
    return new Commit(
        commit.customers(),
        commit.checkouts(),
        commit.payments(),
        commit.memberships(),
        commit.inbox(),
        events,
        commit.basedOn());
  }

  private static Commit changed(Commit commit, UnaryOperator<Payment> change) {
    return new Commit(
        commit.customers(),
        commit.checkouts(),
        commit.payments().stream().map(change).toList(),
        commit.memberships(),
        commit.inbox(),
        commit.events(),
        commit.basedOn());
  }

  private static Payment with(Payment p, PaymentFacts facts, List<Operation> operations) {
    return new Payment(
        p.id(),
        p.version(),
        p.gateway(),
        p.mode(),
        p.checkout(),
        p.customer(),
        p.terms(),
        facts,
        operations,
        p.raised(),
        p.notes(),
        p.createdAt(),
        p.wakeAt(),
        p.quietPolls());
  }

  private static Operation withAmount(Operation o, Optional<Money> amount) {
    return new Operation(
        o.key(),
        o.kind(),
        o.command(),
        amount,
        o.target(),
        o.isFinal(),
        o.reason(),
        o.createdAt(),
        o.sends(),
        o.lastSentAt(),
        o.nextSendAt(),
        o.closed(),
        o.leftToPerson(),
        o.failure(),
        o.action(),
        o.reportedAs());
  }
}
