package dev.gatehouse.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.sink.SinkShop;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What HubSpot is told of whoever refused something, and when. */
class HubSpotConsentTest extends HubSpotPortal {
  private static final Attribution AGREED = Attribution.none().granting(Purpose.AD_USER_DATA);
  private static final Attribution REFUSED = Attribution.none().denying(Purpose.AD_USER_DATA);
  private static final Map<String, String> REQUIRED =
      Map.of("consent", "required", "property-customer-id", "shop_id");

  private static CheckoutView buy(SinkShop shop, CustomerId customer, String key, Attribution in) {
    return shop.pay(shop.start(customer, key, in), SinkShop.LIVE, "tok_approve");
  }

  private static void leave(SinkShop shop, CheckoutView bought) {
    shop.gatehouse()
        .cancelMembership(new CancelMembership(bought.membership().orElseThrow().id(), "left"));
  }

  @Test
  void who_refused_never_gets_there() {
    try (SinkShop shop = shop()) {
      buy(shop, shop.register("ann", "Ann"), "order", REFUSED);
      shop.sell("bob");
      shop.deliver();

      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(contactOf("bob")).containsEntry("membership_status", "active");
      assertThat(metadata(shop, "ann")).doesNotContainKey("crm_contact_id");
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void where_customers_must_agree_a_contact_is_made_of_who_did_and_says_who_it_is() {
    try (SinkShop shop = shop(REQUIRED)) {
      CustomerId ann = shop.register("ann", "Ann");
      CustomerId bob = shop.register("bob", "Bob");
      shop.deliver();
      assertThat(writes()).as("nobody was asked yet").isEmpty();

      buy(shop, ann, "order", AGREED);
      buy(shop, bob, "order", Attribution.none().granting(Purpose.ANALYTICS));
      shop.sell("carl");
      shop.deliver();
      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(contactOf("ann"))
          .containsEntry("firstname", "Ann")
          .containsEntry("shop_id", "ann")
          .containsEntry("signup_date", "2026-03-01")
          .containsEntry("lifecyclestage", "customer")
          .containsEntry("membership_status", "active");
    }
  }

  @Test
  void who_refuses_later_is_not_told_of_any_more_until_that_is_taken_back() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      final CheckoutView gold = buy(shop, ann, "one", AGREED);
      shop.deliver();
      shop.start(ann, "two", REFUSED);
      shop.start(ann, "three", Attribution.none().client("not.asked"));
      leave(shop, gold);
      shop.deliver();
      assertThat(contactOf("ann")).as("as it was").containsEntry("membership_status", "active");

      leave(shop, buy(shop, ann, "four", AGREED));
      shop.deliver();
      assertThat(contactOf("ann")).containsEntry("membership_status", "cancelled");
    }
  }

  @Test
  void what_was_refused_in_a_visit_stays_refused_whatever_is_agreed_to_later() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      CheckoutView refused = shop.start(ann, "one", REFUSED);
      shop.start(ann, "two", AGREED);
      shop.pay(refused, SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(contactOf("ann"))
          .as("a sale that is not told of")
          .containsEntry("lifecyclestage", "lead");
    }
  }

  @Test
  void memberships_that_were_not_told_of_count_for_those_that_are() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      final CheckoutView gold = buy(shop, ann, "one", REFUSED);
      shop.deliver();
      CheckoutView platinum =
          shop.pay(
              shop.gatehouse()
                  .startCheckout(StartCheckout.forPlan(ann, "two", SinkShop.PLATINUM).in(AGREED)),
              SinkShop.LIVE,
              "tok_approve");
      shop.deliver();
      leave(shop, platinum);
      shop.deliver();
      assertThat(contactOf("ann")).as("gold goes on").containsEntry("membership_status", "active");

      leave(shop, gold);
      shop.deliver();
      assertThat(contactOf("ann")).containsEntry("membership_status", "cancelled");
    }
  }

  @Test
  void who_refused_is_forgotten_all_the_same() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      shop.start(ann, "order", REFUSED);
      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.deliver();

      assertThat(hubspot.forgotten()).hasSize(1);
      assertThat(hubspot.size()).isZero();
    }
  }
}
