package dev.gatehouse.spi;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of one gateway instance, already checked against what its description wants.
 * Immutable; shows names, never values.
 */
public final class GatewaySettings {
  private final Map<String, String> values;

  private GatewaySettings(Map<String, String> values) {
    this.values = Map.copyOf(InvalidInputException.required("values", values));
  }

  /** Settings by name; the map is copied. */
  public static GatewaySettings of(Map<String, String> values) {
    return new GatewaySettings(values);
  }

  /** The text of a setting, if it is set. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A setting that must be there; throws {@link ConfigurationException} naming it if it is not. */
  public String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** A secret that must be there. */
  public SecretValue secret(String name) {
    return SecretValue.of(required(name));
  }

  /** A secret, if it is set. */
  public Optional<SecretValue> optionalSecret(String name) {
    return text(name).map(SecretValue::of);
  }

  /** An address that must be there. */
  public URI url(String name) {
    try {
      return new URI(required(name));
    } catch (URISyntaxException e) {
      throw wrong(name, "is no address", "set an absolute https address");
    }
  }

  /** Whether a setting is {@code true}. */
  public boolean isTrue(String name) {
    return text(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** A whole number that must be there. */
  public long integer(String name) {
    try {
      return Long.parseLong(required(name));
    } catch (NumberFormatException e) {
      throw wrong(name, "is no whole number", "set digits only");
    }
  }

  /** The names that are set. */
  public Set<String> names() {
    return values.keySet();
  }

  private static ConfigurationException wrong(String name, String what, String remedy) {
    return new ConfigurationException(
        new Problem(name, "setting.malformed", "setting '" + name + "' " + what, remedy));
  }

  private static ConfigurationException missing(String name) {
    return new ConfigurationException(
        new Problem(name, "setting.missing", "setting '" + name + "' is missing", "set it"));
  }

  @Override
  public String toString() {
    return "GatewaySettings" + new TreeMap<>(values).keySet();
  }
}
