package dev.gatehouse.testkit.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Knows which steps and which calls of gateways are under way, and counts what befalls them. */
final class Counts {
  private final Deque<StepKind> steps = new ArrayDeque<>();
  private final Deque<Call> calls = new ArrayDeque<>();

  /** What fired between two steps, and belongs to the later one. */
  private final List<FaultKind> before = new ArrayList<>();

  private final Map<FaultKind, Map<StepKind, Integer>> bySteps = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, SortedMap<GatewayRequest, Integer>> byRequests =
      new EnumMap<>(FaultKind.class);
  private final SortedMap<GatewayRequest, Integer> requests = new TreeMap<>();
  private final SortedMap<GatewayRequest, Integer> between = new TreeMap<>();

  private static final class Call {
    private final GatewayCall kind;
    private int requests;

    Call(GatewayCall kind) {
      this.kind = kind;
    }

    GatewayRequest latest() {
      return new GatewayRequest(kind, requests);
    }
  }

  /** A step, or an attempt at one; says whether it was possible. */
  boolean step(StepKind kind, BooleanSupplier attempt) {
    steps.push(kind);
    try {
      boolean possible = attempt.getAsBoolean();
      if (possible && steps.size() == 1) {
        before.forEach(fault -> count(fault, kind));
        before.clear();
      }
      return possible;
    } finally {
      steps.pop();
    }
  }

  /** The step that is under way, the innermost one. */
  Optional<StepKind> step() {
    return Optional.ofNullable(steps.peek());
  }

  /** A call of a gateway, to the end of it. */
  <T> T call(GatewayCall kind, Supplier<T> call) {
    calls.push(new Call(kind));
    try {
      return call.get();
    } finally {
      calls.pop();
    }
  }

  /** The call that is under way sends a request, its next one. */
  void request() {
    Call call = calls.peek();
    if (call != null) {
      call.requests++;
      requests.merge(call.latest(), 1, Integer::sum);
    }
  }

  /** Others took a step before the request that is about to be sent. */
  void othersStepped() {
    Call call = calls.peek();
    if (call != null && call.requests > 1) {
      between.merge(call.latest(), 1, Integer::sum);
    }
  }

  void fired(FaultKind fault) {
    StepKind step = steps.peek();
    if (step != null) {
      count(fault, step);
    } else if (!fault.isHabit()) {
      before.add(fault);
    }
    Call call = calls.peek();
    if (call != null && call.requests > 0 && fault.isOfRequests()) {
      byRequests.computeIfAbsent(fault, f -> new TreeMap<>()).merge(call.latest(), 1, Integer::sum);
    }
  }

  private void count(FaultKind fault, StepKind step) {
    bySteps.computeIfAbsent(fault, f -> new EnumMap<>(StepKind.class)).merge(step, 1, Integer::sum);
  }

  Incidents incidents() {
    return new Incidents(bySteps, byRequests, requests, between);
  }
}
