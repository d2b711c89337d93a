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

  /** A window with more than this is too wide, and is asked for again as a narrower one. */
  private static final int MAX_PAGES = 10;

  /** A busy account is asked for window after window, from the oldest on; this is the first. */
  private static final Duration FIRST = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** With less than this part of its time left, a call ends with what it has. */
  private static final int RESERVE = 4;

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
    Reading reading = new Reading(since, since.isBefore(oldest) ? oldest : since);
    try {
      return read(reading, now, deadline);
    } catch (Node.Unreadable e) {
      return reading.orElse(PayPalErrors.unreadable(e));
    } catch (DateTimeException e) {
      return reading.orElse(PayPalErrors.unreadable(new Node.Unreadable("create_time")));
    } catch (Untold e) {
      return reading.orElse(e.failure);
    }
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

  /** What was read up to now: all windows before its end are whole. */
  private static final class Reading {
    private final Instant reach;
    private final Set<String> ids = new HashSet<>();
    private final List<PaymentHint> oldestFirst = new ArrayList<>();
    private Instant upTo;

    Reading(Instant since, Instant reach) {
      this.reach = reach;
      this.upTo = since;
    }

    void add(Window window) {
      List<Node> events = new ArrayList<>(window.newestFirst());
      Collections.reverse(events);
      events.stream()
          .filter(event -> ids.add(event.text("id")))
          .forEach(event -> PayPalEvents.hint(event).ifPresent(oldestFirst::add));
      upTo = window.upTo().isAfter(upTo) ? window.upTo() : upTo;
    }

    Changes listed() {
      return new Changes.Listed(oldestFirst, reach, upTo);
    }

    /** What was read whole stays read, whatever came after it. */
    Changes orElse(Failure failure) {
      return upTo.isAfter(reach) ? listed() : new Changes.CannotTell(failure);
    }
  }

  /**
   * Events between two times.
   *
   * @param newestFirst all of them, or the newest; some of them twice
   * @param whole whether they are all
   * @param full whether a window twice as wide might not be whole
   * @param last whether nothing is to be asked for behind it
   * @param asOf when PayPal answered, by its clock
   * @param upTo the time by PayPal's clock before which nothing is missing, if it is whole
   */
  private record Window(
      List<Node> newestFirst,
      boolean whole,
      boolean full,
      boolean last,
      Optional<Instant> asOf,
      Instant upTo) {}

  /**
   * Newest comes first, so a list that is too long lacks its beginning. Therefore the beginning is
   * asked for by itself, in windows as wide as can be read: whatever ends the call, the next one
   * goes on from the last window that was whole.
   */
  private Changes read(Reading reading, Instant now, Deadline deadline) {
    Instant from = reading.reach.truncatedTo(ChronoUnit.SECONDS);
    Duration width = FIRST;
    Instant certain = now.minus(LAG);
    while (true) {
      Instant to = from.plus(width);
      Optional<Instant> end = to.isBefore(certain) ? Optional.of(to) : Optional.empty();
      Window window = window(from, end, deadline);
      certain = window.asOf().orElse(now).minus(LAG);
      if (window.whole()) {
        reading.add(window);
        if (window.last() || isShort(deadline)) {
          return reading.listed();
        }
        from = to;
        width = window.full() ? width : width.multipliedBy(2);
      } else if (!from.isBefore(certain) && from.isAfter(reading.reach)) {
        // What is younger is for the next call anyway.
        return reading.listed();
      } else if (width.compareTo(SHORTEST) > 0) {
        width = narrower(width, window.newestFirst());
      } else {
        return reading.orElse(TOO_LONG);
      }
    }
  }

  private boolean isShort(Deadline deadline) {
    return deadline.left().compareTo(environment.timeLimit().dividedBy(RESERVE)) < 0;
  }

  /** Half of what could be read, because the beginning of a window may be busier than its end. */
  private static Duration narrower(Duration width, List<Node> newestFirst) {
    Instant oldest = createdAt(newestFirst.get(newestFirst.size() - 1));
    Duration seen = Duration.between(oldest, createdAt(newestFirst.get(0)));
    Duration half = (seen.compareTo(width) < 0 ? seen : width).dividedBy(2);
    return half.compareTo(SHORTEST) < 0 ? SHORTEST : half.truncatedTo(ChronoUnit.SECONDS);
  }

  private Window window(Instant from, Optional<Instant> end, Deadline deadline) {
    List<Node> all = new ArrayList<>();
    Optional<Instant> asOf = Optional.empty();
    Optional<Instant> before = end;
    for (int page = 1; page <= MAX_PAGES; page++) {
      Answer answer = sdk.get(path(from, before), deadline);
      if (!(answer instanceof Answer.Done done)) {
        throw new Untold(failure(answer));
      }
      asOf = page == 1 ? done.date() : asOf;
      List<Node> events = done.body().demandedList("events");
      all.addAll(events);
      if (events.size() < PAGE) {
        return whole(all, page > MAX_PAGES / 3, asOf, end);
      }
      // To the whole second behind it: what is read twice is counted once.
      Instant oldest = createdAt(events.get(events.size() - 1)).minusNanos(1);
      Instant next = oldest.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      if (before.filter(to -> !next.isBefore(to)).isPresent()) {
        // A page full of one second: the pages behind it can't be asked for.
        break;
      }
      before = Optional.of(next);
    }
    return new Window(all, false, true, false, asOf, from);
  }

  /**
   * How far the list reaches is for PayPal's clock to say: with ours ahead, what happens in between
   * would never be asked for; with ours behind, the newest would be left out. If PayPal does not
   * say what time it is, its newest event does; without one, nothing is certain that was not
   * before.
   */
  private static Window whole(
      List<Node> newestFirst, boolean full, Optional<Instant> asOf, Optional<Instant> end) {
    Optional<Instant> newest = newestFirst.stream().findFirst().map(PayPalChanges::createdAt);
    Instant certain = asOf.or(() -> newest).map(time -> time.minus(LAG)).orElse(Instant.MIN);
    boolean reached = asOf.isPresent() && end.filter(certain::isBefore).isPresent();
    return new Window(
        newestFirst,
        true,
        full,
        end.isEmpty() || reached,
        asOf,
        end.filter(certain::isAfter).orElse(certain));
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
