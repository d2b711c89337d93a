package dev.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.gatehouse.error.GatehouseException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that the compiler does not know. */
class ArchitectureTest {
  private static final String ROOT = "dev.gatehouse";

  /**
   * Every package, in order: each may use those above it and nothing below. A new package fails
   * these tests until it has found its place here.
   */
  private static final List<String> PACKAGES_IN_ORDER =
      List.of(
          ROOT + ".error",
          ROOT + ".fault",
          ROOT + ".machine",
          ROOT + ".money",
          ROOT + ".validation",
          ROOT + ".facts",
          ROOT + ".http",
          ROOT + ".id",
          ROOT + ".spi",
          ROOT + ".plugin",
          ROOT + ".customer",
          ROOT + ".checkout",
          ROOT + ".payment",
          ROOT + ".membership",
          ROOT + ".event",
          ROOT + ".hook",
          ROOT + ".command",
          ROOT + ".store",
          ROOT + ".gateway",
          ROOT + ".manual",
          ROOT + ".engine",
          ROOT + ".operations",
          ROOT);

  /** The only packages that may reach for the machine's clock or chance: they hand out defaults. */
  private static final Set<String> MAY_TOUCH_CLOCK_AND_CHANCE = Set.of(ROOT);

  /** What was compiled from src/main, and nothing else that is on the class path. */
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(GatehouseException.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void the_rules_look_at_the_main_classes_and_not_at_the_tests() {
    assertThat(MAIN.contain(GatehouseException.class)).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
  }

  @Test
  void every_package_uses_only_those_above_it_in_the_order() {
    check(classes().should(useOnlyPackagesAboveTheirOwn()));
  }

  @Test
  void packages_form_no_cycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void nothing_is_printed_to_the_standard_streams() {
    check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
  }

  @Test
  void logs_go_through_slf4j() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
  }

  @Test
  void no_static_field_can_be_reassigned() {
    check(fields().that().areStatic().should().beFinal());
  }

  @Test
  void no_static_field_holds_something_that_is_made_to_change() {
    check(noFields().that().areStatic().should().haveRawType(madeToChange()));
  }

  @Test
  void a_missing_capability_is_a_typed_refusal_and_no_unsupported_operation() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(UnsupportedOperationException.class));
  }

  @Test
  void no_field_is_a_binary_fraction() {
    check(noFields().should().haveRawType(binaryFraction()));
  }

  @Test
  void no_method_takes_or_gives_a_binary_fraction() {
    check(codeUnits().should(neitherTakeNorGiveABinaryFraction()));
  }

  @Test
  void time_and_chance_are_handed_in() {
    check(
        noClasses()
            .that(resideOutside(MAY_TOUCH_CLOCK_AND_CHANCE))
            .should()
            .accessTargetWhere(hiddenTimeOrChance()));
  }

  @Test
  void the_module_rests_on_the_jdk_and_five_small_libraries() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                ROOT + "..",
                "java..",
                "jakarta.validation..",
                "org.joda.money..",
                "org.jspecify..",
                "org.slf4j"));
  }

  @Test
  void no_interface_of_the_spi_hides_a_missing_capability_behind_a_default_method() {
    check(
        methods()
            .that()
            .areDeclaredInClassesThat()
            .areInterfaces()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(ROOT + ".spi", ROOT + ".store", ROOT + ".hook")
            .and()
            .areNotStatic()
            .should()
            .haveModifier(JavaModifier.ABSTRACT));
  }

  @Test
  void bad_input_is_not_answered_with_a_raw_exception() {
    check(
        noClasses()
            .should()
            .callConstructorWhere(
                describe(
                    "makes a raw exception for bad input",
                    call ->
                        Stream.of(
                                NullPointerException.class,
                                IllegalArgumentException.class,
                                IndexOutOfBoundsException.class,
                                ArithmeticException.class)
                            .anyMatch(call.getTargetOwner()::isEquivalentTo)))
            .orShould()
            .callMethod(Objects.class, "requireNonNull", Object.class, String.class));
  }

  @Test
  void no_static_collection_can_be_changed() throws Exception {
    List<String> changeable = new ArrayList<>();
    for (JavaClass type : MAIN) {
      for (Field field : type.reflect().getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          field.setAccessible(true);
          Object value = field.get(null);
          boolean holdsSome = value instanceof Collection<?> || value instanceof Map<?, ?>;
          boolean fixed =
              value == null
                  || value.getClass().getName().startsWith("java.util.ImmutableCollections$")
                  || value.getClass().getName().startsWith("java.util.Collections$");
          if ((holdsSome && !fixed) || value instanceof Object[]) {
            changeable.add(field.toString());
          }
        }
      }
    }
    assertThat(changeable).isEmpty();
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }

  private static ArchCondition<JavaClass> useOnlyPackagesAboveTheirOwn() {
    return new ArchCondition<>("use only packages above their own in PACKAGES_IN_ORDER") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        int own = PACKAGES_IN_ORDER.indexOf(user.getPackageName());
        if (own < 0) {
          events.add(
              SimpleConditionEvent.violated(
                  user, user.getName() + " is in a package that has no place in the order"));
          return;
        }
        user.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> isOurs(dependency.getTargetClass()))
            .filter(dependency -> place(dependency) > own)
            .map(dependency -> SimpleConditionEvent.violated(user, dependency.getDescription()))
            .forEach(events::add);
      }
    };
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals(ROOT) || name.startsWith(ROOT + ".");
  }

  /** Where the used package stands; one without a place counts as below all others. */
  private static int place(Dependency dependency) {
    String used = dependency.getTargetClass().getBaseComponentType().getPackageName();
    int place = PACKAGES_IN_ORDER.indexOf(used);
    return place < 0 ? PACKAGES_IN_ORDER.size() : place;
  }

  /** Types whose only use in a static field is state; a declared Map may be anything, so not it. */
  private static DescribedPredicate<JavaClass> madeToChange() {
    return DescribedPredicate.describe(
        "that is made to change",
        type ->
            (type.getPackageName().startsWith("java.util.concurrent")
                    && !type.isAssignableTo(Enum.class))
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(Random.class)
                || type.isAssignableTo(StringBuilder.class)
                || isCollectionClass(type));
  }

  private static boolean isCollectionClass(JavaClass type) {
    return !type.isInterface()
        && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
  }

  private static DescribedPredicate<JavaClass> binaryFraction() {
    return DescribedPredicate.describe("double or float", ArchitectureTest::isBinaryFraction);
  }

  private static boolean isBinaryFraction(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return Stream.of(double.class, float.class, Double.class, Float.class)
        .anyMatch(base::isEquivalentTo);
  }

  private static ArchCondition<JavaCodeUnit> neitherTakeNorGiveABinaryFraction() {
    return new ArchCondition<>("neither take nor give a double or float") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
            .filter(ArchitectureTest::isBinaryFraction)
            .map(type -> unit.getFullName() + " takes or gives " + type.getSimpleName())
            .map(message -> SimpleConditionEvent.violated(unit, message))
            .forEach(events::add);
      }
    };
  }

  private static DescribedPredicate<JavaClass> resideOutside(Set<String> packages) {
    return DescribedPredicate.describe(
        "reside outside " + packages, type -> !packages.contains(type.getPackageName()));
  }

  /** Calls and method references alike; reading a clock that was handed in is fine. */
  private static DescribedPredicate<JavaAccess<?>> hiddenTimeOrChance() {
    return DescribedPredicate.describe(
        "is the machine's own clock, sleep or chance",
        access -> isHiddenClock(access) || isSleep(access) || isHiddenChance(access));
  }

  private static boolean isHiddenClock(JavaAccess<?> access) {
    String name = access.getTarget().getName();
    if (access.getTargetOwner().getPackageName().equals("java.time")) {
      boolean clockHandedIn =
          parameters(access).stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
      return !clockHandedIn
          && (name.equals("now")
              || (isOf(Clock.class, access)
                  && (name.startsWith("system") || name.startsWith("tick"))));
    }
    return isOf(System.class, access) && name.equals("currentTimeMillis");
  }

  private static boolean isSleep(JavaAccess<?> access) {
    return access.getTarget().getName().equals("sleep")
        && (isOf(Thread.class, access) || isOf(TimeUnit.class, access));
  }

  private static boolean isHiddenChance(JavaAccess<?> access) {
    String name = access.getTarget().getName();
    return (isOf(UUID.class, access) && name.equals("randomUUID"))
        || (isOf(Math.class, access) && name.equals("random"))
        || isOf(ThreadLocalRandom.class, access)
        || (isOf(Random.class, access)
            && name.equals(JavaConstructor.CONSTRUCTOR_NAME)
            && parameters(access).isEmpty());
  }

  private static boolean isOf(Class<?> owner, JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(owner);
  }

  private static List<JavaClass> parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        ? target.getRawParameterTypes()
        : List.of();
  }
}
