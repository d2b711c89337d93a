package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.DropDeliveries;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.operations.HookBacklog;
import dev.gatehouse.operations.Page;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What reaches hooks, when and how often: numbers 24–28. */
public abstract class HookScenarios extends StoreScenario {
  private static final DropDeliveries DROP = new DropDeliveries("crm", "Olga", "the CRM is gone");

  protected HookScenarios(SimulatedStore.Factory place) {
    super(place);
  }

  @Test
  void f24_after_a_crash_between_commit_and_hook_the_event_is_delivered_after_the_restart() {
    Told hook = new Told("crm");
    shop.with(hook);
    CheckoutView checkout = shop.paid10();
    assertThat(hook.events).isEmpty();

    shop.restart().work();

    assertThat(shop.view(checkout)).isCompleted();
    assertThatEvents(hook.events)
        .comeInOrder(PaymentCaptured.class, CheckoutCompleted.class)
        .haveDistinctIds();
  }

  @Test
  void f25_after_a_crash_before_the_acknowledgement_the_event_comes_again_with_the_same_id() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          if (hook.events.size() == 1) {
            throw shop.process.dies();
          }
          return HookResult.delivered();
        };
    shop.with(hook);
    shop.paid10();
    assertThatThrownBy(shop::work).isInstanceOf(Crash.class);
    shop.restart().work();
    assertThat(hook.events).as("the claim of the dead process holds").hasSize(1);

    shop.clock.advance(EnginePolicy.defaults().hookGrace());
    shop.work();

    assertThat(hook.ids().get(0)).isEqualTo(hook.ids().get(1));
    assertThatEvents(hook.events.subList(1, hook.events.size()))
        .haveDistinctIds()
        .comeInOrder(PaymentCaptured.class, CheckoutCompleted.class);
  }

  @Test
  void f26_a_poison_event_is_parked_and_only_its_own_subject_and_hook_wait() {
    Told poisoned = new Told("poisoned");
    poisoned.answer =
        (event, context) ->
            event instanceof PaymentCaptured && isAbout(event, Shop.ANN)
                ? new HookResult.Park("can't be read")
                : HookResult.delivered();
    Told well = new Told("well");
    shop.with(poisoned).with(well);
    shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE);
    shop.pay(shop.startGold(Shop.BOB), TestToken.APPROVE);

    shop.work().pass(Duration.ofDays(2), 20);

    assertThatEvents(well.events).contains(2, CheckoutCompleted.class);
    assertThatEvents(poisoned.about(Shop.BOB)).containsOnce(CheckoutCompleted.class);
    assertThatEvents(poisoned.about(Shop.ANN))
        .containsNo(CheckoutCompleted.class)
        .containsOnce(PaymentCaptured.class);
    assertThat(shop.house().operations().parked(Page.first()))
        .singleElement()
        .satisfies(
            parked -> {
              assertThat(parked.hook()).isEqualTo("poisoned");
              assertThat(parked.parked()).contains("can't be read");
            });
  }

  @Test
  void f26_a_parked_event_is_replayed_and_then_the_rest_follows_in_order() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) ->
            event instanceof PaymentCaptured ? new HookResult.Park("no") : HookResult.delivered();
    shop.with(hook);
    shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE);
    shop.work();
    Delivery parked = shop.house().operations().parked(Page.first()).get(0);
    hook.answer = (event, context) -> HookResult.delivered();
    hook.events.clear();

    shop.replay("crm", parked.event().header().id());
    shop.work();

    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
    assertThatEvents(hook.events)
        .areExactly(PaymentCaptured.class, CheckoutCompleted.class, MembershipStatusChanged.class);
  }

  @Test
  void f26_an_event_that_was_delivered_can_be_replayed_and_an_unknown_one_is_not_found() {
    Told hook = new Told("crm");
    shop.with(hook);
    shop.paid10();
    shop.work();
    String id = hook.ids().get(0);

    shop.replay("crm", id);
    shop.work();

    assertThat(hook.ids()).filteredOn(id::equals).hasSize(2);
    assertThatThrownBy(() -> shop.replay("crm", "nothing/such"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void replaying_for_a_hook_that_does_not_exist_is_refused() {
    shop.with(new Told("crm"));
    shop.paid10();
    shop.work();
    String id = shop.events().get(shop.events().size() - 1).header().id();

    assertThatThrownBy(() -> shop.replay("cmr", id)).isInstanceOf(NotFoundException.class);
  }

  /** Nobody would see it otherwise: it is not parked. */
  @Test
  void what_waits_for_a_hook_that_was_taken_out_is_seen_and_taken_up_once_it_is_back() {
    Told hook = new Told("crm");
    shop.with(hook);
    Instant paidAt = shop.clock.instant();
    shop.paid10();

    try (Gatehouse without = withoutHooks()) {
      shop.clock.advance(Duration.ofDays(30));
      without.runDueWork();
      assertThat(without.operations().parked(Page.first())).isEmpty();
      assertThat(without.operations().backlogs())
          .containsExactly(new HookBacklog("crm", 2, 0, paidAt, false));
    }
    assertThat(shop.house().operations().backlogs())
        .containsExactly(new HookBacklog("crm", 2, 0, paidAt, true));
    shop.work();

    assertThatEvents(hook.events).comeInOrder(PaymentCaptured.class, CheckoutCompleted.class);
    assertThat(shop.store.backlogs()).isEmpty();
  }

  @Test
  void what_waits_for_a_hook_that_is_gone_for_good_can_be_dropped() {
    Told hook = new Told("crm");
    shop.with(hook);
    shop.paid10();
    assertThatThrownBy(() -> shop.house().operations().drop(DROP))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("is here");

    try (Gatehouse without = withoutHooks()) {
      assertThat(without.operations().drop(DROP)).isEqualTo(2);
      assertThat(without.operations().backlogs()).isEmpty();
      assertThatThrownBy(() -> without.operations().drop(DROP))
          .isInstanceOf(NotFoundException.class);
    }
    shop.work();

    assertThat(hook.events).isEmpty();
    assertThat(shop.house().timeline(Shop.ANN)).hasSize(3);
  }

  private Gatehouse withoutHooks() {
    return Gatehouse.builder()
        .store(shop.store)
        .catalog(GatewayCatalog.of())
        .clock(shop.clock)
        .build();
  }

  @Test
  void a_hook_that_fails_is_called_again_later_and_later() {
    Told hook = new Told("crm");
    List<Instant> times = new ArrayList<>();
    hook.answer =
        (event, context) -> {
          times.add(shop.clock.instant());
          assertThat(context.attempt()).isEqualTo(times.size());
          if (times.size() < 4) {
            throw new IllegalStateException("the sink is down");
          }
          return HookResult.delivered();
        };
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

    shop.work().pass(Duration.ofMinutes(2), 120);

    assertThat(times).hasSize(4);
    assertThat(Duration.between(times.get(0), times.get(1))).isEqualTo(Duration.ofSeconds(5));
    assertThat(Duration.between(times.get(1), times.get(2))).isEqualTo(Duration.ofSeconds(10));
    assertThat(Duration.between(times.get(2), times.get(3))).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void a_hook_may_ask_for_a_longer_wait_and_is_given_it() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) ->
            new HookResult.Retry(Optional.of(Duration.ofHours(1)), "the sink is busy");
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

    shop.work().pass(Duration.ofMinutes(59), 59);

    assertThat(hook.events).hasSize(1);
    shop.pass(Duration.ofMinutes(1), 1);
    assertThat(hook.events).hasSize(2);
  }

  @Test
  void a_hook_that_asks_for_an_eternity_is_called_again_after_a_week() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) ->
            new HookResult.Retry(
                Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), "the sink has lost its clock");
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

    shop.work().pass(Duration.ofDays(7).minusMinutes(1), 10);

    assertThat(hook.events).hasSize(1);
    shop.pass(Duration.ofMinutes(1), 1);
    assertThat(hook.events).hasSize(2);
  }

  @Test
  void a_hook_that_fails_for_three_days_has_its_event_parked() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          throw new IllegalStateException("always");
        };
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

    shop.work().pass(Duration.ofDays(3).minusMinutes(1), 1_000);
    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
    shop.pass(Duration.ofHours(2), 20);

    assertThat(shop.house().operations().parked(Page.first())).hasSize(1);
    int calls = hook.events.size();
    assertThat(calls).as("once an hour, and more often at first").isBetween(75, 90);
    shop.pass(Duration.ofDays(20), 100);
    assertThat(hook.events).hasSize(calls);
  }

  @Test
  void an_event_that_is_old_when_it_is_first_offered_is_not_parked_at_its_first_failure() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) ->
            hook.events.size() == 1
                ? new HookResult.Retry(Optional.empty(), "just starting")
                : HookResult.delivered();
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());
    shop.clock.advance(Duration.ofDays(30));

    shop.work().pass(Duration.ofMinutes(1), 60);

    assertThat(hook.events).hasSize(2);
    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
  }

  @Test
  void f27_a_sink_that_is_down_for_a_day_catches_up_by_itself_and_in_order() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> new HookResult.Retry(Optional.empty(), "the sink is down for a day");
    shop.with(hook);
    for (int i = 0; i < 3; i++) {
      assertThat(shop.paid10()).isCompleted();
      shop.pass(Duration.ofHours(8), 300);
    }
    hook.answer = (event, context) -> HookResult.delivered();
    hook.events.clear();

    shop.pass(Duration.ofHours(1), 60);

    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
    assertThat(hook.ids())
        .isEqualTo(
            shop.house().timeline(Shop.ANN).stream()
                .filter(event -> !(event instanceof CustomerCreated))
                .map(event -> event.header().id())
                .toList());
  }

  @Test
  void f27_what_waits_for_a_sink_waits_in_the_store_and_few_are_in_hand() {
    int customers = 150;
    int each = 4;
    Told hook = new Told("crm");
    hook.answer = (event, context) -> new HookResult.Retry(Optional.empty(), "the sink is down");
    InHand inHand = new InHand(shop.store);
    Gatehouse house =
        Gatehouse.builder()
            .store(inHand.counted())
            .catalog(GatewayCatalog.of())
            .hook(hook)
            .clock(shop.clock)
            .build();
    Commit.Builder sold = Commit.builder();
    for (int i = 0; i < customers * each; i++) {
      sold.raise(waiting("c" + i % customers, i / customers), Set.of("crm"));
    }
    shop.store.commit(sold.build());
    for (int hour = 0; hour < 24; hour++) {
      workOff(house);
      shop.clock.advance(Duration.ofHours(1));
    }
    assertThat(shop.store.backlogs().get(0).waiting()).isEqualTo(customers * each);
    hook.answer = (event, context) -> HookResult.delivered();
    hook.events.clear();

    workOff(house);

    assertThat(inHand.mostClaimed()).as("claimed and not answered for").isBetween(1, 64);
    assertThat(inHand.mostAtOnce()).as("handed out by one call").isBetween(1, 64);
    assertThat(hook.events).hasSize(customers * each);
    Map<String, List<String>> told =
        hook.events.stream()
            .collect(
                groupingBy(e -> e.header().subject(), mapping(e -> e.header().id(), toList())));
    assertThat(told).hasSize(customers);
    assertThat(told)
        .allSatisfy(
            (customer, ids) ->
                assertThat(ids)
                    .containsExactly(
                        customer + "/0", customer + "/1", customer + "/2", customer + "/3"));
  }

  private LifecycleEvent waiting(String customer, int number) {
    CustomerId id = new CustomerId(customer);
    EventHeader header =
        new EventHeader(
            customer + "/" + number,
            shop.clock.instant(),
            customer,
            Optional.of(id),
            Optional.empty());
    return new CustomerCreated(header, id);
  }

  private static void workOff(Gatehouse house) {
    int done;
    do {
      done = house.runDueWork();
    } while (done > 0);
  }

  @Test
  void f28_a_dispatcher_that_was_paused_does_not_take_back_what_another_decided() {
    Told hook = new Told("crm");
    Gatehouse other =
        Gatehouse.builder()
            .store(shop.store)
            .catalog(GatewayCatalog.of())
            .hook(hook)
            .clock(shop.clock)
            .build();
    List<HookResult> lateAnswers =
        List.of(HookResult.delivered(), new HookResult.Retry(Optional.empty(), "late"));
    for (HookResult late : lateAnswers) {
      hook.events.clear();
      hook.answer =
          (event, context) -> {
            if (hook.events.size() > 1) {
              return new HookResult.Park("poison");
            }
            shop.clock.advance(EnginePolicy.defaults().hookGrace()); // this one is paused
            other.runDueWork();
            return late;
          };
      shop.with(hook);
      shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

      shop.work();

      assertThat(hook.events).hasSize(2);
      assertThat(shop.house().operations().parked(Page.first())).as("after %s", late).hasSize(1);
      assertThat(shop.store.acknowledge(shop.store.parked(Optional.empty(), 10))).isEmpty();
    }
    other.close();
  }

  /** Else the last that the CRM hears of a member who left is that they joined. */
  @Test
  void a_dispatcher_does_not_deliver_from_its_batch_what_another_has_delivered_since() {
    List<String> told = new ArrayList<>();
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    Hook crm =
        Hook.named("crm")
            .on(
                MembershipStatusChanged.class,
                (event, context) -> {
                  told.add(event.header().subject() + " " + event.to());
                  meanwhile.getAndSet(() -> {}).run();
                });
    shop.with(crm);
    Gatehouse other =
        Gatehouse.builder()
            .store(shop.store)
            .catalog(GatewayCatalog.of())
            .hook(crm)
            .clock(shop.clock)
            .build();
    Plan free = new Plan(new PlanId("free"), "Free", Shop.TEN.multipliedBy(0));
    List<CheckoutView> joined =
        Stream.of(Shop.ANN, Shop.BOB)
            .map(c -> StartCheckout.forPlan(c, shop.newKey(), free))
            .map(command -> shop.house().startCheckout(command))
            .map(checkout -> shop.house().completeFree(checkout.id()))
            .toList();
    meanwhile.set(
        () -> { // while the first one's hook is slow
          joined.forEach(c -> other.cancelMembership(leave(c)));
          while (other.runDueWork() > 0) {}
        });

    shop.work();
    other.close();

    assertThat(told)
        .containsExactlyInAnyOrder("ann ACTIVE", "bob ACTIVE", "ann CANCELLED", "bob CANCELLED")
        .containsSubsequence("bob ACTIVE", "bob CANCELLED")
        .containsSubsequence("ann ACTIVE", "ann CANCELLED");
  }

  /** Told late, an event could come after a later one that somebody else was quicker with. */
  @Test
  void f28_what_was_claimed_and_can_not_be_told_in_time_is_told_after_the_claim_ended() {
    Duration grace = EnginePolicy.defaults().hookGrace();
    List<String> told = new ArrayList<>();
    AtomicReference<Duration> pause = new AtomicReference<>(Duration.ZERO);
    Hook crm =
        Hook.named("crm")
            .on(
                CustomerCreated.class,
                (event, context) -> {
                  told.add(event.header().subject());
                  shop.clock.advance(pause.getAndSet(Duration.ZERO));
                });
    shop.with(crm);
    join(1, 12); // quick: the next batch is a big one
    shop.work();
    assertThat(told).hasSize(12);
    join(13, 20);
    pause.set(grace.dividedBy(5));

    shop.work();
    assertThat(told).as("the one that took long, and nothing of its batch after it").hasSize(13);
    shop.clock.advance(grace);
    shop.work();

    assertThat(told).hasSize(20).doesNotHaveDuplicates();
  }

  /** Else the customers of a batch wait for the end of its claim after every deployment. */
  @Test
  void what_was_claimed_when_the_process_ends_is_told_by_the_next_one_at_once() {
    List<String> told = new ArrayList<>();
    AtomicReference<Runnable> first = new AtomicReference<>(() -> shop.house().close());
    Hook crm =
        Hook.named("crm")
            .on(
                CustomerCreated.class,
                (event, context) -> {
                  told.add(event.header().subject());
                  first.getAndSet(() -> {}).run();
                });
    shop.with(crm);
    join(1, 8);

    shop.work();
    assertThat(told).as("whoever was being told may finish").hasSize(1);
    shop.restart().work();

    assertThat(told).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void f26_an_event_that_ends_the_process_whenever_it_is_told_is_parked_and_the_others_are_told() {
    Duration grace = EnginePolicy.defaults().hookGrace();
    Told deadly = new Told("deadly");
    deadly.answer =
        (event, context) ->
            isAbout(event, new CustomerId("member-6")) ? die() : HookResult.delivered();
    deadly.wants = CustomerCreated.class::isInstance;
    shop.with(deadly);
    join(1, 12);

    int deaths = 0;
    while (shop.house().operations().parked(Page.first()).isEmpty()) {
      assertThat(deaths).as("how often the process has died").isLessThan(4);
      try {
        shop.work();
      } catch (OutOfMemoryError e) {
        deaths++;
        shop.restart();
        shop.clock.advance(grace);
      }
    }
    shop.work();

    assertThat(deaths).as("once in company, and twice alone").isEqualTo(3);
    assertThat(deadly.about(new CustomerId("member-6"))).hasSize(3);
    assertThat(new TreeSet<>(deadly.ids())).as("all were told").hasSize(12);
    assertThat(shop.house().operations().backlogs())
        .singleElement()
        .satisfies(waiting -> assertThat(waiting.waiting()).isEqualTo(1));
    assertThat(shop.house().operations().parked(Page.first()))
        .singleElement()
        .satisfies(
            parked ->
                assertThat(parked.parked().orElseThrow())
                    .startsWith("told 3 times without an answer"));
  }

  /** Whoever shares a batch with it is not to be taken for it. */
  @Test
  void a_delivery_that_failed_in_between_is_not_taken_for_one_that_nothing_was_heard_of() {
    Duration grace = EnginePolicy.defaults().hookGrace();
    Told unlucky = new Told("unlucky");
    List<Supplier<HookResult>> answers =
        new ArrayList<>(
            List.of(
                HookScenarios::die,
                HookScenarios::die,
                () -> new HookResult.Retry(Optional.empty(), "down"),
                HookScenarios::die,
                HookScenarios::die,
                HookResult::delivered));
    unlucky.answer = (event, context) -> answers.remove(0).get();
    unlucky.wants = CustomerCreated.class::isInstance;
    shop.with(unlucky);
    join(1, 1);

    for (int i = 0; i < 6; i++) {
      try {
        shop.work();
      } catch (OutOfMemoryError e) {
        shop.restart();
      }
      shop.clock.advance(grace.plus(Duration.ofHours(1)));
    }

    assertThat(answers).isEmpty();
    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
    assertThat(shop.house().operations().backlogs()).isEmpty();
  }

  private static HookResult die() {
    throw new OutOfMemoryError("on purpose");
  }

  @Test
  void a_hook_that_is_interrupted_by_the_end_of_the_process_has_not_failed() {
    List<Integer> attempts = new ArrayList<>();
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          attempts.add(context.attempt());
          if (attempts.size() > 1) {
            return HookResult.delivered();
          }
          shop.house().close();
          throw new IllegalStateException("interrupted");
        };
    shop.with(hook);
    join(1, 1);

    shop.work();
    shop.restart().work();

    assertThat(attempts).containsExactly(1, 1);
  }

  /** Not every database keeps every character, and no page shows a novel. */
  @Test
  void f26_whatever_a_hook_says_is_kept_in_a_form_that_can_be_and_no_neighbour_waits() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) ->
            switch (event.header().subject()) {
              case "member-2" -> new HookResult.Park("a\u0000b\nc\ud800d" + "x".repeat(10_000));
              case "member-3" -> new HookResult.Retry(Optional.empty(), "\u0000");
              default -> HookResult.delivered();
            };
    shop.with(hook);
    join(1, 5);

    shop.work();

    assertThat(hook.events).hasSize(5);
    assertThat(shop.house().operations().backlogs().get(0).waiting()).isEqualTo(2);
    Delivery parked = shop.house().operations().parked(Page.first()).get(0);
    assertThat(parked.parked().orElseThrow()).startsWith("a b c dxxx").hasSize(1_000);
  }

  private void join(int first, int last) {
    for (int i = first; i <= last; i++) {
      shop.house()
          .register(
              new RegisterCustomer(
                  new CustomerId("member-" + i),
                  new Person("Member", "m" + i + "@example.org", Locale.ENGLISH)));
    }
  }

  private static CancelMembership leave(CheckoutView checkout) {
    return new CancelMembership(checkout.membership().orElseThrow().id(), "moved away");
  }

  @Test
  void a_hook_that_returns_null_or_breaks_down_is_called_again() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          if (hook.events.size() == 1) {
            return null;
          }
          if (hook.events.size() == 2) {
            throw new NoClassDefFoundError("acme/Sink");
          }
          return HookResult.delivered();
        };
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

    shop.work().pass(Duration.ofMinutes(1), 60);

    assertThat(hook.events).hasSize(3);
    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
  }

  @Test
  void a_hook_that_throws_an_error_keeps_no_other_hook_waiting() {
    List<Error> errors =
        List.of(
            new AssertionError("broken"),
            new LinkageError("acme/Sink"),
            new ExceptionInInitializerError("acme/Sink"),
            new StackOverflowError());
    for (Error error : errors) {
      Shop own = new Shop();
      Told broken = new Told("a-broken");
      broken.answer =
          (event, context) -> {
            throw error;
          };
      Told well = new Told("b-well");
      own.with(broken).with(well);
      own.paid10();

      own.work();

      assertThat(broken.events).as(error.toString()).hasSize(1);
      assertThatEvents(well.events).containsOnce(CheckoutCompleted.class);
    }
  }

  @Test
  void a_hook_that_can_not_say_what_it_wants_gets_the_event_and_no_payment_fails() {
    for (Error error : List.of(new AssertionError("broken"), new StackOverflowError())) {
      Shop own = new Shop();
      Told hook = new Told("crm");
      hook.wants =
          event -> {
            throw error;
          };
      own.with(hook);

      assertThat(own.paid10()).isCompleted();
      own.work();

      assertThatEvents(hook.events).containsOnce(CheckoutCompleted.class);
    }
  }

  @Test
  void a_hook_that_forgets_its_id_stands_in_no_payments_way() {
    Told hook = new Told("crm");
    shop.with(hook);
    hook.forgetsItsId = true;

    assertThat(shop.paid10()).isCompleted();
    shop.work();

    assertThatEvents(hook.events).containsOnce(CheckoutCompleted.class);
  }

  @Test
  void background_work_goes_on_after_a_hook_threw_an_error() throws InterruptedException {
    CountDownLatch again = new CountDownLatch(2);
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          again.countDown();
          shop.clock.advance(EnginePolicy.defaults().hookGrace()); // it held up the machine
          throw again.getCount() > 0 ? new OutOfMemoryError("once") : new AssertionError("twice");
        };
    shop.with(hook);
    shop.house().completeFree(shop.startFor(Shop.TEN.multipliedBy(0)).id());

    shop.house().start();

    assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
    shop.close();
  }

  @Test
  void events_of_a_subject_come_in_the_order_in_which_they_were_committed_whatever_fails() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          if (hook.events.size() % 3 == 0) {
            throw new IllegalStateException("now and then");
          }
          return HookResult.delivered();
        };
    shop.with(hook);
    shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE);
    CheckoutView second = shop.pay(shop.start10(), TestToken.APPROVE);
    shop.refund(shop.payment(second), "EUR 1.00");

    shop.work().pass(Duration.ofHours(1), 3_600);

    List<String> distinct = hook.ids().stream().distinct().toList();
    List<String> committed =
        shop.house().timeline(Shop.ANN).stream()
            .filter(event -> !(event instanceof CustomerCreated))
            .map(event -> event.header().id())
            .toList();
    assertThat(distinct).isEqualTo(committed);
  }

  @Test
  void membership_changes_reach_those_who_listen_for_their_status() {
    List<String> told = new ArrayList<>();
    shop.with(
        Hook.named("churn")
            .onMembershipStatus(
                MembershipState.ACTIVE, (e, c) -> told.add("active from " + e.from()))
            .onMembershipStatus(
                MembershipState.CANCELLED, (e, c) -> told.add("cancelled from " + e.from())));
    CheckoutView checkout = shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE);
    shop.work();
    var membership = checkout.membership().orElseThrow();
    assertThat(membership).isActive();

    CancelMembership cancel = new CancelMembership(membership.id(), "too dear");
    assertThat(shop.house().cancelMembership(cancel)).isCancelledBecause("too dear");
    assertThat(shop.house().cancelMembership(cancel)).isCancelledBecause("too dear");
    shop.work();

    assertThat(told).containsExactly("active from PENDING", "cancelled from ACTIVE");
    assertThatEvents(shop.events()).contains(2, MembershipStatusChanged.class);
  }

  @Test
  void a_hook_keeps_what_its_sink_calls_the_customer() {
    shop.with(
        Hook.named("crm")
            .on(
                CheckoutCompleted.class,
                (event, context) -> {
                  context.putCustomerMetadata("crm_contact_id", "c-17");
                  context.putCustomerMetadata("crm_seen", "1");
                }));
    shop.paid10();

    shop.work();

    Customer ann = shop.store.customer(Shop.ANN).orElseThrow();
    assertThat(ann.metadata())
        .containsEntry("crm_contact_id", "c-17")
        .containsEntry("crm_seen", "1");
  }

  @Test
  void metadata_that_is_malformed_is_refused_and_the_hook_is_called_again() {
    for (String key : List.of("", "no spaces", "x".repeat(65), "ümlaut")) {
      Told hook = new Told("crm" + Math.abs(key.hashCode()));
      hook.answer =
          (event, context) -> {
            context.putCustomerMetadata(key, "value");
            return HookResult.delivered();
          };
      Shop own = new Shop().with(hook);
      own.paid10();
      own.work();
      assertThat(hook.events).as(key).hasSize(1);
      assertThat(own.store.customer(Shop.ANN).orElseThrow().metadata()).isEmpty();
    }
  }

  @Test
  void metadata_holds_no_card_number_no_control_characters_and_nothing_endless() {
    List<List<String>> malformed =
        List.of(
            List.of("k", "4111 1111 1111 1111"),
            List.of("k", "4111111111111111"),
            List.of("4111-1111-1111-1111", "v"),
            List.of("k", "paid with 4111 1111 1111 1111\n"),
            List.of("k", "two\nlines"),
            List.of("k", "\u0000"),
            List.of("k", "\u202Egnp.exe"),
            List.of("k", "x".repeat(1025)),
            List.of("k", "x".repeat(1 << 20)));
    List<GatehouseException> refused = new ArrayList<>();
    shop.with(
        Hook.named("crm")
            .on(
                CheckoutCompleted.class,
                (event, context) -> {
                  for (List<String> piece : malformed) {
                    try {
                      context.putCustomerMetadata(piece.get(0), piece.get(1));
                    } catch (InvalidInputException e) {
                      refused.add(e);
                    }
                  }
                }));
    shop.paid10();

    shop.work();

    assertThat(refused).hasSize(malformed.size());
    assertThat(refused)
        .allSatisfy(e -> assertThat(e.toString()).doesNotContain("4111", "lines", "xxx"));
    assertThat(shop.house().customer(Shop.ANN).metadata()).isEmpty();
  }

  @Test
  void metadata_has_room_for_fifty_keys_and_each_may_change() {
    List<String> refused = new ArrayList<>();
    shop.with(
        Hook.named("crm")
            .on(
                CheckoutCompleted.class,
                (event, context) -> {
                  for (int i = 0; i < 50; i++) {
                    context.putCustomerMetadata("key-" + i, "c4111111111111111");
                  }
                  context.putCustomerMetadata("key-0", "ümlaut 🎉");
                  try {
                    context.putCustomerMetadata("key-50", "v");
                  } catch (InvalidInputException e) {
                    refused.add(e.problems().get(0).code());
                  }
                }));
    shop.paid10();

    shop.work();

    assertThat(refused).containsExactly("metadata.too-many");
    assertThat(shop.house().customer(Shop.ANN).metadata())
        .hasSize(50)
        .containsEntry("key-0", "ümlaut 🎉");
  }

  @Test
  void a_hook_in_trouble_never_stands_in_the_way_of_a_payment() {
    Told hook = new Told("crm");
    hook.answer =
        (event, context) -> {
          throw new IllegalStateException("down for a day");
        };
    shop.with(hook);

    for (int i = 0; i < 20; i++) {
      assertThat(shop.paid10()).isCompleted();
      shop.pass(Duration.ofMinutes(1), 2);
    }
  }

  @Test
  void a_hook_hears_only_what_it_wants() {
    List<LifecycleEvent> told = new ArrayList<>();
    shop.with(Hook.named("one").on(CheckoutCompleted.class, (event, context) -> told.add(event)));
    shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE);
    shop.work();

    assertThatEvents(told).areExactly(CheckoutCompleted.class);
  }

  @Test
  void two_hooks_under_one_id_can_not_be_added() {
    var builder = Gatehouse.builder().hook(Hook.named("same")).hook(Hook.named("same"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the id of two hooks");
    assertThatCode(() -> Gatehouse.builder().hook(Hook.named("one")).build().close())
        .doesNotThrowAnyException();
  }

  private static boolean isAbout(LifecycleEvent event, CustomerId customer) {
    return event.header().customer().filter(customer::equals).isPresent();
  }

  /** Remembers what it was told, and answers as it is told. */
  private static final class Told implements LifecycleHook {
    private final String id;
    final List<LifecycleEvent> events = new ArrayList<>();
    BiFunction<LifecycleEvent, HookContext, HookResult> answer =
        (event, context) -> HookResult.delivered();
    Predicate<LifecycleEvent> wants = event -> true;
    volatile boolean forgetsItsId;

    Told(String id) {
      this.id = id;
    }

    List<String> ids() {
      return events.stream().map(event -> event.header().id()).toList();
    }

    List<LifecycleEvent> about(CustomerId customer) {
      return events.stream().filter(event -> isAbout(event, customer)).toList();
    }

    @Override
    public String id() {
      if (forgetsItsId) {
        throw new IllegalStateException("who am I?");
      }
      return id;
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return wants.test(event);
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      events.add(event);
      return answer.apply(event, context);
    }
  }
}
