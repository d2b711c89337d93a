package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.paypal.PayPalDelivery.Forged;
import dev.gatehouse.paypal.PayPalSettings.Verification;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Verifies and reads deliveries. PayPal is asked, or the signature is verified here, with the key
 * of a certificate at PayPal's: SHA256withRSA over {@code transmission id|time|our webhook id|CRC32
 * of the body}. PayPal delivers again for three days, and what a delivery says is only a hint; so
 * they count for that long.
 */
final class PayPalWebhooks {
  private static final Duration PAST = Duration.ofDays(3).plusHours(1);
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,255}");

  private final PayPalSettings settings;
  private final PayPalSdk sdk;
  private final GatewayEnvironment environment;
  private final PayPalCertificates certificates;
  private final SignedBodies bodies = new SignedBodies();

  PayPalWebhooks(PayPalSettings settings, PayPalSdk sdk, GatewayEnvironment environment) {
    this.settings = settings;
    this.sdk = sdk;
    this.environment = environment;
    this.certificates = new PayPalCertificates(settings, environment);
  }

  /** Whether it is genuine can't be told now. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    Unavailable(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  WebhookAnswer receive(WebhookRequest request, Deadline deadline) {
    try {
      PayPalDelivery delivery = PayPalDelivery.of(request, certificates);
      demandFresh(delivery.sentAt());
      byte[] signed = delivery.signed(settings.webhookId());
      if (bodies.knowsAnother(signed, delivery.body())) {
        throw new Forged("another body came with this signature before");
      }
      if (settings.verification() == Verification.API) {
        demandConfirmed(delivery, deadline);
      } else {
        demandSigned(delivery, signed, deadline);
      }
      bodies.verified(signed, delivery.body());
      return notices(delivery.body());
    } catch (Forged e) {
      return new WebhookAnswer.Rejected(String.valueOf(e.getMessage()));
    } catch (Unavailable e) {
      return new WebhookAnswer.CannotVerify(e.failure());
    } catch (Node.Unreadable e) {
      return new WebhookAnswer.Rejected("the body can't be read");
    }
  }

  private void demandFresh(Instant sent) throws Forged {
    Instant now = environment.clock().instant();
    if (sent.isBefore(now.minus(PAST)) || sent.isAfter(now.plus(AHEAD))) {
      throw new Forged("the time of the transmission is too far from now");
    }
  }

  /** PayPal says yes or no; whatever else comes back is neither. */
  private void demandConfirmed(PayPalDelivery delivery, Deadline deadline)
      throws Forged, Unavailable {
    // What is no object could end the question early, and bring an event of its own; and what
    // stands around it would not be asked about.
    PayPalSdk.read(delivery.body());
    if (!delivery.isBare()) {
      throw new Forged("the body is more than an object");
    }
    switch (verdict(delivery, deadline)) {
      case "SUCCESS" -> {}
      case "FAILURE" ->
          throw new Forged("PayPal did not sign this for the webhook in " + webhookSetting());
      default ->
          throw new Unavailable(
              PayPalErrors.unknown("verification.unreadable", "PayPal's answer says neither"));
    }
  }

  private String verdict(PayPalDelivery delivery, Deadline deadline) throws Unavailable {
    try {
      Answer answer = sdk.verify(delivery.question(settings.webhookId()), deadline);
      if (answer instanceof Answer.Done done) {
        return done.body().optional("verification_status").orElse("");
      }
      throw new Unavailable(unanswered(answer));
    } catch (Node.Unreadable e) {
      throw new Unavailable(PayPalErrors.unreadable(e));
    }
  }

  private Failure unanswered(Answer answer) {
    if (answer instanceof Answer.Unsure unsure) {
      return unsure.failure();
    }
    Failure refusal =
        answer instanceof Answer.Refused refused
            ? refused.failure()
            : PayPalErrors.unknown("answer.unexpected", "a verification was declined");
    boolean ours =
        refusal.category() == ErrorCategory.VALIDATION
            || refusal.category() == ErrorCategory.NOT_FOUND;
    return ours
        ? Failure.of(
            refusal.category(), refusal.code(), refusal.message() + "; see " + webhookSetting())
        : refusal;
  }

  private String webhookSetting() {
    return "setting '"
        + PayPalGatewayProvider.WEBHOOK_ID
        + "' of gateway '"
        + settings.instance()
        + "'";
  }

  private void demandSigned(PayPalDelivery delivery, byte[] signed, Deadline deadline)
      throws Forged, Unavailable {
    byte[] signature = signature(delivery.signature());
    Optional<PublicKey> key = certificates.key(delivery.certificate(), deadline);
    if (key.isEmpty()) {
      throw new Forged("the certificate is not PayPal's");
    }
    if (!verifies(key.get(), signed, signature)) {
      throw new Forged(
          "the signature is not PayPal's, or not for the webhook in " + webhookSetting());
    }
  }

  private static byte[] signature(String text) throws Forged {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Forged("the signature is no Base64");
    }
  }

  private static boolean verifies(PublicKey key, byte[] message, byte[] given) {
    try {
      Signature signature = Signature.getInstance(PayPalDelivery.ALGORITHM);
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
