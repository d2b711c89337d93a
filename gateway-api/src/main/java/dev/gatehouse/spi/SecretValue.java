package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret setting. Its text never appears in {@code toString}; {@link #reveal()} is the one way to
 * it, so that every use can be found. Immutable.
 */
public final class SecretValue {
  private final String value;

  private SecretValue(String value) {
    this.value = value;
  }

  /** Wraps a secret. */
  public static SecretValue of(String value) {
    return new SecretValue(required("secret", value));
  }

  /** The secret itself. Never log it, never put it in an exception. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretValue secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "redacted";
  }
}
