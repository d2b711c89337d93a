package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.TestToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestTokensTest {
  @Test
  void those_of_the_reference_provider_are_the_ones_that_it_understands() {
    TestTokens tokens = TestTokens.of(new ReferenceGatewayProvider()).orElseThrow();
    assertThat(tokens.method()).isEqualTo("card");
    assertThat(tokens.approve()).contains(TestToken.APPROVE.value());
    assertThat(tokens.declines()).hasSize(2);
    assertThat(tokens.declines())
        .allSatisfy((code, token) -> assertThat(token).isEqualTo(TestToken.decline(code)));
  }

  @Test
  void a_gateway_without_the_file_has_none() {
    assertThat(TestTokens.of(new ManualGatewayProvider())).isEmpty();
  }

  @Test
  void everything_that_is_wrong_with_the_file_is_said() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> TestTokens.of(new Named("wrong-tokens")));
    assertThat(refused.getMessage())
        .contains("META-INF/gatehouse/test-tokens/wrong-tokens.properties")
        .contains("'decline.moon' is not known", "'aprove' is not known", "approve is blank");
    assertThat(refused.problems()).hasSize(3);
    assertThatThrownBy(() -> TestTokens.of(new Named("garbled-tokens")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("garbled-tokens.properties");
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_is_refused_typed() {
    assertThatThrownBy(() -> TestTokens.of(null)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new TestTokens(null, Optional.empty(), Map.of()))
        .isInstanceOf(InvalidInputException.class);
    assertThat(
            new TestTokens("card", Optional.empty(), Map.of(DeclineCode.LOST_CARD, "t")).declines())
        .containsOnlyKeys(DeclineCode.LOST_CARD);
  }

  /** A provider of which only the id matters. */
  private record Named(String id) implements GatewayProvider {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public GatewayDescription describe() {
      return GatewayDescription.builder("Named", "1").method(MethodSpec.withToken("card")).build();
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      throw new InvalidInputException(List.of());
    }
  }
}
