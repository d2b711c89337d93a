package dev.gatehouse.testkit.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.conformance.ReferenceTarget;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Other settings change nothing else of a target. */
class ConfiguredTargetTest {
  /** Knows its own provider, as targets do whose customers choose at a page. */
  private static final class Own implements TestTarget {
    private final List<SimulatedProvider> opened = new ArrayList<>();
    private final List<SimulatedProvider> asked = new ArrayList<>();

    @Override
    public String gateway() {
      return "reference";
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return new ReferenceTarget().paying(script);
    }

    @Override
    public boolean customerActs(SimulatedProvider provider, Script script, String charge) {
      return asked.add(provider);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      SimulatedProvider own = SimulatedProvider.reference(clock, secret, random);
      opened.add(own);
      return own;
    }
  }

  @Test
  void a_target_is_asked_with_the_provider_that_it_opened_itself() {
    Own own = new Own();
    ConfiguredTarget target = new ConfiguredTarget(own, Map.of("publishable-key", "pk_test_1"));
    SimulatedProvider provider =
        target.open(TestClock.at("2026-03-01T12:00:00Z"), "canary", new Random(1));

    assertThat(target.customerActs(provider, Script.APPROVE, "ch_1")).isTrue();
    assertThat(own.asked).isEqualTo(own.opened);
    assertThat(provider.settings()).containsEntry("publishable-key", "pk_test_1");
  }

  @Test
  void what_is_set_otherwise_is_so_in_live_mode_too() {
    ConfiguredTarget target =
        new ConfiguredTarget(new ReferenceTarget(), Map.of("publishable-key", "pk_live_1"));
    SimulatedProvider provider =
        target.open(TestClock.at("2026-03-01T12:00:00Z"), "canary", new Random(1));

    assertThat(target.liveSettings(provider))
        .containsEntry("secret-key", "sk_live_canary")
        .containsEntry("publishable-key", "pk_live_1");
  }

  @Test
  void what_a_provider_may_be_able_to_do_is_passed_on() {
    SimulatedProvider provider =
        new ConfiguredTarget(new ReferenceTarget(), Map.of())
            .open(TestClock.at("2026-03-01T12:00:00Z"), "canary", new Random(1));

    assertThat(provider.listsInPagesOf(5)).isTrue();
    assertThat(provider.batch(List.of())).isEmpty();
    assertThat(provider.consoleCharge(Money.parse("EUR 10.00"))).isTrue();
    var notice = provider.takeWebhooks().get(0);
    assertThat(provider.signedNow(notice, new byte[0])).isPresent();
    assertThat(provider.batch(List.of(notice))).isPresent();
  }
}
