package dev.gatehouse.crm.hubspot;

import static dev.gatehouse.testkit.sink.EmulatedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the ids of contacts are kept, whatever digits they are. */
class HubSpotIdsTest extends HubSpotPortal {
  /** One in ten ids of 13 to 19 digits passes the check for card numbers, as these do. */
  @ParameterizedTest
  @CsvSource({
    "112233445566, 112233445566",
    "2223000048400, 2223000048400",
    "4222222222222, contact:4222222222222",
    "30569309025904, contact:30569309025904",
    "4111111111111111, contact:4111111111111111",
    "6304000000000000000, contact:6304000000000000000"
  })
  void an_id_is_kept_also_if_it_could_be_a_card_number(long id, String kept) {
    hubspot.nextId(id);
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      assertThat(metadata(shop, "ann")).containsEntry("crm_contact_id", kept);

      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      assertThat(contactOf("ann"))
          .containsEntry("hs_object_id", String.valueOf(id))
          .containsEntry("membership_status", "active");
      assertThat(writes())
          .filteredOn(request -> request.uri().getPath().endsWith("/upsert"))
          .as("known by its id from then on")
          .hasSize(1);

      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.deliver();
      assertThat(hubspot.forgotten()).containsExactly(String.valueOf(id));
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void one_that_is_made_anew_out_of_our_sight_is_still_left_to_a_person() {
    hubspot.nextId(30569309025904L);
    try (SinkShop shop = shop()) {
      CustomerId ann = shop.register("ann", "Ann");
      shop.deliver();
      hubspot.delete("ann@shop.example");
      hubspot.refuseOnce(status(404)); // the update: there is no such contact
      hubspot.answerOnce(status(502)); // the upsert: taken, and its answer is lost
      shop.pay(shop.start(ann, "order"), SinkShop.LIVE, "tok_approve");
      shop.deliver();
      shop.gatehouse().operations().erase(new EraseCustomer(ann, "op", "asked for it"));
      shop.after(Duration.ofHours(1));

      assertThat(hubspot.size() == 0 || shop.parked().contains("never told us")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_customer_of_whom_no_more_can_be_kept_is_parked_and_nobody_else_waits(boolean isUnsure) {
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      shop.register("bob", "Bob");
      Customer full = shop.store().customer(new CustomerId("ann")).orElseThrow();
      for (int i = 0; i < 50; i++) {
        full = full.with("key-" + i, "value");
      }
      shop.store().commit(Commit.builder().save(full).build());
      if (isUnsure) {
        hubspot.answerOnce(status(502));
      }
      shop.deliver();
      shop.after(Duration.ofMinutes(1));

      assertThat(shop.parked()).contains("metadata.too-many").doesNotContain("@");
      assertThat(metadata(shop, "bob")).containsKey("crm_contact_id");
    }
  }
}
