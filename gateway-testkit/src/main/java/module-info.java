/** The Gatehouse testkit: the reference gateway with its simulated provider, and a test clock. */
module dev.gatehouse.testkit {
  requires static transitive org.jspecify;
  requires static org.junit.jupiter.api;
  requires static org.junit.jupiter.params;
  requires static info.picocli;
  requires transitive dev.gatehouse.api;
  requires transitive org.assertj.core;
  requires java.logging;
  requires java.xml;
  requires jdk.management;
  requires jdk.httpserver;
  requires transitive tools.jackson.databind;

  exports dev.gatehouse.testkit;
  exports dev.gatehouse.testkit.conformance;
  exports dev.gatehouse.testkit.emulator;
  exports dev.gatehouse.testkit.paypal;
  exports dev.gatehouse.testkit.reference;
  exports dev.gatehouse.testkit.simulator;
  exports dev.gatehouse.testkit.sink;
  exports dev.gatehouse.testkit.stripe;

  // It sets the options of the command line, where that is run as a module.
  opens dev.gatehouse.testkit.conformance.cli to
      info.picocli;

  uses dev.gatehouse.testkit.conformance.TestTarget;
  uses dev.gatehouse.spi.GatewayProvider;

  provides dev.gatehouse.spi.GatewayProvider with
      dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
  provides dev.gatehouse.testkit.conformance.TestTarget with
      dev.gatehouse.testkit.conformance.ReferenceTarget;
}
