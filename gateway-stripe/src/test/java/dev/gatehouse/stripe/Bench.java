package dev.gatehouse.stripe;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.spec.HeldTransport;
import dev.gatehouse.testkit.spec.StripeSpec;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeControls;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeOptions;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.Money;

/** An emulator, a clock, a gateway between them, and a door that holds and loses. */
final class Bench {
  static final Money TEN = Money.parse("EUR 10.00");

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final StripeAccount account = StripeAccount.test("main").signing("whsec_main1234");
  final StripeEmulator stripe =
      new StripeEmulator(clock, StripeOptions.defaults(), List.of(account));
  final HeldTransport held = StripeSpec.around(stripe.transport());
  final LossyDoor door = new LossyDoor(held);
  final StripeGateway gateway = open(account, door, Map.of());

  StripeGateway open(StripeAccount who, HttpTransport http, Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(settings(who, StripeEmulator.BASE_URL));
    settings.putAll(more);
    return (StripeGateway)
        new StripeGatewayProvider().open(GatewaySettings.of(settings), environment(http));
  }

  /** The whole engine over the door, with a store in memory. */
  Gatehouse shop() {
    return Gatehouse.builder()
        .catalog(GatewayCatalog.of(new StripeGatewayProvider()))
        .gateway(GatewayConfig.test("stripe", settings(account, StripeEmulator.BASE_URL)))
        .transport(door)
        .clock(clock)
        .build();
  }

  GatewayEnvironment environment(HttpTransport http) {
    return new GatewayEnvironment(
        new GatewayInstanceId("stripe-eu"), Mode.TEST, http, clock, Duration.ofSeconds(60));
  }

  static Map<String, String> settings(StripeAccount who, URI baseUrl) {
    return Map.of(
        StripeGatewayProvider.SECRET_KEY, who.secretKey(),
        StripeGatewayProvider.WEBHOOK_SECRET, who.webhookSecrets().get(0),
        StripeGatewayProvider.BASE_URL, baseUrl.toString());
  }

  StripeControls controls() {
    return stripe.controls();
  }

  Ledger ledger() {
    return stripe.ledger();
  }

  static ChargeRequest sale(String reference, StripeToken token) {
    return charge(reference, TEN, CaptureMode.AUTOMATIC, token, true);
  }

  static ChargeRequest hold(String reference, StripeToken token) {
    return charge(reference, TEN, CaptureMode.MANUAL, token, true);
  }

  static ChargeRequest charge(
      String reference, Money amount, CaptureMode mode, StripeToken token, boolean returns) {
    return new ChargeRequest(
        reference,
        reference + ":charge:1",
        amount,
        mode,
        new PaymentMethod.Token("card", token.id()),
        false,
        Initiator.CUSTOMER,
        Optional.of("A plan & more"),
        returns ? Optional.of(URI.create("https://shop.test/return?a=b")) : Optional.empty(),
        CustomerDetails.none());
  }

  CaptureRequest capture(Snapshot seen, String reference, String amount) {
    return new CaptureRequest(
        trace(reference, seen),
        reference + ":capture:1",
        seen.facts().authorizations().firstKey(),
        Money.parse(amount),
        true);
  }

  VoidRequest release(Snapshot seen, String reference) {
    return new VoidRequest(
        trace(reference, seen), reference + ":void:1", seen.facts().authorizations().firstKey());
  }

  RefundRequest refund(Snapshot seen, String reference, String amount, int number) {
    return new RefundRequest(
        trace(reference, seen),
        reference + ":refund:" + number,
        seen.facts().movements().firstKey(),
        Money.parse(amount),
        Optional.of("wanted back"));
  }

  Trace trace(String reference, Snapshot seen) {
    return new Trace(Optional.of(reference), clock.instant(), Optional.empty(), seen.facts());
  }

  /** What is known after the answer to an operation was lost at this time. */
  static Trace inDoubt(
      String reference, OperationKind kind, String key, Instant sentAt, PaymentFacts known) {
    return new Trace(
        Optional.of(reference), sentAt, Optional.of(new Trace.InDoubt(kind, key, sentAt)), known);
  }

  Snapshot lookup(String reference, Snapshot seen) {
    return found(gateway.lookup(trace(reference, seen)));
  }

  static Snapshot found(Lookup lookup) {
    return ((Lookup.Found) lookup).snapshot();
  }

  static String intent(Outcome outcome) {
    return outcome.snapshot().facts().providerIds().stream()
        .filter(id -> id.kind().equals("payment_intent"))
        .map(ProviderId::id)
        .findFirst()
        .orElseThrow();
  }
}
