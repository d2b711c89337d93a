package dev.gatehouse.examples.membership;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, whatever the script. Not thread-safe. */
final class Table {
  private static final int WIDEST = 44;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; every row has as many cells as the first. */
  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The rows as lines. */
  List<String> lines() {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    List<String> lines = new ArrayList<>();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, Columns.of(row.get(i))));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(i == 0 ? "" : GAP).append(Columns.padded(row.get(i), widths[i]));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
