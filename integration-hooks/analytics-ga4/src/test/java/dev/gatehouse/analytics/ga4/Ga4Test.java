package dev.gatehouse.analytics.ga4;

import static dev.gatehouse.testkit.sink.EmulatedSink.status;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.sink.Ga4Emulator;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Google Analytics is told over HTTP, when, and how often. */
class Ga4Test extends Ga4Stream {
  private static final Attribution VISIT =
      Attribution.none()
          .client("1234567890.1700000000")
          .session("1700000001")
          .granting(Purpose.ANALYTICS, Purpose.AD_USER_DATA)
          .denying(Purpose.AD_PERSONALIZATION);

  @Test
  void a_paid_checkout_is_a_purchase_once_with_its_plan_visit_time_and_exact_amounts() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      CheckoutView paid = shop.pay(shop.start(ann, "order", VISIT), SinkShop.LIVE, "tok_approve");
      clock.advance(Duration.ofHours(1));
      shop.deliver();
      shop.deliver();

      assertThat(ga4.requests()).hasSize(1);
      Ga4Emulator.Event purchase = ga4.events().get(0);
      assertThat(purchase.name()).isEqualTo("purchase");
      assertThat(purchase.client()).isEqualTo("1234567890.1700000000");
      assertThat(purchase.text("session_id")).isEqualTo("1700000001");
      assertThat(purchase.text("transaction_id")).isEqualTo(paid.payments().get(0).id().value());
      assertThat(purchase.number("value")).isEqualByComparingTo("49.90");
      assertThat(purchase.text("currency")).isEqualTo("EUR");
      assertThat(purchase.at()).contains(TestClock.at("2026-03-01T12:00:00.123456Z").instant());
      JsonNode item = purchase.params().path("items").path(0);
      assertThat(item.path("item_id").asString()).isEqualTo("gold");
      assertThat(item.path("item_name").asString()).isEqualTo("Gold");
      assertThat(item.path("item_category").asString()).isEqualTo("subscription");
      assertThat(item.path("quantity").intValue()).isEqualTo(1);
      assertThat(item.path("price").decimalValue()).isEqualByComparingTo("49.90");
      assertThat(purchase.request().path("consent").toString())
          .isEqualTo("{\"ad_user_data\":\"GRANTED\",\"ad_personalization\":\"DENIED\"}");
      assertThat(new String(ga4.requests().get(0).body(), java.nio.charset.StandardCharsets.UTF_8))
          .doesNotContain("ann@", "Ann", "\"ann\"", SECRET);
    }
  }

  @Test
  void nothing_is_told_of_a_checkout_that_is_unpaid_pending_declined_or_in_test_mode() {
    try (SinkShop shop = shop()) {
      shop.start(shop.register("unpaid", "U"), "order");
      shop.pay(shop.start(shop.register("pending", "P"), "order"), SinkShop.LIVE, "tok_pending");
      CheckoutView test =
          shop.pay(shop.start(shop.register("tester", "T"), "order"), SinkShop.TEST, "tok_approve");
      shop.pay(
          shop.start(shop.register("tester2", "T"), "order"),
          SinkShop.TEST,
          "tok_decline_insufficient_funds");
      shop.gatehouse()
          .cancelMembership(new CancelMembership(test.membership().orElseThrow().id(), "bored"));
      shop.gatehouse()
          .refund(Refund.of(test.payments().get(0).id(), "back", Money.parse("EUR 49.90")));
      shop.deliver();

      assertThat(ga4.requests()).isEmpty();
    }
  }

  @Test
  void a_payment_that_is_pending_is_a_purchase_once_it_is_settled() {
    try (SinkShop shop = shop()) {
      shop.pay(shop.start(shop.register("ann", "Ann"), "order"), SinkShop.LIVE, "tok_pending");
      shop.deliver();
      assertThat(ga4.requests()).isEmpty();

      shop.after(Duration.ofMinutes(5));
      shop.after(Duration.ofDays(1));
      assertThat(ga4.events()).extracting(Ga4Emulator.Event::name).containsExactly("purchase");
      assertThat(ga4.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"tok_decline_insufficient_funds, 0", "tok_pending_fails, 5"})
  void a_payment_that_failed_is_told_once_when_it_has(String token, int minutes) {
    try (SinkShop shop = shop()) {
      CheckoutView tried =
          shop.pay(shop.start(shop.register("ann", "Ann"), "order"), SinkShop.LIVE, token);
      if (minutes > 0) {
        shop.deliver();
      }
      assertThat(ga4.requests()).as("not before").isEmpty();
      shop.after(Duration.ofMinutes(minutes));
      shop.after(Duration.ofDays(2));

      assertThat(ga4.requests()).hasSize(1);
      Ga4Emulator.Event failed = ga4.events().get(0);
      assertThat(failed.name()).isEqualTo("payment_failed");
      assertThat(failed.text("payment_id")).isEqualTo(tried.payments().get(0).id().value());
      assertThat(failed.text("decline_code")).isNotEmpty();
    }
  }

  @Test
  void a_member_who_leaves_is_told_once_and_nobody_who_never_was_one() {
    try (SinkShop shop = shop()) {
      CheckoutView member = shop.sell("ann");
      shop.deliver();
      assertThat(ga4.requests()).as("the purchase").hasSize(1);
      shop.start(shop.register("bob", "Bob"), "order");
      CancelMembership left =
          new CancelMembership(member.membership().orElseThrow().id(), "moved away");
      shop.gatehouse().cancelMembership(left);
      assertThat(ga4.requests()).as("not before it is delivered").hasSize(1);
      shop.deliver();
      shop.gatehouse().cancelMembership(left);
      shop.after(Duration.ofDays(2)); // Bob's checkout expires, and with it his membership.

      assertThat(ga4.requests()).hasSize(2);
      Ga4Emulator.Event churn = ga4.events().get(1);
      assertThat(churn.name()).isEqualTo("churn");
      assertThat(churn.text("membership_id")).isEqualTo(left.membership().value());
      assertThat(churn.text("item_id")).isEqualTo("gold");
      assertThat(churn.text("item_name")).isEqualTo("Gold");
      assertThat(churn.request().toString()).as("why is personal").doesNotContain("moved away");
    }
  }

  @Test
  void a_declined_payment_a_purchase_a_refund_and_churn_are_told_in_order() {
    try (SinkShop shop = shop(Map.of("churn-event", "member_left"))) {
      CustomerId ann = shop.register("ann", "Ann");
      CheckoutView checkout = shop.start(ann, "order", VISIT);
      shop.pay(checkout, SinkShop.LIVE, "tok_decline_insufficient_funds");
      CheckoutView paid = shop.pay(checkout, SinkShop.LIVE, "tok_approve");
      Payment payment = shop.gatehouse().payment(paid.checkout().paidBy().orElseThrow());
      shop.gatehouse().refund(Refund.of(payment.id(), "part", Money.parse("EUR 9.90")));
      shop.gatehouse()
          .cancelMembership(new CancelMembership(paid.membership().orElseThrow().id(), "moved"));
      shop.deliver();

      assertThat(ga4.events())
          .extracting(Ga4Emulator.Event::name)
          .containsExactly("payment_failed", "purchase", "refund", "member_left");
      assertThat(ga4.events().get(0).text("decline_code")).isEqualTo("INSUFFICIENT_FUNDS");
      assertThat(ga4.events().get(2).text("transaction_id")).isEqualTo(payment.id().value());
      assertThat(ga4.events().get(2).number("value")).isEqualByComparingTo("9.90");
      assertThat(ga4.events().get(3).text("item_id")).isEqualTo("gold");
      assertThat(ga4.events())
          .extracting(Ga4Emulator.Event::client)
          .containsOnly("1234567890.1700000000");
      assertThat(ga4.events().get(3).text("session_id")).as("not of that visit").isEmpty();
    }
  }

  @Test
  void prices_of_items_add_up_to_the_value_whatever_was_taken_off() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      List<Line> lines =
          List.of(
              Line.of("Mug", 3, Money.parse("EUR 1.00")),
              Line.of("山".repeat(150), 2, Money.parse("EUR 5.00")));
      CheckoutView checkout =
          shop.gatehouse()
              .startCheckout(
                  StartCheckout.forLines(ann, "order", lines)
                      .lessDiscount(Money.parse("EUR 1.01")));
      shop.pay(checkout, SinkShop.LIVE, "tok_approve");
      shop.deliver();

      Ga4Emulator.Event purchase = ga4.events().get(0);
      java.math.BigDecimal sum = java.math.BigDecimal.ZERO;
      for (JsonNode item : purchase.params().path("items")) {
        assertThat(item.path("item_name").asString()).hasSizeLessThanOrEqualTo(100);
        sum =
            sum.add(
                item.path("price").decimalValue().multiply(item.path("quantity").decimalValue()));
      }
      assertThat(sum).isEqualByComparingTo(purchase.number("value")).isEqualByComparingTo("11.99");
    }
  }

  @Test
  void tax_and_shipping_stand_beside_the_value_and_are_no_items() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      List<Line> lines =
          List.of(
              Line.shipping("Postage", Money.parse("EUR 4.00")),
              Line.of("Mug", 2, Money.parse("EUR 5.00")),
              Line.tax("VAT", Money.parse("EUR 1.90")));
      CheckoutView checkout =
          shop.gatehouse()
              .startCheckout(
                  StartCheckout.forLines(ann, "order", lines)
                      .lessDiscount(Money.parse("EUR 1.59")));
      shop.pay(checkout, SinkShop.LIVE, "tok_approve");
      shop.deliver();

      Ga4Emulator.Event purchase = ga4.events().get(0);
      assertThat(purchase.number("value")).isEqualByComparingTo("9.00");
      assertThat(purchase.number("tax")).isEqualByComparingTo("1.71");
      assertThat(purchase.number("shipping")).isEqualByComparingTo("3.60");
      assertThat(purchase.params().path("items")).hasSize(1);
      assertThat(purchase.params().at("/items/0/item_name").asString()).isEqualTo("Mug");
    }
  }

  @Test
  void who_refused_is_not_told_of_and_who_was_not_asked_only_if_that_is_enough() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      Attribution refused = Attribution.none().denying(Purpose.ANALYTICS);
      shop.pay(shop.start(ann, "order", refused), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      assertThat(ga4.requests()).isEmpty();
      shop.sell("bob");
      shop.deliver();
      assertThat(ga4.requests()).hasSize(1);
    }
    try (SinkShop shop = shop(Map.of("consent", "required"))) {
      shop.sell("carl");
      shop.deliver();
      assertThat(ga4.requests()).hasSize(1);
      shop.pay(
          shop.start(shop.register("dora", "D"), "order", VISIT), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      assertThat(ga4.requests()).hasSize(2);
    }
  }

  @Test
  void the_hashed_address_goes_along_if_wanted_and_nothing_of_who_was_erased() {
    try (SinkShop shop = shop(Map.of("personal-data", "hash"))) {
      shop.pay(
          shop.start(shop.register("ann", "Ann", "A.nn@Gmail.com"), "order"),
          SinkShop.LIVE,
          "tok_approve");
      shop.deliver();
      JsonNode request = ga4.events().get(0).request();
      assertThat(request.path("user_id").asString())
          .as("Google demands one, and not ours as it is")
          .isEqualTo(dev.gatehouse.sink.PersonalData.sha256("ann"));
      // The SHA-256 of ann@gmail.com.
      assertThat(request.path("user_data").path("sha256_email_address").path(0).asString())
          .isEqualTo(dev.gatehouse.sink.PersonalData.sha256("ann@gmail.com"))
          .hasSize(64);
      shop.sell("bob");
      shop.gatehouse().operations().erase(new EraseCustomer(new CustomerId("bob"), "op", "asked"));
      shop.deliver();
      assertThat(ga4.requests()).hasSize(1);
    }
  }

  @Test
  void what_is_too_old_for_its_time_is_told_without_one_or_dropped_as_set() {
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      clock.advance(Duration.ofHours(71));
      shop.deliver();
      assertThat(ga4.events().get(0).at()).isPresent();
      shop.sell("bob");
      clock.advance(Duration.ofHours(73));
      shop.deliver();
      assertThat(ga4.events().get(1).at()).isEmpty();
    }
    try (SinkShop shop = shop(Map.of("late-events", "drop"))) {
      CheckoutView paid = shop.sell("carl");
      clock.advance(Duration.ofHours(73));
      shop.deliver();
      assertThat(ga4.events()).hasSize(2);

      shop.gatehouse()
          .refund(Refund.of(paid.payments().get(0).id(), "back", Money.parse("EUR 9.90")));
      shop.deliver();
      assertThat(ga4.events()).as("its refund is told, as the page says").hasSize(3);
      assertThat(ga4.events().get(2).name()).isEqualTo("refund");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 408, 425, 429, 500, 502, 503, 504})
  void what_may_pass_is_tried_again_and_told_once(int status) {
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      ga4.refuseOnce(status(status));
      shop.deliver();
      assertThat(ga4.events()).isEmpty();
      shop.after(Duration.ofHours(1));

      assertThat(ga4.events()).hasSize(1);
      assertThat(ga4.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, answered 400",
    "401, setting 'api-secret'",
    "403, setting 'api-secret'",
    "404, answered 404",
    "410, answered 410",
    "413, answered 413"
  })
  void what_can_not_pass_is_parked_for_a_person_without_the_secret(int status, String reason) {
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      ga4.refuseOnce(status(status));
      shop.deliver();

      assertThat(shop.parked()).contains(reason).doesNotContain(SECRET);
      shop.after(Duration.ofDays(1));
      assertThat(ga4.requests()).hasSize(1);
      shop.gatehouse()
          .operations()
          .replay(new dev.gatehouse.command.ReplayParked("ga4", "op", "mended"));
      shop.deliver();
      assertThat(ga4.events()).hasSize(1);
    }
  }

  @Test
  void an_answer_in_parts_garbage_and_no_answer_are_survived() {
    try (SinkShop shop = shop(Map.of(), Duration.ofSeconds(1))) {
      shop.sell("ann");
      ga4.refuseOnce(status(207, "{\"garbage"));
      shop.deliver();
      assertThat(ga4.events()).isEmpty();
      ga4.beSilent(true);
      shop.after(Duration.ofHours(1));
      ga4.beSilent(false);
      shop.after(Duration.ofHours(1));
      assertThat(ga4.events()).hasSize(1);

      shop.sell("bob");
      ga4.answerOnce(status(200, "\u0000 no JSON at all"));
      shop.deliver();
      assertThat(ga4.events()).hasSize(2);
      shop.after(Duration.ofHours(1));
      assertThat(ga4.events()).as("taken the first time, and told again").hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 203})
  void the_page_of_somebody_else_is_no_answer_and_silence_is_one(int status) {
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      ga4.refuseOnce(status(status, "<html>Log in to this network</html>"));
      shop.deliver();
      assertThat(ga4.events()).isEmpty();
      shop.after(Duration.ofHours(1));
      assertThat(ga4.events()).hasSize(1);

      shop.sell("bob");
      ga4.answerOnce(status(status));
      shop.deliver();
      shop.after(Duration.ofHours(1));
      assertThat(ga4.requests()).as("bob's once").hasSize(3);
    }
  }

  @Test
  void a_service_that_asks_for_rest_gets_it_from_all_customers() {
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      shop.sell("bob");
      shop.sell("carl");
      ga4.refuseOnce(
          new HttpResponse(429, HttpHeaders.none().with("retry-after", "600"), new byte[0]));
      shop.deliver();
      shop.after(Duration.ofMinutes(9));
      assertThat(ga4.requests()).hasSize(1);

      shop.after(Duration.ofHours(2));
      assertThat(ga4.events()).hasSize(3);
    }
  }

  @Test
  void debug_reads_what_the_service_thinks_and_counts_nothing() {
    try (SinkShop shop = shop(Map.of("debug", "true"))) {
      shop.sell("ann");
      shop.deliver();
      assertThat(ga4.requests().get(0).uri().getPath()).isEqualTo("/debug/mp/collect");
      assertThat(ga4.events()).isEmpty();
      assertThat(shop.store().parked(Optional.empty(), 10)).isEmpty();

      shop.sell("bob");
      ga4.refuseOnce(
          status(
              200,
              "{\"validationMessages\":[{\"fieldPath\":\"events.params.items\","
                  + "\"description\":\"quotes ann@shop.example\",\"validationCode\":\"VALUE_INVALID\"}]}"));
      shop.deliver();
      assertThat(shop.parked())
          .isEqualTo("Google Analytics would drop it: VALUE_INVALID at events.params.items");
    }
  }

  @Test
  void what_the_service_would_drop_in_silence_is_parked_and_not_sent() {
    try (SinkShop shop = shop()) {
      List<Line> lines = new java.util.ArrayList<>();
      for (int i = 0; i < 201; i++) {
        lines.add(Line.of("Mug " + i, 1, Money.parse("EUR 1.00")));
      }
      CheckoutView checkout =
          shop.gatehouse()
              .startCheckout(StartCheckout.forLines(shop.register("ann", "A"), "order", lines));
      shop.gatehouse()
          .pay(
              Pay.sale(
                  checkout.id(),
                  "try",
                  SinkShop.LIVE,
                  new PaymentMethod.Token("card", "tok_approve")));
      shop.deliver();

      assertThat(shop.parked()).contains("more than 200 items");
      assertThat(ga4.requests()).isEmpty();
    }
  }

  @Test
  void a_day_of_silence_delays_no_checkout_and_is_caught_up_with_in_order() {
    int sold = 48;
    try (SinkShop shop = shop()) {
      ga4.refuseAll(Optional.of(status(503)));
      for (int i = 0; i < sold; i++) {
        Attribution visit = VISIT.client("1234567890.17000000" + (10 + i));
        CheckoutView checkout = shop.start(shop.register("c" + i, "C"), "order", visit);
        shop.pay(checkout, SinkShop.LIVE, "tok_decline_do_not_honor");
        assertThat(shop.pay(checkout, SinkShop.LIVE, "tok_approve").isCompleted()).isTrue();
        shop.after(Duration.ofMinutes(30));
      }
      assertThat(ga4.events()).isEmpty();
      assertThat(ga4.requests().size())
          .as("only the oldest of each customer is tried, ever more seldom")
          .isLessThan(sold * 24);

      ga4.refuseAll(Optional.empty());
      for (int i = 0; i < 48; i++) {
        shop.after(Duration.ofHours(1));
      }
      Map<String, List<String>> told =
          ga4.events().stream()
              .collect(groupingBy(Ga4Emulator.Event::client, mapping(e -> e.name(), toList())));
      assertThat(told).hasSize(sold);
      assertThat(told.values()).containsOnly(List.of("payment_failed", "purchase"));
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void settings_that_are_wrong_are_told_together_and_without_a_value() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                shop(
                    Map.of(
                        "measurement-id", "UA-1-1",
                        "api-secret", "canary secret with spaces",
                        "late-events", "maybe",
                        "churn-event", "ga_churn",
                        "failure-event", "9failed",
                        "personal-data", "keep",
                        "consent", "none")));

    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "measurement-id",
            "api-secret",
            "late-events",
            "churn-event",
            "failure-event",
            "personal-data",
            "consent");
    assertThat(refused.getMessage()).doesNotContain("canary");
  }
}
