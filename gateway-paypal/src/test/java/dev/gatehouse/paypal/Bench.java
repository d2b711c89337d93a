package dev.gatehouse.paypal;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalControls;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import dev.gatehouse.testkit.spec.PayPalSpecs;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An emulated PayPal, a door that holds all to its description, and one gateway on it. */
final class Bench {
  static final Money TEN = Money.parse("USD 10.00");
  static final PaymentMethod PAYPAL = new PaymentMethod.OfType("paypal");

  private static final JsonMapper JSON = JsonMapper.shared();

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final PayPalApp app = PayPalApp.sandbox();
  final PayPalEmulator paypal = new PayPalEmulator(clock);
  final PayPalSpecs spec = new PayPalSpecs(paypal.transport());
  final FaultyDoor door = new FaultyDoor(spec);
  final PayPalGateway gateway = open(app.settings());

  PayPalGateway open(Map<String, String> settings) {
    return open(settings, door, Mode.TEST);
  }

  PayPalGateway open(Map<String, String> settings, HttpTransport http, Mode mode) {
    return (PayPalGateway)
        new PayPalGatewayProvider().open(GatewaySettings.of(settings), environment(http, mode));
  }

  GatewayEnvironment environment() {
    return environment(door, Mode.TEST);
  }

  private GatewayEnvironment environment(HttpTransport http, Mode mode) {
    return new GatewayEnvironment(
        new GatewayInstanceId("paypal-eu"), mode, http, clock, Duration.ofSeconds(5));
  }

  PayPalControls controls() {
    return paypal.controls();
  }

  PayPalLedger ledger() {
    return paypal.ledger();
  }

  PayPalLedger.PurchaseUnit order(String reference) {
    return ledger().ordersOf(reference).get(0);
  }

  static ChargeRequest sale(String reference) {
    return charge(reference, TEN, CaptureMode.AUTOMATIC);
  }

  static ChargeRequest hold(String reference) {
    return charge(reference, TEN, CaptureMode.MANUAL);
  }

  static ChargeRequest charge(String reference, Money amount, CaptureMode mode) {
    return new ChargeRequest(
        reference,
        reference + ".charge.1",
        amount,
        mode,
        PAYPAL,
        false,
        Initiator.CUSTOMER,
        Optional.of("A plan"),
        Optional.of(URI.create("https://shop.test/return?a=1&b=2")),
        new CustomerDetails(Optional.empty(), Optional.empty(), Optional.of(Locale.GERMANY)));
  }

  /** An order of a reference that its payer has approved. */
  String approved(ChargeRequest request) {
    String order = orderId(gateway.charge(request));
    controls().approve(order);
    return order;
  }

  CompleteRequest complete(String reference, String order, CaptureMode mode) {
    return new CompleteRequest(trace(reference), reference + ".complete.1", order, mode);
  }

  Outcome captured(String reference) {
    String order = approved(sale(reference));
    return gateway.complete(complete(reference, order, CaptureMode.AUTOMATIC));
  }

  Outcome held(String reference) {
    String order = approved(hold(reference));
    return gateway.complete(complete(reference, order, CaptureMode.MANUAL));
  }

  CaptureRequest capture(String reference, String key, String hold, String amount, boolean last) {
    return new CaptureRequest(trace(reference), key, hold, Money.parse(amount), last);
  }

  VoidRequest release(Trace trace, String hold) {
    return new VoidRequest(trace, "release.1", hold);
  }

  RefundRequest refund(Trace trace, String key, String capture, String amount) {
    return new RefundRequest(trace, key, capture, Money.parse(amount), Optional.of("for people"));
  }

  Trace trace(String reference) {
    return trace(reference, PaymentFacts.none());
  }

  Trace trace(String reference, Outcome known) {
    return trace(reference, known.snapshot().facts());
  }

  Trace trace(String reference, PaymentFacts known) {
    return new Trace(Optional.of(reference), clock.instant(), Optional.empty(), known);
  }

  static String orderId(Outcome outcome) {
    return outcome.snapshot().facts().attempts().firstKey();
  }

  static String captureId(Snapshot snapshot) {
    return id(snapshot, "capture");
  }

  static String holdId(Snapshot snapshot) {
    return id(snapshot, "authorization");
  }

  static String id(Snapshot snapshot, String kind) {
    return snapshot.facts().providerIds().stream()
        .filter(id -> id.kind().equals(kind))
        .findFirst()
        .orElseThrow()
        .id();
  }

  static JsonNode body(HttpRequest request) {
    return JSON.readTree(new String(request.body(), StandardCharsets.UTF_8));
  }
}
