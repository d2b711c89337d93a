package dev.gatehouse.testkit.reference;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reference provider: a function from request to response over a clock and a ledger. No I/O, no
 * threads, no randomness; the same requests at the same times get the same answers. What takes time
 * happens when the next caller looks. Thread-safe: one call at a time.
 */
public final class ReferenceProvider {
  private final Books books;
  private final Router router;
  private final ReferenceControls controls;

  /** One test account, {@link ReferenceAccount#test test("main")}, and default times. */
  public ReferenceProvider(Clock clock) {
    this(clock, ReferenceOptions.defaults(), List.of(ReferenceAccount.test("main")));
  }

  /**
   * These accounts and times.
   *
   * @throws ConfigurationException if there is no account, or two share an id or a key
   */
  public ReferenceProvider(Clock clock, ReferenceOptions options, List<ReferenceAccount> accounts) {
    required("clock", clock);
    required("options", options);
    checkDistinct(required("accounts", accounts));
    this.books = new Books(clock, options, accounts);
    Charges charges = new Charges(books);
    Refunds refunds = new Refunds(books);
    Api api = new Api(books, charges, refunds);
    this.router = new Router(books, api, new ActionPage(books, charges));
    this.controls = new ReferenceControls(books, charges, refunds);
  }

  /** Answers one request; never throws for what a request holds. */
  public HttpResponse handle(HttpRequest request) {
    return books.locked(() -> router.handle(request));
  }

  /** What the provider has done up to now, as an immutable view. */
  public Ledger ledger() {
    return books.locked(
        () -> LedgerViews.of(books, router.requestsByEndpoint(), router.requestsByKey()));
  }

  /** What tests may do that no API offers: be the customer, the bank, or the console. */
  public ReferenceControls controls() {
    return controls;
  }

  /** The notices since the last time, in the order in which things happened, signed now. */
  public List<PendingWebhook> takeWebhooks() {
    return books.locked(
        () ->
            books.takeUnsent().stream().map(event -> Notices.signed(event, books.now())).toList());
  }

  /**
   * A notice once more, signed now.
   *
   * @throws NotFoundException if there is no such notice
   */
  public PendingWebhook webhookAgain(String eventId) {
    return books.locked(
        () ->
            books.events().stream()
                .filter(event -> event.id().equals(eventId))
                .findFirst()
                .map(event -> Notices.signed(event, books.now()))
                .orElseThrow(() -> unknownNotice(eventId)));
  }

  /** A notice with another body, signed now. */
  public PendingWebhook webhookAgain(PendingWebhook webhook, byte[] body) {
    required("webhook", webhook);
    required("body", body);
    return books.locked(
        () -> {
          ReferenceAccount account =
              books.accounts().stream()
                  .filter(one -> one.id().equals(webhook.account()))
                  .findFirst()
                  .orElseThrow(() -> unknownNotice(webhook.eventId()));
          return Notices.signed(account, webhook.eventId(), webhook.type(), body, books.now());
        });
  }

  /** Several notices of one account in one delivery, signed now; empty for none. */
  public Optional<PendingWebhook> batch(List<PendingWebhook> webhooks) {
    return required("webhooks", webhooks).stream()
        .findFirst()
        .map(first -> webhookAgain(first, Notices.batch(webhooks)));
  }

  /** The accounts, in the order given. */
  public List<ReferenceAccount> accounts() {
    return books.accounts();
  }

  private static NotFoundException unknownNotice(String eventId) {
    return new NotFoundException(
        new Problem(
            "eventId",
            "reference.not-found",
            "there is no notice " + eventId,
            "use an id that takeWebhooks gave"));
  }

  private static void checkDistinct(List<ReferenceAccount> accounts) {
    Set<String> seen = new HashSet<>();
    boolean distinct = !accounts.isEmpty();
    for (ReferenceAccount account : accounts) {
      distinct &= seen.add("id " + account.id()) && seen.add("key " + account.secretKey());
    }
    if (!distinct) {
      throw new ConfigurationException(
          new Problem(
              "accounts",
              "reference.accounts",
              "there is no account, or two share an id or a key",
              "give accounts of different names"));
    }
  }
}
