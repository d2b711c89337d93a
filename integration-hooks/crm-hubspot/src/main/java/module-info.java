/** Keeps contacts in HubSpot in step with customers and their memberships. */
module dev.gatehouse.crm.hubspot {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires dev.gatehouse.sink;
  requires org.slf4j;
  requires tools.jackson.databind;

  exports dev.gatehouse.crm.hubspot;

  provides dev.gatehouse.hook.HookProvider with
      dev.gatehouse.crm.hubspot.HubSpotProvider;
}
