package dev.gatehouse.testkit.paypal;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Signs deliveries: SHA256withRSA over {@code transmission id|time|webhook id|CRC32 of the body}.
 * Key and certificate are for tests and known to everybody.
 */
final class Signer {
  /** The id of the certificate, as its address names it. */
  static final String CERTIFICATE = "CERT-360caa42-fca2a594-1d93a270";

  /** Where it is served. */
  static final String PATH = "/v1/notifications/certs/" + CERTIFICATE;

  private final PrivateKey key;
  private final PublicKey publicKey;
  private final String certificate;

  Signer() {
    this.certificate = resource("webhook-certificate.pem");
    try {
      this.key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(decoded(resource("webhook-key.pem"))));
      this.publicKey =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)))
              .getPublicKey();
    } catch (GeneralSecurityException e) {
      throw broken("webhook-key.pem");
    }
  }

  /** The certificate in PEM. */
  String certificate() {
    return certificate;
  }

  static URI address(PayPalApp app) {
    String site = app.live() ? "api.paypal.com" : "api.sandbox.paypal.com";
    return URI.create("https://" + site + PATH);
  }

  PayPalWebhook signed(Notices.Event event, URI certificateAddress, Instant now) {
    return signed(event, Json.write(event.json()), certificateAddress, now);
  }

  PayPalWebhook signed(Notices.Event event, byte[] body, URI certificateAddress, Instant now) {
    String time = now.toString();
    String signature = sign(message(event.transmission(), time, event.app().webhookId(), body));
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/json")
            .with("paypal-auth-algo", "SHA256withRSA")
            .with("paypal-cert-url", certificateAddress.toString())
            .with("paypal-transmission-id", event.transmission())
            .with("paypal-transmission-sig", signature)
            .with("paypal-transmission-time", time);
    return new PayPalWebhook(event.id(), event.type(), headers, body);
  }

  boolean isGenuine(String id, String time, String webhookId, byte[] body, String signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(publicKey);
      check.update(message(id, time, webhookId, body));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] message(String id, String time, String webhookId, byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return (id + "|" + time + "|" + webhookId + "|" + crc.getValue())
        .getBytes(StandardCharsets.UTF_8);
  }

  private String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw broken("webhook-key.pem");
    }
  }

  static String resource(String name) {
    try (InputStream in = Signer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw broken(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw broken(name);
    }
  }

  private static byte[] decoded(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  private static ConfigurationException broken(String name) {
    return new ConfigurationException(
        new Problem(name, "paypal.resource", "it can't be read", "use an intact testkit"));
  }
}
