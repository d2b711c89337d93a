package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Lack;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A target whose gateway is opened with some other settings.
 *
 * @param target the target
 * @param settings what is set otherwise
 */
record ConfiguredTarget(TestTarget target, Map<String, String> settings) implements TestTarget {
  @Override
  public String gateway() {
    return target.gateway();
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return target.paying(script);
  }

  @Override
  public Set<Lack> lacks() {
    return target.lacks();
  }

  /** The target knows the provider that it opened itself. */
  @Override
  public boolean customerActs(SimulatedProvider provider, Script script, String charge) {
    return target.customerActs(own(provider), script, charge);
  }

  @Override
  public Map<String, String> liveSettings(SimulatedProvider provider) {
    Map<String, String> live = new TreeMap<>(target.liveSettings(own(provider)));
    live.putAll(settings);
    return live;
  }

  private static SimulatedProvider own(SimulatedProvider provider) {
    return provider instanceof Configured configured ? configured.own : provider;
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return new Configured(target.open(clock, secret, random), settings);
  }

  private record Configured(SimulatedProvider own, Map<String, String> others)
      implements SimulatedProvider {
    @Override
    public GatewayProvider gateway() {
      return own.gateway();
    }

    @Override
    public Map<String, String> settings() {
      return configured(own.settings());
    }

    @Override
    public Optional<Map<String, String>> otherSettings() {
      return own.otherSettings().map(this::configured);
    }

    private Map<String, String> configured(Map<String, String> settings) {
      Map<String, String> all = new TreeMap<>(settings);
      all.putAll(others);
      return all;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
      return own.handle(request);
    }

    @Override
    public boolean acts(HttpRequest request) {
      return own.acts(request);
    }

    @Override
    public boolean verifies(HttpRequest request) {
      return own.verifies(request);
    }

    @Override
    public Optional<String> key(HttpRequest request) {
      return own.key(request);
    }

    @Override
    public Optional<String> operation(HttpRequest request) {
      return own.operation(request);
    }

    @Override
    public boolean lacked(HttpRequest request, HttpResponse response) {
      return own.lacked(request, response);
    }

    @Override
    public Ledger ledger() {
      return own.ledger();
    }

    @Override
    public List<PendingWebhook> takeWebhooks() {
      return own.takeWebhooks();
    }

    @Override
    public PendingWebhook signedNow(PendingWebhook webhook) {
      return own.signedNow(webhook);
    }

    @Override
    public Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
      return own.signedNow(webhook, body);
    }

    @Override
    public Optional<PendingWebhook> signedTwice(PendingWebhook webhook) {
      return own.signedTwice(webhook);
    }

    @Override
    public Optional<Duration> noticesCountFor() {
      return own.noticesCountFor();
    }

    @Override
    public Optional<PendingWebhook> batch(List<PendingWebhook> webhooks) {
      return own.batch(webhooks);
    }

    @Override
    public boolean listsInPagesOf(int entries) {
      return own.listsInPagesOf(entries);
    }

    @Override
    public boolean methodExpires(String id) {
      return own.methodExpires(id);
    }

    @Override
    public List<CurrencyUnit> currencies() {
      return own.currencies();
    }

    @Override
    public PaymentMethod method(Random random) {
      return own.method(random);
    }

    @Override
    public boolean happens(Happening what, String id) {
      return own.happens(what, id);
    }

    @Override
    public boolean consoleRefund(String capture, Money amount) {
      return own.consoleRefund(capture, amount);
    }

    @Override
    public boolean consoleCharge(Money amount) {
      return own.consoleCharge(amount);
    }
  }
}
