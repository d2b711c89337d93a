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

  /** The first window that is asked for; a busy account gets shorter ones. */
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
    if (since.isBefore(now.minus(LISTED))) {
      return new Changes.CannotTell(
          StripeErrors.unknown("events.too-old", "Stripe lists the events of 30 days only"));
    }
    try {
      return read(since, now);
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
   * asked for.
   */
  private Changes read(Instant since, Instant now) throws StripeException {
    Instant end = now;
    while (true) {
      Optional<List<Event>> events = events(since, end);
      if (events.isPresent()) {
        return listed(events.get(), since, end.equals(now) ? now.minus(LAG) : end);
      }
      Duration half = Duration.between(since, end).dividedBy(2);
      if (half.compareTo(SHORTEST) < 0) {
        return new Changes.CannotTell(
            StripeErrors.unknown("list.too-long", "there are too many events at one time"));
      }
      end = since.plus(half);
    }
  }

  /** Every event of the window; empty if there are too many. */
  private Optional<List<Event>> events(Instant since, Instant end) throws StripeException {
    var created =
        EventListParams.Created.builder()
            .setGte(since.getEpochSecond())
            .setLte(end.getEpochSecond())
            .build();
    List<Event> all = new ArrayList<>();
    for (int page = 0; page < MAX_PAGES; page++) {
      var params =
          EventListParams.builder()
              .setCreated(created)
              .setLimit(PAGE)
              .addAllType(StripeHints.TYPES);
      if (!all.isEmpty()) {
        params.setStartingAfter(all.get(all.size() - 1).getId());
      }
      StripeCollection<Event> list = call.client().v1().events().list(params.build());
      all.addAll(Unreadable.demand("data", list.getData()));
      if (!Unreadable.demand("has_more", list.getHasMore())) {
        return Optional.of(all);
      }
    }
    return Optional.empty();
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
    return new Changes.Listed(List.copyOf(hints), upTo.isAfter(since) ? upTo : since);
  }
}
