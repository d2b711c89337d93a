package com.nordlicht.emulator;

import com.nordlicht.gateway.NordlichtProvider;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Answers;
import dev.gatehouse.testkit.emulator.Call;
import dev.gatehouse.testkit.emulator.Fields;
import dev.gatehouse.testkit.emulator.Happened;
import dev.gatehouse.testkit.emulator.Hmac;
import dev.gatehouse.testkit.emulator.IdempotencyKeys;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import dev.gatehouse.testkit.emulator.Order;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.emulator.Refusal;
import dev.gatehouse.testkit.emulator.Router;
import dev.gatehouse.testkit.simulator.EmulatedProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Nordlicht Bank, emulated as its documentation describes it. */
public final class NordlichtBank extends EmulatedProvider<NordlichtBank.Memo> {
  /** Where the bank is for those who need no network. */
  public static final String BASE_URL = "https://api.nordlicht.example";

  private static final String MERCHANT = "merchant-7";
  private static final Duration LIST_LAG = Duration.ofSeconds(5);
  private static final Duration APPROVAL = Duration.ofMinutes(30);
  private static final Duration CLEARING = Duration.ofMinutes(10);
  private static final Duration RESERVATION = Duration.ofDays(7);
  private static final int PAGE = 20;
  private static final int REQUESTS_PER_SECOND = 500;

  private final String apiKey;
  private final String webhookSecret;
  private final Map<String, String> tags = new HashMap<>();
  private final List<Happened> journal = new ArrayList<>();
  private Instant second = Instant.MIN;
  private int requests;

  /**
   * What the bank remembers of a payment besides the money.
   *
   * @param token what the customer pays with
   * @param page the address of the bank's page, to which the action's id is added
   * @param returnUrl where the customer comes back to
   */
  public record Memo(String token, String page, Optional<URI> returnUrl) {}

  /** A bank with one merchant, whose secrets have this text in them. */
  public NordlichtBank(Clock clock, String secret) {
    super(clock, Duration.ofHours(48));
    apiKey = "nlk_test_" + secret;
    webhookSecret = "nlw_" + secret;
    lag(LIST_LAG);
  }

  @Override
  public GatewayProvider gateway() {
    return new NordlichtProvider();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        NordlichtProvider.BASE_URL, BASE_URL,
        NordlichtProvider.API_KEY, apiKey,
        NordlichtProvider.WEBHOOK_SECRET, webhookSecret);
  }

  /** The bank on a port of this machine, until that is closed. */
  public LoopbackServer serve() {
    return LoopbackServer.start("nordlicht", this::handle, NordlichtBank::refused);
  }

  // The bank's addresses.

  // snippet: NordlichtRoutes
  @Override
  protected Router route() {
    Router router =
        new Router(NordlichtBank::refused)
            .on("POST", "/v2/payments", call -> once(call, this::pay))
            .on("POST", "/v2/reservations/{id}/bookings", call -> once(call, this::book))
            .on("POST", "/v2/reservations/{id}/release", call -> once(call, this::release))
            .on("POST", "/v2/bookings/{id}/returns", call -> once(call, this::giveBack))
            .on("GET", "/v2/payments/{id}", call -> known(call, c -> shown(200, c.path("id"))))
            .on("GET", "/v2/payments", call -> known(call, this::payments))
            .on("GET", "/v2/journal", call -> known(call, this::journal));
    page("Nordlicht Bank", Memo::returnUrl).on(router, "/pay/{id}");
    return router;
  }

  // end snippet

  /** The bank's problems, for whatever a request asks in vain. */
  private static HttpResponse refused(GatehouseException error) {
    Problem problem = error.problems().get(0);
    if (problem.code().equals(IdempotencyKeys.CONFLICT)) {
      return BankJson.problem(409, "request-id-reused", problem.message());
    }
    if (error instanceof NotFoundException) {
      return BankJson.problem(404, "not-found", problem.message());
    }
    return error instanceof InvalidStateException
        ? BankJson.problem(409, "not-possible", problem.message())
        : BankJson.problem(422, "invalid", problem.message());
  }

  private HttpResponse known(Call call, Function<Call, HttpResponse> work) {
    if (!call.header("nordlicht-key").filter(apiKey::equals).isPresent()) {
      throw new Refusal(BankJson.problem(401, "who-are-you", "The key is missing or wrong."));
    }
    Instant now = agenda().now().truncatedTo(ChronoUnit.SECONDS);
    requests = now.equals(second) ? requests + 1 : 1;
    second = now;
    if (requests > REQUESTS_PER_SECOND) {
      HttpResponse slower = BankJson.problem(429, "slower", "Too many requests.");
      throw new Refusal(Answers.with(slower, "retry-after", "1"));
    }
    return work.apply(call);
  }

  private HttpResponse once(Call call, Function<Call, HttpResponse> work) {
    return known(
        call,
        c ->
            keys()
                .once(
                    key(c.request())
                        .orElseThrow(() -> invalid("Nordlicht-Request-Id", "is missing")),
                    c.request(),
                    () -> work.apply(c)));
  }

  @Override
  public Optional<String> key(HttpRequest request) {
    return request.headers().first("nordlicht-request-id");
  }

  // What merchants ask for.

  // snippet: NordlichtPay
  private HttpResponse pay(Call call) {
    Fields body = call.json();
    boolean account = body.required("method.type").equals("nordlicht_account");
    String token = account ? "tok_ask" : body.required("method.token");
    Memo memo =
        new Memo(token, call.here("/pay/").toString(), body.text("returnUrl").map(URI::create));
    Order<Memo> order =
        Order.sale(
            MERCHANT,
            Optional.of(body.required("merchantReference")),
            key(call.request()),
            charged(amount(body), token),
            memo);
    boolean reserve = body.required("booking").equals("RESERVE");
    String id = books().begin(reserve ? order.holding(RESERVATION) : order);
    body.text("tag").ifPresent(tag -> tags.put(id, tag));
    decide(id, token);
    return shown(201, id);
  }

  /** The bank's test tokens. */
  private void decide(String id, String token) {
    if (token.startsWith("tok_reject_")) {
      books().fail(id, token.replace("tok_reject_", "NL-"));
      return;
    }
    switch (token) {
      case "tok_ask" -> ask(id, () -> books().succeed(id));
      case "tok_clearing" -> books().process(id, CLEARING, Optional.empty());
      case "tok_clearing_fails" -> books().process(id, CLEARING, Optional.of("NL-61"));
      case "tok_desk" -> books().puzzle(id, CLEARING, Optional.empty());
      case "tok_ask_twice" -> ask(id, () -> ask(id, () -> books().succeed(id)));
      case "tok_ask_reject" -> ask(id, () -> books().fail(id, "NL-05"));
      case "tok_good", "tok_wrong_amount", "tok_slow_return", "tok_failing_return" ->
          books().succeed(id);
      default -> throw invalid("method.token", "is no test token");
    }
  }

  // end snippet

  private void ask(String id, Runnable onApproval) {
    books().ask(id, APPROVAL, "NL-42", onApproval);
  }

  private static Money charged(Money asked, String token) {
    return token.equals("tok_wrong_amount")
        ? asked.plus(NordlichtProvider.MONEY.smallest(asked.getCurrencyUnit()))
        : asked;
  }

  private HttpResponse book(Call call) {
    Fields body = call.json();
    String booking =
        books().capture(call.path("id"), amount(body), body.flag("closing"), key(call.request()));
    body.text("tag").ifPresent(tag -> tags.put(booking, tag));
    return shown(201, booking);
  }

  private HttpResponse release(Call call) {
    books().release(call.path("id"), key(call.request()));
    return shown(200, call.path("id"));
  }

  private HttpResponse giveBack(Call call) {
    Fields body = call.json();
    String booking = call.path("id");
    String token = books().details(booking).token();
    Optional<String> key = key(call.request());
    String back =
        token.equals("tok_slow_return") || token.equals("tok_failing_return")
            ? books()
                .back()
                .refundLater(booking, amount(body), key, CLEARING, token.equals("tok_slow_return"))
            : books().back().refund(booking, amount(body), key);
    body.text("tag").ifPresent(tag -> tags.put(back, tag));
    return shown(201, back);
  }

  private static Money amount(Fields body) {
    return NordlichtProvider.MONEY.fromDecimal(
        NordlichtProvider.MONEY.currency("amount.currency", body.required("amount.currency")),
        body.required("amount.value"));
  }

  private static InvalidInputException invalid(String field, String what) {
    return new InvalidInputException(
        new Problem(field, Router.BODY, field + " " + what, "look at the documentation"));
  }

  // What merchants look at.

  private HttpResponse shown(int status, String id) {
    return Answers.json(status, view(books().charge(id)));
  }

  private Map<String, Object> view(Ledger.Charge charge) {
    return BankJson.payment(charge, books().details(charge.id()), tags);
  }

  private HttpResponse payments(Call call) {
    String reference = call.query().required("merchantReference");
    List<Map<String, Object>> found =
        listed().stream()
            .filter(charge -> charge.reference().filter(reference::equals).isPresent())
            .map(this::view)
            .toList();
    return page("payments", found, call);
  }

  private HttpResponse journal(Call call) {
    Instant since = time(call.query().required("since"));
    List<Map<String, Object>> entries =
        journal.stream()
            .filter(each -> !each.at().isBefore(since) && !each.at().isAfter(listedUpTo()))
            .map(each -> entry(each.charge(), Map.of("at", each.at().toString())))
            .toList();
    return page("entries", entries, call);
  }

  private HttpResponse page(String name, List<Map<String, Object>> all, Call call) {
    String after = call.query().text("after").filter(a -> a.matches("[0-9]{1,6}")).orElse("0");
    return BankJson.page(
        name, all, Integer.parseInt(after), entriesOf(PAGE), listedUpTo().toString());
  }

  private Map<String, Object> entry(String payment, Map<String, Object> more) {
    Map<String, Object> entry = new LinkedHashMap<>(more);
    entry.put("paymentId", payment);
    entry.put("merchantReference", books().charge(payment).reference());
    return entry;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid("since", "is no time");
    }
  }

  // What the bank announces.

  // snippet: NordlichtNotices
  @Override
  protected Optional<Notice> notice(String id, Happened happened) {
    journal.add(happened);
    String kind = "payment." + happened.what().name().toLowerCase(Locale.ROOT);
    return Optional.of(
        new Notice(
            id,
            kind,
            Answers.json(200, entry(happened.charge(), Map.of("noticeId", id, "kind", kind)))
                .body()));
  }

  @Override
  protected PendingWebhook signed(Notice notice) {
    String time = Long.toString(agenda().now().getEpochSecond());
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/json")
            .with("nordlicht-time", time)
            .with("nordlicht-signature", Hmac.sha256Hex(webhookSecret, time + "\n", notice.body()));
    return new PendingWebhook(
        MERCHANT,
        notice.id(),
        notice.type(),
        "POST",
        URI.create("https://shop.test/webhooks/nordlicht"),
        headers,
        notice.body());
  }

  // end snippet

  @Override
  public Optional<Duration> noticesCountFor() {
    return Optional.of(Duration.ofMinutes(5));
  }

  // What happens without us.

  // snippet: NordlichtHappenings
  /** The bank knows no disputes, and stores no cards. */
  @Override
  protected Set<Happening> happenings() {
    return EnumSet.range(Happening.CUSTOMER_APPROVES, Happening.HOLD_EXPIRES);
  }

  @Override
  protected String codeOf(Happening what) {
    return what == Happening.CUSTOMER_REJECTS ? "NL-41" : "NL-61";
  }

  // end snippet

  @Override
  public boolean consoleCharge(Money amount) {
    locked(
        () -> {
          Memo memo = new Memo("tok_good", "", Optional.empty());
          String id =
              books().begin(Order.sale(MERCHANT, Optional.empty(), Optional.empty(), amount, memo));
          books().succeed(id);
          return id;
        });
    return true;
  }

  @Override
  public List<CurrencyUnit> currencies() {
    return NordlichtProvider.MONEY.currencies().stream()
        .sorted(Comparator.comparing(CurrencyUnit::getCode))
        .toList();
  }

  /** Mostly it simply works. */
  @Override
  public PaymentMethod method(Random random) {
    List<String> tokens =
        List.of(
            "tok_ask",
            "tok_ask_twice",
            "tok_ask_reject",
            "tok_wrong_amount",
            "tok_clearing",
            "tok_clearing_fails",
            "tok_desk",
            "tok_slow_return",
            "tok_failing_return",
            "tok_reject_51",
            "tok_reject_99");
    return switch (random.nextInt(10)) {
      case 0 -> new PaymentMethod.OfType("nordlicht_account");
      case 1, 2, 3, 4 -> new PaymentMethod.Token("card", "tok_good");
      default -> new PaymentMethod.Token("card", tokens.get(random.nextInt(tokens.size())));
    };
  }
}
