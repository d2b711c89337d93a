package dev.gatehouse.docs;

import dev.gatehouse.testkit.simulator.Chance;
import dev.gatehouse.testkit.simulator.FaultKind;
import dev.gatehouse.testkit.simulator.StepKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which faults must, may and can't fire within which steps; faults that are alike in one column.
 */
final class SimulatorChances {
  private final List<List<FaultKind>> columns =
      List.copyOf(
          Arrays.stream(FaultKind.values())
              .collect(
                  Collectors.groupingBy(
                      fault -> Arrays.stream(StepKind.values()).map(fault::in).toList(),
                      LinkedHashMap::new,
                      Collectors.toList()))
              .values());

  private final Map<String, Integer> reasons = new LinkedHashMap<>();

  private SimulatorChances() {}

  static String tables() {
    return new SimulatorChances().all();
  }

  private String all() {
    List<String> head = new ArrayList<>(List.of("Step"));
    columns.forEach(faults -> head.add(letter(faults)));
    String legend =
        Generated.table(
            List.of("", "Faults"),
            columns.stream()
                .map(
                    faults ->
                        List.of(
                            letter(faults),
                            faults.stream()
                                .map(fault -> "`" + fault + "`")
                                .collect(Collectors.joining(", ")))));
    String matrix = Generated.table(head, Arrays.stream(StepKind.values()).map(this::row));
    String notes =
        reasons.entrySet().stream()
            .map(reason -> "- " + reason.getValue() + ": " + reason.getKey() + "\n")
            .collect(Collectors.joining());
    return legend
        + "\n✓ must fire in that step; ~ may, and nothing is demanded; a number alone: it can't.\n\n"
        + matrix
        + "\n"
        + notes;
  }

  private List<String> row(StepKind step) {
    return Stream.concat(
            Stream.of("`" + step + "`"),
            columns.stream().map(faults -> cell(faults.get(0).in(step))))
        .toList();
  }

  private String cell(Chance chance) {
    return switch (chance.degree()) {
      case DEMANDED -> "✓";
      case SELDOM -> "~" + note(chance.why());
      case NEVER -> String.valueOf(note(chance.why()));
    };
  }

  private int note(String why) {
    return reasons.computeIfAbsent(why, w -> reasons.size() + 1);
  }

  private String letter(List<FaultKind> faults) {
    int place = IntStream.range(0, columns.size()).filter(i -> columns.get(i) == faults).sum();
    return String.valueOf((char) ('A' + place));
  }
}
