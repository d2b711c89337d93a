package dev.gatehouse.testkit.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the incidents of many seeds. */
final class IncidentsTally {
  private final Map<FaultKind, Map<StepKind, Integer>> bySteps = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, SortedMap<GatewayRequest, Integer>> byRequests =
      new EnumMap<>(FaultKind.class);
  private final SortedMap<GatewayRequest, Integer> requests = new TreeMap<>();
  private final SortedMap<GatewayRequest, Integer> between = new TreeMap<>();

  void add(Incidents more) {
    more.bySteps()
        .forEach(
            (fault, counts) ->
                add(bySteps.computeIfAbsent(fault, f -> new EnumMap<>(StepKind.class)), counts));
    more.byRequests()
        .forEach(
            (fault, counts) ->
                add(byRequests.computeIfAbsent(fault, f -> new TreeMap<>()), counts));
    add(requests, more.requests());
    add(between, more.between());
  }

  private static <K> void add(Map<K, Integer> to, Map<K, Integer> more) {
    more.forEach((key, times) -> to.merge(key, times, Integer::sum));
  }

  Incidents sum() {
    return new Incidents(bySteps, byRequests, requests, between);
  }
}
