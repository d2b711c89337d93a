package dev.gatehouse.plugin;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A kind of code that others drop in, and what people call it.
 *
 * @param service what a provider of it implements
 * @param noun such as {@code gateway}; settings begin with it
 * @param example the name of a setting, for remedies
 * @param own names of settings that are the framework's, and no provider's
 * @param names which ids an instance may have
 * @param <P> what a provider of it implements
 */
public record PluginKind<P>(
    Class<P> service, String noun, String example, Set<String> own, Predicate<String> names) {

  /** Copies the set. */
  public PluginKind {
    own = Set.copyOf(own);
  }

  /** What properties begin with, such as {@code gateway.}. */
  String property() {
    return noun + ".";
  }

  /** What variables begin with, such as {@code GATEWAY_}. */
  public String variable() {
    return noun.toUpperCase(Locale.ROOT) + "_";
  }

  /** Such as {@code gateway.stripe-eu.secret-key}. */
  public String property(String instance, String setting) {
    return property() + instance + "." + setting;
  }

  /** Such as {@code GATEWAY_STRIPE_EU_SECRET_KEY}. */
  private String variable(String instance, String setting) {
    return variable() + SettingNames.shouted(instance) + "_" + SettingNames.shouted(setting);
  }

  /** Where to set it, for a remedy. */
  public String places(String instance, String setting) {
    return property(instance, setting) + " or " + variable(instance, setting);
  }
}
