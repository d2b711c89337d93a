package dev.gatehouse.crm.hubspot;

import static dev.gatehouse.testkit.sink.EmulatedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of contacts when something goes wrong, here or there. */
class HubSpotTroubleTest extends HubSpotPortal {
  @Test
  void a_contact_that_was_made_anew_without_our_hearing_its_id_does_not_outlive_an_erasure() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.delete("ann@shop.example");
      hubspot.refuseOnce(status(404)); // the update: there is no such contact
      hubspot.answerOnce(status(502)); // the upsert: taken, and its answer is lost
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      assertThat(hubspot.size()).as("made anew").isEqualTo(1);

      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.after(Duration.ofHours(1));

      boolean aPersonIsAsked = !shop.store().parked(Optional.empty(), 10).isEmpty();
      assertThat(hubspot.size() == 0 || aPersonIsAsked)
          .as("forgotten there, or left to a person: " + hubspot.holds())
          .isTrue();
    }
  }

  @Test
  void a_contact_that_is_made_anew_is_told_who_it_is() {
    try (SinkShop shop = shop(WITH_IDS)) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.delete("ann@shop.example");
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("shop_id", "ann")
          .containsEntry("signup_date", "2026-03-01")
          .containsEntry("firstname", "Ann");
    }
  }

  @Test
  void a_contact_that_somebody_else_makes_at_the_same_moment_is_tried_again() {
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      hubspot.refuseOnce(status(409, "{\"category\":\"CONFLICT\"}"));
      shop.deliver();
      shop.after(Duration.ofHours(1));

      assertThat(shop.store().parked(Optional.empty(), 10)).isEmpty();
      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  /** HookEnvironment.timeLimit: "how long one call may take, everything included". */
  @Test
  void several_erasures_told_at_once_keep_the_time_limit_of_one_call() {
    try (SinkShop shop = shop(Map.of(), Duration.ofSeconds(1))) {
      List<CustomerId> all =
          IntStream.range(0, 6).mapToObj(i -> shop.register("c" + i, "C")).toList();
      shop.deliver();
      all.forEach(
          id -> shop.gatehouse().operations().erase(new EraseCustomer(id, "op", "asked for it")));
      hubspot.beSilent(true);
      long start = System.nanoTime();
      shop.deliver();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  /** The form in which batch reads name what is missing: by ids instead of traces. */
  @Test
  void a_missing_contact_that_is_named_by_its_id_is_made_anew() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      String id = shop.gatehouse().customer(ann).metadata().get("crm_contact_id");
      hubspot.delete("ann@shop.example");
      String missing =
          "{\"status\":\"COMPLETE\",\"results\":[],\"numErrors\":1,\"errors\":[{\"status\":\"error\","
              + "\"category\":\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":[\""
              + id
              + "\"]}}]}";
      hubspot.refuseOnce(status(207, missing));
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"results\":[]}", "{\"results\":[],\"errors\":[{\"category\":\"X\"}]}"})
  void a_contact_that_an_answer_does_not_name_among_those_that_are_there_is_made_anew(String body) {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.delete("ann@shop.example");
      hubspot.refuseOnce(status(207, body));
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}"})
  void an_answer_that_names_nobody_at_all_makes_nothing_anew(String body) {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.answerOnce(status(200, body));
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      shop.after(Duration.ofHours(1));

      assertThat(writes())
          .filteredOn(request -> request.uri().getPath().endsWith("/upsert"))
          .hasSize(1);
      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("membership_status", "active");
    }
  }

  /** The page: "the stage of who has paid". */
  @Test
  void a_free_checkout_makes_nobody_a_customer_who_has_paid() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.gatehouse()
          .completeFree(
              shop.gatehouse()
                  .startCheckout(StartCheckout.forPlan(ann, "order", SinkShop.FREE))
                  .id());
      shop.deliver();

      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("lifecyclestage", "lead");
    }
  }

  @Test
  void who_changed_plans_is_still_a_member_there() {
    try (SinkShop shop = shop()) {
      CheckoutView gold = shop.sell("ann");
      upgraded(shop);
      shop.gatehouse()
          .cancelMembership(new CancelMembership(gold.membership().orElseThrow().id(), "upgraded"));
      shop.deliver();

      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("plan_name", "Platinum")
          .containsEntry("membership_status", "active");
    }
  }

  @Test
  void who_has_several_memberships_leaves_with_the_last_of_them() {
    try (SinkShop shop = shop()) {
      CheckoutView gold = shop.sell("ann");
      CheckoutView upgraded = upgraded(shop);
      for (CheckoutView left : List.of(upgraded, gold)) {
        shop.deliver();
        assertThat(hubspot.contact("ann@shop.example").orElseThrow())
            .containsEntry("membership_status", "active");
        shop.gatehouse()
            .cancelMembership(new CancelMembership(left.membership().orElseThrow().id(), "left"));
      }
      shop.deliver();

      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("plan_name", "Gold")
          .containsEntry("membership_status", "cancelled");
    }
  }

  @Test
  void a_page_that_says_404_has_forgotten_nobody() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.refuseOnce(status(404, "<html>no such route</html>"));
      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.deliver();
      shop.after(Duration.ofHours(1));

      boolean aPersonIsAsked = !shop.store().parked(Optional.empty(), 10).isEmpty();
      assertThat(hubspot.size() == 0 || aPersonIsAsked).isTrue();
    }
  }

  private static CheckoutView upgraded(SinkShop shop) {
    return shop.pay(
        shop.gatehouse()
            .startCheckout(
                StartCheckout.forPlan(new CustomerId("ann"), "upgrade", SinkShop.PLATINUM)),
        SinkShop.LIVE,
        "tok_approve");
  }
}
