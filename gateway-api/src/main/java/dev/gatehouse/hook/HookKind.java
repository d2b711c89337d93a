package dev.gatehouse.hook;

import dev.gatehouse.plugin.PluginKind;
import dev.gatehouse.plugin.SettingNames;
import java.util.Set;
import java.util.regex.Pattern;

/** What hooks are called where plug-ins of all kinds are found and configured alike. */
final class HookKind {
  static final String TEST_EVENTS = "test-events";

  static final PluginKind<HookProvider> HOOK =
      new PluginKind<>(
          HookProvider.class,
          "hook",
          "hook.ga4-eu.api-secret",
          Set.of(SettingNames.PROVIDER, TEST_EVENTS),
          Pattern.compile("[a-z0-9-]{1,64}").asMatchPredicate());

  private HookKind() {}
}
