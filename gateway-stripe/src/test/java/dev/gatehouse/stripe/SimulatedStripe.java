package dev.gatehouse.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.emulator.Hmac;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeControls;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeOptions;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The emulated Stripe and its gateway, to be played with; its lists lag more than Stripe's do. */
final class SimulatedStripe implements SimulatedProvider {
  private static final Pattern OPERATION =
      Pattern.compile("metadata\\[gatehouse_(?:operation|capture)]=([^&]+)");
  static final PaymentMethod CHECKOUT = new PaymentMethod.OfType("checkout");
  private static final Duration LIST_LAG = Duration.ofSeconds(2);
  private static final List<CurrencyUnit> CURRENCIES =
      Stream.of("EUR", "USD", "JPY", "KWD").map(CurrencyUnit::of).toList();

  private final StripeAccount account;
  private final StripeAccount other;
  private final StripeEmulator stripe;
  private final Map<String, FutureStripe> future = new ConcurrentHashMap<>();
  private final Random choices;
  private final Set<String> askedAgain = new HashSet<>();

  SimulatedStripe(Clock clock, String secret, Random choices) {
    this.choices = choices;
    account = account("sim", secret);
    other = account("other", secret + "other");
    stripe =
        new StripeEmulator(
            clock, StripeOptions.defaults().listingAfter(LIST_LAG), List.of(account, other));
  }

  private static StripeAccount account(String name, String secret) {
    return new StripeAccount(
        "acct_" + name,
        "sk_test_" + secret,
        "pk_test_" + secret,
        List.of("whsec_" + secret),
        URI.create("https://shop.test/webhooks/" + name));
  }

  @Override
  public GatewayProvider gateway() {
    return new StripeGatewayProvider();
  }

  @Override
  public Map<String, String> settings() {
    return settings(account);
  }

  @Override
  public Optional<Map<String, String>> otherSettings() {
    return Optional.of(settings(other));
  }

  private static Map<String, String> settings(StripeAccount of) {
    Map<String, String> settings = new TreeMap<>(Bench.settings(of, StripeEmulator.BASE_URL));
    settings.put(StripeGatewayProvider.MULTIPLE_CAPTURES, "true");
    return settings;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return FutureStripe.answer(request, stripe::handle, future);
  }

  @Override
  public boolean acts(HttpRequest request) {
    // A customer is made under a key of its own, and moves no money.
    return request.method().equals("POST") && !request.uri().getPath().equals("/v1/customers");
  }

  @Override
  public Optional<String> key(HttpRequest request) {
    return request.headers().first("idempotency-key");
  }

  @Override
  public Optional<String> operation(HttpRequest request) {
    String form = new String(request.body(), StandardCharsets.UTF_8);
    Matcher found = OPERATION.matcher(URLDecoder.decode(form, StandardCharsets.UTF_8));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  @Override
  public boolean lacked(HttpRequest request, HttpResponse response) {
    if (!request.method().equals("GET") || request.uri().getQuery() == null) {
      return false;
    }
    stripe.controls().listDelay(Duration.ZERO);
    String full = stripe.handle(request).bodyAsUtf8();
    stripe.controls().listDelay(LIST_LAG);
    return !full.equals(response.bodyAsUtf8());
  }

  @Override
  public Ledger ledger() {
    return stripe.ledger();
  }

  @Override
  public List<PendingWebhook> takeWebhooks() {
    return stripe.takeWebhooks().stream().map(SimulatedStripe::plain).toList();
  }

  @Override
  public PendingWebhook signedNow(PendingWebhook webhook) {
    return plain(stripe.webhookAgain(webhook.eventId()));
  }

  @Override
  public Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
    return Optional.of(plain(stripe.webhookAgain(webhook, body)));
  }

  @Override
  public Optional<PendingWebhook> signedTwice(PendingWebhook webhook) {
    String another = ",v1=" + Hmac.sha256Hex("another", "", webhook.body());
    return Optional.of(
        with(signedNow(webhook), signature -> signature.replaceFirst("(?=,v1=)", another)));
  }

  @Override
  public Optional<Duration> noticesCountFor() {
    return Optional.of(Duration.ofMinutes(5));
  }

  @Override
  public boolean listsInPagesOf(int entries) {
    stripe.controls().pageSize(entries);
    return true;
  }

  /** Without the scheme that nobody reads: a forger who changes only that has forged nothing. */
  private static PendingWebhook plain(PendingWebhook webhook) {
    return with(webhook, signature -> signature.replaceFirst(",v0=[0-9a-f]+", ""));
  }

  private static PendingWebhook with(PendingWebhook webhook, UnaryOperator<String> how) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : webhook.headers().fields()) {
      headers = headers.with(field.name(), how.apply(field.value()));
    }
    return new PendingWebhook(
        webhook.account(),
        webhook.eventId(),
        webhook.type(),
        webhook.method(),
        webhook.uri(),
        headers,
        webhook.body());
  }

  @Override
  public List<CurrencyUnit> currencies() {
    return CURRENCIES;
  }

  @Override
  public PaymentMethod method(Random random) {
    if (random.nextInt(4) == 0) {
      return CHECKOUT;
    }
    StripeToken[] tokens = StripeToken.values();
    StripeToken token =
        random.nextInt(10) < 4 ? StripeToken.VISA : tokens[random.nextInt(tokens.length)];
    return new PaymentMethod.Token("card", token.id());
  }

  /**
   * The customer authenticates. One who is to be asked twice fails first, and tries again in the
   * browser with another card that wants it, too.
   */
  void customerActs(Script script, String intent) {
    if (isSetUp(intent)) {
      stripe.controls().authenticateSetUp(intent);
    } else if (isPage(intent)) {
      customerPays(script, intent);
    } else if (script == Script.ACTION_TWICE && askedAgain.add(intent)) {
      stripe.controls().failAuthentication(intent);
      stripe.controls().tryAgain(intent, StripeToken.AUTHENTICATION_REQUIRED);
    } else {
      stripe.controls().authenticate(intent);
    }
  }

  private static boolean isSetUp(String id) {
    return id.startsWith("setatt_");
  }

  private boolean onSetUp(Happening what, String attempt) {
    switch (what) {
      case CUSTOMER_APPROVES -> stripe.controls().authenticateSetUp(attempt);
      case CUSTOMER_REJECTS -> stripe.controls().failSetUp(attempt);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean methodExpires(String id) {
    stripe.controls().methodBehaves(id, StripeToken.EXPIRED_CARD);
    return true;
  }

  private static boolean isPage(String id) {
    return id.startsWith("cs_");
  }

  /** The customer does on Stripe's page what the script says; one who fails goes away. */
  private void customerPays(Script script, String page) {
    StripeControls controls = stripe.controls();
    switch (script) {
      case DECLINE_FUNDS -> payInVain(page, StripeToken.INSUFFICIENT_FUNDS);
      case DECLINE_UNKNOWN -> {
        payInVain(page, StripeToken.DECLINED);
        future.put(
            '"' + controls.intentOfCheckout(page).orElseThrow() + '"', FutureStripe.NEW_REASON);
      }
      case ACTION_DECLINED -> {
        controls.payCheckout(page, StripeToken.THREE_D_SECURE_DECLINED);
        controls.authenticate(controls.intentOfCheckout(page).orElseThrow());
        controls.expireCheckout(page);
      }
      case ACTION_TWICE -> {
        boolean again = !askedAgain.add(page);
        controls.payCheckout(page, again ? StripeToken.VISA : StripeToken.INCORRECT_CVC);
      }
      case PENDING, PENDING_FAILS -> controls.debitCheckout(page);
      case REFUND_PENDING, REFUND_FAILS -> controls.payCheckout(page, StripeToken.PENDING_REFUND);
      default -> controls.payCheckout(page, StripeToken.VISA);
    }
  }

  private void payInVain(String page, StripeToken token) {
    stripe.controls().payCheckout(page, token);
    stripe.controls().expireCheckout(page);
  }

  /** What a customer does on a page is up to chance; a bank is debited for sales alone. */
  private void approves(String page) {
    StripeControls controls = stripe.controls();
    switch (choices.nextInt(4)) {
      case 0 -> {
        controls.payCheckout(page, StripeToken.INSUFFICIENT_FUNDS);
        controls.payCheckout(page, StripeToken.MASTERCARD);
      }
      case 1 -> {
        controls.payCheckout(page, StripeToken.THREE_D_SECURE_2);
        controls.authenticate(controls.intentOfCheckout(page).orElseThrow());
      }
      case 2 -> controls.debitCheckout(page);
      default -> controls.payCheckout(page, StripeToken.VISA);
    }
  }

  private boolean onPage(Happening what, String page) {
    switch (what) {
      case CUSTOMER_APPROVES -> approves(page);
      case CUSTOMER_REJECTS -> stripe.controls().payCheckout(page, StripeToken.LOST_CARD);
      case CUSTOMER_LEAVES -> stripe.controls().expireCheckout(page);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean happens(Happening what, String id) {
    if (isSetUp(id)) {
      return onSetUp(what, id);
    }
    if (isPage(id)) {
      return onPage(what, id);
    }
    StripeControls controls = stripe.controls();
    switch (what) {
      case CUSTOMER_APPROVES -> controls.authenticate(id);
      case CUSTOMER_REJECTS -> controls.failAuthentication(id);
      case CHARGE_SETTLES -> controls.settleDebit(controls.intentOf(id), true);
      case CHARGE_FAILS -> controls.settleDebit(controls.intentOf(id), false);
      case REFUND_SUCCEEDS -> controls.settleRefund(id);
      case REFUND_FAILS, REFUND_UNDONE -> controls.failRefund(id);
      case HOLD_EXPIRES -> controls.expireHold(controls.intentOf(id));
      case DISPUTED -> controls.dispute(id, ledger().charge(id).orElseThrow().kept());
      case DISPUTE_WON -> controls.winDispute(id);
      case DISPUTE_LOST -> controls.loseDispute(id);
      case DISPUTE_REVIEWED -> controls.respond(id);
      case METHOD_REVOKED -> controls.detach(id);
      // A customer who leaves is nothing that Stripe sees.
      case CUSTOMER_LEAVES -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean consoleRefund(String capture, Money amount) {
    stripe.controls().consoleRefund(StripeParts.chargeOf(capture), amount);
    return true;
  }

  @Override
  public boolean consoleCharge(Money amount) {
    stripe.controls().foreignPayment(account.id(), amount, Optional.empty());
    return true;
  }
}
