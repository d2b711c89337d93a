/** The gateway to Nordlicht Bank. */
module com.nordlicht.gateway {
  requires dev.gatehouse.api;
  requires tools.jackson.databind;

  exports com.nordlicht.gateway;

  provides dev.gatehouse.spi.GatewayProvider with
      com.nordlicht.gateway.NordlichtProvider;
}
