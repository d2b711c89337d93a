package dev.gatehouse.testkit.simulator;

import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Hmac;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceControls;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import dev.gatehouse.testkit.reference.TestToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The reference provider, to be played with. */
final class SimulatedReference implements SimulatedProvider {
  private static final Pattern OPERATION = Pattern.compile("\"operation_key\":\"([^\"]+)\"");
  private static final Duration LIST_LAG = ReferenceOptions.defaults().indexDelay();
  private static final List<CurrencyUnit> CURRENCIES =
      Stream.of("EUR", "USD", "JPY", "KWD").map(CurrencyUnit::of).toList();

  private final ReferenceAccount account;
  private final ReferenceAccount other;
  private final ReferenceProvider reference;

  SimulatedReference(Clock clock, String secret, Random choices) {
    account = account("sim", secret);
    other = account("other", secret + "other");
    reference = new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account, other));
  }

  private static ReferenceAccount account(String name, String secret) {
    return new ReferenceAccount(
        "acct_" + name,
        "sk_test_" + secret,
        List.of("whsec_" + secret),
        URI.create("https://shop.test/webhooks/" + name));
  }

  @Override
  public GatewayProvider gateway() {
    return new ReferenceGatewayProvider();
  }

  @Override
  public Map<String, String> settings() {
    return settings(account);
  }

  @Override
  public Optional<Map<String, String>> otherSettings() {
    return Optional.of(settings(other));
  }

  private static Map<String, String> settings(ReferenceAccount of) {
    return Map.of(
        ReferenceGatewayProvider.BASE_URL,
        ReferenceTransport.BASE_URL.toString(),
        ReferenceGatewayProvider.SECRET_KEY,
        of.secretKey(),
        ReferenceGatewayProvider.WEBHOOK_SECRET,
        of.webhookSecrets().get(0));
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return reference.handle(request);
  }

  @Override
  public boolean acts(HttpRequest request) {
    return request.method().equals("POST");
  }

  @Override
  public Optional<String> key(HttpRequest request) {
    return request.headers().first("idempotency-key");
  }

  @Override
  public Optional<String> operation(HttpRequest request) {
    Matcher found = OPERATION.matcher(new String(request.body(), StandardCharsets.UTF_8));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** Lists always lag behind; it matters when something is missing from one. */
  @Override
  public boolean lacked(HttpRequest request, HttpResponse response) {
    if (!request.method().equals("GET") || request.uri().getQuery() == null) {
      return false;
    }
    reference.controls().indexDelay(Duration.ZERO);
    String full = data(reference.handle(request));
    reference.controls().indexDelay(LIST_LAG);
    return !full.equals(data(response));
  }

  private static String data(HttpResponse response) {
    String body = response.bodyAsUtf8();
    return body.substring(Math.max(0, body.indexOf("\"data\"")));
  }

  @Override
  public Ledger ledger() {
    return reference.ledger();
  }

  @Override
  public List<PendingWebhook> takeWebhooks() {
    return reference.takeWebhooks();
  }

  @Override
  public PendingWebhook signedNow(PendingWebhook webhook) {
    return reference.webhookAgain(webhook.eventId());
  }

  @Override
  public Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
    return Optional.of(reference.webhookAgain(webhook, body));
  }

  @Override
  public Optional<PendingWebhook> signedTwice(PendingWebhook webhook) {
    PendingWebhook now = signedNow(webhook);
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : now.headers().fields()) {
      String another = ",v1=" + Hmac.sha256Hex("another", field.value(), now.body());
      headers = headers.with(field.name(), field.value().replaceFirst("(?=,v1=)", another));
    }
    return Optional.of(
        new PendingWebhook(
            now.account(),
            now.eventId(),
            now.type(),
            now.method(),
            now.uri(),
            headers,
            now.body()));
  }

  @Override
  public Optional<Duration> noticesCountFor() {
    return Optional.of(Duration.ofMinutes(5));
  }

  @Override
  public Optional<PendingWebhook> batch(List<PendingWebhook> webhooks) {
    return reference.batch(webhooks);
  }

  @Override
  public boolean methodExpires(String id) {
    reference.controls().methodBehaves(id, TestToken.decline(DeclineCode.EXPIRED_CARD));
    return true;
  }

  @Override
  public boolean listsInPagesOf(int entries) {
    reference.controls().pageSize(entries);
    return true;
  }

  @Override
  public List<CurrencyUnit> currencies() {
    return CURRENCIES;
  }

  @Override
  public PaymentMethod method(Random random) {
    return random.nextInt(10) == 0
        ? new PaymentMethod.OfType("wallet")
        : new PaymentMethod.Token("card", token(random));
  }

  /** Half of the time it simply works. */
  private static String token(Random random) {
    if (random.nextInt(10) < 4) {
      return TestToken.APPROVE.value();
    }
    if (random.nextInt(5) == 0) {
      DeclineCode[] codes = DeclineCode.values();
      return TestToken.decline(codes[random.nextInt(codes.length)]);
    }
    TestToken[] tokens = TestToken.values();
    return tokens[random.nextInt(tokens.length)].value();
  }

  @Override
  public boolean happens(Happening what, String id) {
    ReferenceControls controls = reference.controls();
    switch (what) {
      case CUSTOMER_APPROVES -> controls.approve(id);
      case CUSTOMER_REJECTS -> controls.reject(id);
      case CUSTOMER_LEAVES -> controls.abandon(id);
      case CHARGE_SETTLES -> controls.settle(id);
      case CHARGE_FAILS -> controls.settleBadly(id);
      case REFUND_SUCCEEDS -> controls.settleRefund(id);
      case REFUND_FAILS -> controls.failRefund(id);
      case REFUND_UNDONE -> controls.undoRefund(id);
      case HOLD_EXPIRES -> controls.expireAuthorization(id);
      case DISPUTED -> controls.dispute(id);
      case DISPUTE_WON -> controls.winDispute(id);
      case DISPUTE_LOST -> controls.loseDispute(id);
      case DISPUTE_REVIEWED -> controls.reviewDispute(id);
      case METHOD_REVOKED -> controls.revokeMethod(id);
    }
    return true;
  }

  @Override
  public boolean consoleRefund(String capture, Money amount) {
    reference.controls().consoleRefund(capture, amount);
    return true;
  }

  @Override
  public boolean consoleCharge(Money amount) {
    reference.controls().foreignCharge(account.id(), amount, Optional.empty());
    return true;
  }
}
