package dev.gatehouse.testkit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each module of a hook keeps: it is found, asks for what it needs, and is documented. */
public abstract class SinkModuleContract {
  private final HookProvider provider;
  private final String module;
  private final Path page;
  private final String section;

  /**
   * The tests of a module.
   *
   * @param provider what it provides
   * @param module its name on the module path
   * @param page the page, in Markdown, that has a table of its settings
   * @param section the heading of the second level below which that is
   */
  protected SinkModuleContract(HookProvider provider, String module, Path page, String section) {
    this.provider = provider;
    this.module = module;
    this.page = page;
    this.section = section;
  }

  @Test
  void it_is_found_on_the_class_path_and_as_a_module() {
    assertThat(HookCatalog.discover().ids()).contains(provider.id());
    assertThat(OwnLayer.providers(module, HookProvider.class.getName()))
        .containsExactly(provider.getClass().getName());
  }

  @Test
  void what_is_required_and_missing_is_told_by_name_at_the_start_all_together() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                new SinkShop(
                    TestClock.at("2026-03-01T12:00:00Z"),
                    provider,
                    HookConfig.live("shop", provider.id(), Map.of())));
    List<String> required =
        provider.describe().settings().stream()
            .filter(SettingSpec::required)
            .map(SettingSpec::name)
            .toList();

    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrderElementsOf(required);
    assertThat(required)
        .allSatisfy(
            name ->
                assertThat(refused)
                    .hasMessageContaining(
                        "HOOK_SHOP_" + name.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  @Test
  void the_page_tells_every_setting_with_what_holds_without_it() throws IOException {
    String text = Files.readString(page);
    String ours = text.substring(text.indexOf("\n## " + section + "\n"));
    assertThat(provider.describe().settings())
        .allSatisfy(
            setting -> {
              String without =
                  setting.fallback().map(value -> "`" + value + "`").orElse("required");
              assertThat(ours).contains("| `" + setting.name() + "` | " + without);
            });
  }
}
