package dev.gatehouse.sink;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewaySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the settings of a sink and collects all that is wrong with them, by name and without a
 * value. Not thread-safe.
 */
public final class SinkSettings {
  private final GatewaySettings settings;
  private final List<Problem> problems = new ArrayList<>();

  /** These settings. */
  public SinkSettings(GatewaySettings settings) {
    this.settings = settings;
  }

  /** A setting that must look like this; what it should look like is said to people. */
  public String matching(String name, Pattern form, String what, String remedy) {
    String value = settings.required(name);
    if (!form.matcher(value).matches()) {
      wrong(name, what, remedy);
    }
    return value;
  }

  /** A setting that is one of these words, if it is set and is one. */
  public Optional<String> oneOf(String name, Set<String> words) {
    Optional<String> value = settings.text(name);
    if (value.filter(word -> !words.contains(word)).isPresent()) {
      wrong(name, "is none of its words", "use one of " + new TreeSet<>(words));
      return Optional.empty();
    }
    return value;
  }

  /** The address of a service, to which paths are added. */
  public URI base(String name) {
    URI uri = settings.url(name);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      wrong(name, "has a query or a fragment", "set the address without them");
    }
    return uri;
  }

  /** An address below that of a service, whether that ends with a slash or not. */
  public static URI below(URI base, String path) {
    String before = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/$", "");
    return base.resolve(before + path);
  }

  /** The settings as they are. */
  public GatewaySettings plain() {
    return settings;
  }

  /** Notes what is wrong with a setting; shows no value. */
  public void wrong(String name, String what, String remedy) {
    problems.add(new Problem(name, "setting.malformed", "setting '" + name + "' " + what, remedy));
  }

  /** Whether nothing was wrong so far. */
  public boolean areFine() {
    return problems.isEmpty();
  }

  /** Throws everything that was noted, if anything was. */
  public void demandFine() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
