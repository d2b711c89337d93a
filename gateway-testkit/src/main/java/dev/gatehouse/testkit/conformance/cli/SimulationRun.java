package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.simulator.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Seeds of the simulator, each in a worker. It ends with the last seed, or when so many have failed
 * that more of them would tell nothing new.
 */
final class SimulationRun {
  /** So many seeds may fail before the run ends. */
  static final int MOST_FAILED = 3;

  private final Workers workers;
  private final Workers patient;
  private final String target;
  private final Set<FaultKind> without;
  private final LongFunction<String> replay;

  /**
   * Runs in these workers; {@code patient} ones make a failing seed short, which takes many runs.
   *
   * @param without the faults that do not happen
   * @param replay the command that runs a seed again
   */
  SimulationRun(
      Workers workers,
      Workers patient,
      String target,
      Set<FaultKind> without,
      LongFunction<String> replay) {
    this.workers = workers;
    this.patient = patient;
    this.target = target;
    this.without = without;
    this.replay = replay;
  }

  /** Runs so many seeds, from this one on. */
  SimulationReport.Result of(long from, int seeds, Console console) {
    SimulationReport.Result result = new SimulationReport.Result();
    for (int i = 0; i < seeds && result.failures().size() < MOST_FAILED; i++) {
      long seed = from + i;
      console.beginSeed(i + 1, seeds, seed);
      Answer answer = workers.ask(question("simulate", seed));
      Optional<SimulationReport.Failure> failure = add(answer, seed, result);
      failure.ifPresent(result::failed);
      console.endSeed(i + 1, seeds, seed, failure);
    }
    return result;
  }

  private List<String> question(String what, long seed) {
    List<String> words = new ArrayList<>(List.of(what, target, String.valueOf(seed)));
    without.forEach(fault -> words.add(fault.name()));
    return words;
  }

  private Optional<SimulationReport.Failure> add(
      Answer answer, long seed, SimulationReport.Result result) {
    if (answer instanceof Answer.Lost lost) {
      return Optional.of(broken(seed, lost.how()));
    }
    List<String> words = ((Answer.Said) answer).words();
    Optional<SeedAnswer> run = SeedAnswer.of(words);
    if (run.isEmpty()) {
      return Optional.of(broken(seed, words.get(1)));
    }
    result.ran(run.get());
    return run.get().violation().map(violation -> violated(seed, run.get()));
  }

  private SimulationReport.Failure broken(long seed, String how) {
    return new SimulationReport.Failure(seed, "", how, replay.apply(seed));
  }

  /** With its story made short, if that comes to an end. */
  private SimulationReport.Failure violated(long seed, SeedAnswer whole) {
    Answer answer = patient.ask(question("shrink", seed));
    SeedAnswer told =
        Optional.of(answer)
            .filter(Answer.Said.class::isInstance)
            .map(Answer.Said.class::cast)
            .flatMap(said -> SeedAnswer.of(said.words()))
            .filter(shrunk -> shrunk.violation().isPresent())
            .orElse(whole);
    return new SimulationReport.Failure(
        seed, told.violation().orElseThrow(), told.story(), replay.apply(seed));
  }
}
