package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.simulator.FaultKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays shops, customers and everything that goes wrong with a gateway and its target's"
          + " provider, in a JVM beside this one.",
      "",
      "What happens is decided by a seed, and happens again with the same seed. Invariants are held"
          + " against the provider's books after every step. The run ends when three seeds have"
          + " failed.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every invariant held in every seed",
      "1:one was violated, or a seed did not come to an end",
      "2:it could not begin"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 1_000_000;

  /** Making a failing seed short takes so many times as long as a seed may take. */
  private static final int PATIENCE = 30;

  private final Console console;
  private final Clock clock;

  @Option(
      names = "--gateway",
      paramLabel = "ID",
      required = true,
      description = "The id of the gateway.")
  private String gateway = "";

  @Mixin private final JarOptions options = new JarOptions();

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "The target, where there are several, or it is not announced.")
  private @Nullable String target;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      required = true,
      description = "How many seeds; a hundred show much, a thousand nearly all.")
  private int seeds;

  @Option(names = "--seed", paramLabel = "FIRST", description = "The first seed; 1 without it.")
  private long first = 1;

  @Option(
      names = "--without",
      paramLabel = "FAULT",
      description = {
        "A fault that is not to happen, and others named: one that nobody could outlive",
        "without what the gateway does not declare."
      })
  private Set<FaultKind> without = EnumSet.noneOf(FaultKind.class);

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where simulation.txt and simulation.json go.")
  private @Nullable Path report;

  SimulateCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new InvalidInputException(
          new Problem(
              "--seeds",
              "seeds.range",
              seeds + " is no number of seeds to run",
              "give one from 1 to " + MOST_SEEDS));
    }
    Optional<ReportFolder> folder =
        Optional.ofNullable(report)
            .map(at -> ReportFolder.prepare(at, "simulation.json", "simulation.txt"));
    SimulationReport done;
    try {
      done = play();
    } catch (RuntimeException e) {
      folder.ifPresent(to -> NotBegun.of(gateway, clock.instant(), e).writeOfSimulation(to));
      throw e;
    }
    console.line("");
    console.line(done.text().stripTrailing());
    folder.ifPresent(
        to -> {
          to.write("simulation.json", done.json());
          to.write("simulation.txt", done.text());
        });
    return done.isFine() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private SimulationReport play() {
    List<Jar> jars = options.jars();
    try (Workers workers = JarOptions.workers(jars, options.limit());
        Workers patient = JarOptions.workers(jars, options.limit().multipliedBy(PATIENCE))) {
      return run(jars, workers, patient);
    }
  }

  private SimulationReport run(List<Jar> jars, Workers workers, Workers patient) {
    Survey survey = Survey.of(jars, workers);
    if (!jars.isEmpty() && !survey.hasDropped() && target == null) {
      throw Survey.nothingDropped(jars);
    }
    Optional<Found> found = survey.gateway(gateway, target != null);
    String type = target(survey, workers);
    Survey.demandUsable(type, workers);
    Instant begin = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    long ticks = System.nanoTime();
    SimulationReport.Result result =
        new SimulationRun(workers, patient, type, without, seed -> command(jars, seed))
            .of(first, seeds, console);
    return new SimulationReport(
        ConformanceCli.version(),
        found
            .map(asked -> new Report.Subject(gateway, asked.name(), asked.version()))
            .orElse(new Report.Subject(gateway, "", "")),
        type,
        jars,
        begin,
        Duration.ofNanos(System.nanoTime() - ticks),
        first,
        seeds,
        result);
  }

  private String target(Survey survey, Workers workers) {
    if (target == null) {
      return survey.target(gateway);
    }
    Survey.demandTarget(target, gateway, workers);
    return target;
  }

  /** The command for one seed, to be pasted into a shell. */
  private String command(List<Jar> jars, long seed) {
    List<String> words =
        new ArrayList<>(
            List.of("java", "-jar", "gateway-testkit-cli.jar", "simulate", "--gateway", gateway));
    jars.forEach(jar -> words.addAll(List.of("--jar", jar.path().toString())));
    if (target != null) {
      words.addAll(List.of("--target", target));
    }
    without.forEach(fault -> words.addAll(List.of("--without", fault.name())));
    words.addAll(
        List.of("--time-limit", String.valueOf(options.limit().toSeconds()), "--seeds", "1"));
    words.addAll(List.of("--seed", String.valueOf(seed)));
    return String.join(" ", words.stream().map(SimulateCommand::quoted).toList());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
