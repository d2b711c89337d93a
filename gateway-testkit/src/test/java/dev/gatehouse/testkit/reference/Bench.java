package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Ledger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** A provider, a clock, a gateway between them, and short words for requests. */
final class Bench {
  static final Money TEN = Money.parse("EUR 10.00");

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final ReferenceAccount account = ReferenceAccount.test("main");
  final ReferenceAccount other = ReferenceAccount.test("other");
  final ReferenceProvider provider =
      new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account, other));
  final ReferenceGateway gateway;

  Bench() {
    this.gateway = open(account, new ReferenceTransport(provider));
  }

  ReferenceGateway open(ReferenceAccount who, HttpTransport http) {
    return open(who, http, ReferenceTransport.BASE_URL);
  }

  ReferenceGateway open(ReferenceAccount who, HttpTransport http, URI baseUrl) {
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("reference-main"), Mode.TEST, http, clock, Duration.ofSeconds(5));
    return (ReferenceGateway)
        new ReferenceGatewayProvider().open(who.settings(baseUrl), environment);
  }

  ReferenceControls controls() {
    return provider.controls();
  }

  Ledger ledger() {
    return provider.ledger();
  }

  static ChargeRequest sale(String reference, TestToken token) {
    return charge(reference, TEN, CaptureMode.AUTOMATIC, token.value(), false);
  }

  static ChargeRequest hold(String reference, TestToken token) {
    return charge(reference, TEN, CaptureMode.MANUAL, token.value(), false);
  }

  static ChargeRequest charge(
      String reference, Money amount, CaptureMode mode, String token, boolean store) {
    return charge(reference, amount, mode, new PaymentMethod.Token("card", token), store);
  }

  static ChargeRequest charge(
      String reference, Money amount, CaptureMode mode, PaymentMethod method, boolean store) {
    return new ChargeRequest(
        reference,
        reference + ":charge:1",
        amount,
        mode,
        method,
        store,
        Initiator.CUSTOMER,
        Optional.of("A plan"),
        Optional.of(URI.create("https://shop.test/return")),
        CustomerDetails.none());
  }

  CaptureRequest capture(String reference, String authorization, String amount, boolean isFinal) {
    return new CaptureRequest(
        trace(reference),
        reference + ":capture:" + amount,
        authorization,
        Money.parse(amount),
        isFinal);
  }

  RefundRequest refund(String reference, String key, String capture, String amount) {
    return new RefundRequest(
        trace(reference), key, capture, Money.parse(amount), Optional.of("wanted back"));
  }

  VoidRequest release(String reference, String authorization) {
    return new VoidRequest(trace(reference), reference + ":void:1", authorization);
  }

  CompleteRequest complete(String reference, String charge) {
    return new CompleteRequest(
        trace(reference), reference + ":complete:1", charge, CaptureMode.AUTOMATIC);
  }

  Trace trace(String reference) {
    return trace(reference, PaymentFacts.none());
  }

  Trace trace(String reference, PaymentFacts known) {
    return new Trace(Optional.of(reference), clock.instant(), Optional.empty(), known);
  }

  /** What is known after the response to the charge was lost at this time. */
  static Trace chargeInDoubt(String reference, Instant sentAt) {
    return new Trace(
        Optional.of(reference),
        sentAt,
        Optional.of(new Trace.InDoubt(OperationKind.CHARGE, reference + ":charge:1", sentAt)),
        PaymentFacts.none());
  }

  static String chargeId(Outcome outcome) {
    return chargeId(outcome.snapshot());
  }

  static String chargeId(Snapshot snapshot) {
    return snapshot.facts().providerIds().stream()
        .filter(id -> id.kind().equals("charge"))
        .map(ProviderId::id)
        .findFirst()
        .orElseThrow();
  }
}
