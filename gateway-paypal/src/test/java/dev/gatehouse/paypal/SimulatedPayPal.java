package dev.gatehouse.paypal;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.paypal.Funding;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalControls;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import dev.gatehouse.testkit.paypal.PayPalLedger.Authorized;
import dev.gatehouse.testkit.paypal.PayPalLedger.Captured;
import dev.gatehouse.testkit.paypal.PayPalLedger.PurchaseUnit;
import dev.gatehouse.testkit.paypal.PayPalOptions;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The emulated PayPal, to be played with. */
final class SimulatedPayPal implements SimulatedProvider {
  private static final URI HERE = URI.create("https://shop.test/webhooks/paypal");
  private static final String HOST = "https://api-m.sandbox.paypal.com";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<CurrencyUnit> CURRENCIES =
      Stream.of("USD", "EUR", "JPY").map(CurrencyUnit::of).toList();

  /** Refusals after which PayPal wants the payer again. */
  private static final Set<String> AGAIN = Set.of("INSTRUMENT_DECLINED", "PAYER_ACTION_REQUIRED");

  private final Clock clock;
  private final PayPalApp app;
  private final PayPalApp other;
  private final PayPalEmulator paypal;

  private final Random choices;

  private final boolean surprising;

  private final Map<String, Instant> pendingUntil = new HashMap<>();

  /** Orders to be paid with a stored wallet; nobody is sent to their page. */
  private final Set<String> renewals = new HashSet<>();

  /** What each order is answered in that a script is for. */
  private final Map<String, UnaryOperator<String>> words = new HashMap<>();

  SimulatedPayPal(Clock clock, String secret, Random choices) {
    this(clock, secret, choices, true);
  }

  private SimulatedPayPal(Clock clock, String secret, Random choices, boolean surprising) {
    this.choices = choices;
    this.surprising = surprising;
    this.clock = clock;
    PayPalApp any = PayPalApp.sandbox();
    app =
        new PayPalApp(any.clientId(), "E-" + secret, any.merchantId(), any.webhookId(), any.live());
    other =
        new PayPalApp("A-other", "E-" + secret + "other", "MERCHANTOTHER", "WHOTHER", any.live());
    // A run comes to rest before holds end that live for 29 days.
    PayPalOptions times = PayPalOptions.defaults().withAuthorizationLife(Duration.ofDays(7));
    paypal = new PayPalEmulator(clock, times, List.of(app, other));
    if (chosen(4)) {
      paypal.controls().ordersShowNoUpdates();
    }
  }

  /** One at which nothing happens by chance. */
  static SimulatedPayPal asTold(Clock clock, String secret, Random choices) {
    return new SimulatedPayPal(clock, secret, choices, false);
  }

  @Override
  public GatewayProvider gateway() {
    return new PayPalGatewayProvider();
  }

  @Override
  public Map<String, String> settings() {
    return app.settings();
  }

  @Override
  public Optional<Map<String, String>> otherSettings() {
    return Optional.of(other.settings());
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    settle();
    if (request.uri().getPath().endsWith("/refund") && chosen(4)) {
      paypal.controls().nextRefundIsPending();
    }
    HttpResponse answer = paypal.handle(request);
    if (isOrder(request) && !text(request).contains("\"payment_source\"")) {
      renewals.add(JSON.readTree(answer.body()).path("id").asString(""));
    }
    return told(request.uri().getPath(), answer);
  }

  private static String text(HttpRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static boolean isOrder(HttpRequest request) {
    return request.method().equals("POST") && request.uri().getPath().equals("/v2/checkout/orders");
  }

  /** How many charges of stored wallets took or hold money. */
  long renewed() {
    return paypal.ledger().orders().stream()
        .filter(unit -> renewals.contains(unit.order()) && hasCome(unit))
        .count();
  }

  private static boolean hasCome(PurchaseUnit unit) {
    return !unit.captures().isEmpty() || !unit.authorizations().isEmpty();
  }

  private HttpResponse told(String path, HttpResponse answer) {
    String body = answer.bodyAsUtf8();
    String told =
        words.entrySet().stream()
            .filter(each -> path.contains("/orders/" + each.getKey()))
            .findFirst()
            .map(each -> each.getValue().apply(body))
            .orElse(body);
    return told.equals(body)
        ? answer
        : new HttpResponse(
            answer.status(), answer.headers(), told.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether there is such an end of setting a wallet up: a vault looks at no funds. */
  boolean approvesSetUp(String setupToken, Script script) {
    if (script != Script.APPROVE && script != Script.ACTION) {
      return false;
    }
    paypal.controls().approveSetUp(setupToken);
    return true;
  }

  boolean isSetUp(String id) {
    return paypal.ledger().setUps().stream().anyMatch(setUp -> setUp.id().equals(id));
  }

  /** The payer approves an order, so that it goes on as scripted. */
  void approves(String order, Script script) {
    Funding funding =
        switch (script) {
          case APPROVE, ACTION, REFUND_PENDING, REFUND_FAILS, WRONG_AMOUNT -> Funding.BALANCE;
          case DECLINE_FUNDS, DECLINE_UNKNOWN, ACTION_DECLINED -> Funding.DECLINED_IN_CAPTURE;
          case ACTION_TWICE ->
              unit(order).refusal().isEmpty() ? Funding.NEEDS_PAYER : Funding.BALANCE;
          case ACTION_EACH_TIME -> Funding.NEEDS_PAYER_EACH_TIME;
          case PENDING, PENDING_FAILS, UNKNOWN_STATUS -> Funding.ECHECK;
        };
    switch (script) {
      case DECLINE_FUNDS -> words.put(order, answer -> declined(answer, "5120"));
      case DECLINE_UNKNOWN -> words.put(order, answer -> declined(answer, "M00N"));
      case UNKNOWN_STATUS ->
          words.put(order, answer -> answer.replace("\"PENDING\"", "\"RECONSIDERING\""));
      case REFUND_PENDING, REFUND_FAILS -> paypal.controls().nextRefundIsPending();
      default -> words.remove(order);
    }
    paypal.controls().approve(order, funding);
    if (script == Script.WRONG_AMOUNT) {
      raise(order);
    }
  }

  /** Another program of the merchant's makes the order a tenth higher. */
  private void raise(String order) {
    String value =
        PayPalGatewayProvider.MONEY.toDecimal(
            unit(order).amount().multipliedBy(11).dividedBy(10, RoundingMode.DOWN));
    String path = "/v2/checkout/orders/" + order;
    String bearer = "Bearer " + token();
    String reference =
        JSON.readTree(send("GET", path, bearer, "application/json", "").body())
            .path("purchase_units")
            .path(0)
            .path("reference_id")
            .asString();
    String patch =
        "[{\"op\":\"replace\",\"path\":\"/purchase_units/@reference_id=='"
            + reference
            + "'/amount\",\"value\":{\"currency_code\":\""
            + unit(order).amount().getCurrencyUnit()
            + "\",\"value\":\""
            + value
            + "\"}}]";
    int status = send("PATCH", path, bearer, "application/json", patch).status();
    if (status != 204) {
      throw new IllegalStateException("the order was not changed: " + status);
    }
  }

  /** What a card's issuer says to PayPal, where a card is behind the wallet. */
  private static String declined(String answer, String code) {
    return answer.replace(
        "\"status\":\"DECLINED\"",
        "\"status\":\"DECLINED\",\"processor_response\":{\"response_code\":\"" + code + "\"}");
  }

  /** Banks take a day for what is pending, if nobody decides sooner. */
  private void settle() {
    PayPalControls controls = paypal.controls();
    for (PurchaseUnit unit : paypal.ledger().orders()) {
      unit.captures().stream()
          .filter(capture -> isUnderWay(capture) && isDue(capture.id()))
          .forEach(capture -> controls.clear(capture.id()));
      unit.refunds().stream()
          .filter(refund -> refund.status().equals("PENDING") && isDue(refund.id()))
          .forEach(refund -> controls.settleRefund(refund.id(), true));
    }
  }

  /** One that is disputed shows as pending, too, though it has arrived. */
  private static boolean isUnderWay(Captured capture) {
    return capture.status().equals("PENDING") && !capture.arrived();
  }

  private boolean isDue(String id) {
    return !clock.instant().isBefore(pendingUntil.computeIfAbsent(id, unknown -> later()));
  }

  private Instant later() {
    return clock.instant().plus(Duration.ofDays(1));
  }

  private boolean chosen(int ofHowMany) {
    return surprising && choices.nextInt(ofHowMany) == 0;
  }

  @Override
  public boolean acts(HttpRequest request) {
    String path = request.uri().getPath();
    boolean ofMoney = path.startsWith("/v2/") || path.startsWith("/v3/");
    // A hold that is renewed moves no money; it is done under the hold's own id.
    return ofMoney && !request.method().equals("GET") && !path.endsWith("/reauthorize");
  }

  @Override
  public boolean verifies(HttpRequest request) {
    String path = request.uri().getPath();
    // A question to PayPal needs a token.
    return path.startsWith("/v1/notifications/certs/")
        || path.equals("/v1/notifications/verify-webhook-signature")
        || path.equals("/v1/oauth2/token");
  }

  @Override
  public Optional<String> key(HttpRequest request) {
    return request.headers().first("paypal-request-id").map(SimulatedPayPal::operationOf);
  }

  /** A charge of a stored wallet has two requests: the order is made, then paid. */
  private static String operationOf(String key) {
    return key.replaceFirst(PayPalCharges.PAID + "$", "");
  }

  @Override
  public Optional<String> operation(HttpRequest request) {
    return key(request);
  }

  @Override
  public boolean lacked(HttpRequest request, HttpResponse response) {
    return false;
  }

  @Override
  public Ledger ledger() {
    settle();
    var ledger = paypal.ledger();
    return new Ledger(
        // What has run out came to nothing: making an order has no effect. Nor has one that waits
        // for a stored wallet: it is nobody's to approve.
        ledger.orders().stream()
            .filter(unit -> !unit.gone() && (hasCome(unit) || !renewals.contains(unit.order())))
            .map(SimulatedPayPal::charge)
            .toList(),
        ledger.requestsByEndpoint(),
        ledger.requestsByKey(),
        ledger.setUps().stream().filter(s -> !s.gone()).map(SimulatedPayPal::setUp).toList(),
        ledger.kept().stream()
            .map(kept -> new Ledger.Method(kept.id(), Optional.of(kept.customer()), kept.removed()))
            .toList());
  }

  private static Ledger.SetUp setUp(PayPalLedger.SetUp setUp) {
    String status =
        switch (setUp.status()) {
          case "VAULTED" -> "succeeded";
          case "APPROVED" -> "approved";
          default -> "requires_action";
        };
    boolean waits = status.equals("requires_action");
    return new Ledger.SetUp(
        setUp.id(),
        setUp.description(),
        setUp.key(),
        status,
        setUp.kept(),
        waits ? Optional.of(setUp.id()) : Optional.empty());
  }

  private static Ledger.Charge charge(PurchaseUnit unit) {
    boolean waits = unpaid(unit).equals("requires_action");
    return new Ledger.Charge(
        unit.order(),
        unit.merchant(),
        unit.customId(),
        unit.key(),
        unit.completionKey()
            .map(SimulatedPayPal::operationOf)
            .filter(k -> !unit.key().equals(Optional.of(k))),
        status(unit),
        unit.amount(),
        unit.createdAt(),
        unit.refusal(),
        unit.kept(),
        waits ? Optional.of(unit.order()) : Optional.empty(),
        unit.authorizations().stream().findFirst().flatMap(SimulatedPayPal::hold),
        unit.captures().stream()
            .filter(Captured::arrived)
            .map(c -> new Ledger.Capture(c.id(), c.amount(), key(unit, c)))
            .toList(),
        unit.refunds().stream()
            .map(
                r ->
                    new Ledger.Refund(
                        r.id(), r.capture(), r.amount(), refundStatus(r.status()), r.key()))
            .toList(),
        unit.disputes().stream()
            // A case takes no money by itself: a lost one ends in a refund.
            .map(
                d ->
                    new Ledger.Dispute(
                        d.id(),
                        Money.zero(unit.amount().getCurrencyUnit()),
                        d.status(),
                        d.outcome().isPresent()))
            .toList());
  }

  private static Optional<String> key(PurchaseUnit unit, Captured capture) {
    return capture.key().or(unit::completionKey).map(SimulatedPayPal::operationOf);
  }

  private static String status(PurchaseUnit unit) {
    Stream<String> parts =
        Stream.concat(
            unit.authorizations().stream().map(Authorized::status),
            unit.authorizations().isEmpty()
                ? unit.captures().stream().map(Captured::status)
                : Stream.empty());
    String part = parts.findFirst().orElse("");
    return switch (part) {
      case "" -> unpaid(unit);
      case "PENDING" -> hasArrived(unit) ? "succeeded" : "processing";
      case "DENIED", "DECLINED", "FAILED" -> "failed";
      default -> "succeeded";
    };
  }

  private static boolean hasArrived(PurchaseUnit unit) {
    return unit.captures().stream().anyMatch(Captured::arrived);
  }

  private static String unpaid(PurchaseUnit unit) {
    if (unit.refusal().isPresent()) {
      return unit.refusal().filter(AGAIN::contains).isPresent() ? "requires_action" : "failed";
    }
    return unit.status().equals("APPROVED") ? "approved" : "requires_action";
  }

  private static Optional<Ledger.Authorization> hold(Authorized hold) {
    String status =
        switch (hold.status()) {
          case "VOIDED" -> "voided";
          case "CAPTURED" -> "exhausted";
          case "CREATED", "PARTIALLY_CAPTURED" -> "open";
          default -> "";
        };
    return status.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ledger.Authorization(
                hold.id(), hold.amount(), hold.expiresAt(), status, hold.voidKey()));
  }

  private static String refundStatus(String status) {
    return switch (status) {
      case "COMPLETED" -> "succeeded";
      case "PENDING" -> "pending";
      default -> "failed";
    };
  }

  @Override
  public List<PendingWebhook> takeWebhooks() {
    return paypal.takeWebhooks().stream().map(this::pending).toList();
  }

  /** Signing takes long, and a signature counts for days: one that is young will do. */
  @Override
  public PendingWebhook signedNow(PendingWebhook webhook) {
    Instant signed =
        Instant.parse(webhook.headers().first("paypal-transmission-time").orElseThrow());
    return clock.instant().isAfter(signed.plus(Duration.ofHours(3)))
        ? pending(paypal.webhookAgain(webhook.eventId()))
        : webhook;
  }

  /** As long as PayPal delivers again what it signed once. */
  @Override
  public Optional<Duration> noticesCountFor() {
    return Optional.of(Duration.ofDays(3).plusHours(1));
  }

  @Override
  public Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
    return Optional.of(pending(paypal.webhookAgain(webhook.eventId(), body)));
  }

  private PendingWebhook pending(PayPalWebhook webhook) {
    return new PendingWebhook(
        app.merchantId(),
        webhook.eventId(),
        webhook.type(),
        "POST",
        HERE,
        webhook.headers(),
        webhook.body());
  }

  /** A wallet does not expire; the card that its payer chose for it does. */
  @Override
  public boolean methodExpires(String id) {
    paypal.controls().fund(id, Funding.EXPIRED);
    return true;
  }

  @Override
  public List<CurrencyUnit> currencies() {
    return CURRENCIES;
  }

  @Override
  public PaymentMethod method(Random random) {
    return Bench.PAYPAL;
  }

  @Override
  public boolean happens(Happening what, String id) {
    PayPalControls controls = paypal.controls();
    switch (what) {
      case CUSTOMER_APPROVES -> approve(id);
      case CUSTOMER_REJECTS, CUSTOMER_LEAVES -> {
        // PayPal does not note that somebody went away without setting anything up.
        if (isSetUp(id)) {
          return false;
        }
        controls.cancel(id);
      }
      case CHARGE_SETTLES -> settle(unit(id), true);
      case CHARGE_FAILS -> settle(unit(id), false);
      case REFUND_SUCCEEDS -> controls.settleRefund(id, true);
      case REFUND_FAILS -> controls.settleRefund(id, false);
      case REFUND_UNDONE -> undo(id);
      case HOLD_EXPIRES -> controls.endHold(unit(id).authorizations().get(0).id());
      case DISPUTED -> dispute(unit(id));
      case DISPUTE_WON -> controls.resolve(id, true);
      case DISPUTE_LOST -> controls.resolve(id, false);
      case METHOD_REVOKED -> controls.revoke(id);
      case DISPUTE_REVIEWED -> {
        return false;
      }
    }
    return true;
  }

  private void approve(String id) {
    if (isSetUp(id)) {
      paypal.controls().approveSetUp(id);
    } else {
      paypal.controls().approve(id, funding());
    }
  }

  private Funding funding() {
    Funding[] all = Funding.values();
    return !surprising || chosen(2) ? Funding.BALANCE : all[choices.nextInt(all.length)];
  }

  private PurchaseUnit unit(String order) {
    return paypal.ledger().orders().stream()
        .filter(unit -> unit.order().equals(order))
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException(new Problem("id", "sim.order", "is no order", "use one")));
  }

  private void settle(PurchaseUnit unit, boolean well) {
    for (Authorized hold : unit.authorizations()) {
      if (hold.status().equals("PENDING")) {
        paypal.controls().reviewHold(hold.id(), well);
        return;
      }
    }
    for (Captured capture : unit.captures()) {
      if (well) {
        paypal.controls().clear(capture.id());
      } else {
        paypal.controls().deny(capture.id());
      }
    }
  }

  /** A bank sends back what was refunded; PayPal's own reversals stay. */
  private void undo(String refund) {
    boolean ours =
        paypal.ledger().orders().stream()
            .flatMap(unit -> unit.refunds().stream())
            .anyMatch(r -> r.id().equals(refund) && r.key().isPresent());
    if (!ours) {
      throw notNow();
    }
    paypal.controls().settleRefund(refund, false);
  }

  private void dispute(PurchaseUnit unit) {
    String capture =
        unit.captures().stream()
            .filter(Captured::arrived)
            .findFirst()
            .orElseThrow(SimulatedPayPal::notNow)
            .id();
    if (chosen(2)) {
      paypal.controls().complain(capture);
    } else {
      paypal.controls().chargeBack(capture);
    }
  }

  private static InvalidStateException notNow() {
    return new InvalidStateException(
        new Problem("id", "sim.state", "is not possible now", "try another"));
  }

  @Override
  public boolean consoleRefund(String capture, Money amount) {
    paypal.controls().refundAtSite(capture, amount);
    return true;
  }

  /** Another program of the merchant's takes money by the same app. */
  @Override
  public boolean consoleCharge(Money amount) {
    String token = token();
    String body =
        "{\"intent\":\"CAPTURE\",\"purchase_units\":[{\"amount\":{\"currency_code\":\""
            + amount.getCurrencyUnit()
            + "\",\"value\":\""
            + PayPalGatewayProvider.MONEY.toDecimal(amount)
            + "\"}}]}";
    String orders = "/v2/checkout/orders";
    String order = call(orders, "Bearer " + token, "application/json", body).path("id").asString();
    paypal.controls().approve(order);
    call(orders + "/" + order + "/capture", "Bearer " + token, "application/json", "{}");
    return true;
  }

  private String token() {
    String pair = app.clientId() + ":" + app.clientSecret();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    String form = "application/x-www-form-urlencoded";
    return call("/v1/oauth2/token", "Basic " + basic, form, "grant_type=client_credentials")
        .path("access_token")
        .asString();
  }

  private JsonNode call(String path, String authorization, String type, String body) {
    return JSON.readTree(send("POST", path, authorization, type, body).body());
  }

  private HttpResponse send(
      String method, String path, String authorization, String type, String body) {
    HttpHeaders headers =
        HttpHeaders.none().with("authorization", authorization).with("content-type", type);
    return paypal.handle(
        new HttpRequest(
            method, URI.create(HOST + path), headers, body.getBytes(StandardCharsets.UTF_8)));
  }
}
