package dev.gatehouse.relay.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.spi.SecretValue;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks asks for: {@code v1,} and the HMAC-SHA256 over id, time and body, once
 * with each secret. Immutable and thread-safe.
 */
final class Signer {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final List<SecretKeySpec> keys;

  /** With these keys, the current one first. */
  Signer(List<SecretKeySpec> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The key in a secret; empty unless it is {@code whsec_} and 24 to 64 bytes in Base64. */
  static Optional<SecretKeySpec> key(SecretValue secret) {
    String text = secret.reveal();
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return key.length >= SHORTEST && key.length <= LONGEST
          ? Optional.of(new SecretKeySpec(key, ALGORITHM))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The value of the header {@code webhook-signature}. */
  String sign(String id, long timestamp, byte[] body) {
    byte[] before = (id + "." + timestamp + ".").getBytes(UTF_8);
    return keys.stream()
        .map(key -> "v1," + hmac(key, before, body))
        .collect(Collectors.joining(" "));
  }

  private static String hmac(SecretKeySpec key, byte[] before, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(before);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
