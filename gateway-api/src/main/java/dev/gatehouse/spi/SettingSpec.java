package dev.gatehouse.spi;

import dev.gatehouse.error.InvalidInputException;
import java.util.Optional;

/**
 * One setting that a gateway wants.
 *
 * @param name lower case with dashes, such as {@code secret-key}
 * @param kind the type of its value
 * @param required whether it must be set
 * @param fallback the value when it is not set; never for a secret
 * @param isPublic whether the browser may see it, such as a publishable key
 * @param description one sentence for the person who sets it
 */
public record SettingSpec(
    String name,
    SettingKind kind,
    boolean required,
    Optional<String> fallback,
    boolean isPublic,
    String description) {

  /** Refuses missing parts. */
  public SettingSpec {
    InvalidInputException.required("name", name);
    InvalidInputException.required("kind", kind);
    InvalidInputException.required("fallback", fallback);
    InvalidInputException.required("description", description);
  }

  /** A setting that must be set. */
  public static SettingSpec required(String name, SettingKind kind, String description) {
    return new SettingSpec(name, kind, true, Optional.empty(), false, description);
  }

  /** A setting that may be left out. */
  public static SettingSpec optional(String name, SettingKind kind, String description) {
    return new SettingSpec(name, kind, false, Optional.empty(), false, description);
  }

  /** This, with the value that counts when it is not set. */
  public SettingSpec orElse(String value) {
    return new SettingSpec(name, kind, false, Optional.of(value), isPublic, description);
  }

  /** This, as one that the browser may see. */
  public SettingSpec visibleToBrowser() {
    return new SettingSpec(name, kind, required, fallback, true, description);
  }
}
