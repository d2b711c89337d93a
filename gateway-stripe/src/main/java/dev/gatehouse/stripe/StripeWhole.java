package dev.gatehouse.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.checkout.SessionListParams;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The intents and sessions of one payment, by their ids. A session is read before its intent, which
 * is then at least as new.
 */
final class StripeWhole {
  private final StripeCall call;
  private final Trace trace;
  private final Map<String, PaymentIntent> intents = new TreeMap<>();
  private final Map<String, Session> sessions = new TreeMap<>();

  StripeWhole(StripeCall call, Trace trace) {
    this.call = call;
    this.trace = trace;
  }

  /** Stripe does not show what it made. */
  static final class NotShown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotShown() {
      super("what Stripe made is not shown", null, false, false);
    }
  }

  private interface Retrieved<T> {
    T get() throws StripeException;
  }

  /** Reads whatever we know by its id. */
  void readKnown() throws StripeException {
    for (String id : ids(StripeCheckout.SESSION)) {
      add(session(id));
    }
    for (String id : ids(StripeFacts.INTENT)) {
      if (!intents.containsKey(id)) {
        add(intent(id));
      }
    }
  }

  private List<String> ids(String kind) {
    return trace.known().providerIds().stream()
        .filter(id -> id.kind().equals(kind))
        .map(ProviderId::id)
        .toList();
  }

  void add(PaymentIntent intent) throws StripeException {
    String id = Unreadable.demand("id", intent.getId());
    if (intents.putIfAbsent(id, intent) == null
        && StripeCheckout.isPage(intent)
        && ids(StripeCheckout.SESSION).isEmpty()
        && sessionOf(id).isEmpty()) {
      for (Session session : pagesOf(id)) {
        sessions.put(Unreadable.demand("id", session.getId()), session);
      }
    }
  }

  void add(Session session) throws StripeException {
    sessions.putIfAbsent(Unreadable.demand("id", session.getId()), session);
    String intent = session.getPaymentIntent();
    if (intent != null && !intents.containsKey(intent)) {
      add(intent(intent));
    }
  }

  private Session session(String id) throws StripeException {
    return shown(() -> call.client().v1().checkout().sessions().retrieve(id));
  }

  private PaymentIntent intent(String id) throws StripeException {
    var params = PaymentIntentRetrieveParams.builder();
    if (!trace.known().credentials().isEmpty()) {
      // Where something was stored: whether it still is, only the method tells.
      params.addAllExpand(StripeStored.EXPANDED);
    }
    return shown(() -> call.client().v1().paymentIntents().retrieve(id, params.build()));
  }

  private List<Session> pagesOf(String intent) throws StripeException {
    return StripePages.all(
        after -> {
          var params =
              SessionListParams.builder().setPaymentIntent(intent).setLimit(StripePages.PAGE);
          after.ifPresent(params::setStartingAfter);
          return call.client().v1().checkout().sessions().list(params.build());
        });
  }

  /**
   * Stripe forgets neither. One that is not there was made with another account's key, and what the
   * present one does not show proves nothing.
   */
  private static <T> T shown(Retrieved<T> retrieved) throws StripeException {
    try {
      return retrieved.get();
    } catch (InvalidRequestException e) {
      if ("resource_missing".equals(e.getCode())) {
        throw new NotShown();
      }
      throw e;
    }
  }

  boolean isEmpty() {
    return intents.isEmpty() && sessions.isEmpty();
  }

  List<PaymentIntent> intents() {
    return List.copyOf(intents.values());
  }

  /** The sessions that nobody has tried to pay on. */
  List<Session> untried() {
    return sessions.values().stream().filter(one -> one.getPaymentIntent() == null).toList();
  }

  Optional<Session> sessionOf(String intent) {
    return sessions.values().stream()
        .filter(session -> intent.equals(session.getPaymentIntent()))
        .findFirst();
  }
}
