package dev.gatehouse.testkit.foes;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The reference provider, with a foe for its gateway. */
public record FoesProvider(SimulatedProvider reference, GatewayProvider gateway)
    implements SimulatedProvider {
  @Override
  public Map<String, String> settings() {
    return reference.settings();
  }

  @Override
  public Optional<Map<String, String>> otherSettings() {
    return reference.otherSettings();
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return reference.handle(request);
  }

  @Override
  public boolean acts(HttpRequest request) {
    return reference.acts(request);
  }

  @Override
  public boolean verifies(HttpRequest request) {
    return reference.verifies(request);
  }

  @Override
  public Optional<String> key(HttpRequest request) {
    return reference.key(request);
  }

  @Override
  public Optional<String> operation(HttpRequest request) {
    return reference.operation(request);
  }

  @Override
  public boolean lacked(HttpRequest request, HttpResponse response) {
    return reference.lacked(request, response);
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
    return reference.signedNow(webhook);
  }

  @Override
  public List<CurrencyUnit> currencies() {
    return reference.currencies();
  }

  @Override
  public PaymentMethod method(Random random) {
    return reference.method(random);
  }

  @Override
  public boolean happens(Happening what, String id) {
    return reference.happens(what, id);
  }

  @Override
  public boolean consoleRefund(String capture, Money amount) {
    return reference.consoleRefund(capture, amount);
  }

  @Override
  public boolean consoleCharge(Money amount) {
    return reference.consoleCharge(amount);
  }

  @Override
  public Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
    return reference.signedNow(webhook, body);
  }

  @Override
  public Optional<PendingWebhook> signedTwice(PendingWebhook webhook) {
    return reference.signedTwice(webhook);
  }

  @Override
  public Optional<Duration> noticesCountFor() {
    return reference.noticesCountFor();
  }

  @Override
  public Optional<PendingWebhook> batch(List<PendingWebhook> webhooks) {
    return reference.batch(webhooks);
  }

  @Override
  public boolean listsInPagesOf(int entries) {
    return reference.listsInPagesOf(entries);
  }

  @Override
  public boolean methodExpires(String id) {
    return reference.methodExpires(id);
  }
}
