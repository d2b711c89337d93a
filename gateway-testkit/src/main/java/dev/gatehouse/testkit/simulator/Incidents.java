package dev.gatehouse.testkit.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What faults fell upon. Immutable.
 *
 * @param bySteps how often each kind of fault fired within a step of each kind. A clock that jumps
 *     between two steps is counted with the later one. What a gateway is like from the beginning is
 *     counted where it shows in a step
 * @param byRequests how often each kind of fault struck which request of a gateway's call
 * @param requests how many requests there were
 * @param between how often others took a step between this request and the one before it
 */
public record Incidents(
    Map<FaultKind, Map<StepKind, Integer>> bySteps,
    Map<FaultKind, SortedMap<GatewayRequest, Integer>> byRequests,
    SortedMap<GatewayRequest, Integer> requests,
    SortedMap<GatewayRequest, Integer> between) {

  /** Copies the maps. */
  public Incidents {
    Map<FaultKind, Map<StepKind, Integer>> steps = new EnumMap<>(FaultKind.class);
    bySteps.forEach((fault, counts) -> steps.put(fault, Collections.unmodifiableMap(copy(counts))));
    bySteps = Collections.unmodifiableMap(steps);
    Map<FaultKind, SortedMap<GatewayRequest, Integer>> struck = new EnumMap<>(FaultKind.class);
    byRequests.forEach((fault, counts) -> struck.put(fault, sorted(counts)));
    byRequests = Collections.unmodifiableMap(struck);
    requests = sorted(requests);
    between = sorted(between);
  }

  private static Map<StepKind, Integer> copy(Map<StepKind, Integer> counts) {
    Map<StepKind, Integer> copied = new EnumMap<>(StepKind.class);
    copied.putAll(counts);
    return copied;
  }

  private static SortedMap<GatewayRequest, Integer> sorted(Map<GatewayRequest, Integer> counts) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Nothing. */
  public static Incidents none() {
    return new Incidents(Map.of(), Map.of(), new TreeMap<>(), new TreeMap<>());
  }

  /** How often this fault fired within steps of this kind. */
  public int times(FaultKind fault, StepKind step) {
    return bySteps.getOrDefault(fault, Map.of()).getOrDefault(step, 0);
  }

  /** How often this fault struck the request of this number, in an operation of any kind. */
  public int times(FaultKind fault, int number) {
    return sum(
        byRequests.getOrDefault(fault, Collections.emptySortedMap()),
        request -> request.call().isOperation() && request.number() == number);
  }

  /** How often others took a step between two requests of one operation. */
  public int betweenRequestsOfOperations() {
    return sum(between, request -> request.call().isOperation());
  }

  /** The faults that never fired in a step in which they are to, as {@code FAULT in STEP}. */
  public List<String> neverFired() {
    return pairs(
        (fault, step) -> fault.in(step).is(Chance.Degree.DEMANDED) && times(fault, step) == 0);
  }

  /** The faults that fired in a step in which they can't, as {@code FAULT in STEP}. */
  public List<String> firedThoughImpossible() {
    return pairs((fault, step) -> fault.in(step).is(Chance.Degree.NEVER) && times(fault, step) > 0);
  }

  private static List<String> pairs(BiPredicate<FaultKind, StepKind> which) {
    List<String> pairs = new ArrayList<>();
    for (FaultKind fault : FaultKind.values()) {
      for (StepKind step : StepKind.values()) {
        if (which.test(fault, step)) {
          pairs.add(fault + " in " + step);
        }
      }
    }
    return pairs;
  }

  /** All of it as tables, for people. */
  public String tell() {
    return IncidentsTable.of(this);
  }

  private static int sum(Map<GatewayRequest, Integer> counts, Predicate<GatewayRequest> which) {
    return counts.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
