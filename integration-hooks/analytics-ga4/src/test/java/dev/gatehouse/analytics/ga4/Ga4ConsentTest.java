package dev.gatehouse.analytics.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.Refund;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.sink.SinkShop;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What Google Analytics is told of whoever refused something, and when. */
class Ga4ConsentTest extends Ga4Stream {
  private JsonNode told(SinkShop shop, String customer, Attribution visit) {
    int before = ga4.events().size();
    shop.pay(
        shop.start(shop.register(customer, "Ann"), "order", visit), SinkShop.LIVE, "tok_approve");
    shop.deliver();
    assertThat(ga4.events()).hasSize(before + 1);
    return ga4.events().get(before).request();
  }

  @Test
  void who_refused_that_user_data_is_used_has_none_sent() {
    try (SinkShop shop = shop(Map.of("personal-data", "hash"))) {
      JsonNode request =
          told(
              shop,
              "ann",
              Attribution.none().granting(Purpose.ANALYTICS).denying(Purpose.AD_USER_DATA));

      assertThat(request.path("consent").path("ad_user_data").asString()).isEqualTo("DENIED");
      assertThat(request.has("user_data")).as("the hashed address").isFalse();
    }
  }

  @Test
  void where_customers_must_agree_user_data_is_sent_of_those_who_agreed_to_that() {
    try (SinkShop shop = shop(Map.of("personal-data", "hash", "consent", "required"))) {
      Attribution agreed = Attribution.none().granting(Purpose.ANALYTICS);
      assertThat(told(shop, "ann", agreed).has("user_data")).isFalse();
      assertThat(told(shop, "bob", agreed.granting(Purpose.AD_USER_DATA)).has("user_data"))
          .isTrue();
    }
  }

  @Test
  void who_refuses_later_is_not_told_of_any_more_by_what_was_agreed_to_before() {
    try (SinkShop shop = shop(Map.of())) {
      CustomerId ann = shop.register("ann", "Ann");
      Attribution agreed = Attribution.none().granting(Purpose.ANALYTICS);
      CheckoutView paid = shop.pay(shop.start(ann, "one", agreed), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      assertThat(ga4.requests()).hasSize(1);

      shop.start(ann, "two", Attribution.none().denying(Purpose.ANALYTICS));
      shop.start(ann, "three", Attribution.none().client("not.asked"));
      shop.gatehouse()
          .refund(Refund.of(paid.payments().get(0).id(), "back", Money.parse("EUR 9.90")));
      shop.deliver();
      assertThat(ga4.requests()).hasSize(1);

      shop.start(ann, "four", agreed);
      shop.gatehouse()
          .refund(Refund.of(paid.payments().get(0).id(), "more", Money.parse("EUR 9.90")));
      shop.deliver();
      assertThat(ga4.requests()).as("agreed to again").hasSize(2);
    }
  }

  @Test
  void what_was_refused_in_a_visit_stays_refused_whatever_is_agreed_to_later() {
    try (SinkShop shop = shop(Map.of())) {
      CustomerId ann = shop.register("ann", "Ann");
      CheckoutView refused = shop.start(ann, "one", Attribution.none().denying(Purpose.ANALYTICS));
      shop.start(ann, "two", Attribution.none().granting(Purpose.ANALYTICS));
      shop.pay(refused, SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(ga4.requests()).isEmpty();
    }
  }

  /** A refund without its purchase would lower the revenue of others. */
  @ParameterizedTest
  @CsvSource({"unless-denied, true", "required, true", "required, false"})
  void a_refund_of_what_was_not_told_for_its_visit_is_not_told_whatever_is_agreed_to_later(
      String consent, boolean isAsked) {
    try (SinkShop shop = shop(Map.of("consent", consent))) {
      CustomerId ann = shop.register("ann", "Ann");
      Attribution visit = Attribution.none().client("1.2");
      CheckoutView paid =
          shop.pay(
              shop.start(ann, "one", isAsked ? visit.denying(Purpose.ANALYTICS) : visit),
              SinkShop.LIVE,
              "tok_approve");
      shop.deliver();
      shop.start(ann, "two", Attribution.none().granting(Purpose.ANALYTICS));
      shop.gatehouse()
          .refund(Refund.of(paid.payments().get(0).id(), "back", Money.parse("EUR 49.90")));
      shop.deliver();

      assertThat(ga4.requests()).isEmpty();
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void a_later_refusal_of_ad_user_data_is_told_and_takes_the_address_away() {
    try (SinkShop shop = shop(Map.of("personal-data", "hash"))) {
      CustomerId ann = shop.register("ann", "Ann");
      Attribution agreed = Attribution.none().granting(Purpose.ANALYTICS, Purpose.AD_USER_DATA);
      CheckoutView first = shop.start(ann, "one", agreed);
      shop.start(ann, "two", Attribution.none().denying(Purpose.AD_USER_DATA));
      shop.pay(first, SinkShop.LIVE, "tok_approve");
      shop.deliver();

      JsonNode request = ga4.events().get(0).request();
      assertThat(request.path("consent").path("ad_user_data").asString()).isEqualTo("DENIED");
      assertThat(request.has("user_data")).isFalse();
    }
  }
}
