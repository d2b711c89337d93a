package dev.gatehouse.crm.hubspot;

import static dev.gatehouse.testkit.sink.EmulatedSink.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.ReplayParked;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.sink.SinkShop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two customers with one e-mail address, who are one contact there. */
class HubSpotSharedTest extends HubSpotPortal {
  private static final String BOTH = "both@shop.example";

  private final CustomerId one = new CustomerId("one");
  private final CustomerId two = new CustomerId("two");

  private static void erase(SinkShop shop, CustomerId customer) {
    shop.gatehouse().operations().erase(new EraseCustomer(customer, "op", "asked for it"));
    shop.deliver();
  }

  private void registerBoth(SinkShop shop) {
    shop.register("one", "One", "Both@shop.example");
    shop.deliver();
    shop.register("two", "Two", "both@SHOP.example");
    shop.deliver();
  }

  private Map<String, String> contact() {
    return hubspot.contact(BOTH).orElseThrow();
  }

  @Test
  void they_are_one_contact_whose_last_word_counts() {
    try (SinkShop shop = shop()) {
      shop.register("one", "One", "Both@shop.example");
      shop.register("two", "Two", "both@SHOP.example");
      shop.deliver();
      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(shop.store().backlogs()).isEmpty();
      assertThat(metadata(shop, "one")).isEqualTo(metadata(shop, "two"));

      CheckoutView gold = shop.pay(shop.start(one, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      assertThat(contact()).containsEntry("membership_status", "active");
      shop.gatehouse()
          .cancelMembership(new CancelMembership(gold.membership().orElseThrow().id(), "left"));
      shop.deliver();
      assertThat(contact()).containsEntry("membership_status", "cancelled");
    }
  }

  @Test
  void where_our_ids_are_told_a_warning_names_both_and_neither_address_nor_name() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, UTF_8));
    try (SinkShop shop = shop(WITH_IDS)) {
      shop.register("other", "Other");
      registerBoth(shop);
      shop.pay(shop.start(two, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();
    } finally {
      System.setErr(before);
    }

    assertThat(said.toString(UTF_8))
        .containsOnlyOnce("customers one and two have one address, and are one contact")
        .doesNotContain("@", "other");
    assertThat(contact()).containsEntry("shop_id", "two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void where_our_ids_are_told_an_erasure_of_either_deletes_nothing_of_the_others_unseen(String id) {
    try (SinkShop shop = shop(WITH_IDS)) {
      registerBoth(shop);
      erase(shop, new CustomerId(id));

      assertThat(hubspot.forgotten()).isEmpty();
      assertThat(shop.parked()).contains("another customer's, too").doesNotContain("@");
      assertThat(shop.gatehouse().customer(new CustomerId(id)).metadata())
          .containsKey("crm_contact_id");

      shop.gatehouse().operations().replay(new ReplayParked("crm", "op", "looked, it may stay"));
      shop.deliver();
      assertThat(shop.store().backlogs()).isEmpty();
      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(shop.gatehouse().customer(new CustomerId(id)).metadata()).isEmpty();
    }
  }

  @Test
  void two_who_are_told_in_one_call_are_seen_too() {
    try (SinkShop shop = shop(WITH_IDS)) {
      shop.register("one", "One", BOTH);
      shop.register("two", "Two", BOTH);
      shop.deliver();
      erase(shop, one);
      erase(shop, two);

      assertThat(hubspot.forgotten()).isEmpty();
      assertThat(shop.store().parked(Optional.empty(), 10)).hasSize(2);
    }
  }

  @Test
  void who_shared_a_contact_that_a_person_deleted_gets_one_with_the_next_event() {
    try (SinkShop shop = shop(WITH_IDS)) {
      registerBoth(shop);
      erase(shop, one);
      hubspot.delete(BOTH);
      shop.gatehouse().operations().replay(new ReplayParked("crm", "op", "deleted it"));
      shop.pay(shop.start(two, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(contact())
          .containsEntry("shop_id", "two")
          .containsEntry("membership_status", "active");
      assertThat(hubspot.holds().toString()).doesNotContain("One");
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  /** The page: "The other's next event makes it anew." */
  @Test
  void without_our_ids_the_contact_is_deleted_and_the_others_next_event_makes_it_anew() {
    try (SinkShop shop = shop()) {
      registerBoth(shop);
      erase(shop, one);
      assertThat(hubspot.size()).isZero();
      shop.pay(shop.start(two, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();

      assertThat(contact()).containsEntry("membership_status", "active");
      assertThat(hubspot.holds().toString()).doesNotContain("One");
    }
  }

  @Test
  void who_is_alone_is_deleted_as_ever() {
    try (SinkShop shop = shop(WITH_IDS)) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      erase(shop, ann);

      assertThat(hubspot.forgotten()).hasSize(1);
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void a_contact_of_ours_that_is_gone_already_is_forgotten() {
    try (SinkShop shop = shop(WITH_IDS)) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.delete("ann@shop.example");
      erase(shop, ann);

      assertThat(shop.store().backlogs()).isEmpty();
      assertThat(shop.gatehouse().customer(ann).metadata()).isEmpty();
    }
  }

  @Test
  void a_refusal_to_say_whose_a_contact_is_keeps_nobody_out_and_deletes_nobody() {
    try (SinkShop shop = shop(WITH_IDS)) {
      CustomerId ann = shop.register("ann", "Ann");
      hubspot.refuseOnce(status(400));
      shop.deliver();
      assertThat(hubspot.size()).isEqualTo(1);

      hubspot.refuseOnce(status(400));
      erase(shop, ann);
      assertThat(hubspot.size()).isEqualTo(1);
      assertThat(shop.parked()).contains("answered 400");
      shop.gatehouse().operations().replay(new ReplayParked("crm", "op", "mended"));
      shop.deliver();
      assertThat(hubspot.forgotten()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void while_nobody_can_say_whose_a_contact_is_it_is_neither_told_nor_deleted(int status) {
    try (SinkShop shop = shop(WITH_IDS)) {
      CustomerId ann = shop.register("ann", "Ann");
      hubspot.refuseOnce(status(status));
      shop.deliver();
      assertThat(calls("upsert")).isZero();
      shop.after(Duration.ofHours(1));
      assertThat(hubspot.size()).isEqualTo(1);

      hubspot.refuseOnce(status(status));
      erase(shop, ann);
      assertThat(hubspot.size()).isEqualTo(1);
      shop.after(Duration.ofHours(1));
      assertThat(hubspot.forgotten()).hasSize(1);
    }
  }
}
