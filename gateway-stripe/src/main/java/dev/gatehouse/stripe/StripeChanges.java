package dev.gatehouse.stripe;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.EventListParams;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.PaymentHint;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists which payments changed, from Stripe's list of events, which reaches back 30 days. */
final class StripeChanges {
  private static final Duration LISTED = Duration.ofDays(30);

  /** Events are made a little later than what they tell of. */
  private static final Duration LAG = Duration.ofMinutes(1);

  /** A busy account is asked for window after window, from the oldest on; this is the first. */
  private static final Duration FIRST = Duration.ofMinutes(15);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final long PAGE = 100;

  /** A window with more than this is too wide, and is asked for again as a narrower one. */
  private static final int MAX_PAGES = 10;

  /** With less than this part of its time left, a call ends with what it has. */
  private static final int RESERVE = 4;

  private final StripeCall call;
  private final GatewayEnvironment environment;

  StripeChanges(StripeCall call, GatewayEnvironment environment) {
    this.call = call;
    this.environment = environment;
  }

  Changes since(Instant since) {
    Instant now = environment.clock().instant();
    Instant oldest = now.minus(LISTED);
    Reading reading = new Reading(since.isBefore(oldest) ? oldest : since);
    try {
      return read(reading, now);
    } catch (TransportException e) {
      return reading.orElse(StripeErrors.transport(e));
    } catch (StripeException e) {
      Optional<Failure> refused = StripeErrors.certainRefusal(e, call);
      return reading.orElse(refused.orElseGet(() -> StripeErrors.unclear(e)));
    } catch (Unreadable | JsonParseException e) {
      return reading.orElse(
          StripeErrors.unknown("answer.unreadable", "the list of events can't be read"));
    }
  }

  /** What was read up to now: all windows before its end are whole. */
  private static final class Reading {
    private final Instant since;
    private final Set<PaymentHint> hints = new LinkedHashSet<>();
    private Instant upTo;

    Reading(Instant since) {
      this.since = since;
      this.upTo = since;
    }

    void add(Window window) {
      List<Event> oldestFirst = new ArrayList<>(window.newestFirst());
      Collections.reverse(oldestFirst);
      hints.addAll(hintsOf(oldestFirst));
      // Never back behind the start: a list that lags says less than we knew.
      upTo = window.upTo().isAfter(upTo) ? window.upTo() : upTo;
    }

    Changes listed() {
      return new Changes.Listed(List.copyOf(hints), since, upTo);
    }

    /** What was read whole stays read, whatever came after it. */
    Changes orElse(Failure failure) {
      return upTo.isAfter(since) ? listed() : new Changes.CannotTell(failure);
    }
  }

  /**
   * Events between two times.
   *
   * @param newestFirst all of them, or the newest
   * @param whole whether they are all
   * @param full whether a window twice as wide might not be whole
   * @param last whether nothing is to be asked for behind it
   * @param upTo the time by Stripe's clock before which nothing is missing, if it is whole
   */
  private record Window(
      List<Event> newestFirst, boolean whole, boolean full, boolean last, Instant upTo) {}

  /**
   * Newest comes first, so a list that is too long lacks its beginning. Therefore the beginning is
   * asked for by itself, in windows as wide as can be read: whatever ends the call, the next one
   * goes on from the last window that was whole.
   */
  private Changes read(Reading reading, Instant now) throws StripeException {
    Instant from = reading.since;
    Duration width = FIRST;
    while (true) {
      Instant to = from.plus(width);
      Instant certain = call.date().orElse(now).minus(LAG);
      boolean ends = to.isBefore(certain);
      Window window = window(from, ends ? Optional.of(to) : Optional.empty());
      if (window.whole()) {
        reading.add(window);
        if (window.last() || isTimeShort()) {
          return reading.listed();
        }
        from = to;
        width = window.full() ? width : width.multipliedBy(2);
      } else if (!from.isBefore(certain) && from.isAfter(reading.since)) {
        // What is younger is for the next call anyway.
        return reading.listed();
      } else if (width.compareTo(SHORTEST) > 0) {
        width = narrower(width, window.newestFirst());
      } else {
        return reading.orElse(
            StripeErrors.unknown("list.too-long", "there are too many events at one time"));
      }
    }
  }

  private boolean isTimeShort() {
    return call.left().compareTo(environment.timeLimit().dividedBy(RESERVE)) < 0;
  }

  /** Half of what could be read, because the beginning of a window may be busier than its end. */
  private static Duration narrower(Duration width, List<Event> newestFirst) {
    Instant oldest = createdAt(newestFirst.get(newestFirst.size() - 1));
    Duration seen = Duration.between(oldest, createdAt(newestFirst.get(0)));
    Duration half = (seen.compareTo(width) < 0 ? seen : width).dividedBy(2);
    return half.compareTo(SHORTEST) < 0 ? SHORTEST : half.truncatedTo(ChronoUnit.SECONDS);
  }

  private Window window(Instant from, Optional<Instant> end) throws StripeException {
    var created = EventListParams.Created.builder().setGte(from.getEpochSecond());
    end.ifPresent(time -> created.setLte(time.getEpochSecond()));
    List<Event> all = new ArrayList<>();
    Optional<Instant> asOf = Optional.empty();
    for (int page = 1; page <= MAX_PAGES; page++) {
      var params =
          EventListParams.builder()
              .setCreated(created.build())
              .setLimit(PAGE)
              .addAllType(StripeHints.LISTED);
      if (!all.isEmpty()) {
        params.setStartingAfter(all.get(all.size() - 1).getId());
      }
      StripeCollection<Event> list = call.client().v1().events().list(params.build());
      asOf = page == 1 ? call.date() : asOf;
      all.addAll(StripePages.read(list));
      if (!list.getHasMore()) {
        return whole(all, page > MAX_PAGES / 3, asOf, end);
      }
    }
    return new Window(all, false, true, false, from);
  }

  /**
   * How far a list reaches is for Stripe's clock to say: with ours ahead, what happens in between
   * would never be asked for. If Stripe does not say, its newest event does; without one, nothing
   * is certain that was not before.
   */
  private static Window whole(
      List<Event> newestFirst, boolean full, Optional<Instant> asOf, Optional<Instant> end) {
    Instant newest = newestFirst.isEmpty() ? Instant.MIN : createdAt(newestFirst.get(0));
    Instant certain = asOf.map(time -> time.minus(LAG)).orElse(newest);
    boolean reached = asOf.isPresent() && end.filter(certain::isBefore).isPresent();
    return new Window(
        newestFirst,
        true,
        full,
        end.isEmpty() || reached,
        end.filter(certain::isAfter).orElse(certain));
  }

  private static Instant createdAt(Event event) {
    long seconds = Unreadable.demand("created", event.getCreated());
    return StripeFacts.guarded(() -> Instant.ofEpochSecond(seconds));
  }

  private static Set<PaymentHint> hintsOf(List<Event> oldestFirst) {
    Set<PaymentHint> hints = new LinkedHashSet<>();
    for (Event event : oldestFirst) {
      Unreadable.demand("data", event.getData());
      String raw = event.getDataObjectDeserializer().getRawJson();
      if (JsonParser.parseString(Unreadable.demand("object", raw)) instanceof JsonObject object) {
        StripeHints.of(object).ifPresent(hints::add);
      }
    }
    return hints;
  }
}
