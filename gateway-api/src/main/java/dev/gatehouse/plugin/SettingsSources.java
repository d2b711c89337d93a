package dev.gatehouse.plugin;

import static dev.gatehouse.error.InvalidInputException.required;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The places that settings come from, in the order in which they were added: what is added later
 * wins, setting by setting. Not thread-safe. Shows no values.
 */
public final class SettingsSources {
  private final PluginKind<?> kind;
  private final List<SettingsLayer> layers = new ArrayList<>();

  /** None yet. */
  public SettingsSources(PluginKind<?> kind) {
    this.kind = kind;
  }

  /** These, to be changed by themselves. */
  public SettingsSources copy() {
    SettingsSources copy = new SettingsSources(kind);
    copy.layers.addAll(layers);
    return copy;
  }

  /** A properties file in UTF-8. */
  public void file(Path file) {
    layers.add(SettingsLayer.file(kind, required("file", file)));
  }

  /** Properties from elsewhere. */
  public void properties(Map<String, String> values) {
    layers.add(SettingsLayer.properties(kind, copy(values)));
  }

  /** Properties from elsewhere. */
  public void properties(Properties values) {
    Map<String, String> copy = new HashMap<>();
    required("values", values)
        .stringPropertyNames()
        .forEach(name -> copy.put(name, values.getProperty(name)));
    layers.add(SettingsLayer.properties(kind, copy));
  }

  /** Environment variables. */
  public void environment(Map<String, String> variables) {
    layers.add(SettingsLayer.environment(kind, copy(variables)));
  }

  /** One setting. */
  public void set(String instance, String setting, String value) {
    required("value", value);
    String key = kind.property(required("instance", instance), required("setting", setting));
    layers.add(SettingsLayer.properties(kind, Map.of(key, value)));
  }

  /** Everything put together. */
  public Declared declared() {
    return new Declared(kind, layers);
  }

  private static Map<String, String> copy(Map<String, String> values) {
    Map<String, String> copy = new HashMap<>();
    required("values", values)
        .forEach((name, value) -> copy.put(required("name", name), required(name, value)));
    return copy;
  }

  @Override
  public String toString() {
    return layers.size() + " sources";
  }
}
