package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first half of docs/taking-payments.md: from the start of a checkout to its end. */
class TakingPaymentsTest {
  private final DocsShop shop = new DocsShop();
  private final Gatehouse gatehouse = shop.gatehouse;
  private final CustomerId ada = DocsShop.ADA;
  private final GatewayInstanceId cards = DocsShop.CARDS;
  private final Page page = new Page();

  /** The page that the customer sees. */
  private static final class Page {
    private final List<String> shown = new ArrayList<>();

    void redirect(URI url, String method, Map<String, String> fields) {
      shown.add("redirect " + method + " " + url.getHost());
    }

    void runProviderScript(String token) {
      shown.add("script");
    }

    void show(List<String> lines) {
      shown.addAll(lines);
    }
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_checkout_is_started_with_a_plan_lines_and_a_discount() {
    CheckoutView checkout = start();

    assertThat(checkout.state()).isEqualTo(CheckoutState.OPEN);
    assertThat(checkout.checkout().total()).isEqualTo(Money.parse("EUR 44.00"));
    assertThat(checkout.checkout().expiresAt())
        .isEqualTo(shop.clock.instant().plus(Duration.ofHours(2)));
    assertThat(start().id()).as("the same key starts one checkout").isEqualTo(checkout.id());
  }

  private CheckoutView start() {
    // snippet: StartCheckout
    Plan gold = new Plan(new PlanId("gold"), "Gold, one year", Money.parse("EUR 49.00"));
    CheckoutView checkout =
        gatehouse.startCheckout(
            StartCheckout.forPlan(ada, "order-1017", gold)
                .lessDiscount(Money.parse("EUR 5.00"))
                .lasting(Duration.ofHours(2)));
    // end snippet
    return checkout;
  }

  @Test
  void goods_are_lines() {
    // snippet: StartGoods
    List<Line> lines =
        List.of(
            Line.of("Handbook", 2, Money.parse("EUR 9.50")),
            Line.shipping("Postage", Money.parse("EUR 4.00")),
            Line.tax("VAT", Money.parse("EUR 1.33")));
    CheckoutView goods = gatehouse.startCheckout(StartCheckout.forLines(ada, "order-1018", lines));
    // end snippet
    assertThat(goods.checkout().total()).isEqualTo(Money.parse("EUR 24.33"));
  }

  @Test
  void a_card_is_charged_and_the_membership_is_active() {
    CheckoutView paid = pay(start().id(), "tok_approve");

    assertThat(paid.isCompleted()).isTrue();
    assertThat(paid.membership().orElseThrow().state()).isEqualTo(MembershipState.ACTIVE);
  }

  private CheckoutView pay(CheckoutId checkout, String token) {
    // snippet: PayByCard
    Pay card =
        Pay.sale(checkout, "try-1", cards, new PaymentMethod.Token("card", token))
            .describedAs("Gold, one year")
            .returningTo(URI.create("https://shop.example/return/" + checkout));
    CheckoutView view = gatehouse.pay(card);
    // end snippet
    return view;
  }

  // snippet: WhatToShow
  String words(CheckoutView view) {
    return switch (view.state()) {
      case OPEN -> "Choose how to pay " + view.checkout().total() + ".";
      case AWAITING_CUSTOMER -> "One more step at your bank.";
      case PENDING -> "We are waiting for your bank. You need not pay again.";
      case AUTHORIZED -> "Your order is confirmed. We charge you when we ship.";
      case FAILED -> "That did not work. Please try again, or pay in another way.";
      case COMPLETED -> "Paid. Thank you!";
      case EXPIRED -> "Time is over. Please order again.";
      case CANCELLED -> "Cancelled.";
    };
  }

  // end snippet

  @Test
  void there_are_words_for_a_checkout_that_is_open_failed_paid_or_cancelled() {
    CheckoutView open = shop.checkout("EUR 10.00");

    assertThat(words(open)).contains("EUR 10.00");
    assertThat(words(shop.pay(open, "tok_decline_do_not_honor"))).contains("try again");
    assertThat(words(shop.pay(open, "tok_pending"))).contains("waiting");
    assertThat(words(shop.paid("EUR 10.00"))).contains("Paid");
    assertThat(words(gatehouse.cancelCheckout(shop.checkout("EUR 5.00").id())))
        .isEqualTo("Cancelled.");
  }

  @Test
  void the_customer_is_sent_to_the_bank_and_comes_back() {
    CheckoutView checkout = pay(start().id(), "tok_action");
    assertThat(checkout.state()).isEqualTo(CheckoutState.AWAITING_CUSTOMER);

    act(checkout);
    assertThat(page.shown).containsExactly("redirect GET reference.test");
    shop.provider.controls().approve(shop.charge());

    CheckoutId id = checkout.id();
    // snippet: CustomerReturned
    CheckoutView back = gatehouse.customerReturned(id);
    page.show(List.of(words(back)));
    // end snippet
    assertThat(page.shown).endsWith("Paid. Thank you!");
  }

  private void act(CheckoutView view) {
    // snippet: CustomerActs
    CustomerAction action = view.action().orElseThrow();
    if (action instanceof CustomerAction.Redirect to) {
      page.redirect(to.url(), to.method(), to.fields());
    } else if (action instanceof CustomerAction.ClientToken secret) {
      page.runProviderScript(secret.token());
    } else if (action instanceof CustomerAction.Instructions how) {
      page.show(how.lines());
    }
    // end snippet
  }

  @Test
  void a_bank_transfer_shows_what_to_transfer() {
    CheckoutView checkout = shop.checkout("EUR 10.00");

    act(
        gatehouse.pay(
            Pay.sale(
                checkout.id(), "try-1", DocsShop.BANK, new PaymentMethod.OfType("bank_transfer"))));

    assertThat(page.shown).contains("DE00 0000", "EUR 10.00");
  }

  @Test
  void after_a_decline_another_card_under_a_new_key_is_a_new_try() {
    CheckoutView failed = shop.pay(shop.checkout("EUR 10.00"), "tok_decline_expired_card");
    String otherToken = "tok_approve";
    // snippet: TryAgain
    boolean sameCardMayWork = failed.decline().filter(why -> why.isRetryable()).isPresent();
    CheckoutView again =
        gatehouse.pay(
            Pay.sale(failed.id(), "try-2", cards, new PaymentMethod.Token("card", otherToken)));
    // end snippet
    assertThat(sameCardMayWork).isFalse();
    assertThat(again.isCompleted()).isTrue();
    assertThat(again.payments()).hasSize(2);
  }

  @Test
  void a_card_that_was_declined_for_good_is_not_tried_again() {
    CheckoutView failed = shop.pay(shop.checkout("EUR 10.00"), "tok_decline_stolen_card");
    Pay same =
        Pay.sale(
            failed.id(), "k", cards, new PaymentMethod.Token("card", "tok_decline_stolen_card"));

    assertThatThrownBy(() -> gatehouse.pay(same)).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void a_request_that_the_provider_refuses_says_why_in_view_and_event_alike() {
    CheckoutView failed = shop.pay(shop.checkout("EUR 10.00"), "tok_of_another_shop");

    assertThat(failed.state()).isEqualTo(CheckoutState.FAILED);
    String why = "";
    // snippet: WhyRefused
    if (failed.failure().filter(f -> f.category() == ErrorCategory.VALIDATION).isPresent()) {
      why = failed.failure().get().message(); // For your log: the request itself was wrong.
    }
    // end snippet
    assertThat(why).isNotEmpty();
    assertThat(failed.decline().orElseThrow().code()).isEqualTo(DeclineCode.PROCESSING_ERROR);
    assertThat(failed.decline().orElseThrow().rawMessage()).isEqualTo(why);
    assertThat(gatehouse.timeline(ada))
        .filteredOn(PaymentFailed.class::isInstance)
        .singleElement()
        .extracting(event -> ((PaymentFailed) event).decline())
        .isEqualTo(failed.decline().orElseThrow());
  }

  @Test
  void input_that_is_wrong_is_complained_about_in_the_customers_language() {
    CheckoutId id = shop.checkout("EUR 10.00").id();
    // snippet: WrongInput
    try {
      gatehouse
          .in(Locale.GERMAN)
          .pay(Pay.sale(id, "try 1", cards, new PaymentMethod.Token("card", "tok_approve")));
    } catch (InvalidInputException e) {
      for (Problem problem : e.problems()) {
        page.show(List.of(problem.field() + ": " + problem.message()));
      }
    }
    // end snippet
    assertThat(page.shown).singleElement().asString().startsWith("key: ").contains("ist");
  }

  @Test
  void what_costs_nothing_is_completed_without_a_payment() {
    Plan trial = new Plan(new PlanId("trial"), "Trial", Money.parse("EUR 0.00"));
    // snippet: Free
    CheckoutView free = gatehouse.startCheckout(StartCheckout.forPlan(ada, "order-1019", trial));
    if (free.checkout().total().isZero()) {
      free = gatehouse.completeFree(free.id());
    }
    // end snippet
    assertThat(free.isCompleted()).isTrue();
    assertThat(free.membership().orElseThrow().state()).isEqualTo(MembershipState.ACTIVE);
  }

  @Test
  void a_checkout_is_called_off_and_so_is_a_membership() {
    CheckoutView paid = pay(start().id(), "tok_approve");
    CheckoutView checkout = shop.checkout("EUR 10.00");
    // snippet: Cancel
    gatehouse.cancelCheckout(checkout.id());

    gatehouse.cancelMembership(
        new CancelMembership(paid.membership().orElseThrow().id(), "moved away"));
    // end snippet
    assertThat(gatehouse.checkout(checkout.id()).state()).isEqualTo(CheckoutState.CANCELLED);
    CheckoutView left = gatehouse.checkout(paid.id());
    assertThat(left.membership().orElseThrow().state()).isEqualTo(MembershipState.CANCELLED);
    assertThat(left.lastPayment().orElseThrow().isPaid()).as("nothing is refunded").isTrue();
    assertThat(left.lastPayment().orElseThrow().operations()).hasSize(1);
  }

  @Test
  void money_that_arrives_after_a_checkout_was_called_off_goes_back() {
    CheckoutView checkout = shop.pay(shop.checkout("EUR 10.00"), "tok_pending");
    gatehouse.cancelCheckout(checkout.id());

    shop.provider.controls().settle(shop.charge());
    shop.pass(Duration.ofHours(1), 60);

    assertThat(shop.provider.ledger().charge(shop.charge()).orElseThrow().kept().isZero()).isTrue();
  }
}
