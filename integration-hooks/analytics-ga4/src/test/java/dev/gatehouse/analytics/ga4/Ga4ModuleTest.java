package dev.gatehouse.analytics.ga4;

import dev.gatehouse.testkit.sink.SinkModuleContract;
import java.nio.file.Path;

class Ga4ModuleTest extends SinkModuleContract {
  Ga4ModuleTest() {
    super(
        new Ga4Provider(),
        "dev.gatehouse.analytics.google",
        Path.of("../../docs/integration-hooks.md"),
        "Google Analytics 4");
  }
}
