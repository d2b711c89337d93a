package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments on Stripe's own page; every exchange is held against the description. */
class StripeCheckoutTest {
  private final Bench bench = new Bench();
  private final StripeGateway gateway = bench.gateway;

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  private static ChargeRequest sale(String reference) {
    return ChargeRequest.sale(
            reference, reference + ":charge:1", Bench.TEN, new PaymentMethod.OfType("checkout"))
        .describedAs("A plan & more")
        .returningTo(URI.create("https://shop.test/return?a=b"));
  }

  private static String page(Outcome outcome) {
    return outcome.snapshot().facts().providerIds().stream()
        .filter(id -> id.kind().equals("checkout_session"))
        .map(ProviderId::id)
        .findFirst()
        .orElseThrow();
  }

  private PaymentFacts after(String reference, Outcome outcome) {
    PaymentFacts known = outcome.snapshot().facts();
    PaymentFacts all = known.join(bench.lookup(reference, outcome.snapshot()).facts());
    assertThat(Conflict.in(all)).isEmpty();
    return all;
  }

  private static List<Attempt> current(PaymentFacts facts) {
    return facts.attempts().values().stream().filter(Attempt::isCurrent).toList();
  }

  @Test
  void the_customer_is_sent_to_a_page_and_our_reference_is_in_the_session_and_in_its_intent() {
    Outcome asked = gateway.charge(sale("pay-1"));

    Outcome.ActionRequired action = (Outcome.ActionRequired) asked;
    URI url = ((CustomerAction.Redirect) action.action()).url();
    assertThat(url.toString()).endsWith("/c/pay/" + page(asked));
    Attempt attempt = asked.snapshot().facts().attempts().get(page(asked));
    assertThat(attempt.step().isAt(AttemptStep.ACTION_NEEDED)).isTrue();
    assertThat(attempt.amount().value()).contains(Bench.TEN);
    assertThat(attempt.operation().value()).contains("pay-1:charge:1");
    assertThat(bench.ledger().requests()).isEqualTo(1);
    assertThat(after("pay-1", asked)).isEqualTo(asked.snapshot().facts());

    bench.controls().payCheckout(page(asked), StripeToken.VISA);

    PaymentFacts paid = after("pay-1", asked);
    assertThat(Totals.of(paid, CurrencyUnit.EUR).captured()).isEqualTo(Bench.TEN);
    assertThat(current(paid)).singleElement().matches(a -> a.operation().has("pay-1:charge:1"));
    assertThat(paid.reference().value()).contains("pay-1");
    assertThat(bench.ledger().effectsOf("pay-1:charge:1")).isEqualTo(1);
  }

  @Test
  void a_declined_card_leaves_the_page_open_and_another_pays() {
    Outcome asked = gateway.charge(sale("pay-1"));
    bench.controls().payCheckout(page(asked), StripeToken.INSUFFICIENT_FUNDS);
    PaymentFacts declined = after("pay-1", asked);
    assertThat(current(declined))
        .anyMatch(a -> a.step().isAt(AttemptStep.ACTION_NEEDED))
        .anyMatch(
            a -> a.failure().filter(d -> d.code() == DeclineCode.INSUFFICIENT_FUNDS).isPresent());

    bench.controls().payCheckout(page(asked), StripeToken.VISA);

    PaymentFacts paid = declined.join(bench.lookup("pay-1", snapshot(declined)).facts());
    assertThat(Conflict.in(paid)).isEmpty();
    assertThat(Totals.of(paid, CurrencyUnit.EUR).captured()).isEqualTo(Bench.TEN);
    assertThat(current(paid)).noneMatch(a -> a.step().isAt(AttemptStep.ACTION_NEEDED));
  }

  @Test
  void authentication_on_the_page_shows_no_attempt_of_its_own() {
    Outcome asked = gateway.charge(sale("pay-1"));
    bench.controls().payCheckout(page(asked), StripeToken.THREE_D_SECURE_2);
    PaymentFacts waiting = after("pay-1", asked);
    assertThat(waiting.attempts()).containsOnlyKeys(page(asked));
    String intent = bench.controls().intentOfCheckout(page(asked)).orElseThrow();

    bench.controls().authenticate(intent);

    PaymentFacts paid = waiting.join(bench.lookup("pay-1", snapshot(waiting)).facts());
    assertThat(current(paid)).singleElement();
    assertThat(paid.attempts()).doesNotContainKey(intent);
    assertThat(Totals.of(paid, CurrencyUnit.EUR).captured()).isEqualTo(Bench.TEN);
  }

  @Test
  void a_page_that_nobody_used_for_a_day_is_abandoned() {
    Outcome asked = gateway.charge(sale("pay-1"));
    bench.clock.advance(Duration.ofHours(24));

    assertThat(current(after("pay-1", asked)))
        .singleElement()
        .matches(a -> a.failure().orElseThrow().code() == DeclineCode.ABANDONED);
  }

  @Test
  void of_a_page_that_was_used_in_vain_the_last_decline_is_the_reason() {
    Outcome asked = gateway.charge(sale("pay-1"));
    bench.controls().payCheckout(page(asked), StripeToken.LOST_CARD);
    bench.controls().expireCheckout(page(asked));

    assertThat(current(after("pay-1", asked)))
        .singleElement()
        .matches(a -> a.failure().orElseThrow().code() == DeclineCode.LOST_CARD);
  }

  @Test
  void a_debit_is_pending_for_days_and_then_paid_or_sent_back() {
    Outcome paid = gateway.charge(sale("pay-1"));
    Outcome bounced = gateway.charge(sale("pay-2"));
    bench.controls().debitCheckout(page(paid));
    bench.controls().debitCheckout(page(bounced));
    assertThat(current(after("pay-1", paid)))
        .singleElement()
        .matches(a -> a.step().isAt(AttemptStep.PROCESSING));
    assertThat(Totals.of(after("pay-1", paid), CurrencyUnit.EUR).captured().isZero()).isTrue();
    String intent = bench.controls().intentOfCheckout(page(bounced)).orElseThrow();

    bench.controls().settleDebit(intent, false);
    bench.clock.advance(Duration.ofDays(3));

    assertThat(Totals.of(after("pay-1", paid), CurrencyUnit.EUR).captured()).isEqualTo(Bench.TEN);
    assertThat(current(after("pay-2", bounced)))
        .singleElement()
        .matches(a -> a.failure().isPresent());
  }

  @Test
  void money_is_held_on_the_page_and_captured_later() {
    ChargeRequest sale = sale("pay-1");
    Outcome asked = gateway.charge(sale.holdOnly());
    bench.controls().payCheckout(page(asked), StripeToken.VISA);
    PaymentFacts held = after("pay-1", asked);

    Outcome captured = gateway.capture(bench.capture(snapshot(held), "pay-1", "EUR 7.00"));

    assertThat(captured).isInstanceOf(Outcome.Succeeded.class);
    PaymentFacts all = held.join(captured.snapshot().facts());
    all = all.join(bench.lookup("pay-1", snapshot(all)).facts());
    assertThat(Totals.of(all, CurrencyUnit.EUR).captured()).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(sale.capture()).isEqualTo(CaptureMode.AUTOMATIC);
  }

  @Test
  void a_page_whose_answer_was_lost_is_found_by_listing_and_made_once() {
    Instant sent = bench.clock.instant();
    bench.door.next(LossyDoor.Fault.LOST_RESPONSE);
    assertThat(gateway.charge(sale("pay-1"))).isInstanceOf(Outcome.Unknown.class);
    Trace doubt =
        Bench.inDoubt("pay-1", OperationKind.CHARGE, "pay-1:charge:1", sent, PaymentFacts.none());

    Snapshot found = Bench.found(gateway.lookup(doubt));

    assertThat(current(found.facts()))
        .singleElement()
        .matches(a -> a.step().isAt(AttemptStep.ACTION_NEEDED))
        .matches(a -> a.action().value().isPresent());
    Outcome again = gateway.charge(sale("pay-1"));
    assertThat(again.snapshot().facts()).isEqualTo(found.facts());
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @Test
  void a_page_that_was_never_made_is_absent_once_that_is_settled() {
    Instant sent = bench.clock.instant();
    Trace doubt =
        Bench.inDoubt("pay-1", OperationKind.CHARGE, "pay-1:charge:1", sent, PaymentFacts.none());
    assertThat(gateway.lookup(doubt)).isEqualTo(new Lookup.AbsentAsOf(sent, false));
    bench.clock.advance(StripeGatewayProvider.SETTLES);
    assertThat(((Lookup.AbsentAsOf) gateway.lookup(doubt)).settled()).isTrue();
  }

  @Test
  void known_by_its_intent_alone_the_page_is_found_by_that() {
    Outcome asked = gateway.charge(sale("pay-1"));
    bench.controls().payCheckout(page(asked), StripeToken.VISA);
    String intent = bench.controls().intentOfCheckout(page(asked)).orElseThrow();
    PaymentFacts known = Snapshot.builder().providerId("payment_intent", intent).build().facts();

    PaymentFacts seen =
        Bench.found(
                gateway.lookup(
                    new Trace(Optional.empty(), bench.clock.instant(), Optional.empty(), known)))
            .facts();

    assertThat(seen.providerIds()).contains(new ProviderId("checkout_session", page(asked)));
    assertThat(seen.attempts().get(page(asked)).isCurrent()).isFalse();
  }

  @Test
  void every_event_of_a_page_leads_to_its_payment_and_so_does_the_list_of_changes() {
    Instant before = bench.clock.instant();
    Outcome debited = gateway.charge(sale("pay-1"));
    Outcome left = gateway.charge(sale("pay-2"));
    bench.controls().debitCheckout(page(debited));
    bench.controls().expireCheckout(page(left));
    bench.clock.advance(Duration.ofDays(3));

    List<WebhookNotice> notices =
        bench.stripe.takeWebhooks().stream()
            .filter(one -> one.type().startsWith("checkout."))
            .map(PendingWebhook::toWebhookRequest)
            .map(gateway::receive)
            .flatMap(answer -> ((WebhookAnswer.Verified) answer).notices().stream())
            .toList();

    assertThat(notices)
        .extracting(WebhookNotice::type)
        .containsExactlyInAnyOrder(
            "checkout.session.completed",
            "checkout.session.expired",
            "checkout.session.async_payment_succeeded");
    bench.clock.advance(Duration.ofMinutes(5));
    Changes.Listed changes = (Changes.Listed) gateway.changesSince(before);
    assertThat(changes.hints())
        .extracting(PaymentHint::reference)
        .contains(Optional.of("pay-1"), Optional.of("pay-2"));
    assertThat(changes.hints())
        .contains(
            new PaymentHint(
                Optional.of("pay-2"), Set.of(new ProviderId("checkout_session", page(left)))));
  }

  @Test
  void nobody_can_pay_on_a_page_while_the_customer_is_away() {
    Outcome refused = gateway.charge(sale("pay-1").withoutCustomer());
    // The framework asks for an address only of customers who are there.
    ChargeRequest nowhere =
        ChargeRequest.sale("pay-2", "k", Bench.TEN, new PaymentMethod.OfType("checkout"))
            .withoutCustomer();

    for (Outcome outcome : List.of(refused, gateway.charge(nowhere))) {
      assertThat(((Outcome.NotSent) outcome).failure().category())
          .isEqualTo(ErrorCategory.VALIDATION);
    }
    assertThat(bench.ledger().requests()).isZero();
  }

  @Test
  void there_is_a_link_to_the_dashboard_once_somebody_has_tried_to_pay() {
    Outcome asked = gateway.charge(sale("pay-1"));
    assertThat(gateway.paymentPage(bench.trace("pay-1", asked.snapshot()))).isEmpty();
    bench.controls().payCheckout(page(asked), StripeToken.VISA);
    assertThat(gateway.paymentPage(bench.trace("pay-1", snapshot(after("pay-1", asked)))))
        .isPresent();
  }

  @Test
  void receipts_and_addresses_are_for_those_who_want_them() {
    StripeGateway mailing = bench.open(bench.account, bench.door, Map.of("send-receipts", "true"));
    assertThat(mailing.charge(sale("pay-1"))).isInstanceOf(Outcome.ActionRequired.class);
  }

  private static Snapshot snapshot(PaymentFacts facts) {
    return new Snapshot(facts, Set.of());
  }
}
