package dev.gatehouse.engine;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.PaymentHint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Our ids for what has none of ours. That of a payment that we did not start is made of the
 * provider's, so that two nodes that find the same payment at once give it the same id, and one of
 * them is told that it is known.
 */
final class ForeignIds {
  private ForeignIds() {}

  static PaymentId of(GatewayInstanceId gateway, ProviderId id) {
    String whole = gateway.value() + '\n' + id.kind() + '\n' + id.id();
    return new PaymentId("ext_" + digest(whole));
  }

  /** An id of ours that is made of these parts: the same for the same, whoever makes it. */
  static PaymentId made(String prefix, String... parts) {
    return new PaymentId(prefix + digest(String.join("\n", parts)));
  }

  /** An id for what a provider announces without one: the same for the same place to look. */
  static String of(PaymentHint hint) {
    StringBuilder whole = new StringBuilder(hint.reference().orElse(""));
    hint.providerIds()
        .forEach(id -> whole.append('\n').append(id.kind()).append(' ').append(id.id()));
    return "hint:" + digest(whole.toString());
  }

  private static String digest(String whole) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
