package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.store.Store;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** A sub-command of {@code ops}: opens the store and a gatehouse on it, which starts nothing. */
abstract class OpsStep implements Callable<Integer> {
  /** Nobody is told by this process; what its hooks want waits for the site. */
  private static final URI NOBODY = URI.create("http://localhost:1");

  final OpsReport report;

  @Mixin private final OpsStore store;
  @Mixin private final GatewaySources sources = new GatewaySources();

  OpsStep(OpsReport report, Map<String, String> environment) {
    this.report = report;
    this.store = new OpsStore(environment);
  }

  /** Does it; says whether there was something to do. */
  abstract boolean run(Gatehouse gatehouse);

  @Override
  public Integer call() {
    Optional<GatewayFolder> folder = sources.open();
    try (Records opened = store.open();
        Gatehouse gatehouse = gatehouse(opened.store(), folder)) {
      return run(gatehouse) ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      report.flush();
      folder.ifPresent(GatewayFolder::close);
    }
  }

  /** It has the site's hooks: an event that is raised here must wait for them. */
  private Gatehouse gatehouse(Store opened, Optional<GatewayFolder> folder) {
    HttpTransport door = HttpTransport.create(HttpOptions.defaults());
    GatewayCatalog own = GatewayCatalog.discover();
    return Gatehouse.builder()
        .store(opened)
        .catalog(folder.map(f -> own.and(f.catalog())).orElse(own))
        .gateways(sources.configs(folder))
        .whenRefused(WhenRefused.GO_ON)
        .hooks(SiteHooks.telling(NOBODY, NOBODY))
        .transport(door)
        .build();
  }
}
