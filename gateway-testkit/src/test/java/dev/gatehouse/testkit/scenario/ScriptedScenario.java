package dev.gatehouse.testkit.scenario;

import dev.gatehouse.command.Pay;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** A shop whose gateway does what a test tells it. */
abstract class ScriptedScenario {
  static final GatewayInstanceId S = new GatewayInstanceId("s");
  final Shop shop = new Shop();
  final Scripted gw = new Scripted();

  void scripted() {
    shop.with(gw, new GatewayConfig(S, "scripted", Mode.TEST, Map.of()));
  }

  Pay sale(CheckoutView c) {
    return Pay.sale(c.id(), shop.newKey(), S, new PaymentMethod.Token("card", "tok_1"));
  }

  static Attempt attempt(AttemptStep step, String key) {
    return Attempt.at(step).with(Shop.TEN).causedBy(key);
  }

  static Movement capture(String amount) {
    return Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
        .with(Money.parse(amount))
        .ofCharge("ch");
  }

  static Outcome paid(ChargeRequest r, String amount) {
    return new Outcome.Succeeded(
        Scripted.of(r.reference())
            .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
            .movement("cap", capture(amount))
            .build());
  }

  static Outcome held(ChargeRequest r) {
    return new Outcome.Succeeded(
        Scripted.of(r.reference())
            .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
            .authorization("auth", Authorization.of(Shop.TEN))
            .build());
  }

  WebhookRequest hook() {
    return new WebhookRequest("POST", URI.create("https://x.test/"), Map.of(), new byte[0]);
  }

  void announces(String notice, Optional<String> reference, ProviderId... ids) {
    gw.receive =
        r ->
            new WebhookAnswer.Verified(
                List.of(new WebhookNotice(notice, "t", new PaymentHint(reference, Set.of(ids)))),
                WebhookReply.status(200));
    shop.house().webhook(S, hook());
  }

  boolean told(Class<?>... types) {
    return shop.events().stream()
        .anyMatch(e -> Arrays.stream(types).anyMatch(t -> t.isInstance(e)));
  }

  List<String> kinds() {
    return shop.events().stream().map(e -> e.getClass().getSimpleName()).toList();
  }

  CheckoutView transfer(CheckoutView c) {
    return shop.house()
        .pay(Pay.sale(c.id(), shop.newKey(), Shop.BANK, new PaymentMethod.OfType("bank_transfer")));
  }

  void report(
      CheckoutView c, OperatorReport.Finding finding, String amount, Optional<String> movement) {
    shop.house()
        .report(
            new ReportMoney(
                shop.payment(c).id(), finding, Money.parse(amount), movement, "o", "statement"));
  }
}
