package dev.gatehouse.engine;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Loads, lets the core decide, and commits with the versions that were loaded; if somebody else was
 * faster, it does so again. No gateway is called in between. Thread-safe.
 */
final class Committer {
  private static final int MAX_ROUNDS = 50;
  private static final Case NOTHING = new Case(Optional.empty(), List.of(), Optional.empty());

  private final Store store;
  private final Gateways gateways;
  private final List<HookHandle> hooks;
  private final EnginePolicy policy;
  private final Clock clock;
  private final Decider.Abilities abilities = new DeclaredAbilities();

  Committer(
      Store store, Gateways gateways, List<HookHandle> hooks, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.gateways = gateways;
    this.hooks = hooks;
    this.policy = policy;
    this.clock = clock;
  }

  /** A pure change to what is known. */
  @FunctionalInterface
  interface Change {
    /** What is known afterwards; called again with what is stored then if somebody was faster. */
    Case apply(Case known);
  }

  /** Changes what is known of a payment and commits what follows; the sends may then go out. */
  List<Send> change(PaymentId id, Change change) {
    return change(id, Optional.empty(), change);
  }

  /** The same, marking an inbox item as handled in the same commit. */
  List<Send> change(PaymentId id, Optional<InboxItem> handled, Change change) {
    return repeated(
        () -> {
          Case known = store.caseOf(id).orElseThrow(() -> notFound("payment", id.value()));
          return decideAndCommit(known, change.apply(known), handled);
        });
  }

  /** Changes what is known of a checkout and commits what follows; the sends may then go out. */
  List<Send> change(CheckoutId id, Change change) {
    return repeated(
        () -> {
          Case known = store.caseOf(id).orElseThrow(() -> noCheckout(id));
          return decideAndCommit(known, change.apply(known), Optional.empty());
        });
  }

  /** Decides and commits about a checkout that is not stored yet, with a visit of its customer. */
  List<Send> create(Case fresh, Optional<Customer> attributed) {
    return create(fresh, attributed, List.of(), Optional.empty());
  }

  /** Decides and commits about something that is not stored yet. */
  List<Send> create(Case fresh, List<LifecycleEvent> also, Optional<InboxItem> handled) {
    return create(fresh, Optional.empty(), also, handled);
  }

  private List<Send> create(
      Case fresh,
      Optional<Customer> attributed,
      List<LifecycleEvent> also,
      Optional<InboxItem> handled) {
    Commit.Builder commit = Commit.builder();
    attributed.ifPresent(commit::save);
    also.forEach(event -> commit.raise(event, hooksFor(event)));
    List<Send> sends = add(fresh, commit);
    handled.ifPresent(item -> commit.save(item.handled()));
    store.commit(commit.build());
    return sends;
  }

  /** Decides about something that is not stored yet, as a part of a commit. */
  List<Send> add(Case fresh, Commit.Builder commit) {
    return fill(commit, NOTHING, decide(NOTHING, fresh));
  }

  /** The ids of the hooks that want an event. */
  Set<String> hooksFor(LifecycleEvent event) {
    Set<String> ids = new HashSet<>();
    for (HookHandle hook : hooks) {
      if (hook.wants(event)) {
        ids.add(hook.id());
      }
    }
    return ids;
  }

  /** An error for an id that nobody knows. */
  static NotFoundException notFound(String what, String id) {
    return new NotFoundException(
        new Problem(
            what, what + ".unknown", "there is no " + what + " '" + id + "'", "check the id"));
  }

  /** An error for a checkout that nobody knows, or not yet. */
  static NotFoundException noCheckout(CheckoutId id) {
    return new NotFoundException(
        new Problem(
            "checkout",
            "checkout.unknown",
            "there is no checkout '" + id + "'",
            "check the id; if a transaction of yours started it, commit that first"));
  }

  /** Does it again as long as somebody else was faster. */
  static <T> T repeated(Supplier<T> round) {
    for (int i = 1; ; i++) {
      try {
        return round.get();
      } catch (StaleVersionException e) {
        if (i == MAX_ROUNDS) {
          throw e;
        }
      }
    }
  }

  private List<Send> decideAndCommit(Case known, Case changed, Optional<InboxItem> handled) {
    Decision decision = decide(known, changed);
    Commit.Builder changes = Commit.builder().basedOn(known);
    List<Send> sends = fill(changes, known, decision);
    handled.ifPresent(item -> changes.save(item.handled()));
    Commit commit = changes.build();
    if (!commit.isEmpty()) {
      store.commit(commit);
    }
    return sends;
  }

  private Decision decide(Case stored, Case changed) {
    return Decider.decide(stored, changed, policy, abilities, clock.instant());
  }

  /** Everything that a decision leads to; says what is to be sent once it is committed. */
  private List<Send> fill(Commit.Builder commit, Case before, Decision decision) {
    MethodOwners owners = new MethodOwners(store, before, decision, clock.instant());
    List<Send> sends = new ArrayList<>(decision.sends());
    fill(commit, before, decision.result());
    owners.changed().forEach(commit::save);
    owners.events().forEach(event -> commit.raise(event, hooksFor(event)));
    for (MethodOwners.Orphan orphan : owners.orphans()) {
      if (Removals.canBeAsked(gateways, orphan.method())) {
        String because = orphan.payment().id().value();
        sends.addAll(
            add(
                Removals.begun(
                    gateways, orphan.customer(), orphan.method(), because, clock.instant()),
                commit));
      }
    }
    return List.copyOf(sends);
  }

  private static void fill(Commit.Builder commit, Case before, Case after) {
    if (!after.checkout().equals(before.checkout())) {
      after.checkout().ifPresent(commit::save);
    }
    if (!after.membership().equals(before.membership())) {
      after.membership().ifPresent(commit::save);
    }
    for (Payment payment : after.payments()) {
      if (!before.payment(payment.id()).filter(payment::equals).isPresent()) {
        commit.save(payment);
      }
    }
  }

  /** A gateway that is not configured any more can do nothing. */
  private final class DeclaredAbilities implements Decider.Abilities {
    @Override
    public boolean isConfigured(Payment payment) {
      return gateways.find(payment.gateway()).isPresent();
    }

    @Override
    public boolean can(Payment payment, Capability capability) {
      return gateways.find(payment.gateway()).stream()
          .map(gateway -> gateway.description())
          .flatMap(description -> abilities(payment, description).stream())
          .anyMatch(capability::equals);
    }

    private Set<Capability> abilities(Payment payment, GatewayDescription description) {
      return payment
          .terms()
          .map(terms -> description.capabilitiesOf(terms.method().type()))
          .orElseGet(description::capabilities);
    }

    @Override
    public Recovery recovery(Payment payment, OperationKind kind) {
      return gateways
          .find(payment.gateway())
          .map(gateway -> gateway.description().recoveryOf(kind))
          .orElse(Recovery.none());
    }
  }
}
