package dev.gatehouse.engine;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Our id for a payment that we did not start: made of the provider's, so that two nodes that find
 * the same payment at once give it the same id, and one of them is told that it is known.
 */
final class ForeignIds {
  private ForeignIds() {}

  static PaymentId of(GatewayInstanceId gateway, ProviderId id) {
    String whole = gateway.value() + '\n' + id.kind() + '\n' + id.id();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return new PaymentId("ext_" + HexFormat.of().formatHex(digest, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
