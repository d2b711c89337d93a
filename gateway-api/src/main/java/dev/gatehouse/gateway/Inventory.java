package dev.gatehouse.gateway;

import dev.gatehouse.error.Problem;
import dev.gatehouse.gateway.GatewayStatus.State;
import dev.gatehouse.id.GatewayInstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Makes the list of all gateways. */
record Inventory(
    GatewayCatalog catalog,
    List<GatewayView> open,
    SortedMap<GatewayInstanceId, Resolved.Refused> refused) {

  List<GatewayStatus> list() {
    List<GatewayStatus> list = new ArrayList<>();
    Set<String> configured = new TreeSet<>();
    for (GatewayView view : open) {
      configured.add(view.provider());
      list.add(opened(view));
    }
    refused.forEach(
        (instance, why) -> {
          configured.add(why.provider());
          list.add(notOpened(instance, why));
        });
    catalog.refusals().forEach(refusal -> list.add(notLoaded(refusal)));
    catalog.providers().entrySet().stream()
        .filter(found -> !configured.contains(found.getKey()))
        .forEach(found -> list.add(notConfigured(found.getKey(), found.getValue())));
    return List.copyOf(list);
  }

  private static GatewayStatus opened(GatewayView view) {
    return new GatewayStatus(
        view.takesNewPayments() ? State.ON : State.OFF,
        Optional.of(view.id()),
        view.provider(),
        Optional.of(view.mode()),
        Optional.of(view.description()),
        view.source(),
        List.of());
  }

  private GatewayStatus notOpened(GatewayInstanceId instance, Resolved.Refused why) {
    Optional<GatewayCatalog.Entry> entry = catalog.provider(why.provider());
    return new GatewayStatus(
        State.REFUSED,
        Optional.of(instance),
        why.provider(),
        Optional.empty(),
        entry.map(GatewayCatalog.Entry::description),
        entry.map(GatewayCatalog.Entry::source).orElse(""),
        why.problems());
  }

  private static GatewayStatus notLoaded(GatewayCatalog.Refusal refusal) {
    return new GatewayStatus(
        State.REFUSED,
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        refusal.source(),
        List.of(
            new Problem(refusal.source(), "provider.refused", refusal.reason(), refusal.remedy())));
  }

  private static GatewayStatus notConfigured(String provider, GatewayCatalog.Entry entry) {
    return new GatewayStatus(
        State.NOT_CONFIGURED,
        Optional.empty(),
        provider,
        Optional.empty(),
        Optional.of(entry.description()),
        entry.source(),
        List.of());
  }
}
