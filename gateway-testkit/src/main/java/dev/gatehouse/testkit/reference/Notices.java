package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.testkit.emulator.Hmac;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as signed notices. */
final class Notices {
  private Notices() {}

  static PendingWebhook signed(Entries.Event event, Instant now) {
    ReferenceAccount account = event.charge().account;
    byte[] body = Json.write(ChargeJson.event(event));
    return signed(account, event.id(), event.type(), body, now);
  }

  static byte[] batch(List<PendingWebhook> webhooks) {
    ObjectNode body = Json.object().put("object", "batch");
    ArrayNode events = body.putArray("events");
    webhooks.forEach(webhook -> events.add(Json.read(webhook.body())));
    return Json.write(body);
  }

  static PendingWebhook signed(
      ReferenceAccount account, String id, String type, byte[] body, Instant now) {
    String time = Long.toString(now.getEpochSecond());
    String signature =
        account.webhookSecrets().stream()
            .map(secret -> ",v1=" + Hmac.sha256Hex(secret, time + ".", body))
            .collect(Collectors.joining("", "t=" + time, ""));
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/json")
            .with(Signatures.HEADER, signature);
    return new PendingWebhook(account.id(), id, type, "POST", account.webhookUri(), headers, body);
  }
}
