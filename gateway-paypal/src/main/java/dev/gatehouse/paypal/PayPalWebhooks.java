package dev.gatehouse.paypal;

import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Verifies and reads deliveries: SHA256withRSA over {@code transmission id|time|our webhook
 * id|CRC32 of the body}, with the key of a certificate at PayPal's. PayPal delivers again for three
 * days, and what a delivery says is only a hint; so they count for that long.
 */
final class PayPalWebhooks {
  private static final int MAX_BODY = 512 * 1024;
  private static final int MAX_HEADER = 1024;
  private static final Duration PAST = Duration.ofDays(3).plusHours(1);
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1," + MAX_HEADER + "}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,255}");

  private final PayPalSettings settings;
  private final GatewayEnvironment environment;
  private final PayPalCertificates certificates;

  PayPalWebhooks(PayPalSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.certificates = new PayPalCertificates(settings, environment);
  }

  /** Not genuine, on its way out. */
  private static final class Forged extends Exception {
    private static final long serialVersionUID = 1L;

    Forged(String reason) {
      super(reason, null, false, false);
    }
  }

  WebhookAnswer receive(WebhookRequest request, Deadline deadline) {
    try {
      demandGenuine(request, deadline);
      return notices(request.body());
    } catch (Forged e) {
      return new WebhookAnswer.Rejected(String.valueOf(e.getMessage()));
    } catch (PayPalCertificates.Unavailable e) {
      return new WebhookAnswer.CannotVerify(e.failure());
    } catch (Node.Unreadable e) {
      return new WebhookAnswer.Rejected("the body can't be read");
    }
  }

  /** What costs nothing comes first: whoever forges badly makes us fetch nothing. */
  private void demandGenuine(WebhookRequest request, Deadline deadline)
      throws Forged, PayPalCertificates.Unavailable {
    if (!"POST".equals(request.method())) {
      throw new Forged("the method is not POST");
    }
    if (request.size() > MAX_BODY) {
      throw new Forged("the body is larger than " + MAX_BODY + " bytes");
    }
    String transmission = header(request, "paypal-transmission-id");
    String time = header(request, "paypal-transmission-time");
    byte[] signature = signature(header(request, "paypal-transmission-sig"));
    if (!header(request, "paypal-auth-algo").equals("SHA256withRSA")) {
      throw new Forged("the algorithm is not SHA256withRSA");
    }
    demandFresh(time);
    Optional<URI> address = certificates.address(header(request, "paypal-cert-url"));
    if (address.isEmpty()) {
      throw new Forged("the certificate's address is not PayPal's");
    }
    Optional<PublicKey> key = certificates.key(address.get(), deadline);
    if (key.isEmpty()) {
      throw new Forged("the certificate is not PayPal's");
    }
    if (!verifies(key.get(), message(transmission, time, request.body()), signature)) {
      throw new Forged("the signature is not PayPal's");
    }
  }

  private static String header(WebhookRequest request, String name) throws Forged {
    List<String> values = request.header(name);
    if (values.size() != 1 || !VISIBLE.matcher(values.get(0)).matches()) {
      throw new Forged("there is not exactly one proper " + name);
    }
    return values.get(0);
  }

  private static byte[] signature(String text) throws Forged {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Forged("the signature is no Base64");
    }
  }

  private void demandFresh(String time) throws Forged {
    try {
      Instant sent = OffsetDateTime.parse(time).toInstant();
      Instant now = environment.clock().instant();
      if (sent.isBefore(now.minus(PAST)) || sent.isAfter(now.plus(AHEAD))) {
        throw new Forged("the time of the transmission is too far from now");
      }
    } catch (DateTimeException e) {
      throw new Forged("the time of the transmission is malformed");
    }
  }

  private byte[] message(String transmission, String time, byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    String text = transmission + "|" + time + "|" + settings.webhookId() + "|" + crc.getValue();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean verifies(PublicKey key, byte[] message, byte[] given) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(given);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static WebhookAnswer notices(byte[] body) throws Forged {
    Node event = PayPalSdk.read(body);
    String id = event.text("id");
    String type = event.text("event_type");
    if (!ID.matcher(id).matches() || !ID.matcher(type).matches()) {
      throw new Forged("the event's id or type is malformed");
    }
    Optional<PaymentHint> hint = PayPalEvents.hint(event);
    return new WebhookAnswer.Verified(
        hint.map(where -> List.of(WebhookNotice.of(id, type, where))).orElse(List.of()),
        WebhookReply.status(200));
  }
}
