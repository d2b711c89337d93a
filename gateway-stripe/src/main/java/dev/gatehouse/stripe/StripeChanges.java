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

  /** A busy account is asked for shorter and shorter windows, down to this. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final long PAGE = 100;
  private static final int MAX_PAGES = 50;

  private final StripeCall call;
  private final GatewayEnvironment environment;

  StripeChanges(StripeCall call, GatewayEnvironment environment) {
    this.call = call;
    this.environment = environment;
  }

  Changes since(Instant since) {
    Instant now = environment.clock().instant();
    Instant oldest = now.minus(LISTED);
    try {
      return read(since.isBefore(oldest) ? oldest : since, now);
    } catch (TransportException e) {
      return new Changes.CannotTell(StripeErrors.transport(e));
    } catch (StripeException e) {
      Optional<Failure> refused = StripeErrors.certainRefusal(e, call);
      return new Changes.CannotTell(refused.orElseGet(() -> StripeErrors.unclear(e)));
    } catch (Unreadable | JsonParseException e) {
      return new Changes.CannotTell(
          StripeErrors.unknown("answer.unreadable", "the list of events can't be read"));
    }
  }

  /**
   * Newest comes first, so a list that is too long lacks its beginning: then only the older half is
   * asked for. How far the list reaches is for Stripe's clock to say: with ours ahead, what happens
   * in between would never be asked for.
   */
  private Changes read(Instant since, Instant now) throws StripeException {
    Optional<Instant> end = Optional.empty();
    while (true) {
      Optional<Seen> seen = events(since, end);
      if (seen.isPresent()) {
        return listed(seen.get().newestFirst(), since, end.orElse(seen.get().upTo()));
      }
      Duration half = Duration.between(since, end.orElse(now)).dividedBy(2);
      if (half.compareTo(SHORTEST) < 0) {
        return new Changes.CannotTell(
            StripeErrors.unknown("list.too-long", "there are too many events at one time"));
      }
      end = Optional.of(since.plus(half));
    }
  }

  /** A whole list, and the time by Stripe's clock before which nothing is missing from it. */
  private record Seen(List<Event> newestFirst, Instant upTo) {}

  /** Every event of the window; empty if there are too many. */
  private Optional<Seen> events(Instant since, Optional<Instant> end) throws StripeException {
    var created = EventListParams.Created.builder().setGte(since.getEpochSecond());
    end.ifPresent(time -> created.setLte(time.getEpochSecond()));
    List<Event> all = new ArrayList<>();
    Optional<Instant> asOf = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      var params =
          EventListParams.builder()
              .setCreated(created.build())
              .setLimit(PAGE)
              .addAllType(StripeHints.TYPES);
      if (!all.isEmpty()) {
        params.setStartingAfter(all.get(all.size() - 1).getId());
      }
      StripeCollection<Event> list = call.client().v1().events().list(params.build());
      asOf = page == 0 ? call.date() : asOf;
      all.addAll(Unreadable.demand("data", list.getData()));
      if (!Unreadable.demand("has_more", list.getHasMore())) {
        return Optional.of(new Seen(all, upTo(all, asOf, since)));
      }
    }
    return Optional.empty();
  }

  private static Instant upTo(List<Event> newestFirst, Optional<Instant> asOf, Instant since) {
    if (asOf.isPresent()) {
      return asOf.get().minus(LAG);
    }
    return newestFirst.isEmpty()
        ? since
        : Instant.ofEpochSecond(Unreadable.demand("created", newestFirst.get(0).getCreated()));
  }

  private static Changes listed(List<Event> newestFirst, Instant since, Instant upTo) {
    List<Event> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    Set<PaymentHint> hints = new LinkedHashSet<>();
    for (Event event : oldestFirst) {
      String raw = event.getDataObjectDeserializer().getRawJson();
      if (JsonParser.parseString(Unreadable.demand("object", raw)) instanceof JsonObject object) {
        StripeHints.of(object).ifPresent(hints::add);
      }
    }
    // Never back behind the start: a list that lags says less than we knew.
    return new Changes.Listed(List.copyOf(hints), since, upTo.isAfter(since) ? upTo : since);
  }
}
