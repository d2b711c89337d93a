package dev.gatehouse.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Several events in one call, each with its own answer. */
class BatchHookTest {
  private final InMemoryStore store = new InMemoryStore();
  private final List<List<String>> calls = new ArrayList<>();

  private final class Batches implements BatchHook {
    private final int most;
    private final Function<List<Told>, List<HookResult>> answer;

    Batches(int most, Function<List<Told>, List<HookResult>> answer) {
      this.most = most;
      this.answer = answer;
    }

    @Override
    public String id() {
      return "batches";
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return true;
    }

    @Override
    public int most() {
      return most;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      throw new IllegalStateException("told of one alone");
    }

    @Override
    public List<HookResult> handleAll(List<Told> told) {
      calls.add(told.stream().map(one -> one.event().header().subject()).toList());
      return answer.apply(told);
    }
  }

  private void deliver(int customers, BatchHook hook) {
    try (Gatehouse house =
        Gatehouse.builder().store(store).catalog(GatewayCatalog.of()).hook(hook).build()) {
      for (int i = 0; i < customers; i++) {
        house.register(
            new RegisterCustomer(
                new CustomerId("c" + i), new Person("C", "c@d.example", Locale.ROOT)));
      }
      while (house.runDueWork() > 0) {
        // Until nothing is due any more.
      }
    }
  }

  private static List<HookResult> delivered(List<BatchHook.Told> told) {
    return told.stream().map(one -> HookResult.delivered()).toList();
  }

  @Test
  void no_call_has_more_than_the_hook_takes_nor_a_subject_twice() {
    deliver(20, new Batches(3, BatchHookTest::delivered));

    assertThat(calls)
        .allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(3).doesNotHaveDuplicates());
    assertThat(calls.stream().flatMap(List::stream)).hasSize(20).doesNotHaveDuplicates();
    assertThat(store.backlogs()).isEmpty();
  }

  @Test
  void each_event_has_its_own_answer() {
    deliver(
        6,
        new Batches(
            10,
            told ->
                told.stream()
                    .map(
                        one ->
                            one.event().header().subject().equals("c3")
                                ? new HookResult.Park("not this one")
                                : HookResult.delivered())
                    .toList()));

    assertThat(store.parked(Optional.empty(), 10))
        .singleElement()
        .satisfies(d -> assertThat(d.event().header().subject()).isEqualTo("c3"));
    assertThat(store.backlogs())
        .singleElement()
        .satisfies(b -> assertThat(b.waiting()).isEqualTo(1));
  }

  @Test
  void what_throws_or_does_not_answer_each_is_told_again_later() {
    deliver(
        2,
        new Batches(
            10,
            told -> {
              throw new IllegalStateException("canary");
            }));
    deliver(2, new Batches(10, told -> List.of()));
    deliver(2, new Batches(10, told -> null));
    deliver(0, new Batches(0, BatchHookTest::delivered));

    assertThat(store.backlogs())
        .singleElement()
        .satisfies(b -> assertThat(b.waiting()).isEqualTo(2));
    assertThat(store.parked(Optional.empty(), 10)).isEmpty();
  }
}
