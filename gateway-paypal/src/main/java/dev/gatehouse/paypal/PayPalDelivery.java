package dev.gatehouse.paypal;

import dev.gatehouse.spi.WebhookRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A delivery as it claims to be: nothing of it is true before it was verified.
 *
 * @param transmission PayPal's id of the delivery
 * @param time when it was signed, as it is written there
 * @param sentAt that time
 * @param signature in Base64
 * @param certificate where the certificate is that it was signed with: an address of PayPal's
 * @param body the bytes, as they came
 */
record PayPalDelivery(
    String transmission,
    String time,
    Instant sentAt,
    String signature,
    URI certificate,
    byte[] body) {
  /** The one algorithm that PayPal signs with. */
  static final String ALGORITHM = "SHA256withRSA";

  private static final int MAX_BODY = 512 * 1024;
  private static final int MAX_HEADER = 500;
  private static final int MAX_ID = 50;
  private static final int MAX_TIME = 100;

  /** Visible, and the same inside a text of JSON. */
  private static final Pattern PLAIN = Pattern.compile("[!#-\\[\\]-~]+");

  /** Not genuine, on its way out. */
  static final class Forged extends Exception {
    private static final long serialVersionUID = 1L;

    Forged(String reason) {
      super(reason, null, false, false);
    }
  }

  /** What costs nothing is looked at here: whoever forges badly makes us send nothing. */
  static PayPalDelivery of(WebhookRequest request, PayPalCertificates certificates) throws Forged {
    if (!"POST".equals(request.method())) {
      throw new Forged("the method is not POST");
    }
    if (request.size() > MAX_BODY) {
      throw new Forged("the body is larger than " + MAX_BODY + " bytes");
    }
    if (!header(request, "paypal-auth-algo", MAX_TIME).equals(ALGORITHM)) {
      throw new Forged("the algorithm is not " + ALGORITHM);
    }
    String time = header(request, "paypal-transmission-time", MAX_TIME);
    return new PayPalDelivery(
        header(request, "paypal-transmission-id", MAX_ID),
        time,
        instant(time),
        header(request, "paypal-transmission-sig", MAX_HEADER),
        certificates
            .address(header(request, "paypal-cert-url", MAX_HEADER))
            .orElseThrow(() -> new Forged("the certificate's address is not PayPal's")),
        request.body());
  }

  private static String header(WebhookRequest request, String name, int max) throws Forged {
    List<String> values = request.header(name);
    if (values.size() != 1
        || values.get(0).length() > max
        || !PLAIN.matcher(values.get(0)).matches()) {
      throw new Forged("there is not exactly one proper " + name);
    }
    return values.get(0);
  }

  private static Instant instant(String time) throws Forged {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new Forged("the time of the transmission is malformed");
    }
  }

  /** What PayPal signs. */
  byte[] signed(String webhookId) {
    CRC32 crc = new CRC32();
    crc.update(body);
    String text = transmission + "|" + time + "|" + webhookId + "|" + crc.getValue();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether nothing, not even a space, stands around the object of the body. */
  boolean isBare() {
    return body.length > 1 && body[0] == '{' && body[body.length - 1] == '}';
  }

  /**
   * What PayPal is asked, as JSON. The body stands in it byte for byte, as PayPal demands; it has
   * to be one object of JSON.
   */
  byte[] question(String webhookId) {
    String before =
        "{\"auth_algo\":\""
            + ALGORITHM
            + "\",\"cert_url\":\""
            + certificate
            + "\",\"transmission_id\":\""
            + transmission
            + "\",\"transmission_sig\":\""
            + signature
            + "\",\"transmission_time\":\""
            + time
            + "\",\"webhook_id\":\""
            + webhookId
            + "\",\"webhook_event\":";
    ByteArrayOutputStream json = new ByteArrayOutputStream(before.length() + body.length + 1);
    json.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
    json.writeBytes(body);
    json.write('}');
    return json.toByteArray();
  }

  @Override
  public String toString() {
    return "PayPalDelivery[" + transmission + "]";
  }
}
