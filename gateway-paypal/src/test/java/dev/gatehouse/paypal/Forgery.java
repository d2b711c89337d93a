package dev.gatehouse.paypal;

import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/** What an attacker can do with a delivery that was seen once. */
record Forgery(PayPalWebhook seen) {
  private static final int CRC_BITS = 32;

  /** So many letters that some choice of them reaches each checksum. */
  private static final int LETTERS = 64;

  Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new HashMap<>();
    seen.headers()
        .fields()
        .forEach(
            field ->
                headers
                    .computeIfAbsent(field.name(), name -> new ArrayList<>())
                    .add(field.value()));
    return headers;
  }

  static WebhookRequest request(Map<String, List<String>> headers, byte[] body) {
    return new WebhookRequest("POST", URI.create("https://shop.test/paypal"), headers, body);
  }

  /** The delivery with another header. */
  WebhookRequest with(String name, String value) {
    Map<String, List<String>> changed = headers();
    changed.put(name, List.of(value));
    return request(changed, seen.body());
  }

  /** The delivery with another body, under its own signature. */
  WebhookRequest with(byte[] body) {
    return request(headers(), body);
  }

  /** The delivery, signed anew with a key from the resources. */
  WebhookRequest signedBy(String key, String webhookId) {
    CRC32 crc = new CRC32();
    crc.update(seen.body());
    String message =
        header("paypal-transmission-id")
            + "|"
            + header("paypal-transmission-time")
            + "|"
            + webhookId
            + "|"
            + crc.getValue();
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      byte[] pkcs8 =
          Base64.getMimeDecoder().decode(resource(key).replaceAll("-----[A-Z ]+-----", ""));
      signature.initSign(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
      signature.update(message.getBytes(StandardCharsets.UTF_8));
      return with("paypal-transmission-sig", Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String header(String name) {
    return seen.headers().first(name).orElseThrow();
  }

  static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Forgery.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The JSON object with a field of letters before its end, chosen so that the whole has the
   * checksum of the delivery's body. A checksum is linear in the bits of what it is over: which
   * letters to change from a to c, one bit each, are linear equations.
   */
  byte[] withItsChecksum(String object) {
    String start = object.substring(0, object.length() - 1) + ",\"z\":\"";
    byte[] text = (start + "a".repeat(LETTERS) + "\"}").getBytes(StandardCharsets.UTF_8);
    int first = text.length - 2 - LETTERS;
    long base = crc(text);
    long[] byBit = new long[CRC_BITS];
    long[] choiceByBit = new long[CRC_BITS];
    for (int i = 0; i < LETTERS; i++) {
      text[first + i] ^= 2;
      long change = crc(text) ^ base;
      text[first + i] ^= 2;
      long choice = 1L << i;
      for (int bit = 0; bit < CRC_BITS && change != 0; bit++) {
        if ((change >>> bit & 1) == 0) {
          continue;
        }
        if (byBit[bit] == 0) {
          byBit[bit] = change;
          choiceByBit[bit] = choice;
          break;
        }
        change ^= byBit[bit];
        choice ^= choiceByBit[bit];
      }
    }
    long left = base ^ crc(seen.body());
    long letters = 0;
    for (int bit = 0; bit < CRC_BITS; bit++) {
      if ((left >>> bit & 1) != 0) {
        left ^= byBit[bit];
        letters ^= choiceByBit[bit];
      }
    }
    for (int i = 0; i < LETTERS; i++) {
      text[first + i] ^= (byte) ((letters >>> i & 1) << 1);
    }
    if (crc(text) != crc(seen.body())) {
      throw new AssertionError("no such letters");
    }
    return text;
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
