package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.validation.InputValidator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The opened gateway instances. Owns them and the transport that they share, and closes both.
 * Thread-safe.
 */
public final class Gateways implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

  private final Map<GatewayInstanceId, GatewayHandle> handles;
  private final HttpTransport transport;

  private Gateways(Map<GatewayInstanceId, GatewayHandle> handles, HttpTransport transport) {
    this.handles = handles;
    this.transport = transport;
  }

  /** As the other one, with a validator of its own. */
  public static Gateways open(
      GatewayCatalog catalog,
      List<GatewayConfig> configs,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    return open(catalog, configs, InputValidator.create(), transport, clock, timeLimit);
  }

  /**
   * Opens every instance that is configured. Either all of them open, or none stays open.
   *
   * @param catalog the providers
   * @param configs the instances
   * @param validator checks every request before a gateway sees it
   * @param transport the one door to the network; closed by {@link #close}
   * @param clock the time
   * @param timeLimit how long one call may take
   * @throws ConfigurationException with the problems of all instances
   */
  public static Gateways open(
      GatewayCatalog catalog,
      List<GatewayConfig> configs,
      InputValidator validator,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    required("catalog", catalog);
    required("configs", configs).forEach(config -> required("config", config));
    required("validator", validator);
    required("transport", transport);
    required("clock", clock);
    required("timeLimit", timeLimit);
    Map<GatewayInstanceId, GatewayHandle> handles = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    Gateways gateways = new Gateways(handles, transport);
    boolean done = false;
    try {
      for (GatewayConfig config : configs) {
        try {
          GatewayEnvironment environment =
              new GatewayEnvironment(config.instance(), config.mode(), transport, clock, timeLimit);
          GatewayHandle opened = open(catalog, config, validator, environment);
          if (handles.putIfAbsent(config.instance(), opened) != null) {
            opened.close();
            problems.add(duplicate(config));
          }
        } catch (ConfigurationException e) {
          problems.addAll(e.problems());
        }
      }
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      done = true;
      return gateways;
    } finally {
      if (!done) {
        gateways.close();
      }
    }
  }

  /** An instance by its id; throws {@link NotFoundException} naming those that exist. */
  public GatewayHandle gateway(GatewayInstanceId id) {
    GatewayHandle handle = handles.get(required("gateway", id));
    if (handle == null) {
      throw new NotFoundException(
          new Problem(
              "gateway",
              "gateway.unknown",
              "there is no gateway '" + id + "'",
              "use one of " + handles.keySet()));
    }
    return handle;
  }

  /** An instance by its id, if there is one. */
  public Optional<GatewayHandle> find(GatewayInstanceId id) {
    return Optional.ofNullable(handles.get(required("gateway", id)));
  }

  /** What can be told of every instance, by id. */
  public List<GatewayView> views() {
    return handles.values().stream().map(GatewayHandle::view).toList();
  }

  /** Closes every gateway, and then the transport, whatever the gateways do. */
  @Override
  public void close() {
    handles.values().forEach(GatewayHandle::close);
    transport.close();
  }

  private static GatewayHandle open(
      GatewayCatalog catalog,
      GatewayConfig config,
      InputValidator validator,
      GatewayEnvironment environment) {
    GatewayCatalog.Entry entry =
        catalog.provider(config.provider()).orElseThrow(() -> unknown(catalog, config));
    GatewaySettings settings = SettingsRules.checked(config, entry.description().settings());
    PaymentGateway gateway = opened(entry, config, settings, environment);
    List<String> faults = DescriptionRules.faults(gateway, entry.description().capabilities());
    GatewayHandle handle =
        new GatewayHandle(validator, environment, config.provider(), entry, settings, gateway);
    if (!faults.isEmpty()) {
      handle.close();
      throw broken(config, entry.source() + ": " + String.join("; ", faults));
    }
    return handle;
  }

  private static Problem duplicate(GatewayConfig config) {
    return new Problem(
        config.instance().value(),
        "gateway.duplicate",
        "two gateways are configured under this id",
        "give each instance an id of its own");
  }

  private static PaymentGateway opened(
      GatewayCatalog.Entry entry,
      GatewayConfig config,
      GatewaySettings settings,
      GatewayEnvironment environment) {
    try {
      PaymentGateway gateway = entry.provider().open(settings, environment);
      if (gateway == null) {
        throw broken(config, entry.source() + ": open() returned null");
      }
      return gateway;
    } catch (ConfigurationException e) {
      throw e;
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("gateway {} failed to open: {}", config.instance(), Faults.describe(e));
      throw broken(config, entry.source() + ": open() failed: " + Reasons.of(e));
    }
  }

  private static ConfigurationException unknown(GatewayCatalog catalog, GatewayConfig config) {
    StringBuilder what = new StringBuilder("no provider '" + config.provider() + "' was found");
    catalog.refusals().forEach(r -> what.append("; refused: ").append(r.describe()));
    return new ConfigurationException(
        new Problem(
            config.instance().value(),
            "gateway.no-provider",
            what.toString(),
            "put its JAR on the class path, or use one of " + catalog.providers().keySet()));
  }

  private static ConfigurationException broken(GatewayConfig config, String what) {
    return new ConfigurationException(
        new Problem(
            config.instance().value(),
            "gateway.broken",
            what,
            "ask the gateway's author, or take another version of it"));
  }
}
