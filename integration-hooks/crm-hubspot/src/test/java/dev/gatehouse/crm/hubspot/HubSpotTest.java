package dev.gatehouse.crm.hubspot;

import static dev.gatehouse.testkit.sink.EmulatedSink.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.ReplayParked;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HubSpot is told over HTTP, when, and how often. */
class HubSpotTest extends HubSpotPortal {
  @Test
  void a_customer_who_signs_up_becomes_a_contact_once_whose_id_is_kept() {
    try (SinkShop shop = shop(WITH_IDS)) {
      CustomerId ann = shop.register("ann", "Zoë 山田 😀");
      shop.deliver();
      shop.deliver();

      assertThat(calls("upsert")).isEqualTo(1);
      Map<String, String> contact = hubspot.contact("ann@shop.example").orElseThrow();
      assertThat(contact)
          .containsEntry("firstname", "Zoë 山田 😀")
          .containsEntry("lifecyclestage", "lead")
          .containsEntry("signup_date", "2026-03-01")
          .containsEntry("shop_id", "ann")
          .doesNotContainKeys("plan_name", "membership_status");
      assertThat(shop.gatehouse().customer(ann).metadata())
          .containsEntry("crm_contact_id", contact.get("hs_object_id"));
    }
  }

  @Test
  void a_member_has_plan_status_and_stage_and_is_known_by_the_contacts_id_whatever_its_address() {
    try (SinkShop shop = shop()) {
      CheckoutView paid = shop.sell("ann");
      shop.deliver();
      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("plan_name", "Gold")
          .containsEntry("plan_id", "gold")
          .containsEntry("membership_status", "active")
          .containsEntry("lifecyclestage", "customer");

      shop.gatehouse()
          .cancelMembership(new CancelMembership(paid.membership().orElseThrow().id(), "moved"));
      shop.deliver();
      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("membership_status", "cancelled")
          .containsEntry("lifecyclestage", "customer");
      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zoë.ünal@münchen.example",
        "用户@例子.example",
        "ИВАН@почта.example",
        "مريم@example.example",
        "o'neill+gold@shop.example",
        "İstanbul@shop.example"
      })
  void an_address_in_any_script_finds_its_contact_again(String email) {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann", email);
      shop.deliver();
      String id = shop.gatehouse().customer(ann).metadata().get("crm_contact_id");
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(hubspot.contact(email).orElseThrow())
          .containsEntry("hs_object_id", id)
          .containsEntry("membership_status", "active");
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void an_unpaid_a_pending_and_a_test_checkout_make_nobody_a_customer() {
    try (SinkShop shop = shop()) {
      shop.start(shop.register("unpaid", "U"), "order");
      shop.pay(shop.start(shop.register("pending", "P"), "order"), SinkShop.LIVE, "tok_pending");
      shop.pay(shop.start(shop.register("tester", "T"), "order"), SinkShop.TEST, "tok_approve");
      shop.deliver();

      assertThat(hubspot.size()).isEqualTo(3);
      for (String id : List.of("unpaid", "pending", "tester")) {
        assertThat(hubspot.contact(id + "@shop.example").orElseThrow())
            .containsEntry("lifecyclestage", "lead")
            .doesNotContainKeys("plan_name", "membership_status");
      }
    }
  }

  @Test
  void many_customers_are_written_in_few_calls() {
    try (SinkShop shop = shop()) {
      for (int i = 0; i < 250; i++) {
        shop.register("c" + i, "C");
      }
      shop.deliver();

      assertThat(hubspot.size()).isEqualTo(250);
      assertThat(writes()).hasSizeLessThan(12);
      assertThat(shop.gatehouse().customer(new CustomerId("c249")).metadata())
          .containsKey("crm_contact_id");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_bad_contact_is_parked_and_the_others_are_written(boolean wholeCallsAreRefused) {
    hubspot.refuse("c3@shop.example");
    hubspot.refuseWholeCalls(wholeCallsAreRefused);
    try (SinkShop shop = shop()) {
      IntStream.range(0, 8).forEach(i -> shop.register("c" + i, "C"));
      shop.deliver();

      assertThat(hubspot.size()).isEqualTo(7);
      assertThat(shop.parked()).contains("VALIDATION_ERROR").doesNotContain("@", TOKEN);
      assertThat(shop.gatehouse().customer(new CustomerId("c7")).metadata())
          .containsKey("crm_contact_id");
    }
  }

  @Test
  void a_contact_that_people_deleted_there_is_made_anew() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      String before = shop.gatehouse().customer(ann).metadata().get("crm_contact_id");
      hubspot.delete("ann@shop.example");
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(hubspot.contact("ann@shop.example").orElseThrow())
          .containsEntry("membership_status", "active");
      assertThat(shop.gatehouse().customer(ann).metadata().get("crm_contact_id"))
          .isNotEqualTo(before);
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void who_is_to_be_forgotten_is_deleted_there_and_then_here() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      String id = shop.gatehouse().customer(ann).metadata().get("crm_contact_id");
      hubspot.refuseOnce(status(503));
      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.deliver();
      assertThat(shop.gatehouse().customer(ann).metadata()).containsEntry("crm_contact_id", id);

      shop.after(Duration.ofHours(1));
      assertThat(hubspot.forgotten()).containsExactly(id);
      assertThat(hubspot.size()).isZero();
      assertThat(shop.gatehouse().customer(ann).metadata()).isEmpty();
      assertThat(shop.gatehouse().customer(ann).forgetting()).isEmpty();
    }
  }

  @Test
  void who_was_erased_before_the_crm_could_be_told_never_gets_there() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.deliver();

      assertThat(writes()).isEmpty();
      assertThat(shop.gatehouse().customer(ann).forgetting()).isEmpty();
    }
  }

  @Test
  void a_contact_whose_id_was_never_heard_is_left_to_a_person_when_it_is_to_be_forgotten() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      hubspot.answerOnce(status(502));
      shop.deliver();
      assertThat(hubspot.size()).isEqualTo(1);
      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.after(Duration.ofHours(1));

      assertThat(shop.parked()).contains("whose id it never told us").doesNotContain("@");
      shop.gatehouse().operations().replay(new ReplayParked("crm", "op", "looked, and deleted it"));
      shop.deliver();
      assertThat(shop.store().backlogs()).isEmpty();
      assertThat(shop.gatehouse().customer(ann).metadata()).isEmpty();
    }
  }

  @Test
  void an_id_that_is_learnt_while_the_customer_is_erased_is_kept_until_the_contact_is_deleted() {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      hubspot.meanwhile(
          () -> shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it")));
      shop.deliver();

      assertThat(hubspot.forgotten()).hasSize(1);
      assertThat(hubspot.size()).isZero();
      assertThat(shop.gatehouse().customer(ann).metadata()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 408, 425, 429, 500, 502, 503, 504})
  void what_may_pass_is_tried_again(int status) {
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      hubspot.refuseOnce(status(status));
      shop.deliver();
      assertThat(hubspot.size()).isZero();
      shop.after(Duration.ofHours(1));

      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(writes()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, answered 400: VALIDATION_ERROR",
    "401, setting 'access-token'",
    "403, setting 'access-token'",
    "404, answered 404",
    "410, answered 410",
    "413, answered 413",
    "422, answered 422"
  })
  void what_can_not_pass_is_parked_for_a_person_without_secrets(int status, String reason) {
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      hubspot.refuseOnce(
          status(status, "{\"category\":\"VALIDATION_ERROR\",\"message\":\"ann@shop.example\"}"));
      shop.deliver();

      assertThat(shop.parked()).contains(reason).doesNotContain(TOKEN, "@");
      shop.gatehouse().operations().replay(new ReplayParked("crm", "op", "mended"));
      shop.deliver();
      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|",
        "200|no JSON",
        "200|[]",
        "200|{\"results\":7}",
        "200|{\"results\":[{\"id\":\"<script>\",\"objectWriteTraceId\":\"0\"}]}",
        "207|{\"results\":[],\"errors\":[{\"category\":\"ann@shop.example\"}]}",
        "207|{\"errors\":[{\"category\":\"RATE_LIMITS\",\"context\":{\"objectWriteTraceId\":[\"0\"]}}]}"
      })
  void an_answer_that_says_nothing_of_the_contact_is_asked_for_again(int status, String body) {
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      hubspot.answerOnce(status(status, body == null ? "" : body));
      shop.deliver();
      assertThat(shop.gatehouse().customer(ann).metadata()).doesNotContainKey("crm_contact_id");
      shop.after(Duration.ofHours(1));

      assertThat(shop.gatehouse().customer(ann).metadata()).containsKey("crm_contact_id");
      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  @Test
  void no_answer_in_time_is_asked_for_again() {
    try (SinkShop shop = shop(Map.of(), Duration.ofSeconds(1))) {
      shop.register("ann", "Ann");
      hubspot.beSilent(true);
      shop.deliver();
      hubspot.beSilent(false);
      shop.after(Duration.ofHours(1));

      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  @Test
  void rest_that_is_asked_for_is_kept_for_all_customers() {
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      hubspot.refuseOnce(
          new HttpResponse(429, HttpHeaders.none().with("Retry-After", "600"), new byte[0]));
      shop.deliver();
      shop.register("bob", "Bob");
      shop.after(Duration.ofMinutes(9));
      assertThat(writes()).hasSize(1);

      shop.after(Duration.ofHours(1));
      shop.after(Duration.ofHours(1));
      assertThat(hubspot.size()).isEqualTo(2);
    }
  }

  @Test
  void a_day_of_silence_delays_no_checkout_and_is_caught_up_with_in_order() {
    int sold = 48;
    try (SinkShop shop = shop()) {
      hubspot.refuseAll(Optional.of(status(503)));
      for (int i = 0; i < sold; i++) {
        assertThat(shop.sell("c" + i).isCompleted()).isTrue();
        shop.after(Duration.ofMinutes(30));
      }
      assertThat(hubspot.size()).isZero();

      hubspot.refuseAll(Optional.empty());
      for (int i = 0; i < 48; i++) {
        shop.after(Duration.ofHours(1));
      }
      assertThat(hubspot.size()).isEqualTo(sold);
      assertThat(shop.store().backlogs()).isEmpty();
      for (int i = 0; i < sold; i++) {
        assertThat(hubspot.contact("c" + i + "@shop.example").orElseThrow())
            .as("told in order, so the last word is the last")
            .containsEntry("lifecyclestage", "customer")
            .containsEntry("membership_status", "active");
      }
    }
  }

  @Test
  void mappings_to_unknown_properties_and_stages_are_told_at_the_start_together() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                shop(
                    Map.of(
                        "property-plan", "no_such_property",
                        "property-status", "hs_score",
                        "lifecycle-customer", "emperor")));

    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder("property-plan", "property-status", "lifecycle-customer");
  }

  @Test
  void a_wrong_token_is_told_at_the_start_by_its_setting_and_without_it() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> shop(Map.of("access-token", "pat-wrong-canary")));

    assertThat(refused.problems()).extracting(Problem::field).containsExactly("access-token");
    assertThat(refused.getMessage()).contains("hook 'crm'").doesNotContain("canary");
  }

  @Test
  void settings_that_are_wrong_are_told_together() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                shop(
                    Map.of(
                        "access-token", "päß wörd",
                        "property-plan", "Plan Name!",
                        "property-status", "email",
                        "personal-data", "hash",
                        "consent", "none",
                        "lifecycle-sign-up", "not a stage")));

    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "access-token",
            "property-plan",
            "property-status",
            "personal-data",
            "consent",
            "lifecycle-sign-up");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 423, 429, 477, 503})
  void a_crm_that_is_down_at_the_start_keeps_nobody_from_starting(int status) {
    hubspot.refuseAll(Optional.of(status(status)));
    try (SinkShop shop = shop()) {
      hubspot.refuseAll(Optional.empty());
      shop.register("ann", "Ann");
      shop.after(Duration.ofSeconds(10));
      assertThat(hubspot.size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"404, <html>", "404,", "410,", "200, <html>", "200,", "204,", "200, {}"})
  void an_address_where_no_crm_is_is_told_at_the_start_by_its_setting(int status, String body) {
    hubspot.refuseAll(Optional.of(status(status, body == null ? "" : body)));
    ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, this::shop);

    assertThat(refused.problems()).extracting(Problem::field).containsExactly("base-url");
    assertThat(refused.getMessage()).contains("hook 'crm'").doesNotContain(TOKEN);
  }

  @Test
  void without_personal_data_the_address_is_all_that_it_is_told_of_the_person() {
    try (SinkShop shop = shop(Map.of("personal-data", "drop"))) {
      shop.register("ann", "Ann");
      shop.deliver();

      assertThat(hubspot.contact("ann@shop.example").orElseThrow()).doesNotContainKey("firstname");
    }
  }
}
