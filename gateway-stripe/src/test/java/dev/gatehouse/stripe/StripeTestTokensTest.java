package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.TestTokens;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StripeTestTokensTest {
  private static final TestTokens TOKENS = TestTokens.of(new StripeGatewayProvider()).orElseThrow();

  @Test
  void each_test_token_is_one_of_stripes_and_does_what_it_is_listed_for() {
    Bench bench = new Bench();
    assertThat(TOKENS.approve()).contains(StripeToken.VISA.id());
    assertThat(bench.gateway.charge(Bench.sale("pay-ok", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(TOKENS.declines())
        .containsKeys(DeclineCode.INSUFFICIENT_FUNDS, DeclineCode.STOLEN_CARD);
    for (Map.Entry<DeclineCode, String> listed : TOKENS.declines().entrySet()) {
      StripeToken token =
          Arrays.stream(StripeToken.values())
              .filter(known -> known.id().equals(listed.getValue()))
              .findFirst()
              .orElseThrow();
      Outcome outcome = bench.gateway.charge(Bench.sale("pay-" + listed.getKey(), token));
      assertThat(((Outcome.Declined) outcome).decline().code()).isEqualTo(listed.getKey());
    }
  }
}
