module com.acme.gateway {
  requires dev.gatehouse.api;

  exports com.acme.gateway;

  provides dev.gatehouse.spi.GatewayProvider with
      com.acme.gateway.AcmeGatewayProvider;
}
