package dev.gatehouse.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That HubSpot's limits are kept, and that it is left alone for as long as it wants to be. */
class HubSpotLimitsTest extends HubSpotPortal {
  private static void register(SinkShop shop, int customers) {
    IntStream.range(0, customers).forEach(i -> shop.register("c" + i, "C"));
  }

  @Test
  void what_ten_seconds_do_not_take_is_told_in_the_next_ten() {
    hubspot.limit(3, 250_000, ZoneOffset.UTC);
    try (SinkShop shop = shop()) {
      register(shop, 400);
      int windows = 0;
      while (hubspot.size() < 400 && windows < 10) {
        shop.deliver();
        windows++;
        assertThat(hubspot.refusals())
            .as("asked in vain in %s windows", windows)
            .isLessThan(windows + 1);
        shop.after(Duration.ofSeconds(9));
        assertThat(hubspot.refusals()).isLessThan(windows + 1);
        clock.advance(Duration.ofSeconds(1));
      }

      assertThat(hubspot.size()).isEqualTo(400);
      assertThat(windows).isEqualTo(3);
      assertThat(shop.store().backlogs()).isEmpty();
    }
  }

  @Test
  void a_day_that_is_used_up_is_asked_about_each_hour_until_midnight_there() {
    hubspot.limit(100, 2, ZoneId.of("Asia/Kolkata"));
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      shop.deliver();
      shop.register("bob", "Bob");
      shop.register("carl", "Carl");
      for (int minute = 0; minute < 390; minute += 10) {
        shop.after(Duration.ofMinutes(10));
        assertThat(hubspot.size()).isEqualTo(1);
      }
      assertThat(hubspot.refusals()).isBetween(6, 7);

      shop.after(Duration.ofHours(1));
      assertThat(hubspot.size()).isEqualTo(3);
    }
  }

  @Test
  void a_lock_is_waited_for_by_all_customers() {
    try (SinkShop shop = shop()) {
      register(shop, 200);
      hubspot.lock();
      shop.deliver();
      assertThat(hubspot.refusals()).isEqualTo(1);

      shop.after(Duration.ofSeconds(5));
      assertThat(hubspot.size()).isEqualTo(200);
      assertThat(hubspot.refusals()).isEqualTo(1);
    }
  }

  /** It is asked once, and not 2 n - 1 times in halves. */
  @Test
  void a_portal_that_is_moved_is_left_alone_until_it_is_there() {
    try (SinkShop shop = shop()) {
      register(shop, 8);
      hubspot.move(Duration.ofHours(12));
      shop.deliver();
      shop.register("late", "Late");
      for (int hour = 0; hour < 11; hour++) {
        shop.after(Duration.ofHours(1));
      }
      assertThat(hubspot.refusals()).isEqualTo(1);

      shop.after(Duration.ofHours(1));
      assertThat(hubspot.size()).isEqualTo(9);
      assertThat(hubspot.refusals()).isEqualTo(1);
    }
  }

  @Test
  void a_portal_that_takes_nothing_at_the_start_keeps_nobody_from_starting_and_is_left_alone() {
    hubspot.move(Duration.ofHours(1));
    try (SinkShop shop = shop()) {
      shop.register("ann", "Ann");
      shop.after(Duration.ofMinutes(59));
      assertThat(hubspot.requests()).hasSize(1);

      shop.after(Duration.ofMinutes(1));
      assertThat(hubspot.size()).isEqualTo(1);
    }
  }
}
