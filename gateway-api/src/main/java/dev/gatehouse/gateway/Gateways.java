package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.validation.InputValidator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The opened gateway instances. Owns them and the transport that they share, and closes both.
 * Thread-safe.
 */
public final class Gateways implements AutoCloseable {
  private final SortedMap<GatewayInstanceId, GatewayHandle> handles;
  private final SortedMap<GatewayInstanceId, Resolved.Refused> refused;
  private final GatewayCatalog catalog;
  private final HttpTransport transport;

  Gateways(
      SortedMap<GatewayInstanceId, GatewayHandle> handles,
      SortedMap<GatewayInstanceId, Resolved.Refused> refused,
      GatewayCatalog catalog,
      HttpTransport transport) {
    this.handles = handles;
    this.refused = refused;
    this.catalog = catalog;
    this.transport = transport;
  }

  /** Opens all of these instances or none, with a validator of its own. */
  public static Gateways open(
      GatewayCatalog catalog,
      List<GatewayConfig> configs,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    return open(catalog, configs, InputValidator.create(), transport, clock, timeLimit);
  }

  /** Opens all of these instances or none. */
  public static Gateways open(
      GatewayCatalog catalog,
      List<GatewayConfig> configs,
      InputValidator validator,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    GatewayConfigs all = GatewayConfigs.collect().and(configs);
    return open(catalog, all, WhenRefused.STOP, validator, transport, clock, timeLimit);
  }

  /**
   * Opens every instance that is configured.
   *
   * @param catalog the providers
   * @param configs the instances
   * @param whenRefused what happens if some can't be opened
   * @param validator checks every request before a gateway sees it
   * @param transport the one door to the network; closed by {@link #close}
   * @param clock the time
   * @param timeLimit how long one call may take
   * @throws ConfigurationException with the problems of all instances, if any was refused and that
   *     is to stop everything; also if a source of settings can't be read. Nothing stays open then
   */
  public static Gateways open(
      GatewayCatalog catalog,
      GatewayConfigs configs,
      WhenRefused whenRefused,
      InputValidator validator,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    required("catalog", catalog);
    required("configs", configs);
    required("whenRefused", whenRefused);
    required("validator", validator);
    required("transport", transport);
    required("clock", clock);
    required("timeLimit", timeLimit);
    return new GatewayOpener(catalog, validator, transport, clock, timeLimit)
        .open(configs, whenRefused);
  }

  /** An instance by its id; throws {@link NotFoundException} naming those that exist. */
  public GatewayHandle gateway(GatewayInstanceId id) {
    GatewayHandle handle = handles.get(required("gateway", id));
    if (handle == null) {
      throw new NotFoundException(
          refused.containsKey(id)
              ? new Problem(
                  "gateway",
                  "gateway.refused",
                  "gateway '" + id + "' is configured and could not be opened",
                  "see why in the list of gateways; use one of " + handles.keySet())
              : new Problem(
                  "gateway",
                  "gateway.unknown",
                  "there is no gateway '" + id + "'",
                  "use one of " + handles.keySet()));
    }
    return handle;
  }

  /** An instance by its id, if it is open. */
  public Optional<GatewayHandle> find(GatewayInstanceId id) {
    return Optional.ofNullable(handles.get(required("gateway", id)));
  }

  /** Every instance that is open, by id. */
  public List<GatewayHandle> handles() {
    return List.copyOf(handles.values());
  }

  /** What can be told of every instance that is open, by id. */
  public List<GatewayView> views() {
    return handles.values().stream().map(GatewayHandle::view).toList();
  }

  /**
   * Every gateway that was found or configured, and where it stands: open instances first, then
   * what was refused, then providers of which no instance is configured.
   */
  public List<GatewayStatus> list() {
    return new Inventory(catalog, views(), refused).list();
  }

  /** Closes every gateway, and then the transport, whatever the gateways do. */
  @Override
  public void close() {
    handles.values().forEach(GatewayHandle::close);
    transport.close();
  }
}
