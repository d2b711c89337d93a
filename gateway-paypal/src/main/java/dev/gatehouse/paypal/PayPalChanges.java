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

  Changes since(Instant since, Deadline deadline) {
    Instant now = environment.clock().instant();
    Instant oldest = now.minus(KEPT);
    Instant reach = since.isBefore(oldest) ? oldest : since;
    Instant from = reach.truncatedTo(ChronoUnit.SECONDS);
    Instant to = now;
    List<PaymentHint> hints = new ArrayList<>();
    Set<String> read = new HashSet<>();
    try {
      for (int page = 0; page < MAX_PAGES; page++) {
        Answer answer = sdk.get(path(from, to), deadline);
        if (!(answer instanceof Answer.Done done)) {
          return new Changes.CannotTell(failure(answer));
        }
        List<Node> events = done.body().list("events");
        events.stream()
            .filter(event -> read.add(event.text("id")))
            .forEach(event -> PayPalEvents.hint(event).ifPresent(hints::add));
        if (events.size() < PAGE) {
          Collections.reverse(hints);
          Instant upTo = now.minus(LAG);
          return new Changes.Listed(hints, reach, upTo.isBefore(since) ? since : upTo);
        }
        Instant end = Instant.parse(events.get(events.size() - 1).text("create_time"));
        if (!end.isBefore(to)) {
          // A page full of one instant: the pages behind it can't be asked for.
          return new Changes.CannotTell(TOO_LONG);
        }
        to = end;
      }
      return new Changes.CannotTell(TOO_LONG);
    } catch (Node.Unreadable e) {
      return new Changes.CannotTell(PayPalErrors.unreadable(e));
    } catch (DateTimeException e) {
      return new Changes.CannotTell(PayPalErrors.unreadable(new Node.Unreadable("create_time")));
    }
  }

  /** Newest first; so a page that is full is followed by the one that ends where it began. */
  private static String path(Instant from, Instant to) {
    return "/v1/notifications/webhooks-events?page_size="
        + PAGE
        + "&start_time="
        + from
        + "&end_time="
        + to.truncatedTo(ChronoUnit.SECONDS);
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
