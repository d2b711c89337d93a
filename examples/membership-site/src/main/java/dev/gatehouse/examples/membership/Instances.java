package dev.gatehouse.examples.membership;

import dev.gatehouse.id.GatewayInstanceId;
import java.util.List;

/** The gateway instances of the site: two accounts at one provider, and bank transfers. */
final class Instances {
  static final GatewayInstanceId MAIN = new GatewayInstanceId("reference");
  static final GatewayInstanceId EU = new GatewayInstanceId("reference-eu");
  static final GatewayInstanceId MANUAL = new GatewayInstanceId("manual");
  static final List<GatewayInstanceId> ALL = List.of(MAIN, EU, MANUAL);

  private Instances() {}
}
