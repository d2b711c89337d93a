package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.testkit.conformance.Group;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import dev.gatehouse.testkit.conformance.Level;
import dev.gatehouse.testkit.conformance.Waiver;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param kit the kit's version
 * @param gateway what was checked
 * @param target the class of the target
 * @param settings what the gateway was opened with instead of the target's settings
 * @param jars what was looked at
 * @param begin when the run began
 * @param took how long it took
 * @param catalogue how many checks there are
 * @param waivers every waiver that was handed in
 * @param judgements what each check that was asked for came to, in the catalogue's order
 */
record Report(
    String kit,
    Subject gateway,
    String target,
    SortedMap<String, String> settings,
    List<Jar> jars,
    Instant begin,
    Duration took,
    int catalogue,
    List<Waiver> waivers,
    List<Judgement> judgements) {

  /**
   * A gateway. Name and version are empty texts if it could not be asked for them.
   *
   * @param id its id
   * @param name its name
   * @param version its version
   */
  record Subject(String id, String name, String version) {
    String words() {
      return name.isEmpty() ? id : name + " " + version + " (" + id + ")";
    }
  }

  /** Whether the gateway was shown to keep every MUST that was asked for, and at least one. */
  boolean isFit() {
    return count(Standing.FAILED) == 0 && unproven() == 0 && hasProof();
  }

  /** What the run says of the gateway, in two or three words. */
  String fitness() {
    if (isFit()) {
      return isWhole() ? "Fit" : "So far fit";
    }
    return count(Standing.FAILED) > 0 ? "Not fit" : "Not proven";
  }

  /** The MUSTs of which nobody knows whether they are kept. */
  private long unproven() {
    return of(Standing.NOT_VERIFIED).stream().filter(Report::isMust).count();
  }

  private static boolean isMust(Judgement judgement) {
    return judgement.result().check().level() == Level.MUST;
  }

  /** Whether anything was shown at all. */
  boolean hasProof() {
    return judgements.stream()
        .anyMatch(
            j ->
                isMust(j)
                    && (j.standing() == Standing.PASSED
                        || j.standing() == Standing.REFUSED_AS_DECLARED));
  }

  boolean isWhole() {
    return judgements.size() == catalogue;
  }

  /** The run in a sentence or two. */
  String sentence() {
    String end = outcome();
    return isWhole()
        ? end
        : end + " Only " + judgements.size() + " of " + catalogue + " checks were run.";
  }

  private String outcome() {
    if (!hasProof()) {
      return "No MUST was shown to be kept.";
    }
    long failed = count(Standing.FAILED);
    if (failed > 0) {
      return failed + " of " + judgements.size() + " checks failed that must not.";
    }
    return unproven() > 0
        ? unproven()
            + " of "
            + judgements.size()
            + " checks could not be verified that must be: let the target bring about what they"
            + " need, or waive them with a reason."
        : "Every MUST is kept" + exceptions() + ".";
  }

  private String exceptions() {
    long waived = count(Standing.WAIVED);
    long unknown = count(Standing.NOT_VERIFIED);
    return (waived > 0 ? ", " + waived + " waived" : "")
        + (unknown > 0 ? ", " + unknown + " not verified" : "");
  }

  long count(Standing standing) {
    return judgements.stream().filter(j -> j.standing() == standing).count();
  }

  List<Judgement> of(Standing... standings) {
    List<Standing> wanted = List.of(standings);
    return judgements.stream().filter(j -> wanted.contains(j.standing())).toList();
  }

  /** What was run, by group. */
  Map<Group, List<Judgement>> byGroup() {
    return judgements.stream()
        .collect(
            Collectors.groupingBy(
                j -> j.result().check().group(),
                () -> new EnumMap<>(Group.class),
                Collectors.toList()));
  }

  /** What was run, by what a gateway must declare to be asked; first what all are asked. */
  Map<String, List<Judgement>> byCapability() {
    Map<String, List<Judgement>> rows = new LinkedHashMap<>();
    rows.put("every gateway", judgements.stream().filter(j -> needs(j).isEmpty()).toList());
    for (Capability capability : Capability.values()) {
      rows.put(
          capability.name(),
          judgements.stream().filter(j -> needs(j).contains(capability)).toList());
    }
    rows.values().removeIf(List::isEmpty);
    return rows;
  }

  private static Set<Capability> needs(Judgement judgement) {
    return judgement.result().check().needs();
  }
}
