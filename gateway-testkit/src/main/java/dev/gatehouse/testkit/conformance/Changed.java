package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.PaymentHint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Payments that a list of changes has to have. Not thread-safe. */
final class Changed {
  /** Nobody is asked more often, however little each answer has. */
  private static final int MOST_CALLS = 100;

  private final List<PaymentHint> wanted = new ArrayList<>();

  void add(ChargeRequest request, PaymentFacts facts) {
    Set<ProviderId> ids = new TreeSet<>(facts.providerIds());
    wanted.add(new PaymentHint(Optional.of(request.reference()), ids));
  }

  /** Asks as the framework does: on from where the last list ended. */
  void demandAll(ListsChanges lists) {
    List<PaymentHint> missing = new ArrayList<>(wanted);
    Instant since = Bench.START.minusSeconds(1);
    for (int i = 0; i < MOST_CALLS; i++) {
      Changes changes = Bench.told("changesSince", lists.changesSince(since));
      Expect.that(
          changes instanceof Changes.Listed,
          "The list of changes said " + changes.getClass().getSimpleName() + ".");
      Changes.Listed listed = (Changes.Listed) changes;
      Expect.that(
          !listed.from().isAfter(since),
          "The list of changes since " + since + " begins at " + listed.from() + ".");
      missing.removeIf(want -> listed.hints().stream().anyMatch(hint -> isSame(want, hint)));
      if (missing.isEmpty() || !listed.upTo().isAfter(since)) {
        break;
      }
      since = listed.upTo();
    }
    Expect.that(
        missing.isEmpty(),
        "The list of changes up to "
            + since
            + " lacks "
            + missing.size()
            + " of "
            + wanted.size()
            + " payments, such as "
            + missing.stream().findFirst().flatMap(PaymentHint::reference).orElse("none")
            + ".");
  }

  private static boolean isSame(PaymentHint wanted, PaymentHint seen) {
    return seen.reference().filter(wanted.reference().orElseThrow()::equals).isPresent()
        || seen.providerIds().stream().anyMatch(wanted.providerIds()::contains);
  }
}
