/** Tells Google Analytics 4 of purchases, refunds, churn and failed payments. */
module dev.gatehouse.analytics.google {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires dev.gatehouse.sink;
  requires tools.jackson.databind;

  exports dev.gatehouse.analytics.ga4;

  provides dev.gatehouse.hook.HookProvider with
      dev.gatehouse.analytics.ga4.Ga4Provider;
}
