package dev.gatehouse.gateway;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.SettingKind;
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

  /** Anything shorter keeps no secret, and may be a part of ordinary words. */
  private static final int LEAST_SECRET = 6;

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
        throw duplicate(config);
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
    GatewaySettings settings = SettingsRules.checked(config, entry.description().settings());
    GatewayEnvironment environment =
        new GatewayEnvironment(config.instance(), config.mode(), transport, clock, timeLimit);
    PaymentGateway gateway = opened(entry, config, settings, environment);
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
      throw broken(config, entry, new Reasons(String.join("; ", faults), Reasons.OTHER_VERSION));
    }
    return handle;
  }

  private static PaymentGateway opened(
      GatewayCatalog.Entry entry,
      GatewayConfig config,
      GatewaySettings settings,
      GatewayEnvironment environment) {
    try {
      PaymentGateway gateway =
          InOwnLoader.call(
              entry.provider().getClass(), () -> entry.provider().open(settings, environment));
      if (gateway == null) {
        throw broken(config, entry, new Reasons("open() returned null", Reasons.OTHER_VERSION));
      }
      return gateway;
    } catch (ConfigurationException e) {
      throw told(e, entry, config);
    } catch (TransportException e) {
      throw unreachable(e, config);
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("gateway {} failed to open: {}", config.instance(), Faults.describe(e));
      Reasons reasons = Reasons.of(e);
      throw broken(
          config, entry, new Reasons("open() failed: " + reasons.what(), reasons.remedy()));
    }
  }

  private static ConfigurationException duplicate(GatewayConfig config) {
    return new ConfigurationException(
        new Problem(
            config.instance().value(),
            "gateway.duplicate",
            "two gateways are configured under this id",
            "give each instance an id of its own"));
  }

  /**
   * What a gateway says of its settings, with the instance named, since several may have a setting
   * of that name; and with no secret in it, whatever the gateway wrote.
   */
  private static ConfigurationException told(
      ConfigurationException said, GatewayCatalog.Entry entry, GatewayConfig config) {
    String name = "'" + config.instance() + "'";
    return new ConfigurationException(
        said.problems().stream()
            .map(
                p ->
                    new Problem(
                        safe(p.field(), entry, config),
                        p.code(),
                        safe(
                            p.message().contains(name)
                                ? p.message()
                                : "gateway " + name + ": " + p.message(),
                            entry,
                            config),
                        safe(p.remedy(), entry, config),
                        p.limits()))
            .toList());
  }

  private static String safe(String text, GatewayCatalog.Entry entry, GatewayConfig config) {
    String safe = text;
    for (SettingSpec spec : entry.description().settings()) {
      String value = config.settings().get(spec.name());
      if (spec.kind() == SettingKind.SECRET && value != null && value.length() >= LEAST_SECRET) {
        safe = safe.replace(value, "…");
      }
    }
    return safe;
  }

  /** What the transport says names the host, and never a path, a header or a body. */
  private static ConfigurationException unreachable(TransportException e, GatewayConfig config) {
    Problem said = e.problems().get(0);
    return new ConfigurationException(
        new Problem(
            config.instance().value(),
            "gateway.unreachable",
            "its provider did not answer when it was opened: "
                + said.field()
                + ": "
                + said.message(),
            "check the address in its settings and the way there, then start again"));
  }

  private ConfigurationException unknown(GatewayConfig config) {
    StringBuilder what = new StringBuilder("no provider '" + config.provider() + "' was found");
    catalog.refusals().forEach(r -> what.append("; refused: ").append(r.describe()));
    String remedy =
        SettingNames.nearest(config.provider(), catalog.providers().keySet())
            .map(nearest -> "did you mean '" + nearest + "'? Otherwise ")
            .orElse("");
    return new ConfigurationException(
        new Problem(
            config.instance().value(),
            "gateway.no-provider",
            what.toString(),
            remedy
                + "put its JAR on the class path or into the folder of gateways, or use one of "
                + catalog.providers().keySet()));
  }

  private static ConfigurationException broken(
      GatewayConfig config, GatewayCatalog.Entry entry, Reasons reasons) {
    return new ConfigurationException(
        new Problem(
            config.instance().value(),
            "gateway.broken",
            entry.source() + ": " + reasons.what(),
            reasons.remedy()));
  }
}
