package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider that shows nothing has shown nothing, unless it is said that there is nothing. */
class LackTest {
  private static final Map<Lack, List<String>> CHECKS =
      Map.of(
          Lack.DISPUTES, List.of("GW-DISP-01", "GW-DISP-02", "GW-DISP-03", "GW-DISP-04"),
          Lack.BATCHES, List.of("GW-HOOK-22"),
          Lack.DATED_NOTICES, List.of("GW-HOOK-14", "GW-HOOK-25"),
          Lack.SECRET_ROTATION, List.of("GW-HOOK-12"));

  @ParameterizedTest
  @EnumSource
  void what_a_lazy_target_leaves_out_is_not_verified_and_it_is_said_what_to_do(Lack lack) {
    assertThat(CHECKS.get(lack))
        .allSatisfy(
            check ->
                assertThat(verdict(new Lazy(Set.of()), check))
                    .isInstanceOfSatisfying(
                        Verdict.NotVerified.class,
                        unknown -> assertThat(unknown.reason()).contains("lacks()", lack.name())));
  }

  @ParameterizedTest
  @EnumSource
  void what_a_provider_does_not_have_is_refused_as_its_target_declares(Lack lack) {
    assertThat(CHECKS.get(lack))
        .allSatisfy(
            check ->
                assertThat(verdict(new Lazy(Set.of(lack)), check))
                    .isInstanceOf(Verdict.RefusedAsDeclared.class));
  }

  @Test
  void what_a_provider_does_is_checked_whatever_its_target_says() {
    TestTarget modest = new Reference(Set.of(Lack.values()));

    CHECKS
        .values()
        .forEach(
            checks ->
                assertThat(checks)
                    .allSatisfy(
                        check ->
                            assertThat(verdict(modest, check)).isEqualTo(new Verdict.Passed())));
  }

  @Test
  void what_is_declared_for_other_methods_than_the_target_pays_with_is_not_verified() {
    assertThat(verdict(new ByWallet(), "GW-STORE-08"))
        .isInstanceOfSatisfying(
            Verdict.NotVerified.class,
            unknown ->
                assertThat(unknown.reason())
                    .isEqualTo(
                        "the target pays with wallet, and the gateway declares METHOD_SETUP for card; "
                            + "run a target that pays with it"));
  }

  private static Verdict verdict(TestTarget target, String check) {
    return ConformanceKit.of(target).run(check).verdict();
  }

  /** The reference target, with something to say of it. */
  private record Reference(Set<Lack> lacks) implements TestTarget {
    @Override
    public String gateway() {
      return "reference";
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return new ReferenceTarget().paying(script);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      return new ReferenceTarget().open(clock, secret, random);
    }
  }

  /** The reference target, without cards. */
  private record ByWallet() implements TestTarget {
    @Override
    public String gateway() {
      return "reference";
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return script == Script.APPROVE
          ? Optional.of(new PaymentMethod.OfType("wallet"))
          : Optional.empty();
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      return new ReferenceTarget().open(clock, secret, random);
    }
  }

  /** The reference target, by somebody who wrote no more than had to be. */
  private record Lazy(Set<Lack> lacks) implements TestTarget {
    @Override
    public String gateway() {
      return "reference";
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return new ReferenceTarget().paying(script);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      SimulatedProvider whole = new ReferenceTarget().open(clock, secret, random);
      return (SimulatedProvider)
          Proxy.newProxyInstance(
              SimulatedProvider.class.getClassLoader(),
              new Class<?>[] {SimulatedProvider.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "gateway" -> new OneSecret(whole.gateway());
                    case "happens" -> false;
                    case "batch" -> Optional.empty();
                    case "signedNow" -> arguments.length == 1 ? arguments[0] : Optional.empty();
                    default -> {
                      try {
                        yield method.invoke(whole, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }
                  });
    }
  }

  /** Knows of no secret before. */
  private static final class OneSecret extends MutantProvider {
    OneSecret(GatewayProvider behind) {
      super(behind);
    }

    @Override
    public GatewayDescription describe() {
      GatewayDescription all = behind.describe();
      List<SettingSpec> settings =
          all.settings().stream().filter(spec -> !spec.name().endsWith("-previous")).toList();
      return new GatewayDescription(
          all.name(),
          all.version(),
          all.methods(),
          all.gatewayCapabilities(),
          all.currencies(),
          all.recovery(),
          settings,
          all.descriptionLimit());
    }
  }
}
