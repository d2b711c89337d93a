package dev.gatehouse.paypal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which body came with what PayPal signed. That is a checksum only, which others can match; so of
 * two bodies with the same one is forged. The first that was verified counts, for as long as this
 * process remembers it; PayPal repeats that very body. Thread-safe.
 */
final class SignedBodies {
  private static final int MOST = 1_000;

  private final Map<String, String> bodies = new LinkedHashMap<>();

  /** Whether another body was verified with what is signed here. */
  synchronized boolean knowsAnother(byte[] signed, byte[] body) {
    String known = bodies.get(text(signed));
    return known != null && !known.equals(digest(body));
  }

  synchronized void verified(byte[] signed, byte[] body) {
    if (bodies.putIfAbsent(text(signed), digest(body)) == null && bodies.size() > MOST) {
      bodies.remove(bodies.keySet().iterator().next());
    }
  }

  private static String text(byte[] signed) {
    return new String(signed, StandardCharsets.UTF_8);
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
