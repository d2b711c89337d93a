package dev.gatehouse.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.MetadataStore;
import com.stripe.model.PaymentIntent;
import com.stripe.model.SetupIntent;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.SetupIntentListParams;
import com.stripe.param.checkout.SessionListParams;
import dev.gatehouse.spi.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what was made around the time of a send, and picks what has our reference. */
final class StripeListing {
  /** Our clock and Stripe's may differ by so much before it matters. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final StripeCall call;
  private final Clock clock;
  private final Trace trace;

  StripeListing(StripeCall call, Clock clock, Trace trace) {
    this.call = call;
    this.clock = clock;
    this.trace = trace;
  }

  /** When something of ours was last sent, as far as is known. */
  static Instant lastSend(Trace trace) {
    return trace.operation().map(Trace.InDoubt::lastSentAt).orElse(trace.startedAt());
  }

  /** A time by Stripe's clock, both ends in it, in whole seconds. */
  private record Window(long from, long to) {}

  /** A page of what was made at a time, after the object with this id. */
  private interface Page<T extends HasId> {
    StripeCollection<T> of(Window window, Optional<String> after) throws StripeException;
  }

  List<PaymentIntent> intents(String reference) throws StripeException {
    return around(
        reference,
        (window, after) -> {
          var created =
              PaymentIntentListParams.Created.builder()
                  .setGte(window.from())
                  .setLte(window.to())
                  .build();
          var params =
              PaymentIntentListParams.builder().setCreated(created).setLimit(StripePages.PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().paymentIntents().list(params.build());
        });
  }

  List<Session> sessions(String reference) throws StripeException {
    return around(
        reference,
        (window, after) -> {
          var created =
              SessionListParams.Created.builder().setGte(window.from()).setLte(window.to()).build();
          var params = SessionListParams.builder().setCreated(created).setLimit(StripePages.PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().checkout().sessions().list(params.build());
        });
  }

  List<SetupIntent> setUps(String reference) throws StripeException {
    return around(
        reference,
        (window, after) -> {
          var created =
              SetupIntentListParams.Created.builder()
                  .setGte(window.from())
                  .setLte(window.to())
                  .build();
          var params =
              SetupIntentListParams.builder().setCreated(created).setLimit(StripePages.PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().setupIntents().list(params.build());
        });
  }

  /** When we sent is by our clock, when Stripe made something is by its own. */
  private <T extends HasId & MetadataStore<T>> List<T> around(String reference, Page<T> page)
      throws StripeException {
    List<T> found = new ArrayList<>(within(window(Duration.ZERO), reference, page));
    Duration ahead =
        call.date().map(date -> Duration.between(clock.instant(), date)).orElse(Duration.ZERO);
    if (ahead.abs().compareTo(SKEW) > 0) {
      found.addAll(within(window(ahead), reference, page));
    }
    return found;
  }

  private static <T extends HasId & MetadataStore<T>> List<T> within(
      Window window, String reference, Page<T> page) throws StripeException {
    return StripePages.all(after -> page.of(window, after)).stream()
        .filter(made -> isOf(reference, made.getMetadata()))
        .toList();
  }

  private static boolean isOf(String reference, @Nullable Map<String, String> metadata) {
    return StripeFacts.metadata(metadata, StripeFacts.REFERENCE)
        .filter(reference::equals)
        .isPresent();
  }

  private Window window(Duration ahead) {
    Instant from = trace.startedAt().plus(ahead).minus(SKEW);
    Instant to = lastSend(trace).plus(ahead).plus(StripeGatewayProvider.SETTLES).plus(SKEW);
    return new Window(from.getEpochSecond(), to.getEpochSecond());
  }
}
