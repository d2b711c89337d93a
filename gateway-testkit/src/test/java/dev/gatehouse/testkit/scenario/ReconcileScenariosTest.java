package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.Engine;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.engine.Reconciliation;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What changed at a provider is asked now and then, and goes on from where it was. */
class ReconcileScenariosTest {
  private static final GatewayInstanceId LISTING = new GatewayInstanceId("listing");
  private static final GatewayConfig CONFIG =
      new GatewayConfig(LISTING, "listing", Mode.TEST, Map.of());
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration EVERY = EnginePolicy.defaults().reconcileEvery();
  private static final Duration OVERLAP = EnginePolicy.defaults().reconcileOverlap();

  private final TestClock clock = TestClock.at(START.toString());
  private final InMemoryStore store = new InMemoryStore();
  private final ListingGateway provider = new ListingGateway();
  private final HttpTransport transport = HttpTransport.create(HttpOptions.defaults());
  private final Engine engine = node();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void it_begins_a_little_before_the_first_start_and_goes_on_from_what_was_listed() {
    provider.lists(START.minusSeconds(5));
    assertThat(engine.reconcileDue(LISTING)).isEqualTo(1);
    clock.advance(EVERY);
    provider.lists(START.plusSeconds(600));
    engine.reconcileDue(LISTING);
    clock.advance(EVERY);
    engine.reconcileDue(LISTING);

    assertThat(provider.asked)
        .containsExactly(
            START.minus(OVERLAP), START.minus(OVERLAP), START.plusSeconds(600).minus(OVERLAP));
  }

  @Test
  void it_asks_when_it_is_time_and_not_before() {
    provider.lists(START);
    engine.reconcileDue(LISTING);

    clock.advance(EVERY.minusMillis(1));
    assertThat(engine.reconcileDue(LISTING)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(engine.reconcileDue(LISTING)).isEqualTo(1);
  }

  @Test
  void after_a_restart_it_goes_on_where_it_was_and_takes_in_what_happened_meanwhile() {
    provider.lists(START);
    engine.reconcileDue(LISTING);
    clock.advance(Duration.ofDays(2));
    provider.lists(clock.instant(), "ch_1", "ch_2");

    node().reconcileDue(LISTING);

    assertThat(provider.asked).last().isEqualTo(START.minus(OVERLAP));
    assertThat(isKnown("ch_1") && isKnown("ch_2")).isTrue();
  }

  @Test
  void of_several_nodes_one_asks() {
    provider.lists(START);
    Engine other = node();

    assertThat(engine.reconcileDue(LISTING) + other.reconcileDue(LISTING)).isEqualTo(1);
    clock.advance(EVERY);
    assertThat(other.reconcileDue(LISTING) + engine.reconcileDue(LISTING)).isEqualTo(1);
  }

  @Test
  void a_slow_node_that_was_overtaken_takes_nothing_back() {
    Engine other = node();
    provider.list =
        since -> {
          provider.lists(START.plus(EVERY));
          clock.advance(EVERY);
          other.reconcileDue(LISTING);
          return new Changes.Listed(List.of(), since, START);
        };

    engine.reconcileDue(LISTING);

    assertThat(cursor().upTo()).isEqualTo(START.plus(EVERY));
    assertThat(cursor().nextAt()).isEqualTo(START.plus(EVERY).plus(EVERY));
  }

  @Test
  void one_payment_that_can_not_be_looked_up_holds_up_neither_the_others_nor_the_cursor() {
    clock.advance(EVERY);
    provider.lists(clock.instant(), "ch_1", "ch_2", "ch_3", "ch_4");
    provider.unclear.add("ch_1");
    provider.broken.add("ch_3");

    engine.reconcileDue(LISTING);

    assertThat(isKnown("ch_2") && isKnown("ch_4")).isTrue();
    assertThat(isKnown("ch_1") || isKnown("ch_3")).isFalse();
    assertThat(cursor().upTo()).isEqualTo(clock.instant());

    provider.unclear.clear();
    provider.broken.clear();
    work(Duration.ofMinutes(1));
    assertThat(isKnown("ch_1") && isKnown("ch_3")).as("they were looked up later").isTrue();
  }

  @Test
  void a_payment_that_is_listed_unclear_again_and_again_waits_once_and_is_found_at_last() {
    provider.unclear.add("ch_1");
    for (int round = 0; round < 50; round++) {
      provider.lists(clock.instant(), "ch_1");
      engine.reconcileDue(LISTING);
      clock.advance(EVERY);
    }
    assertThat(store.due(clock.instant(), 100)).hasSize(1);

    provider.unclear.clear();
    work(Duration.ofMinutes(1));
    assertThat(isKnown("ch_1")).isTrue();
    assertThat(store.due(Instant.MAX, 100)).isEmpty();

    provider.unclear.add("ch_1");
    engine.reconcile(LISTING, START);
    assertThat(store.due(Instant.MAX, 100)).as("what changed again waits again").hasSize(1);
  }

  @Test
  void a_change_of_nothing_holds_up_no_other() {
    PaymentHint nothing = new PaymentHint(Optional.empty(), Set.of());
    PaymentHint one = new PaymentHint(Optional.empty(), Set.of(new ProviderId("charge", "ch_1")));
    provider.list = since -> new Changes.Listed(List.of(nothing, one), since, START.plusSeconds(1));

    Reconciliation done = engine.reconcile(LISTING, START);

    assertThat(done)
        .isEqualTo(new Reconciliation(1, 1, START, START.plusSeconds(1), Optional.empty()));
    assertThat(isKnown("ch_1")).isTrue();
  }

  @Test
  void a_provider_that_is_down_is_asked_again_from_the_same_time() {
    for (int round = 0; round < 3; round++) {
      assertThat(engine.reconcileDue(LISTING)).isEqualTo(1);
      clock.advance(EVERY);
    }

    assertThat(provider.asked).hasSize(3).containsOnly(START.minus(OVERLAP));
  }

  /** Else it would be asked for ever for what it has forgotten. */
  @Test
  void a_list_that_does_not_reach_back_far_enough_is_said_aloud_and_gone_on_from() {
    Instant kept = START.minus(Duration.ofMinutes(1));
    provider.list = since -> new Changes.Listed(List.of(), kept, START);

    Reconciliation done = engine.reconcile(LISTING, START.minus(Duration.ofDays(90)));
    engine.reconcileDue(LISTING);

    assertThat(done.from()).isEqualTo(kept);
    assertThat(cursor().upTo()).isEqualTo(START);
  }

  @Test
  void a_list_that_claims_to_reach_into_the_future_leaves_no_gap() {
    provider.lists(Instant.MAX);
    engine.reconcileDue(LISTING);

    assertThat(cursor().upTo()).isEqualTo(START);
  }

  /** Going on from there would be a time before all times. */
  @Test
  void a_list_that_claims_to_end_before_it_began_covered_nothing() {
    provider.lists(Instant.MIN);
    engine.reconcileDue(LISTING);
    clock.advance(EVERY);

    assertThat(engine.reconcileDue(LISTING)).isEqualTo(1);

    assertThat(provider.asked).containsOnly(START.minus(OVERLAP)).hasSize(2);
  }

  /** Two instances on one account list each other's payments, for ever. */
  @Test
  void a_payment_of_another_instance_is_neither_taken_in_nor_looked_up_again() {
    try (Shop shop = new Shop()) {
      shop.with(provider, CONFIG);
      Payment ours = shop.payment(shop.paid10());
      provider.references.put("ch_1", ours.id().value());
      provider.lists(START, "ch_1");

      Reconciliation done = shop.house().reconcile(LISTING, START);

      assertThat(done).isEqualTo(new Reconciliation(0, 0, START, START, Optional.empty()));
      assertThat(shop.payments()).containsExactly(ours);
      assertThat(shop.store.due(Instant.MAX, 100)).isEmpty();
    }
  }

  @Test
  void f29_a_clock_that_was_ahead_leaves_no_gap() {
    clock.advance(Duration.ofDays(1));
    provider.lists(clock.instant());
    engine.reconcileDue(LISTING);
    clock.set(START);
    clock.advance(EVERY);
    store.save(cursor().askingAt(clock.instant()));

    engine.reconcileDue(LISTING);

    assertThat(provider.asked).last().isEqualTo(clock.instant().minus(OVERLAP));
  }

  @Test
  void a_gateway_that_lists_nothing_is_refused() {
    try (Shop shop = new Shop()) {
      assertThatThrownBy(() -> shop.house().reconcile(Shop.BANK, START))
          .isInstanceOf(UnsupportedCapabilityException.class);
    }
  }

  @Test
  void start_asks_every_gateway_that_lists_changes_and_not_after_the_close() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    provider.list =
        since -> {
          asked.countDown();
          return new Changes.Listed(List.of(), since, START);
        };
    try (Shop shop = new Shop()) {
      shop.with(provider, CONFIG);
      Gatehouse house = shop.house();

      assertThat(house.start()).isSameAs(house);

      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      house.close();
      assertThat(shop.store.cursor(LISTING)).isPresent();
      assertThat(shop.store.cursor(Shop.BANK)).as("it lists no changes").isEmpty();
      assertThatThrownBy(house::start).isInstanceOf(InvalidStateException.class);
    }
  }

  private Cursor cursor() {
    return store.cursor(LISTING).orElseThrow();
  }

  private boolean isKnown(String charge) {
    return store.paymentByProviderId(LISTING, new ProviderId("charge", charge)).isPresent();
  }

  private void work(Duration time) {
    for (int step = 0; step < 60; step++) {
      clock.advance(time.dividedBy(60));
      engine.wakeDue();
    }
  }

  @Test
  void notices_that_were_handled_are_forgotten_after_their_time_and_no_sooner() {
    InboxItem kept =
        new InboxItem(
            LISTING,
            "evt_1",
            0,
            "paid",
            new PaymentHint(Optional.empty(), Set.of(new ProviderId("charge", "ch_1"))),
            START,
            0,
            Optional.empty());
    InboxItem waiting =
        new InboxItem(LISTING, "evt_2", 0, "paid", kept.hint(), START, 0, Optional.of(Instant.MAX));
    store.commit(Commit.builder().save(kept).save(waiting).build());
    Duration remembered = EnginePolicy.defaults().noticesKept();

    clock.advance(remembered);
    assertThat(engine.tidyDue()).isZero();
    clock.advance(Duration.ofMinutes(59));
    assertThat(engine.tidyDue()).as("it looks once an hour").isZero();
    clock.advance(Duration.ofMinutes(1));
    assertThat(engine.tidyDue()).isEqualTo(1);

    assertThat(store.inboxItem(LISTING, "evt_1")).isEmpty();
    assertThat(store.inboxItem(LISTING, "evt_2")).isPresent();
    clock.advance(Duration.ofHours(-10));
    assertThat(engine.tidyDue()).as("a clock that was put back stops nothing").isZero();
  }

  private Engine node() {
    Gateways gateways =
        Gateways.open(
            GatewayCatalog.of(provider), List.of(CONFIG), transport, clock, Duration.ofSeconds(30));
    return new Engine(
        store, gateways, List.of(), EnginePolicy.defaults(), clock, () -> "00000000000000000000");
  }
}
