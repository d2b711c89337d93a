package dev.gatehouse.testkit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.IntFunction;

/** Incidents as people read them. */
final class IncidentsTable {
  private static final String IMPOSSIBLE = "·";

  private IncidentsTable() {}

  static String of(Incidents incidents) {
    return bySteps(incidents) + "\n" + byRequests(incidents);
  }

  /** A row for each step, a column for each fault. */
  private static String bySteps(Incidents incidents) {
    StringBuilder text = new StringBuilder("Faults by the steps in which they fired\n");
    FaultKind[] faults = FaultKind.values();
    for (int i = 0; i < faults.length; i++) {
      text.append(String.format(Locale.ROOT, "  %2d %s%n", i + 1, faults[i]));
    }
    row(text, "", faults.length, i -> String.valueOf(i + 1));
    for (StepKind step : StepKind.values()) {
      row(
          text,
          step.name(),
          faults.length,
          i -> cell(faults[i], step, incidents.times(faults[i], step)));
    }
    return text.append("  · is impossible; with ~ nothing is demanded\n").toString();
  }

  private static String cell(FaultKind fault, StepKind step, int times) {
    return switch (fault.in(step).degree()) {
      case DEMANDED -> String.valueOf(times);
      case SELDOM -> "~" + times;
      case NEVER -> times == 0 ? IMPOSSIBLE : times + "!";
    };
  }

  private static void row(StringBuilder text, String head, int cells, IntFunction<String> cell) {
    text.append(String.format(Locale.ROOT, "%-18s", head));
    for (int i = 0; i < cells; i++) {
      text.append(String.format(Locale.ROOT, "%6s", cell.apply(i)));
    }
    text.append('\n');
  }

  /** A row for each fault, columns for the first, second and later request of operations. */
  private static String byRequests(Incidents incidents) {
    StringBuilder text = new StringBuilder("Faults by the request that they struck, operations\n");
    line(text, "", "1st", "2nd", "later");
    for (FaultKind fault : FaultKind.values()) {
      if (fault.isOfRequests()) {
        line(text, fault.name(), times(incidents, fault).toArray());
      }
    }
    text.append("\nRequests of each call, and steps of others between two of them\n");
    line(text, "", "1st", "2nd", "later", "between");
    for (GatewayCall call : GatewayCall.values()) {
      List<Object> cells = new ArrayList<>(numbers(incidents.requests(), call));
      cells.add(numbers(incidents.between(), call).stream().mapToInt(Integer::intValue).sum());
      line(text, call.name(), cells.toArray());
    }
    return text.toString();
  }

  private static List<Integer> times(Incidents incidents, FaultKind fault) {
    List<Integer> times = new ArrayList<>();
    for (int number = 1; number <= GatewayRequest.MOST; number++) {
      times.add(incidents.times(fault, number));
    }
    return times;
  }

  private static List<Integer> numbers(SortedMap<GatewayRequest, Integer> of, GatewayCall call) {
    List<Integer> times = new ArrayList<>();
    for (int number = 1; number <= GatewayRequest.MOST; number++) {
      times.add(of.getOrDefault(new GatewayRequest(call, number), 0));
    }
    return times;
  }

  private static void line(StringBuilder text, String head, Object... cells) {
    text.append(String.format(Locale.ROOT, "%-28s", head));
    for (Object cell : cells) {
      text.append(String.format(Locale.ROOT, "%9s", cell));
    }
    text.append('\n');
  }
}
