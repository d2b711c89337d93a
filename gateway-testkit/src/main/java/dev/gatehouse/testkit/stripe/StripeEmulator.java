package dev.gatehouse.testkit.stripe;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.emulator.DirectTransport;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An emulated Stripe: a function from request to response over a clock and a ledger. No I/O, no
 * threads, no randomness; the same requests at the same times get the same answers. What takes time
 * happens when the next caller looks. Thread-safe: one call at a time.
 *
 * <p>It knows PaymentIntents (create, retrieve, list, search, confirm, update, capture, cancel),
 * Checkout Sessions with their page, charges, refunds, disputes and events, for cards, by the test
 * payment methods of {@link StripeToken}; on the page, customers may also have a bank debited. It
 * behaves as documented: keys that replay the first status and body, errors and declines in their
 * shapes, expansion, pages, minor units with Stripe's own ideas, holds that expire, a search that
 * lags behind, a refund that fails after it had succeeded.
 */
public final class StripeEmulator {
  /** The API version whose behaviour and shapes it has. */
  public static final String API_VERSION = "2026-07-29.dahlia";

  /** An address for the emulator behind its transport; nothing is sent to it. */
  public static final URI BASE_URL = URI.create("https://stripe.test");

  private final Desk desk;
  private final Router router;
  private final AuthenticationPage authentication;
  private final CheckoutPage checkout;
  private final StripeControls controls;

  /** One test account, {@link StripeAccount#test test("main")}, and times as documented. */
  public StripeEmulator(Clock clock) {
    this(clock, StripeOptions.defaults(), List.of(StripeAccount.test("main")));
  }

  /**
   * These accounts and times.
   *
   * @throws ConfigurationException if there is no account, or two share an id or a key
   */
  public StripeEmulator(Clock clock, StripeOptions options, List<StripeAccount> accounts) {
    required("clock", clock);
    required("options", options);
    checkDistinct(required("accounts", accounts));
    this.desk = new Desk(clock, options, accounts);
    Disputes disputes = new Disputes(desk);
    Refunds refunds = new Refunds(desk);
    Intents intents = new Intents(desk, disputes, refunds);
    Sessions sessions = new Sessions(desk, intents);
    SetUps setUps = new SetUps(desk);
    Keys keys = new Keys(desk);
    this.router =
        new Router(
            desk,
            new IntentCalls(desk, intents),
            new RefundCalls(desk, refunds),
            new SessionCalls(desk, sessions),
            new EndpointCalls(desk),
            setUps,
            new Lists(desk),
            keys);
    this.authentication = new AuthenticationPage(desk, intents, setUps);
    this.checkout = new CheckoutPage(desk, sessions);
    this.controls =
        new StripeControls(desk, intents, sessions, setUps, refunds, disputes, keys, router);
  }

  /** Answers one request; never throws for what a request holds. */
  public HttpResponse handle(HttpRequest request) {
    return desk.locked(
        () ->
            authentication
                .handle(request)
                .or(() -> checkout.handle(request))
                .orElseGet(() -> router.handle(request)));
  }

  /** The door to it without a network; the host of a request does not matter. */
  public HttpTransport transport() {
    return new DirectTransport(this::handle);
  }

  /**
   * Serves it over HTTP on the loopback interface.
   *
   * @throws ConfigurationException if no port can be opened
   */
  public StripeServer serve() {
    return StripeServer.start(this);
  }

  /**
   * What it has done up to now. A charge has an entry of its own; an intent without a charge has
   * one under the intent's id. The reference is what metadata {@code gatehouse_reference} says.
   */
  public Ledger ledger() {
    return desk.locked(
        () -> LedgerViews.of(desk, router.requestsByEndpoint(), router.requestsByKey()));
  }

  /** What tests may do that no API offers: be the customer, the bank, or the dashboard. */
  public StripeControls controls() {
    return controls;
  }

  /** The events since the last time, in the order in which things happened, signed now. */
  public List<PendingWebhook> takeWebhooks() {
    return desk.locked(
        () -> desk.takeUnsent().stream().map(event -> Notices.signed(event, desk.now())).toList());
  }

  /**
   * An event once more, signed now.
   *
   * @throws NotFoundException if there is no such event
   */
  public PendingWebhook webhookAgain(String eventId) {
    return desk.locked(
        () ->
            desk.events().stream()
                .filter(event -> event.id().equals(eventId))
                .findFirst()
                .map(event -> Notices.signed(event, desk.now()))
                .orElseThrow(() -> unknown(eventId)));
  }

  /** An event with another body, signed now. */
  public PendingWebhook webhookAgain(PendingWebhook webhook, byte[] body) {
    required("webhook", webhook);
    required("body", body);
    return desk.locked(
        () -> {
          StripeAccount account =
              desk.accounts().stream()
                  .filter(one -> one.id().equals(webhook.account()))
                  .findFirst()
                  .orElseThrow(() -> unknown(webhook.eventId()));
          return Notices.signed(account, webhook.eventId(), webhook.type(), body, desk.now());
        });
  }

  /** The accounts, in the order given. */
  public List<StripeAccount> accounts() {
    return desk.accounts();
  }

  private static NotFoundException unknown(String eventId) {
    return new NotFoundException(
        new Problem(
            "eventId",
            "stripe.not-found",
            "there is no event " + eventId,
            "use an id that takeWebhooks gave"));
  }

  private static void checkDistinct(List<StripeAccount> accounts) {
    Set<String> seen = new HashSet<>();
    boolean distinct = !accounts.isEmpty();
    for (StripeAccount account : accounts) {
      distinct &= seen.add("id " + account.id()) && seen.add("key " + account.secretKey());
    }
    if (!distinct) {
      throw new ConfigurationException(
          new Problem(
              "accounts",
              "stripe.accounts",
              "there is no account, or two share an id or a key",
              "give accounts of different names"));
    }
  }
}
