package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every check of hooks can fail, and tells the author what to do. */
class HookKitTest {
  @Test
  void every_check_has_an_id_of_its_own_and_says_what_why_and_what_to_do() {
    assertThat(HookKit.catalogue()).hasSizeGreaterThan(40);
    assertThat(HookKit.catalogue()).extracting(Check::id).doesNotHaveDuplicates();
    assertThat(HookKit.catalogue())
        .allSatisfy(
            check -> {
              assertThat(check.id()).matches("HK-[A-Z]{4,6}-[0-9]{2}");
              assertThat(check.group().name()).startsWith("HOOK_");
              assertThat(check.rule()).endsWith(".").hasSizeBetween(20, 200);
              assertThat(check.why()).endsWith(".").hasSizeBetween(20, 300);
              assertThat(check.remedy()).endsWith(".").hasSizeBetween(10, 300);
            });
  }

  @Test
  void every_check_is_killed_by_a_mutant() {
    Set<String> killed = new TreeSet<>();
    MutantsOfHooks.all().forEach(mutant -> killed.addAll(mutant.killedBy()));

    assertThat(killed)
        .containsExactlyInAnyOrderElementsOf(HookKit.catalogue().stream().map(Check::id).toList());
    assertThat(MutantsOfHooks.all()).extracting(HookMutant::name).doesNotHaveDuplicates();
    assertThat(MutantsOfHooks.all()).extracting(HookMutant::bug).allMatch(bug -> bug.endsWith("."));
  }

  @TestFactory
  Stream<DynamicTest> a_mutant_fails_each_check_that_it_names_and_is_told_the_remedy() {
    return MutantsOfHooks.all().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> demandKilled(mutant)));
  }

  private static void demandKilled(HookMutant mutant) {
    HookKit kit = HookKit.of(mutant.target());
    for (String id : mutant.killedBy()) {
      Result result = kit.run(id);
      assertThat(result.verdict())
          .as("%s of %s. %s", id, mutant.name(), mutant.bug())
          .isInstanceOf(Verdict.Failed.class);
      assertThat(result.explanation()).contains(result.check().remedy());
    }
  }

  @Test
  void the_samples_have_every_type_of_event() {
    assertThat(HookKit.samples())
        .extracting(LifecycleEvent::type)
        .containsOnlyOnceElementsOf(
            Arrays.stream(LifecycleEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(type -> !type.equals("MembershipStatusChanged"))
                .toList())
        .contains("MembershipStatusChanged");
  }

  /** Each check that needs something: a hook that has it and does not declare it is found. */
  @ParameterizedTest
  @CsvSource({
    "HK-ITEM-01, ANSWERS_BY_ITEM",
    "HK-DATA-03, SENDS_PERSONAL_DATA",
    "HK-DATA-04, FORGETS",
    "HK-MODE-02, SENDS_TEST_MODE"
  })
  void what_is_not_declared_and_seen_all_the_same_fails(String check, HookTrait trait) {
    assertThat(HookKit.of(declaringNothing(ReferenceHook::new)).run(check).verdict())
        .isInstanceOfSatisfying(
            Verdict.Failed.class, failed -> assertThat(failed.message()).contains(trait.name()));
  }

  @Test
  void a_hook_that_declares_nothing_and_does_nothing_of_it_is_refused_as_declared() {
    HookKit kit = HookKit.of(declaringNothing(place -> new ModestHook(place)));

    assertThat(HookKit.catalogue())
        .filteredOn(check -> check.id().matches("HK-ITEM-0[123]|HK-DATA-0[34]|HK-MODE-02"))
        .hasSize(6)
        .allSatisfy(
            check ->
                assertThat(kit.run(check.id()).verdict())
                    .as(check.id())
                    .isInstanceOf(Verdict.RefusedAsDeclared.class));
  }

  @Test
  void a_hook_that_declares_to_tell_refusals_again_has_to() {
    Set<HookTrait> declared = Set.of(HookTrait.RETRIES_REFUSALS);
    HookKit parking = HookKit.of(declaring(declared, ReferenceHook::new));
    HookKit telling = HookKit.of(declaring(declared, HookMutant.tells(HookKitTest::again)));

    assertThat(parking.run("HK-ANSW-06").verdict())
        .isInstanceOfSatisfying(
            Verdict.Failed.class,
            failed -> assertThat(failed.message()).contains("Park instead of Retry"));
    assertThat(telling.run("HK-ANSW-06").verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(telling.run("HK-ANSW-07").verdict()).isInstanceOf(Verdict.Passed.class);
  }

  private static HookResult again(HookResult result) {
    return result instanceof HookResult.Park park
        ? new HookResult.Retry(Optional.empty(), park.reason())
        : result;
  }

  @Test
  void a_check_that_there_is_not_is_told_so() {
    assertThatThrownBy(() -> HookKit.of(new ReferenceHookTarget()).run("HK-NONE-01"))
        .isInstanceOf(NotFoundException.class);
  }

  private static HookTarget declaringNothing(Function<HookPlace, LifecycleHook> opening) {
    return declaring(Set.of(), opening);
  }

  private static HookTarget declaring(
      Set<HookTrait> traits, Function<HookPlace, LifecycleHook> opening) {
    return new HookTarget() {
      @Override
      public Set<HookTrait> traits() {
        return traits;
      }

      @Override
      public HookSink sink(Clock clock, String secret) {
        return new ReferenceSink(clock, secret);
      }

      @Override
      public LifecycleHook open(HookPlace place) {
        return opening.apply(place);
      }
    };
  }

  /** Tells of memberships alone, one thing at a time. */
  private static final class ModestHook extends HookMutant.Bent {
    ModestHook(HookPlace place) {
      super(new ReferenceHook(HookMutant.with(place, false)));
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return super.wants(event) && event.type().equals("MembershipStatusChanged");
    }
  }
}
