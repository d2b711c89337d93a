/** Sends events to registered endpoints, in the format of Standard Webhooks. */
module dev.gatehouse.relay.webhooks {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires dev.gatehouse.http.apache;
  requires dev.gatehouse.json;
  requires dev.gatehouse.sink;
  requires org.slf4j;
  requires tools.jackson.databind;

  exports dev.gatehouse.relay.webhooks;

  provides dev.gatehouse.hook.HookProvider with
      dev.gatehouse.relay.webhooks.WebhookRelayProvider;
}
