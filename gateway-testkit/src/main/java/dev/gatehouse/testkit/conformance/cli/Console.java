package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.Group;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import dev.gatehouse.testkit.conformance.Waiver;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is shown while checks run, and after that. On a terminal it has colours. */
final class Console {
  private static final String GAP = "  ";
  private static final int SEEDS_A_LINE = 50;
  private static final String LINE_AGAIN = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;

  Console(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On a terminal, the check that begins, until the next one does. */
  void begin(int number, int of, Check check) {
    if (terminal) {
      out.print(LINE_AGAIN + "[" + number + "/" + of + "] " + check.id() + " …");
      out.flush();
    }
  }

  /** Elsewhere, each check that has ended. */
  void end(int number, int of, Judgement judgement) {
    if (!terminal) {
      String id = judgement.result().check().id();
      long millis = judgement.result().took().toMillis();
      out.printf("[%d/%d] %s %s (%d ms)%n", number, of, id, Told.of(judgement.standing()), millis);
    } else if (number == of) {
      out.print(LINE_AGAIN);
      out.flush();
    }
  }

  /** On a terminal, the seed that begins, until the next one does. */
  void beginSeed(int number, int of, long seed) {
    if (terminal) {
      out.print(LINE_AGAIN + "[" + number + "/" + of + "] seed " + seed + " …");
      out.flush();
    }
  }

  /** Elsewhere, each seed that failed, and now and then how far it is. */
  void endSeed(int number, int of, long seed, Optional<SimulationReport.Failure> failure) {
    String again = terminal ? LINE_AGAIN : "";
    if (failure.isPresent()) {
      out.println(again + "[" + number + "/" + of + "] " + failure.get().headline());
    } else if (!terminal && (number == of || number % SEEDS_A_LINE == 0)) {
      out.println("[" + number + "/" + of + "] seed " + seed);
    } else if (number == of) {
      out.print(again);
    }
    out.flush();
  }

  /** The whole report. */
  void show(Report report) {
    for (Map.Entry<Group, List<Judgement>> group : report.byGroup().entrySet()) {
      out.println();
      out.println(bold(group.getKey().title()) + " — " + counts(group.getValue()));
      for (Judgement judgement : group.getValue()) {
        Check check = judgement.result().check();
        String id = String.format("%-12s", check.id());
        out.println(GAP + verdict(judgement.standing()) + GAP + id + GAP + check.rule());
      }
    }
    findings(report);
    waivers(report);
    out.println();
    table(
        List.of("Asked of", "Verdicts"),
        report.byCapability().entrySet().stream()
            .map(row -> List.of(row.getKey(), counts(row.getValue())))
            .toList());
    out.println();
    out.println(report.gateway().words() + ": " + counts(report.judgements()));
    out.println(
        colour(
                report.isFit() ? Standing.PASSED : Standing.FAILED,
                bold(report.fitness().toUpperCase(Locale.ROOT) + "."))
            + " "
            + report.sentence());
  }

  private void findings(Report report) {
    for (Judgement judgement : report.of(Standing.FAILED, Standing.WARNED)) {
      out.println();
      out.println(colour(judgement.standing(), judgement.explanation()));
    }
    List<Judgement> unknown = report.of(Standing.NOT_VERIFIED);
    if (!unknown.isEmpty()) {
      out.println();
      out.println(bold("Not verified"));
      unknown.forEach(j -> out.println(GAP + j.result().check().id() + GAP + Told.seen(j)));
    }
  }

  private void waivers(Report report) {
    if (!report.waivers().isEmpty()) {
      out.println();
      out.println(bold("Waivers"));
      for (Waiver waiver : report.waivers()) {
        out.println(GAP + waiver.check() + " until " + waiver.until() + GAP + waiver.reason());
      }
    }
  }

  private static String counts(List<Judgement> judgements) {
    return Stream.of(Standing.values())
        .filter(standing -> judgements.stream().anyMatch(j -> j.standing() == standing))
        .map(
            standing ->
                judgements.stream().filter(j -> j.standing() == standing).count()
                    + " "
                    + Told.of(standing))
        .collect(Collectors.joining(", "));
  }

  /** Rows under a head, in aligned columns. */
  void table(List<String> head, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(head));
    all.addAll(rows);
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length())).append(GAP);
      }
      String text = line.toString().stripTrailing();
      out.println(row.equals(head) ? bold(text) : text);
    }
    out.flush();
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  String bold(String text) {
    return terminal ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  private String verdict(Standing standing) {
    return colour(standing, String.format("%-19s", Told.of(standing)));
  }

  private String colour(Standing standing, String text) {
    int code =
        switch (standing) {
          case PASSED -> 32;
          case REFUSED_AS_DECLARED -> 36;
          case NOT_VERIFIED, WAIVED, WARNED -> 33;
          case FAILED -> 31;
        };
    return terminal ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
