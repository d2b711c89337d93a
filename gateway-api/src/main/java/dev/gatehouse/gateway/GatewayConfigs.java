package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.plugin.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Which gateway instances to open, and their settings, collected from several places: properties,
 * the environment, code. What is added later wins, setting by setting.
 *
 * <p>An instance is declared by naming its provider; {@code mode} must be said, too:
 *
 * <pre>
 * gateway.stripe-eu.provider = stripe
 * gateway.stripe-eu.mode = live
 * gateway.stripe-eu.secret-key = …
 * </pre>
 *
 * <p>In the environment the same are {@code GATEWAY_STRIPE_EU_PROVIDER}, {@code
 * GATEWAY_STRIPE_EU_MODE} and {@code GATEWAY_STRIPE_EU_SECRET_KEY}. {@code new-payments = off}
 * switches an instance off for new payments. Not thread-safe. Shows no values.
 */
public final class GatewayConfigs {
  private final List<GatewayConfig> byHand = new ArrayList<>();
  private final SettingsSources sources;

  private GatewayConfigs(SettingsSources sources) {
    this.sources = sources;
  }

  /** No instances yet. */
  public static GatewayConfigs collect() {
    return new GatewayConfigs(new SettingsSources(GatewayKind.GATEWAY));
  }

  /** An instance that is configured whole, by hand; nothing from elsewhere is added to it. */
  public GatewayConfigs add(GatewayConfig config) {
    byHand.add(required("gateway", config));
    return this;
  }

  /**
   * A properties file in UTF-8. Keys that do not begin with {@code gateway.} are passed over, so it
   * may be the application's own. A file that can't be read is a problem when the gateways are
   * opened.
   */
  public GatewayConfigs properties(Path file) {
    sources.file(file);
    return this;
  }

  /** Properties from elsewhere; keys as in a file. */
  public GatewayConfigs properties(Map<String, String> values) {
    sources.properties(values);
    return this;
  }

  /** Properties from elsewhere, such as {@code System.getProperties()}; keys as in a file. */
  public GatewayConfigs properties(Properties values) {
    sources.properties(values);
    return this;
  }

  /**
   * Environment variables, such as {@code System.getenv()}. Those that belong to no declared
   * instance are passed over, and their names are logged.
   */
  public GatewayConfigs environment(Map<String, String> variables) {
    sources.environment(variables);
    return this;
  }

  /** One setting, from code: such as a secret from a vault. */
  public GatewayConfigs set(GatewayInstanceId instance, String setting, String value) {
    sources.set(required("instance", instance).value(), setting, value);
    return this;
  }

  /** This, and instances that are configured whole, by hand. */
  public GatewayConfigs and(List<GatewayConfig> configs) {
    GatewayConfigs both = new GatewayConfigs(sources.copy());
    both.byHand.addAll(byHand);
    required("configs", configs).forEach(both::add);
    return both;
  }

  /** Everything put together. */
  Resolved resolve() {
    return new Resolution(sources.declared()).resolved(byHand);
  }

  @Override
  public String toString() {
    return "GatewayConfigs[" + byHand.size() + " by hand, " + sources + "]";
  }
}
