package dev.gatehouse.paypal;

import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.PaymentHint;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which payments changed, by PayPal's list of events. It holds 30 days; older changes are found by
 * looking at each payment.
 */
final class PayPalChanges {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int PAGE = 100;
  private static final int MAX_PAGES = 50;

  /** An event may show in the list so long after it happened. */
  private static final Duration LAG = Duration.ofMinutes(5);

  private static final Failure TOO_LONG =
      PayPalErrors.unknown("list.too-long", "PayPal's list of events does not end");

  private final PayPalSdk sdk;
  private final GatewayEnvironment environment;

  PayPalChanges(PayPalSdk sdk, GatewayEnvironment environment) {
    this.sdk = sdk;
    this.environment = environment;
  }

  /**
   * How far the list reaches is for PayPal's clock to say: with ours ahead, what happens in between
   * would never be asked for; with ours behind, the newest would be left out.
   */
  Changes since(Instant since, Deadline deadline) {
    Instant oldest = environment.clock().instant().minus(KEPT);
    Instant reach = since.isBefore(oldest) ? oldest : since;
    try {
      return read(since, reach, deadline);
    } catch (Node.Unreadable e) {
      return new Changes.CannotTell(PayPalErrors.unreadable(e));
    } catch (DateTimeException e) {
      return new Changes.CannotTell(PayPalErrors.unreadable(new Node.Unreadable("create_time")));
    }
  }

  private Changes read(Instant since, Instant reach, Deadline deadline) {
    List<PaymentHint> hints = new ArrayList<>();
    Set<String> read = new HashSet<>();
    Instant upTo = since;
    Optional<Instant> end = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer answer = sdk.get(path(reach, end), deadline);
      if (!(answer instanceof Answer.Done done)) {
        return new Changes.CannotTell(failure(answer));
      }
      List<Node> events = done.body().list("events");
      upTo = page == 0 ? upTo(done.date(), events, since) : upTo;
      events.stream()
          .filter(event -> read.add(event.text("id")))
          .forEach(event -> PayPalEvents.hint(event).ifPresent(hints::add));
      if (events.size() < PAGE) {
        Collections.reverse(hints);
        return new Changes.Listed(hints, reach, upTo);
      }
      // To the whole second behind it: what is read twice is counted once.
      Instant oldest = createdAt(events.get(events.size() - 1)).minusNanos(1);
      Instant next = oldest.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      if (end.filter(to -> !next.isBefore(to)).isPresent()) {
        // A page full of one second: the pages behind it can't be asked for.
        return new Changes.CannotTell(TOO_LONG);
      }
      end = Optional.of(next);
    }
    return new Changes.CannotTell(TOO_LONG);
  }

  /**
   * Before this, nothing is missing from the list. If PayPal does not say what time it is, its
   * newest event does; without one, nothing is certain that was not before.
   */
  private static Instant upTo(Optional<Instant> asOf, List<Node> newestFirst, Instant since) {
    Optional<Instant> newest = newestFirst.stream().findFirst().map(PayPalChanges::createdAt);
    return asOf.or(() -> newest)
        .map(time -> time.minus(LAG))
        .filter(time -> time.isAfter(since))
        .orElse(since);
  }

  private static Instant createdAt(Node event) {
    return Instant.parse(event.text("create_time"));
  }

  /** Newest first; so a page that is full is followed by the one that ends where it began. */
  private static String path(Instant from, Optional<Instant> end) {
    return "/v1/notifications/webhooks-events?page_size="
        + PAGE
        + "&start_time="
        + from.truncatedTo(ChronoUnit.SECONDS)
        + end.map(to -> "&end_time=" + to).orElse("");
  }

  private static Failure failure(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return refused.failure();
    }
    return answer instanceof Answer.Unsure unsure
        ? unsure.failure()
        : PayPalErrors.unknown("answer.unexpected", "a list was declined");
  }
}
