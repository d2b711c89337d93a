package dev.gatehouse.examples.membership;

import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.gateway.GatewayStatus;
import dev.gatehouse.gateway.GatewayView;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.validation.InputValidator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gateways}. */
@Command(
    name = "gateways",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists every gateway that is found or configured, what it can do, and why one is refused.",
      "",
      "With --check, each open gateway that can list changes is asked for the latest: so wrong keys"
          + " and hosts that can't be reached show before a customer pays. No money moves.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all can be used, and those that were asked answered",
      "1:some are refused, or did not answer; it is said why",
      "2:bad options"
    })
final class GatewaysCommand implements Callable<Integer> {
  /** Behind the time, in case our clock is ahead of the provider's. */
  private static final Duration LATEST = Duration.ofMinutes(5);

  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final Report report;

  @Option(names = "--check", description = "Ask each provider, with the keys that are set.")
  private boolean check;

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
      Clock clock = Clock.systemUTC();
      try (Gateways gateways =
          Gateways.open(
              all,
              sources.configs(folder),
              WhenRefused.GO_ON,
              InputValidator.create(),
              HttpTransport.create(HttpOptions.defaults()),
              clock,
              TIME_LIMIT)) {
        List<GatewayStatus> list = gateways.list();
        report.gateways(list);
        boolean good = list.stream().noneMatch(s -> s.state() == GatewayStatus.State.REFUSED);
        good &= !check || answer(gateways, clock.instant().minus(LATEST));
        return good ? ExitCode.OK : ExitCode.SOFTWARE;
      }
    } finally {
      folder.ifPresent(GatewayFolder::close);
    }
  }

  /** Asks every open gateway; says whether all that could be asked answered. */
  private boolean answer(Gateways gateways, Instant since) {
    boolean all = true;
    for (GatewayView view : gateways.views()) {
      if (!view.description().gatewayCapabilities().contains(Capability.CHANGES)) {
        report.notChecked(view.id());
      } else if (gateways.gateway(view.id()).changesSince(since)
          instanceof Changes.CannotTell unclear) {
        report.unreachable(view.id(), unclear.failure());
        all = false;
      } else {
        report.reachable(view.id());
      }
    }
    report.flush();
    return all;
  }
}
