package dev.gatehouse.gateway;

import static dev.gatehouse.gateway.GatewayKind.GATEWAY;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.plugin.Opening;
import dev.gatehouse.plugin.Reasons;
import dev.gatehouse.plugin.Refusal;
import dev.gatehouse.plugin.SettingsRules;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.validation.InputValidator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens gateway instances; whatever one of them does, the others get their turn. */
final class GatewayOpener {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayOpener.class);

  private final GatewayCatalog catalog;
  private final InputValidator validator;
  private final HttpTransport transport;
  private final Clock clock;
  private final Duration timeLimit;

  GatewayOpener(
      GatewayCatalog catalog,
      InputValidator validator,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    this.catalog = catalog;
    this.validator = validator;
    this.transport = transport;
    this.clock = clock;
    this.timeLimit = timeLimit;
  }

  Gateways open(GatewayConfigs configs, WhenRefused whenRefused) {
    SortedMap<GatewayInstanceId, GatewayHandle> handles = new TreeMap<>();
    SortedMap<GatewayInstanceId, Resolved.Refused> refused = new TreeMap<>();
    Gateways gateways = new Gateways(handles, refused, catalog, transport);
    boolean done = false;
    try {
      Resolved resolved = configs.resolve();
      refused.putAll(resolved.refused());
      List<Problem> problems = new ArrayList<>(resolved.problems());
      SortedMap<GatewayInstanceId, List<GatewayConfig>> byId = new TreeMap<>();
      resolved
          .configs()
          .forEach(c -> byId.computeIfAbsent(c.instance(), id -> new ArrayList<>()).add(c));
      byId.forEach((id, same) -> open(id, same, handles, refused));
      if (!problems.isEmpty() || whenRefused == WhenRefused.STOP) {
        refused.values().forEach(why -> problems.addAll(why.problems()));
        demandNone(problems);
      }
      refused.forEach((id, why) -> LOG.warn("gateway {} is not open: {}", id, why.describe()));
      done = true;
      return gateways;
    } finally {
      if (!done) {
        gateways.close();
      }
    }
  }

  private static void demandNone(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void open(
      GatewayInstanceId id,
      List<GatewayConfig> same,
      SortedMap<GatewayInstanceId, GatewayHandle> handles,
      SortedMap<GatewayInstanceId, Resolved.Refused> refused) {
    GatewayConfig config = same.get(0);
    try {
      if (same.size() > 1 || refused.containsKey(id)) {
        throw Opening.duplicate(GATEWAY, config.instance().value());
      }
      handles.put(id, open(config));
    } catch (ConfigurationException e) {
      List<Problem> problems = new ArrayList<>(e.problems());
      if (refused.containsKey(id)) {
        problems.addAll(refused.get(id).problems());
      }
      refused.put(id, new Resolved.Refused(config.provider(), problems));
    }
  }

  private GatewayHandle open(GatewayConfig config) {
    GatewayCatalog.Entry entry =
        catalog.provider(config.provider()).orElseThrow(() -> unknown(config));
    String id = config.instance().value();
    List<SettingSpec> specs = entry.description().settings();
    GatewaySettings settings = SettingsRules.checked(GATEWAY, id, config.settings(), specs);
    GatewayEnvironment environment =
        new GatewayEnvironment(config.instance(), config.mode(), transport, clock, timeLimit);
    Opening opening = new Opening(GATEWAY, id, config.settings(), specs, entry.source());
    PaymentGateway gateway =
        opening.open(
            entry.provider().getClass(), () -> entry.provider().open(settings, environment));
    List<String> faults = DescriptionRules.faults(gateway, entry.description().capabilities());
    GatewayHandle handle =
        new GatewayHandle(
            validator,
            environment,
            config.provider(),
            entry,
            settings,
            gateway,
            config.newPayments());
    if (!faults.isEmpty()) {
      handle.close();
      throw opening.broken(new Reasons(String.join("; ", faults), Reasons.OTHER_VERSION));
    }
    return handle;
  }

  private ConfigurationException unknown(GatewayConfig config) {
    return Opening.unknown(
        GATEWAY,
        config.instance().value(),
        config.provider(),
        catalog.providers().keySet(),
        catalog.refusals().stream()
            .map(refused -> new Refusal(refused.source(), refused.reason(), refused.remedy()))
            .toList());
  }
}
