package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HmacTest {
  /** Test case 2 of RFC 4231, cut in two. */
  @Test
  void it_is_that_of_the_standard() {
    byte[] body = "for nothing?".getBytes(StandardCharsets.UTF_8);

    assertThat(Hmac.sha256Hex("Jefe", "what do ya want ", body))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }
}
