package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
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
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds a payment by PayPal's ids. An order shows all that came of it; what stands alone leads to
 * its order. By our reference alone, PayPal finds nothing.
 */
final class PayPalLookup {
  private static final Failure NO_ID =
      Failure.of(
          ErrorCategory.NOT_FOUND, "paypal.no-id", "PayPal finds payments by its own ids only");

  private static final Failure ORDER_GONE =
      Failure.of(
          ErrorCategory.UNKNOWN_OUTCOME,
          "paypal.order-gone",
          "PayPal no longer shows an order of which something came");

  private static final Decline RAN_OUT =
      new Decline(DeclineCode.ABANDONED, DeclineAdvice.NONE, "RESOURCE_NOT_FOUND", "");

  /** So young an order may not be shown everywhere yet; none runs out so soon. */
  private static final Duration NEW = Duration.ofMinutes(10);

  private final PayPalSdk sdk;
  private final PayPalSnapshots snapshots;
  private final GatewayEnvironment environment;

  PayPalLookup(PayPalSdk sdk, PayPalSnapshots snapshots, GatewayEnvironment environment) {
    this.sdk = sdk;
    this.snapshots = snapshots;
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
    try {
      return found(trace, deadline);
    } catch (Untold e) {
      return new Lookup.CannotTell(e.failure);
    } catch (Node.Unreadable e) {
      return new Lookup.CannotTell(PayPalErrors.unreadable(e));
    }
  }

  private Lookup found(Trace trace, Deadline deadline) {
    // Taken before we ask: what PayPal knew when it answered, it knew at least since then.
    Instant asOf = environment.clock().instant();
    boolean settled = !asOf.isBefore(lastSend(trace).plus(PayPalGatewayProvider.SETTLES));
    SortedSet<String> parts = new TreeSet<>();
    SortedSet<String> orders = orders(trace.known());
    if (orders.isEmpty()) {
      parts.addAll(paths(trace.known()).toList());
      parts.forEach(path -> orderOf(path, deadline).ifPresent(orders::add));
    }
    if (orders.isEmpty() && parts.isEmpty()) {
      throw new Untold(NO_ID);
    }
    Snapshot.Builder seen = Snapshot.builder();
    boolean any = false;
    for (String order : orders) {
      Optional<Node> shown = get("/v2/checkout/orders/" + encoded(order), deadline);
      if (shown.isPresent()) {
        any = true;
        snapshots.order(seen, shown.get());
        disputes(seen, trace.known(), shown.get(), deadline);
      } else if (hasCome(trace.known())) {
        throw new Untold(ORDER_GONE);
      } else if (!asOf.isBefore(trace.startedAt().plus(NEW))) {
        // It has run out: its payer did not approve, or nobody went on in time.
        any = true;
        seen.attempt(order, Attempt.declined(RAN_OUT)).providerId(PayPalSnapshots.ORDER, order);
      }
    }
    return any
        ? new Lookup.Found(
            seen.complete(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS).build())
        : new Lookup.AbsentAsOf(asOf, settled);
  }

  /** Something came of an order: such a one does not run out. */
  private static boolean hasCome(PaymentFacts known) {
    return !known.movements().isEmpty() || !known.authorizations().isEmpty();
  }

  private static SortedSet<String> orders(PaymentFacts known) {
    SortedSet<String> orders = new TreeSet<>(known.attempts().keySet());
    ids(known, PayPalSnapshots.ORDER).forEach(orders::add);
    return orders;
  }

  private static Stream<String> ids(PaymentFacts known, String kind) {
    return known.providerIds().stream().filter(id -> id.kind().equals(kind)).map(ProviderId::id);
  }

  /** Where what is known shows which order it is of. */
  private static Stream<String> paths(PaymentFacts known) {
    return Stream.concat(
        ids(known, PayPalSnapshots.CAPTURE).map(id -> "/v2/payments/captures/" + encoded(id)),
        ids(known, PayPalSnapshots.AUTHORIZATION)
            .map(id -> "/v2/payments/authorizations/" + encoded(id)));
  }

  private Optional<String> orderOf(String path, Deadline deadline) {
    return get(path, deadline)
        .map(payment -> payment.inner("supplementary_data").inner("related_ids").text("order_id"));
  }

  /** Cases may be hidden from the app; then they stay unseen, and nothing else does. */
  private void disputes(Snapshot.Builder seen, PaymentFacts known, Node order, Deadline deadline) {
    SortedSet<String> ids = new TreeSet<>(known.disputes().keySet());
    ids(known, PayPalSnapshots.DISPUTE).forEach(ids::add);
    for (Node unit : order.list("purchase_units")) {
      for (Node capture : unit.inner("payments").list("captures")) {
        if (PayPalSnapshots.isDisputed(capture)) {
          ids.addAll(casesOf(capture.text("id"), deadline));
        }
      }
    }
    for (String id : ids) {
      if (sdk.get("/v1/customer/disputes/" + encoded(id), deadline) instanceof Answer.Done done) {
        snapshots.dispute(seen, order.text("id"), done.body());
      }
    }
  }

  private SortedSet<String> casesOf(String capture, Deadline deadline) {
    SortedSet<String> ids = new TreeSet<>();
    String path = "/v1/customer/disputes?disputed_transaction_id=" + encoded(capture);
    if (sdk.get(path, deadline) instanceof Answer.Done done) {
      done.body().list("items").forEach(item -> ids.add(item.text("dispute_id")));
    }
    return ids;
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
