package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Trace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a payment by PayPal's ids. An order shows all that came of it; what stands alone leads to
 * its order. By our reference alone, PayPal finds nothing.
 */
final class PayPalLookup {
  private static final String CAPTURES = "/v2/payments/captures/";
  private static final String HOLDS = "/v2/payments/authorizations/";

  private static final Failure NO_ID =
      Failure.of(
          ErrorCategory.NOT_FOUND,
          "paypal.no-id",
          "PayPal finds payments by its own ids only, and none is known; search PayPal's site for"
              + " the invoice id that is the payment's id, and settle with the transaction id");

  private static final Failure NO_SET_UP =
      Failure.of(
          ErrorCategory.NOT_FOUND,
          "paypal.no-id",
          "PayPal finds set-ups by its own ids only, and none is known");

  private static final Decline RAN_OUT =
      new Decline(DeclineCode.ABANDONED, DeclineAdvice.NONE, "RESOURCE_NOT_FOUND", "");

  /**
   * No order waits so long for its payer and then for us: PayPal grants some hours for each, and
   * three days at most.
   */
  static final Duration LONGEST_LIFE = Duration.ofDays(7);

  private final PayPalSettings settings;
  private final PayPalSdk sdk;
  private final PayPalSnapshots snapshots;
  private final PayPalCases cases;
  private final PayPalVault vault;
  private final GatewayEnvironment environment;

  PayPalLookup(
      PayPalSettings settings,
      PayPalSdk sdk,
      PayPalSnapshots snapshots,
      PayPalVault vault,
      GatewayEnvironment environment) {
    this.settings = settings;
    this.sdk = sdk;
    this.snapshots = snapshots;
    this.cases = new PayPalCases(sdk, snapshots);
    this.vault = vault;
    this.environment = environment;
  }

  /** PayPal does not tell, on its way out. */
  private static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    Untold(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }
  }

  Lookup find(Trace trace, Deadline deadline) {
    return told(() -> found(trace, deadline));
  }

  /** By the setup tokens that we know; PayPal lists none. */
  Lookup findSetUp(Trace trace, Deadline deadline) {
    return told(() -> foundSetUp(trace, deadline));
  }

  private static Lookup told(Supplier<Lookup> asking) {
    try {
      return asking.get();
    } catch (Untold e) {
      return new Lookup.CannotTell(e.failure);
    } catch (Node.Unreadable e) {
      return new Lookup.CannotTell(PayPalErrors.unreadable(e));
    }
  }

  private Lookup found(Trace trace, Deadline deadline) {
    // Taken before we ask: what PayPal knew when it answered, it knew at least since then.
    Instant asOf = environment.clock().instant();
    boolean late = !asOf.isBefore(lastSend(trace).plus(PayPalGatewayProvider.SETTLES));
    SortedSet<String> parts = new TreeSet<>();
    SortedSet<String> orders = orders(trace.known());
    Map<String, String> settled = settled(trace.known(), deadline);
    orders.removeAll(settled.values());
    orders.addAll(settled.keySet());
    if (orders.isEmpty()) {
      parts.addAll(paths(trace.known()).toList());
      parts.forEach(path -> orderOf(path, deadline).ifPresent(orders::add));
    }
    if (orders.isEmpty() && parts.isEmpty()) {
      throw new Untold(NO_ID);
    }
    if (orders.isEmpty() && hasCome(trace.known())) {
      throw new Untold(notShown());
    }
    Snapshot.Builder seen = Snapshot.builder();
    boolean any = false;
    boolean others = false;
    for (String order : orders) {
      Optional<Node> shown = get("/v2/checkout/orders/" + encoded(order), deadline);
      if (shown.isPresent() && !isOf(trace, shown.get(), any)) {
        others = true;
      } else if (shown.isPresent()) {
        any = true;
        snapshots.order(
            seen,
            shown.get(),
            settled.containsKey(order)
                ? Rounds.settled(order, settled.get(order))
                : Rounds.now(order, trace.known()),
            asOf);
        cases.of(shown.get(), trace.known(), seen, deadline);
        revoked(seen, trace.known(), shown.get(), deadline);
      } else if (isUnpaid(trace, order)
          && isOver(trace, Rounds.now(order, trace.known()).attempt(), asOf)) {
        any = true;
        String attempt = Rounds.now(order, trace.known()).attempt();
        seen.attempt(attempt, Attempt.declined(RAN_OUT)).providerId(PayPalSnapshots.ORDER, order);
      } else if (hasCome(trace.known()) || trace.known().attempts().containsKey(order)) {
        throw new Untold(notShown());
      }
    }
    return any
        ? new Lookup.Found(
            seen.complete(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS).build())
        : new Lookup.AbsentAsOf(asOf, late && !others);
  }

  /**
   * Whether an order that PayPal shows is of this payment. Which one to look at, a notice may have
   * said, and anybody can write one: so the order itself has to say it, unless it is an attempt
   * that is known. A payment that we did not start is one order.
   */
  private static boolean isOf(Trace trace, Node order, boolean hasAnother) {
    String id = order.text("id");
    Set<String> attempts = trace.known().attempts().keySet();
    if (attempts.stream().anyMatch(attempt -> Rounds.of(attempt).order().equals(id))) {
      return true;
    }
    return trace
        .reference()
        .map(ours -> PayPalSnapshots.references(order).anyMatch(ours::equals))
        .orElse(attempts.isEmpty() && !hasAnother);
  }

  private Lookup foundSetUp(Trace trace, Deadline deadline) {
    Instant asOf = environment.clock().instant();
    List<String> setUps = PayPalVault.setUps(trace);
    if (setUps.isEmpty()) {
      throw new Untold(NO_SET_UP);
    }
    // One payment sets up one wallet.
    String id = setUps.get(0);
    Optional<Node> shown = get(PayPalVault.pathOf(id), deadline);
    if (shown.isPresent()) {
      return new Lookup.Found(vault.seen(shown.get(), Optional.empty(), deadline).build());
    }
    if (!isOver(trace, id, asOf)) {
      throw new Untold(notShown());
    }
    Snapshot.Builder seen = Snapshot.builder();
    seen.attempt(id, Attempt.declined(RAN_OUT)).providerId(PayPalVault.SETUP_TOKEN, id);
    return new Lookup.Found(seen.build());
  }

  /**
   * Whether an order that PayPal does not show has run out. That it is not shown proves nothing: so
   * it is for the credentials of another account, too. What proves it is that no order lives so
   * long, and that nothing came of this one, as only a completion of ours brings about.
   */
  private static boolean isOver(Trace trace, String id, Instant asOf) {
    Attempt attempt = trace.known().attempts().get(id);
    return attempt != null
        && !attempt.step().reached(AttemptStep.FAILED)
        && !attempt.step().reached(AttemptStep.SUCCEEDED)
        && !hasCome(trace.known())
        && !mayBeCompleted(trace)
        && !asOf.isBefore(trace.startedAt().plus(LONGEST_LIFE));
  }

  /** A stored wallet is charged without a completion; what PayPal began to take is not over. */
  private static boolean isUnpaid(Trace trace, String order) {
    Attempt attempt = trace.known().attempts().get(Rounds.now(order, trace.known()).attempt());
    return attempt == null || !attempt.step().isAt(AttemptStep.PROCESSING);
  }

  private static boolean hasCome(PaymentFacts known) {
    return !known.movements().isEmpty() || !known.authorizations().isEmpty();
  }

  /** Whether a send of ours, other than of the order itself, may have had an effect. */
  private static boolean mayBeCompleted(Trace trace) {
    Collection<Attempt> attempts = trace.known().attempts().values();
    Set<String> making =
        attempts.stream()
            .flatMap(attempt -> attempt.operation().values().stream())
            .collect(Collectors.toSet());
    long completions =
        trace.known().sends().entrySet().stream()
            .filter(send -> !send.getValue().reached(SendStep.HAD_NONE))
            .map(send -> send.getKey().replaceFirst("#[0-9]+$", ""))
            .filter(key -> !making.contains(key))
            .distinct()
            .count();
    // Each that was declined, so that the payer was asked again, came to nothing.
    long declined = attempts.stream().filter(attempt -> !attempt.isCurrent()).count();
    return trace.operation().filter(o -> !making.contains(o.key())).isPresent()
        || completions > declined;
  }

  private Failure notShown() {
    return Failure.of(
        ErrorCategory.UNKNOWN_OUTCOME,
        "paypal.order-not-shown",
        "PayPal does not show an order that it made: either it has run out, or "
            + settings.credentials()
            + " are of another account than before");
  }

  private static SortedSet<String> orders(PaymentFacts known) {
    SortedSet<String> orders = new TreeSet<>();
    known.attempts().keySet().forEach(attempt -> orders.add(Rounds.of(attempt).order()));
    ids(known, PayPalSnapshots.ORDER).forEach(orders::add);
    return orders;
  }

  private static Stream<String> ids(PaymentFacts known, String kind) {
    return known.providerIds().stream().filter(id -> id.kind().equals(kind)).map(ProviderId::id);
  }

  /** Where what is known shows which order it is of. */
  private static Stream<String> paths(PaymentFacts known) {
    return Stream.concat(
        ids(known, PayPalSnapshots.CAPTURE).map(id -> CAPTURES + encoded(id)),
        ids(known, PayPalSnapshots.AUTHORIZATION).map(id -> HOLDS + encoded(id)));
  }

  /**
   * What a person named as what a charge did, by its order: PayPal's site shows captures and holds,
   * and no orders.
   */
  private Map<String, String> settled(PaymentFacts known, Deadline deadline) {
    Map<String, String> settled = new TreeMap<>();
    for (String attempt : known.attempts().keySet()) {
      Optional<String> path =
          known.movements().containsKey(attempt)
              ? Optional.of(CAPTURES + encoded(attempt))
              : known.authorizations().containsKey(attempt)
                  ? Optional.of(HOLDS + encoded(attempt))
                  : Optional.empty();
      path.flatMap(at -> orderOf(at, deadline)).ifPresent(order -> settled.put(order, attempt));
    }
    return settled;
  }

  private Optional<String> orderOf(String path, Deadline deadline) {
    return get(path, deadline)
        .map(payment -> payment.inner("supplementary_data").inner("related_ids").text("order_id"));
  }

  /** Payers end agreements at PayPal's site; an order goes on showing what it stored. */
  private void revoked(Snapshot.Builder seen, PaymentFacts known, Node order, Deadline deadline) {
    PayPalSnapshots.stored(order)
        .filter(id -> known.credentials().containsKey(id))
        .filter(id -> vault.isGone(id, deadline))
        .ifPresent(id -> seen.credential(id, Credential.removed()));
  }

  /** Empty if PayPal says that there is no such thing. */
  private Optional<Node> get(String path, Deadline deadline) {
    Answer answer = sdk.get(path, deadline);
    if (answer instanceof Answer.Done done) {
      return Optional.of(done.body());
    }
    if (answer instanceof Answer.Refused refused
        && refused.failure().category() == ErrorCategory.NOT_FOUND) {
      return Optional.empty();
    }
    throw new Untold(
        answer instanceof Answer.Refused refused
            ? refused.failure()
            : answer instanceof Answer.Unsure unsure
                ? unsure.failure()
                : PayPalErrors.unknown("answer.unexpected", "a lookup was declined"));
  }

  private static Instant lastSend(Trace trace) {
    return trace.operation().map(Trace.InDoubt::lastSentAt).orElse(trace.startedAt());
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
