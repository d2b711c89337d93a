package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.gateway.GatewayStatus;
import dev.gatehouse.gateway.WhenRefused;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The command {@code gateways}. */
@Command(
    name = "gateways",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists every gateway that is found or configured, what it can do, and why one is refused.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all can be used", "1:some are refused; it is said why", "2:bad options"})
final class GatewaysCommand implements Callable<Integer> {
  private final Report report;
  @Mixin private final GatewaySources sources = new GatewaySources();

  GatewaysCommand(Report report) {
    this.report = report;
  }

  @Override
  public Integer call() {
    Optional<GatewayFolder> folder = sources.open();
    try {
      GatewayCatalog found = GatewayCatalog.discover();
      GatewayCatalog all = folder.map(f -> found.and(f.catalog())).orElse(found);
      try (Gatehouse gatehouse =
          Gatehouse.builder()
              .catalog(all)
              .gateways(sources.configs(folder))
              .whenRefused(WhenRefused.GO_ON)
              .build()) {
        List<GatewayStatus> list = gatehouse.gatewayList();
        report.gateways(list);
        boolean refused = list.stream().anyMatch(s -> s.state() == GatewayStatus.State.REFUSED);
        return refused ? ExitCode.SOFTWARE : ExitCode.OK;
      }
    } finally {
      folder.ifPresent(GatewayFolder::close);
    }
  }
}
