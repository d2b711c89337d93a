package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.testkit.emulator.Hmac;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.stripe.Entries.Event;
import java.time.Instant;
import java.util.stream.Collectors;

/** Events as signed deliveries. */
final class Notices {
  private Notices() {}

  static PendingWebhook signed(Event event, Instant now) {
    StripeAccount account = event.account();
    byte[] body = Json.write(MoneyViews.event(event));
    return signed(account, event.id(), event.type(), body, now);
  }

  static PendingWebhook signed(
      StripeAccount account, String id, String type, byte[] body, Instant now) {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/json; charset=utf-8")
            .with("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
            .with("stripe-signature", signature(account, now, body));
    return new PendingWebhook(account.id(), id, type, "POST", account.webhookUri(), headers, body);
  }

  /** One signature for each secret, and in test mode one under a scheme that is to be ignored. */
  private static String signature(StripeAccount account, Instant now, byte[] body) {
    String time = Long.toString(now.getEpochSecond());
    String signatures =
        account.webhookSecrets().stream()
            .map(secret -> ",v1=" + Hmac.sha256Hex(secret, time + ".", body))
            .collect(Collectors.joining("", "t=" + time, ""));
    return account.isLive() ? signatures : signatures + ",v0=" + "0".repeat(64);
  }
}
