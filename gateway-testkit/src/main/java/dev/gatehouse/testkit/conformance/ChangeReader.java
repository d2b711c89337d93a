package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.testkit.emulator.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads lists of changes as the framework does: on from where the last one ended. */
final class ChangeReader {
  /** Nobody is asked more often, however little each answer has. */
  private static final int MOST_CALLS = 100;

  private final Bench bench;
  private final List<PaymentHint> hints = new ArrayList<>();
  private Instant since;

  ChangeReader(Bench bench, Instant since) {
    this.bench = bench;
    this.since = since;
  }

  /** One list, or none if the gateway can't tell. */
  void read(ListsChanges lists) {
    Changes changes = Bench.told("changesSince", lists.changesSince(since));
    if (!(changes instanceof Changes.Listed listed)) {
      return;
    }
    Expect.that(
        !listed.from().isAfter(since),
        "The list of changes since " + since + " begins at " + listed.from() + ".");
    Expect.that(
        !listed.upTo().isAfter(bench.clock.instant()) || !listed.upTo().isAfter(since),
        "The list of changes is said to have all before "
            + listed.upTo()
            + ", and the provider's clock says "
            + bench.clock.instant()
            + ".");
    hints.addAll(listed.hints());
    since = listed.upTo().isAfter(since) ? listed.upTo() : since;
  }

  /** Every list up to now. */
  void readAll(ListsChanges lists) {
    for (int i = 0; i < MOST_CALLS; i++) {
      Instant before = since;
      read(lists);
      if (since.equals(before)) {
        return;
      }
    }
  }

  /** Lets what was read up to now be. */
  void forget() {
    hints.clear();
  }

  boolean has(ChargeRequest request, PaymentFacts facts) {
    Set<ProviderId> ids = facts.providerIds();
    return hints.stream()
        .anyMatch(
            hint ->
                hint.reference().filter(request.reference()::equals).isPresent()
                    || hint.providerIds().stream().anyMatch(ids::contains));
  }

  /** Whether a hint leads to a charge of the provider's books: by its ids, or when followed. */
  boolean has(Ledger.Charge charge) {
    Set<String> ids = new HashSet<>(Set.of(charge.id()));
    charge.captures().forEach(capture -> ids.add(capture.id()));
    return hints.stream()
            .flatMap(hint -> hint.providerIds().stream())
            .anyMatch(id -> ids.contains(id.id()))
        || hints.stream().anyMatch(hint -> leadsTo(hint, ids));
  }

  private boolean leadsTo(PaymentHint hint, Set<String> ids) {
    if (!(NoticeRules.follow(bench, hint) instanceof Lookup.Found found)) {
      return false;
    }
    PaymentFacts facts = found.snapshot().facts();
    Set<String> shown = new HashSet<>(facts.attempts().keySet());
    shown.addAll(facts.movements().keySet());
    return shown.stream().anyMatch(ids::contains);
  }
}
