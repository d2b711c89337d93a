package dev.gatehouse.testkit.stripe;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import dev.gatehouse.testkit.stripe.Entries.Refund;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * What a test does as the customer, the bank or a person at Stripe's dashboard. Every change has
 * its event. An unknown id throws {@link NotFoundException}, what is not possible {@link
 * InvalidStateException}. Settling what has moved on already changes nothing. Thread-safe.
 */
public final class StripeControls {
  private static final String REFERENCE = "gatehouse_reference";

  private final Desk desk;
  private final Intents intents;
  private final Sessions sessions;
  private final SetUps setUps;
  private final Refunds refunds;
  private final Disputes disputes;
  private final Keys keys;
  private final Router router;

  StripeControls(
      Desk desk,
      Intents intents,
      Sessions sessions,
      SetUps setUps,
      Refunds refunds,
      Disputes disputes,
      Keys keys,
      Router router) {
    this.desk = desk;
    this.intents = intents;
    this.sessions = sessions;
    this.setUps = setUps;
    this.refunds = refunds;
    this.disputes = disputes;
    this.keys = keys;
    this.router = router;
  }

  /** The customer authenticates; the charge is made, or declined, without another call of ours. */
  public void authenticate(String intentId) {
    run(() -> intents.authenticated(desk.intent(intentId)));
  }

  /**
   * The customer authenticates a method that is to be stored.
   *
   * @param attemptId the try of the SetupIntent
   */
  public void authenticateSetUp(String attemptId) {
    run(() -> setUps.authenticated(desk.setUpOfAttempt(attemptId), true));
  }

  /** The customer fails to authenticate a method that is to be stored. */
  public void failSetUp(String attemptId) {
    run(() -> setUps.authenticated(desk.setUpOfAttempt(attemptId), false));
  }

  /** Charges of a stored method go as those of this card from now on. */
  public void methodBehaves(String methodId, StripeToken token) {
    run(() -> desk.method(methodId).token = token);
  }

  /** Somebody detaches a stored method at the dashboard. */
  public void detach(String methodId) {
    run(() -> desk.detach(desk.method(methodId)));
  }

  /** Stripe's script makes a ConfirmationToken of a card in the browser. */
  public String confirmationToken(String accountId, StripeToken token) {
    return locked(
        () -> {
          Entries.Method method = desk.method(account(accountId), token.id());
          return desk.scriptTokens().confirming(method);
        });
  }

  /**
   * The customer enters a bank account in Stripe's script, and agrees to be debited.
   *
   * @return the ConfirmationToken, which brings the mandate
   */
  public String debitToken(String accountId) {
    return locked(
        () -> desk.scriptTokens().confirming(desk.scriptTokens().debit(account(accountId))));
  }

  /**
   * The customer enters a bank account in Stripe's script.
   *
   * @return the PaymentMethod, of which no mandate is known
   */
  public String debitMethod(String accountId) {
    return locked(() -> desk.scriptTokens().debit(account(accountId)).id);
  }

  /** The bank renews a stored card, and its network tells Stripe. */
  public void renew(String methodId, YearMonth expires) {
    run(() -> desk.renewed(desk.method(methodId), expires));
  }

  /** Somebody deletes a customer at the dashboard, for good. */
  public void deleteCustomer(String customerId) {
    run(() -> desk.delete(desk.customer(customerId)));
  }

  /** The customer fails to authenticate: an error, and no charge. */
  public void failAuthentication(String intentId) {
    run(() -> intents.notAuthenticated(desk.intent(intentId)));
  }

  /** The customer's browser, which has the client secret, tries again with another card. */
  public void tryAgain(String intentId, StripeToken token) {
    run(
        () -> {
          Intent intent = desk.intent(intentId);
          intent.method = desk.method(intent.account, token.id());
          try {
            intents.confirm(intent, false, null);
          } catch (ApiError e) {
            // A decline is the browser's to hear; the merchant hears of it by event.
            if (!intent.is("requires_payment_method")) {
              throw e;
            }
          }
        });
  }

  /**
   * The customer tries to pay on a Checkout page. One who must authenticate does that by {@link
   * #authenticate} with {@link #intentOfCheckout}; one whose card is declined may try again.
   */
  public void payCheckout(String sessionId, StripeToken token) {
    run(() -> sessions.pay(desk.session(sessionId), token));
  }

  /** The customer has a bank debited on a Checkout page, which takes days. */
  public void debitCheckout(String sessionId) {
    run(() -> sessions.debit(desk.session(sessionId)));
  }

  /** The bank that a customer had debited has paid, or sends the debit back. */
  public void settleDebit(String intentId, boolean paid) {
    run(() -> intents.settle(desk.intent(intentId), paid));
  }

  /** A Checkout page that is open expires now. */
  public void expireCheckout(String sessionId) {
    run(() -> sessions.expire(desk.session(sessionId)));
  }

  /** The intent by which a Checkout page is paid, once somebody has tried. */
  public Optional<String> intentOfCheckout(String sessionId) {
    return locked(
        () -> {
          Intent intent = desk.session(sessionId).intent;
          return intent == null ? Optional.<String>empty() : Optional.of(intent.id);
        });
  }

  /** Somebody cancels an intent at the dashboard. */
  public void consoleCancel(String intentId) {
    run(() -> intents.cancel(desk.intent(intentId), "abandoned", null));
  }

  /** Somebody captures all of a hold at the dashboard. */
  public void consoleCapture(String intentId) {
    run(
        () -> {
          Intent intent = desk.intent(intentId);
          intents.capture(intent, intent.capturable(), true, null);
        });
  }

  /** Somebody captures a part of a hold at the dashboard, which stays where cards allow that. */
  public void consoleCapturePart(String intentId, Money amount) {
    run(() -> intents.capture(desk.intent(intentId), Amounts.minor(amount), false, null));
  }

  /** Lets a living hold expire now. */
  public void expireHold(String intentId) {
    run(() -> intents.expire(desk.intent(intentId)));
  }

  /** Somebody refunds at the dashboard, without us. Returns the refund's id. */
  public String consoleRefund(String chargeId, Money amount) {
    return locked(
        () -> {
          Refund refund = refunds.create(desk.charge(chargeId), Amounts.minor(amount), null);
          refunds.announce(refund);
          return refund.id;
        });
  }

  /** A pending refund succeeds. */
  public void settleRefund(String refundId) {
    run(() -> refunds.succeed(desk.refund(refundId)));
  }

  /** A refund fails, whether it was pending or had succeeded. */
  public void failRefund(String refundId) {
    run(() -> refunds.fail(desk.refund(refundId)));
  }

  /** The customer disputes a part of a charge; the money is withdrawn. Returns the dispute's id. */
  public String dispute(String chargeId, Money amount) {
    return locked(
        () -> disputes.open(desk.charge(chargeId), Amounts.minor(amount), "fraudulent").id);
  }

  /** The customer's bank asks about a charge; no money moves. Returns the dispute's id. */
  public String inquire(String chargeId, Money amount) {
    return locked(() -> disputes.inquire(desk.charge(chargeId), Amounts.minor(amount)).id);
  }

  /** The bank's question becomes a chargeback; the money is withdrawn. */
  public void escalate(String disputeId) {
    run(() -> disputes.escalate(desk.dispute(disputeId)));
  }

  /** Somebody sends evidence at the dashboard. */
  public void respond(String disputeId) {
    run(() -> disputes.respond(desk.dispute(disputeId)));
  }

  /** A dispute is won; money that was withdrawn comes back. */
  public void winDispute(String disputeId) {
    run(() -> disputes.win(desk.dispute(disputeId)));
  }

  /** A dispute is lost. */
  public void loseDispute(String disputeId) {
    run(() -> disputes.lose(desk.dispute(disputeId)));
  }

  /**
   * A payment that we did not start, succeeded at once. Returns the intent's id.
   *
   * @param reference what it shows as our reference, if anything
   */
  public String foreignPayment(String accountId, Money amount, Optional<String> reference) {
    return locked(
        () -> {
          StripeAccount account = account(accountId);
          String currency = Amounts.currency(amount);
          Intent intent =
              new Intent(
                  desk.id("pi"), account, Amounts.minor(amount), currency, false, desk.now(), null);
          reference.ifPresent(text -> intent.metadata.put(REFERENCE, text));
          intent.method = new Entries.Method(desk.id("pm"), account, StripeToken.VISA, desk.now());
          desk.add(intent.method);
          intents.created(intent);
          intents.confirm(intent, false, null);
          return intent.id;
        });
  }

  /** The intent that a charge belongs to. */
  public String intentOf(String chargeId) {
    return locked(() -> desk.charge(chargeId).intent.id);
  }

  /** The latest charge of an intent, if it has one. */
  public Optional<String> chargeOf(String intentId) {
    return locked(
        () -> {
          Charge latest = desk.intent(intentId).latestCharge();
          return latest == null ? Optional.<String>empty() : Optional.of(latest.id);
        });
  }

  /** From now on, or no longer, another request under this key is being worked on: 409. */
  public void keyInUse(String key, boolean busy) {
    run(() -> keys.use(key, busy));
  }

  /** The next write is refused with 429 and {@code Retry-After: 1}. */
  public void rateLimitNext() {
    run(() -> router.trouble(Router.Trouble.RATE_LIMIT));
  }

  /** The next write is answered with a 500, which is kept under its key. */
  public void failNext(boolean afterEffect) {
    run(
        () ->
            router.trouble(
                afterEffect ? Router.Trouble.AFTER_EFFECT : Router.Trouble.BEFORE_EFFECT));
  }

  /** What has become of the API keys of all accounts. */
  public enum KeyState {
    /** They may do everything. */
    GOOD,
    /** Somebody rolled them: 401. */
    REVOKED,
    /** Somebody restricted them to reading: 403 for what writes. */
    READS_ONLY
  }

  /** From now on keys are in this state. */
  public void keys(KeyState state) {
    run(() -> desk.keyState(state));
  }

  /** From now on accounts take these currencies alone; none for whatever Stripe takes. */
  public void takesOnly(String... currencies) {
    run(() -> desk.currencies(Set.of(currencies)));
  }

  /** From now on accounts may ask for several captures of a hold, or may not; at first they may. */
  public void cardFeatures(boolean allowed) {
    run(() -> desk.cardFeatures(allowed));
  }

  /** From now on objects appear in lists so long after their creation. */
  public void listDelay(Duration delay) {
    run(() -> desk.options(desk.options().listingAfter(delay)));
  }

  /** From now on a page of a list has so many entries at most, whatever is asked for. */
  public void pageSize(int entries) {
    if (entries < 1) {
      throw new InvalidInputException(
          new Problem("entries", "stripe.page", "a page has no entries", "give one or more"));
    }
    run(() -> desk.mostListed(entries));
  }

  private StripeAccount account(String id) {
    return desk.accounts().stream()
        .filter(account -> account.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiError.missing("account", id));
  }

  private void run(Runnable work) {
    locked(
        () -> {
          work.run();
          return true;
        });
  }

  private <T> T locked(Supplier<T> work) {
    try {
      return desk.locked(work);
    } catch (ApiError e) {
      throw refused(e);
    }
  }

  private static GatehouseException refused(ApiError e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("No such")) {
      return new NotFoundException(
          new Problem("id", "stripe.not-found", message, "use an id that the ledger shows"));
    }
    return e.executed()
        ? new InvalidStateException(
            new Problem("id", "stripe.state", message, "look at the ledger first"))
        : new InvalidInputException(
            new Problem(e.param().orElse("amount"), "stripe.invalid", message, "give another"));
  }
}
