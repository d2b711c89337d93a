package dev.gatehouse.crm.hubspot;

import dev.gatehouse.testkit.sink.SinkModuleContract;
import java.nio.file.Path;

class HubSpotModuleTest extends SinkModuleContract {
  HubSpotModuleTest() {
    super(
        new HubSpotProvider(),
        "dev.gatehouse.crm.hubspot",
        Path.of("../../docs/integration-hooks.md"),
        "HubSpot");
  }
}
