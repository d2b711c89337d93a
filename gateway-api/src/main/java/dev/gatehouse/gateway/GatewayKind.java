package dev.gatehouse.gateway;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.plugin.PluginKind;
import dev.gatehouse.plugin.SettingNames;
import dev.gatehouse.spi.GatewayProvider;
import java.util.Set;

/** What gateways are called where plug-ins of all kinds are found and configured alike. */
final class GatewayKind {
  static final String MODE = "mode";
  static final String NEW_PAYMENTS = "new-payments";

  static final PluginKind<GatewayProvider> GATEWAY =
      new PluginKind<>(
          GatewayProvider.class,
          "gateway",
          "gateway.stripe-eu.secret-key",
          Set.of(SettingNames.PROVIDER, MODE, NEW_PAYMENTS),
          GatewayKind::isAnInstance);

  private GatewayKind() {}

  private static boolean isAnInstance(String name) {
    try {
      new GatewayInstanceId(name);
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }
}
