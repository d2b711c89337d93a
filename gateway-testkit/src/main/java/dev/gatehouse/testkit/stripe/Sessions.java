package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Intent;

/**
 * What may become of a Checkout Session: the customer pays on its page, or time ends it. Its
 * payment has an intent from the first try on. Called under the lock of {@link Desk}.
 */
final class Sessions {
  private final Desk desk;
  private final Intents intents;

  Sessions(Desk desk, Intents intents) {
    this.desk = desk;
    this.intents = intents;
    intents.watchedBy(this::follow);
  }

  void created(Session session) {
    desk.add(session);
    desk.at(session.expiresAt, () -> expireIfOpen(session));
  }

  /** The customer tries a card; a decline is theirs to see, and the page stays. */
  void pay(Session session, StripeToken token) {
    Intent intent = open(session);
    intent.method = desk.method(session.account, token.id());
    try {
      intents.confirm(intent, false, session.key);
    } catch (ApiError e) {
      if (!intent.is("requires_payment_method")) {
        throw e;
      }
    }
  }

  /** The customer has their bank debited, which takes days. */
  void debit(Session session) {
    if (session.manual) {
      throw ApiError.state("payment_intent_invalid_parameter", "A debit cannot be held.");
    }
    Intent intent = open(session);
    intents.debit(intent, desk.scriptTokens().debit(session.account), session.key);
  }

  private Intent open(Session session) {
    if (!session.isOpen()) {
      throw ApiError.state("checkout_session_not_open", "This page is " + session.status + ".");
    }
    Intent known = session.intent;
    if (known != null) {
      return known;
    }
    Intent intent =
        new Intent(
            desk.id("pi"),
            session.account,
            session.amount,
            session.currency,
            session.manual,
            desk.now(),
            session.key);
    intent.base = session.base;
    intent.returnUrl = session.url();
    intent.metadata.putAll(session.intentMetadata);
    intent.description = session.description;
    intent.receiptEmail = session.receiptEmail;
    intent.descriptorSuffix = session.descriptorSuffix;
    intent.wantsParts = session.wantsParts;
    intent.session = session;
    session.intent = intent;
    intents.created(intent);
    return intent;
  }

  /** The session goes along with what becomes of its payment. */
  private void follow(Intent intent) {
    Session session = intent.session;
    if (session == null) {
      return;
    }
    boolean paid = intent.is("succeeded");
    if (session.isOpen() && (paid || intent.is("requires_capture") || intent.is("processing"))) {
      session.status = "complete";
      session.paymentStatus = paid ? "paid" : "unpaid";
      happened("checkout.session.completed", session);
    } else if (session.status.equals("complete") && session.paymentStatus.equals("unpaid")) {
      later(session, intent);
    }
  }

  private void later(Session session, Intent intent) {
    if (intent.is("succeeded")) {
      session.paymentStatus = "paid";
      if (!session.manual) {
        happened("checkout.session.async_payment_succeeded", session);
      }
    } else if (intent.is("requires_payment_method")) {
      happened("checkout.session.async_payment_failed", session);
    }
  }

  /** Ends the page; what the customer began on it ends, too. */
  void expire(Session session) {
    if (!session.isOpen()) {
      throw ApiError.state(
          "checkout_session_not_open",
          "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session"
              + " has a status of "
              + session.status
              + ".");
    }
    session.status = "expired";
    if (session.intent != null) {
      intents.cancel(session.intent, "automatic", null);
    }
    happened("checkout.session.expired", session);
  }

  private void expireIfOpen(Session session) {
    if (session.isOpen()) {
      expire(session);
    }
  }

  private void happened(String type, Session session) {
    desk.happened(type, session.account, SessionViews.session(session, Expand.none()));
  }
}
