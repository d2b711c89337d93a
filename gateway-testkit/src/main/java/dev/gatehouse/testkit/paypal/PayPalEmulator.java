package dev.gatehouse.testkit.paypal;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.emulator.DirectTransport;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PayPal for tests: a function from request to response over a clock and a ledger. No I/O, no
 * threads, no randomness; the same requests at the same times get the same answers. Thread-safe:
 * one call at a time.
 *
 * <p>It speaks orders, authorisations, captures and refunds (v2), the vault for wallets (v3),
 * webhooks with signature and certificate (v1), disputes (v1, reading) and the token endpoint. In
 * the sandbox, the header {@code PayPal-Mock-Response} makes it refuse a call with the issue that
 * it names, as PayPal's negative testing does.
 */
public final class PayPalEmulator {
  private final Books books;
  private final Router router;
  private final PayPalControls controls;
  private final Signer signer = new Signer();
  private Optional<URI> served = Optional.empty();

  /** With one sandbox app, {@link PayPalApp#sandbox()}, and PayPal's usual times. */
  public PayPalEmulator(Clock clock) {
    this(clock, PayPalOptions.defaults(), List.of(PayPalApp.sandbox()));
  }

  /**
   * With these times and apps.
   *
   * @throws ConfigurationException if there is no app, or two share a client id
   */
  public PayPalEmulator(Clock clock, PayPalOptions options, List<PayPalApp> apps) {
    required("clock", clock);
    required("options", options);
    demandDistinct(required("apps", apps));
    this.books = new Books(clock, options, apps);
    Answers answers = new Answers();
    RequestIds keys = new RequestIds(books);
    Tokens tokens = new Tokens(books, answers);
    Moves moves = new Moves(books);
    Vault vault = new Vault(books, keys, answers);
    Orders orders = new Orders(books, keys, answers, vault);
    Disputes disputes = new Disputes(books, answers, moves);
    Payments payments = new Payments(books, keys, answers, orders, moves);
    Webhooks webhooks = new Webhooks(books, answers, signer);
    Registrations registrations = new Registrations(books, answers);
    this.router =
        new Router(
            tokens, keys, answers, orders, payments, webhooks, registrations, disputes, vault);
    this.controls = new PayPalControls(books, orders, moves, disputes, tokens, keys, vault);
  }

  /** Answers one request; never throws for what a request holds. */
  public HttpResponse handle(HttpRequest request) {
    required("request", request);
    return books.locked(() -> dated(router.handle(request)));
  }

  /** Every answer says what time it is here. */
  private HttpResponse dated(HttpResponse answer) {
    String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(books.now().atZone(ZoneOffset.UTC));
    return new HttpResponse(answer.status(), answer.headers().with("date", now), answer.body());
  }

  /**
   * A door to this PayPal without a network: each call is its function, on the caller's thread,
   * whatever the host. Credentials of the live site still work at the live host only.
   */
  public HttpTransport transport() {
    return new DirectTransport(this::handle);
  }

  /** What PayPal has done up to now. */
  public PayPalLedger ledger() {
    return books.locked(
        () -> PayPalLedger.of(books, router.requestsByEndpoint(), router.requestsByKey()));
  }

  /** What tests may do that no API offers: be the payer, the bank, or a person at the site. */
  public PayPalControls controls() {
    return controls;
  }

  /** The deliveries since the last time, in the order in which things happened, signed now. */
  public List<PayPalWebhook> takeWebhooks() {
    return books.locked(() -> books.notices().takeUntold().stream().map(this::signed).toList());
  }

  /**
   * A delivery once more, signed now, under the same transmission id.
   *
   * @throws NotFoundException if there is no such event
   */
  public PayPalWebhook webhookAgain(String eventId) {
    return books.locked(() -> signed(event(eventId)));
  }

  /**
   * A delivery as somebody has PayPal's site send it once more: signed now, under a transmission id
   * of its own.
   *
   * @throws NotFoundException if there is no such event
   */
  public PayPalWebhook webhookResent(String eventId) {
    return books.locked(() -> signed(event(eventId).under(books.nextId())));
  }

  /**
   * A delivery with another body, signed now, under the same transmission id.
   *
   * @throws NotFoundException if there is no such event
   */
  public PayPalWebhook webhookAgain(String eventId, byte[] body) {
    required("body", body);
    return books.locked(
        () -> {
          Notices.Event event = event(eventId);
          return signer.signed(event, body, certificate(event), books.now());
        });
  }

  private Notices.Event event(String eventId) {
    return books.notices().all().stream()
        .filter(event -> event.id().equals(eventId))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    new Problem(
                        "eventId",
                        "paypal.not-found",
                        "there is no event " + eventId,
                        "use an id that takeWebhooks gave")));
  }

  private PayPalWebhook signed(Notices.Event event) {
    return signer.signed(event, certificate(event), books.now());
  }

  private URI certificate(Notices.Event event) {
    return served
        .map(base -> base.resolve(Signer.PATH))
        .orElseGet(() -> Signer.address(event.app()));
  }

  /** From now on, its certificate is said to be here, and not at PayPal's host. */
  void servedAt(URI baseUrl) {
    books.locked(() -> served = Optional.of(baseUrl));
  }

  HttpResponse malformed() {
    return books.locked(() -> dated(router.malformed()));
  }

  /** The apps, in the order given. */
  public List<PayPalApp> apps() {
    return books.apps();
  }

  /**
   * The authority that the certificates of this emulator's webhooks come from: the DER form in
   * Base64, as the setting {@code webhook-authority} wants it. For tests only.
   */
  public static String webhookAuthority() {
    return Signer.resource("authority.pem").replaceAll("-----[A-Z ]+-----|\\s", "");
  }

  private static void demandDistinct(List<PayPalApp> apps) {
    Set<String> ids = new HashSet<>();
    boolean distinct = !apps.isEmpty();
    for (PayPalApp app : apps) {
      distinct &= ids.add(app.clientId());
    }
    if (!distinct) {
      throw new ConfigurationException(
          new Problem(
              "apps",
              "paypal.apps",
              "there is no app, or two share a client id",
              "give apps of their own"));
    }
  }
}
