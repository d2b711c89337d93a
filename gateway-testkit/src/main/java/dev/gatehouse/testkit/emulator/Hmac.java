package dev.gatehouse.testkit.emulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), by which many providers sign their notices. */
public final class Hmac {
  private Hmac() {}

  /**
   * The code of a text and, right after it, a body.
   *
   * @param before such as a time and a point; may be empty
   */
  public static byte[] sha256(String secret, String before, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The same in hexadecimal digits, in lower case. */
  public static String sha256Hex(String secret, String before, byte[] body) {
    return HexFormat.of().formatHex(sha256(secret, before, body));
  }
}
