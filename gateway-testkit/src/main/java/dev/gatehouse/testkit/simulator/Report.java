package dev.gatehouse.testkit.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a seed.
 *
 * @param seed the seed; it replays exactly
 * @param steps how many steps were taken, those within others not counted
 * @param checkouts how many checkouts were started
 * @param payments how many payments there were in the end
 * @param fired how often each fault fired
 * @param done how often each step was done, those within others counted
 * @param incidents what the faults fell upon
 * @param turns how often it was a fault's turn; their numbers are those that can be spared
 * @param violation the invariant that did not hold, if one did not
 * @param story everything that happened, line by line
 */
public record Report(
    long seed,
    int steps,
    int checkouts,
    int payments,
    Map<FaultKind, Integer> fired,
    Map<StepKind, Integer> done,
    Incidents incidents,
    int turns,
    Optional<Violation> violation,
    List<String> story) {
  private static final Pattern PAYMENT = Pattern.compile("(?:pay|chk|mem|ext)_[0-9a-z]+");
  private static final int LAST = 25;
  private static final int MOST = 120;

  /** Copies the collections. */
  public Report {
    fired = Collections.unmodifiableMap(new EnumMap<>(fired));
    done = Collections.unmodifiableMap(new EnumMap<>(done));
    story = List.copyOf(story);
  }

  /** How many faults fired. */
  public int faults() {
    return fired.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many processes died. */
  public int crashes() {
    return fired.entrySet().stream()
        .filter(entry -> entry.getKey().isCrash())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /**
   * The story to read: the lines about the subject of the violation, and the last lines; all of it
   * is in {@link #story}.
   */
  public String tell() {
    StringBuilder text = new StringBuilder("seed " + seed + ", " + steps + " steps, ");
    text.append(violation.map(v -> "violated " + v).orElse("no violation")).append('\n');
    Optional<String> subject = violation.flatMap(v -> subjectOf(v.subject()));
    int from = story.size() - LAST;
    int told = 0;
    for (int i = 0; i < story.size(); i++) {
      String line = story.get(i);
      boolean about = subject.filter(s -> isAbout(line, s)).isPresent() && told < MOST;
      boolean world = line.contains("clock") || line.contains("process");
      if (i >= from || about || world && subject.isPresent() && told > 0 && told < MOST) {
        text.append("  ").append(line).append('\n');
        told++;
      }
    }
    return text.toString();
  }

  private static Optional<String> subjectOf(String text) {
    Matcher found = PAYMENT.matcher(Story.readable(text));
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  private static boolean isAbout(String line, String subject) {
    int at = line.indexOf(subject);
    return at >= 0
        && (at + subject.length() == line.length()
            || !Character.isLetterOrDigit(line.charAt(at + subject.length())));
  }
}
