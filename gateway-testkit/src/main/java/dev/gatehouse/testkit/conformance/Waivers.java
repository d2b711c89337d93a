package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gateway is let off: at most one waiver for a check, and only for checks that exist.
 * Immutable.
 *
 * <p>A file of them has one in a line: the check, the last day in UTC, and the reason, as in
 *
 * <pre>{@code
 * # Until the provider lists refunds.
 * GW-REFUND-03 2027-03-01 The provider lists refunds from spring on.
 * }</pre>
 *
 * <p>Empty lines and those that begin with {@code #} are passed over. The file is UTF-8.
 */
public final class Waivers {
  private static final int PARTS = 3;

  private final Map<String, Waiver> byCheck;

  private Waivers(Map<String, Waiver> byCheck) {
    this.byCheck = Collections.unmodifiableMap(byCheck);
  }

  /**
   * These.
   *
   * @throws InvalidInputException if one names no check, or a check is waived twice
   */
  public static Waivers of(List<Waiver> waivers) {
    Map<String, Waiver> places = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Waiver waiver : required("waivers", waivers)) {
      add(waiver, "waivers", places, problems);
    }
    return checked(places, problems);
  }

  /**
   * Those of a file.
   *
   * @throws InvalidInputException with everything that is wrong, by line: the file can't be read, a
   *     line is not as above, a check is unknown or waived twice
   */
  public static Waivers read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(required("file", file));
    } catch (IOException e) {
      throw new InvalidInputException(
          new Problem(
              file.toString(),
              "waivers.unreadable",
              "the waivers can't be read as UTF-8 text",
              "name the file that holds them"));
    }
    Map<String, Waiver> places = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String place = file + ":" + (i + 1);
        parse(line, place, problems).ifPresent(waiver -> add(waiver, place, places, problems));
      }
    }
    return checked(places, problems);
  }

  private static Waivers checked(Map<String, Waiver> byCheck, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new Waivers(byCheck);
  }

  private static Optional<Waiver> parse(String line, String place, List<Problem> problems) {
    String[] parts = line.split("\\s+", PARTS);
    if (parts.length < PARTS) {
      problems.add(
          new Problem(
              place,
              "waiver.incomplete",
              "a waiver needs a check, its last day, and a reason",
              "write it as: GW-SALE-01 2027-03-01 why the gateway can't keep it yet"));
      return Optional.empty();
    }
    try {
      return Optional.of(new Waiver(parts[0], parts[2], LocalDate.parse(parts[1])));
    } catch (DateTimeParseException e) {
      problems.add(
          new Problem(
              place,
              "waiver.date",
              "'" + parts[1] + "' is no day",
              "write the last day on which it holds as 2027-03-01"));
      return Optional.empty();
    }
  }

  private static void add(
      Waiver waiver, String place, Map<String, Waiver> places, List<Problem> problems) {
    Set<String> known =
        Stream.concat(ConformanceKit.catalogue().stream(), HookKit.catalogue().stream())
            .map(Check::id)
            .collect(Collectors.toSet());
    if (!known.contains(waiver.check())) {
      problems.add(
          new Problem(
              place,
              "waiver.unknown-check",
              "there is no check '" + waiver.check() + "' that could be waived",
              "take the id from the catalogue, or take the waiver away"));
    } else if (places.putIfAbsent(waiver.check(), waiver) != null) {
      problems.add(
          new Problem(
              place,
              "waiver.twice",
              waiver.check() + " is waived already",
              "keep one waiver for each check"));
    }
  }

  /** All of them, by check. */
  public List<Waiver> all() {
    return List.copyOf(byCheck.values());
  }

  /** Those whose last day is over, by check. */
  public List<Waiver> expired(LocalDate today) {
    return byCheck.values().stream().filter(waiver -> !waiver.holdsOn(today)).toList();
  }

  /** What a result comes to on a day, in UTC. An expired waiver fails, whatever the check says. */
  public Judgement judge(Result result, LocalDate today) {
    Optional<Waiver> waiver = Optional.ofNullable(byCheck.get(result.check().id()));
    return new Judgement(result, waiver, standing(result, waiver, today));
  }

  private static Standing standing(Result result, Optional<Waiver> waiver, LocalDate today) {
    if (waiver.isPresent() && !waiver.get().holdsOn(today)) {
      return Standing.FAILED;
    }
    Verdict verdict = result.verdict();
    if (verdict instanceof Verdict.Passed) {
      return Standing.PASSED;
    }
    if (verdict instanceof Verdict.RefusedAsDeclared) {
      return Standing.REFUSED_AS_DECLARED;
    }
    if (waiver.isPresent()) {
      return Standing.WAIVED;
    }
    if (verdict instanceof Verdict.NotVerified) {
      return Standing.NOT_VERIFIED;
    }
    return result.isFatal() ? Standing.FAILED : Standing.WARNED;
  }
}
