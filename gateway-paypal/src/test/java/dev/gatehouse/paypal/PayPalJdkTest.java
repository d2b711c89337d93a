package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.Outcome;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SDK is old, and reads by reflection; the JDK is opened to it nowhere. */
class PayPalJdkTest {
  @Test
  void payments_are_taken_on_this_jdk_though_nothing_is_opened_by_force() {
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();

    assertThat(options)
        .noneMatch(option -> option.startsWith("--add-opens"))
        .noneMatch(option -> option.startsWith("--illegal-access"));
    assertThat(System.getenv().getOrDefault("JDK_JAVA_OPTIONS", "")).doesNotContain("add-opens");
    assertThat(Object.class.getModule().isOpen("java.lang", getClass().getModule())).isFalse();
    assertThat(Object.class.getModule().isOpen("java.util", getClass().getModule())).isFalse();
    assertThat(new Bench().captured("pay-1")).isInstanceOf(Outcome.Succeeded.class);
  }
}
