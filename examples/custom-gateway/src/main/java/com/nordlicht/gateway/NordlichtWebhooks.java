package com.nordlicht.gateway;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.SecretValue;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies and reads notices. {@code Nordlicht-Signature} is the hexadecimal HMAC-SHA256, under the
 * webhook secret, of {@code Nordlicht-Time} (seconds), a line feed, and the body as it came.
 */
final class NordlichtWebhooks {
  static final String TIME = "nordlicht-time";
  static final String SIGNATURE = "nordlicht-signature";

  private static final int MAX_BODY = 64 * 1024;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final List<SecretValue> secrets;
  private final GatewayEnvironment environment;

  NordlichtWebhooks(List<SecretValue> secrets, GatewayEnvironment environment) {
    this.secrets = secrets;
    this.environment = environment;
  }

  // snippet: NordlichtWebhook
  /** A total function: whatever comes gets an answer, and nothing else happens. */
  WebhookAnswer receive(WebhookRequest request) {
    if (request.size() > MAX_BODY) {
      return new WebhookAnswer.Rejected("the body is too large");
    }
    List<String> times = request.header(TIME);
    List<String> signatures = request.header(SIGNATURE);
    if (times.size() != 1 || signatures.size() != 1 || !times.get(0).matches("[0-9]{1,11}")) {
      return new WebhookAnswer.Rejected("there is not one time and one signature");
    }
    byte[] body = request.body();
    if (!isGenuine(times.get(0), signatures.get(0), body)) {
      return new WebhookAnswer.Rejected("the signature is not the bank's");
    }
    if (!isFresh(times.get(0))) {
      return new WebhookAnswer.Rejected("it was signed too long ago, or in the future");
    }
    return read(body);
  }

  /** Two secrets count while one is replaced. Each is tried, so that the time tells nothing. */
  private boolean isGenuine(String time, String signature, byte[] body) {
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    boolean genuine = false;
    for (SecretValue secret : secrets) {
      byte[] wanted = sign(secret.reveal(), time, body).getBytes(StandardCharsets.UTF_8);
      genuine |= MessageDigest.isEqual(wanted, given);
    }
    return genuine;
  }

  private boolean isFresh(String time) {
    Instant signed = Instant.ofEpochSecond(Long.parseLong(time));
    Instant now = environment.clock().instant();
    return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0;
  }

  private static WebhookAnswer read(byte[] body) {
    try {
      Node notice = Node.read(body);
      return new WebhookAnswer.Verified(
          List.of(
              WebhookNotice.of(
                  notice.text("noticeId"), notice.text("kind"), NordlichtSearch.hint(notice))),
          WebhookReply.status(200));
    } catch (Node.Unreadable | InvalidInputException e) {
      return new WebhookAnswer.Rejected("the body is no notice");
    }
  }

  // end snippet

  /** As the bank signs. */
  static String sign(String secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
