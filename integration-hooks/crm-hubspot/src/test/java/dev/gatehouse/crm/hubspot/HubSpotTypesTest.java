package dev.gatehouse.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.sink.SinkShop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties that are no text: which are refused at the start, and what the others take. */
class HubSpotTypesTest extends HubSpotPortal {
  @Test
  void mappings_to_properties_of_other_types_are_told_at_the_start_together() {
    hubspot.property("plan_name", "number");
    hubspot.property("plan_id", "date");
    hubspot.property("membership_status", "enumeration", "active", "lapsed");
    hubspot.property("signup_date", "datetime");
    hubspot.property("shop_id", "number");
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> shop(WITH_IDS));

    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "property-plan",
            "property-plan-id",
            "property-status",
            "property-signup-date",
            "property-customer-id");
    assertThat(refused)
        .hasMessageContaining("type date or string")
        .hasMessageContaining("type enumeration or string")
        .hasMessageContaining("options [active, cancelled]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bool", "number", "date", "datetime"})
  void a_status_is_no_yes_or_no_number_or_day(String type) {
    hubspot.property("membership_status", type);
    ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, this::shop);

    assertThat(refused.problems()).extracting(Problem::field).containsExactly("property-status");
  }

  @Test
  void days_and_options_are_told_as_their_types_want_them() {
    hubspot.property("signup_date", "date");
    hubspot.property("plan_id", "enumeration", "gold");
    hubspot.property("membership_status", "enumeration", "active", "cancelled", "lapsed");
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      shop.deliver();

      assertThat(contactOf("ann"))
          .containsEntry("signup_date", "2026-03-01")
          .containsEntry("plan_id", "gold")
          .containsEntry("membership_status", "active");
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_plan_that_is_none_of_the_options_is_parked_and_nobody_else_waits(boolean asAWhole) {
    hubspot.property("plan_name", "enumeration", "Gold");
    hubspot.refuseWholeCalls(asAWhole);
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.pay(
          shop.gatehouse().startCheckout(StartCheckout.forPlan(ann, "order", SinkShop.PLATINUM)),
          SinkShop.LIVE,
          "tok_approve");
      shop.sell("bob");
      shop.deliver();

      assertThat(shop.parked()).contains("VALIDATION_ERROR (INVALID_OPTION)").doesNotContain("@");
      assertThat(contactOf("bob")).containsEntry("plan_name", "Gold");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "number, VALIDATION_ERROR (INVALID_INTEGER)",
    "enumeration, VALIDATION_ERROR (INVALID_OPTION)",
    "bool, VALIDATION_ERROR (INVALID_OPTION)",
    "datetime, VALIDATION_ERROR (INVALID_LONG)"
  })
  void a_type_that_is_changed_later_parks_with_its_reason(String type, String reason) {
    try (SinkShop shop = shop()) {
      hubspot.property("signup_date", type);
      shop.register("ann", "Ann");
      shop.deliver();

      assertThat(shop.parked()).contains(reason).doesNotContain("@", "2026");
    }
  }

  /** https://developers.hubspot.com: the lifecycle stage is not designed to move backwards. */
  @Test
  void who_is_a_customer_there_already_stays_one_by_signing_up() {
    try (SinkShop shop = shop()) {
      shop.sell("ann");
      shop.deliver();
      shop.register("ann2", "Ann", "ann@shop.example");
      shop.deliver();

      assertThat(contactOf("ann")).containsEntry("lifecyclestage", "customer");
    }
  }
}
