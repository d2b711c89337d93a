package dev.gatehouse.testkit.simulator;

import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How webhooks come, or don't; and some that the provider never sent. */
final class WebhookSteps {
  private static final int ACCEPTED = 200;
  private static final int REDELIVERED_PERCENT = 90;

  private final World world;

  /** Every notice that the provider ever sent, to be copied by others. */
  private final List<PendingWebhook> seen = new ArrayList<>();

  WebhookSteps(World world) {
    this.world = world;
  }

  boolean deliver() {
    List<PendingWebhook> waiting = world.provider.webhooks();
    if (waiting.isEmpty()) {
      return false;
    }
    int place = 0;
    if (waiting.size() > 1 && world.faults.strikes(FaultKind.WEBHOOK_REORDERED)) {
      place = 1 + world.random.nextInt(waiting.size() - 1);
    }
    PendingWebhook webhook = waiting.remove(place);
    if (world.faults.strikes(FaultKind.WEBHOOK_DROPPED)) {
      world.tell("webhook " + webhook.eventId() + " is lost");
      return true;
    }
    if (world.faults.strikes(FaultKind.WEBHOOK_DUPLICATED)) {
      waiting.add(webhook);
    }
    send(webhook);
    return true;
  }

  void deliverNewest() {
    List<PendingWebhook> waiting = world.provider.webhooks();
    send(waiting.remove(waiting.size() - 1));
  }

  /** The provider tries again later if it is not told that the notice was received. */
  private void send(PendingWebhook webhook) {
    seen.add(webhook);
    WebhookRequest request = world.provider.signedNow(webhook).toWebhookRequest();
    boolean[] received = new boolean[1];
    world.by(
        "webhook " + webhook.eventId() + " " + webhook.type(),
        node -> {
          WebhookReply reply = node.engine().webhook(World.GATEWAY, request);
          received[0] = reply.status() == ACCEPTED;
          world.tell("= " + reply.status());
        });
    if (!received[0] && (world.random.nextInt(100) < REDELIVERED_PERCENT || !mayBeLost())) {
      world.provider.webhooks().add(webhook);
    }
  }

  /** Where no webhook may be dropped, a provider does not give up either, while things go wrong. */
  private boolean mayBeLost() {
    return !world.faults.areOn() || world.options.faults().contains(FaultKind.WEBHOOK_DROPPED);
  }

  /** What is not genuine must change nothing, not even cause a lookup. */
  boolean forge() {
    if (seen.isEmpty()) {
      return false;
    }
    WebhookRequest forged = forged(world.provider.signedNow(world.oneOf(seen)).toWebhookRequest());
    boolean faults = world.faults.areOn();
    world.faults.on(false);
    int commits = world.commits;
    int requests = world.requests;
    world.by(
        "forged webhook",
        node -> {
          int status = node.engine().webhook(World.GATEWAY, forged).status();
          if (status == ACCEPTED) {
            throw new ViolationFound(
                Invariant.UNVERIFIED_CHANGES_NOTHING, "webhook", "a forged one was accepted");
          }
        });
    world.faults.on(faults);
    if (commits != world.commits || requests != world.requests) {
      throw new ViolationFound(
          Invariant.UNVERIFIED_CHANGES_NOTHING, "webhook", "a forged one changed something");
    }
    return true;
  }

  private WebhookRequest forged(WebhookRequest genuine) {
    Map<String, List<String>> headers = new HashMap<>(genuine.headers());
    byte[] body = genuine.body();
    switch (world.random.nextInt(3)) {
      case 0 -> body[body.length / 2] ^= 1;
      case 1 -> headers.keySet().removeIf(WebhookSteps::isSignature);
      default ->
          headers.replaceAll(
              (name, values) ->
                  isSignature(name)
                      ? values.stream().map(WebhookSteps::otherSignature).toList()
                      : values);
    }
    return new WebhookRequest(genuine.method(), genuine.uri(), headers, body);
  }

  private static boolean isSignature(String header) {
    return header.contains("sig");
  }

  private static String otherSignature(String header) {
    int middle = header.length() - header.length() / 4;
    char there = header.charAt(middle);
    return header.substring(0, middle) + (there == '0' ? '1' : '0') + header.substring(middle + 1);
  }
}
