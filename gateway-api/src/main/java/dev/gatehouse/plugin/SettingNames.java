package dev.gatehouse.plugin;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What settings are called in properties files and in the environment. */
public final class SettingNames {
  /** The setting that declares an instance. */
  public static final String PROVIDER = "provider";

  private SettingNames() {}

  /** Such as {@code STRIPE_EU}. */
  public static String shouted(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Such as {@code stripe-eu}. */
  public static String spoken(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name that was most likely meant: at most a third of it is mistyped. */
  public static Optional<String> nearest(String name, Set<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3))
        .min(
            (one, other) -> {
              int closer = Integer.compare(distance(name, one), distance(name, other));
              return closer != 0 ? closer : one.compareTo(other);
            });
  }

  /** How many letters are added, left out, changed or swapped with the next one. */
  private static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, i, j, from, to);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int fewest(int[][] steps, int i, int j, String from, String to) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int fewest = 1 + Math.min(steps[i - 1][j], steps[i][j - 1]);
    fewest = Math.min(fewest, steps[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
  }
}
