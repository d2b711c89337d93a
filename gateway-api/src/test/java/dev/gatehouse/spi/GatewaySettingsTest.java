package dev.gatehouse.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {
  private final GatewaySettings settings =
      GatewaySettings.of(
          Map.of("url", "https://bank.example", "count", "7", "bad", ": no/", "key", "sk_canary"));

  @Test
  void a_setting_is_read_as_what_it_is() {
    assertThat(settings.url("url")).isEqualTo(URI.create("https://bank.example"));
    assertThat(settings.integer("count")).isEqualTo(7);
    assertThat(settings.secret("key").reveal()).isEqualTo("sk_canary");
    assertThat(settings.text("none")).isEmpty();
    assertThat(settings.isTrue("none")).isFalse();
  }

  /** The framework has checked them; what a test makes by hand it has not. */
  @Test
  void what_is_missing_or_malformed_is_told_by_name_and_never_by_value() {
    List<Consumer<GatewaySettings>> reads =
        List.of(s -> s.url("bad"), s -> s.integer("bad"), s -> s.required("none"));
    for (Consumer<GatewaySettings> read : reads) {
      assertThatThrownBy(() -> read.accept(settings))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageMatching("(?s).*'(bad|none)'.*")
          .hasMessageNotContaining(": no/");
    }
    assertThat(settings).hasToString("GatewaySettings[bad, count, key, url]");
  }
}
