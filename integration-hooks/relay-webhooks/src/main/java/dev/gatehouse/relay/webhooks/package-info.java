/**
 * Outgoing webhooks: {@link dev.gatehouse.relay.webhooks.WebhookRelayProvider} opens one hook for
 * each endpoint, and {@link dev.gatehouse.relay.webhooks.WebhookPing} tries one. The format is that
 * of <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>.
 */
@NullMarked
package dev.gatehouse.relay.webhooks;

import org.jspecify.annotations.NullMarked;
