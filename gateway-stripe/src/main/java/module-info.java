/** Payments through Stripe. Exports the provider; no type of Stripe's SDK is in its API. */
module dev.gatehouse.stripe {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires com.google.gson;
  requires com.stripe;

  exports dev.gatehouse.stripe;

  provides dev.gatehouse.spi.GatewayProvider with
      dev.gatehouse.stripe.StripeGatewayProvider;
}
