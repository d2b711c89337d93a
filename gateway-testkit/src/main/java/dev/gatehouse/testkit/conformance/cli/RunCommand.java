package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Waivers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds the checks against a gateway, each in a JVM beside this one.",
      "",
      "A gateway that hangs, ends the JVM, or eats its memory fails the check at hand, and the run"
          + " goes on.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every MUST is kept, or waived by a waiver that has not expired",
      "1:some MUST is not kept or could not be verified, or a waiver has expired",
      "2:bad options, no gateway or target found, or a target that is broken"
    })
final class RunCommand implements Callable<Integer> {
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
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Properties that replace the target's settings,",
        "such as: api-version = 2027-01. No secrets."
      })
  private @Nullable Path config;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "The target, where there are several, or it is not announced.")
  private @Nullable String target;

  @Option(names = "--group", paramLabel = "GROUP", description = "Only the checks of this group.")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--check", paramLabel = "ID", description = "Only this check, and others named.")
  private List<String> checks = new ArrayList<>();

  @Option(
      names = "--waivers",
      paramLabel = "FILE",
      description = {
        "What the gateway is let off, one in a line:",
        "GW-SALE-01 2027-03-01 why it can't be kept yet"
      })
  private @Nullable Path waivers;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      required = true,
      description = "Where report.html, report.xml and report.json go; older ones are replaced.")
  private Path report = Path.of("");

  RunCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ReportFolder folder = ReportFolder.prepare(report, "report.html", "report.xml", "report.json");
    Report done;
    try {
      done = examine();
    } catch (RuntimeException e) {
      NotBegun.of(gateway, clock.instant(), e).write(folder);
      throw e;
    }
    console.show(done);
    folder.write("report.json", JsonReport.of(done));
    folder.write("report.xml", XmlReport.of(done));
    folder.write("report.html", HtmlReport.of(done));
    console.line("Reports: " + folder.file("report.html"));
    return done.isFit() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Report examine() {
    List<Check> plan = Selection.of(groups, checks);
    Waivers waived = waivers == null ? Waivers.of(List.of()) : Waivers.read(waivers);
    List<Jar> jars = options.jars();
    try (Workers workers = JarOptions.workers(jars, options.limit())) {
      return run(plan, waived, jars, workers);
    }
  }

  private Report run(List<Check> plan, Waivers waived, List<Jar> jars, Workers workers) {
    Survey survey = Survey.of(jars, workers);
    if (!jars.isEmpty() && !survey.hasDropped() && target == null) {
      throw Survey.nothingDropped(jars);
    }
    Optional<Found> found = survey.gateway(gateway, target != null);
    String type = target(survey, workers);
    Survey.demandUsable(type, workers);
    SortedMap<String, String> settings =
        config == null
            ? Collections.unmodifiableSortedMap(new TreeMap<>())
            : Config.read(config, found);
    Instant begin = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    long ticks = System.nanoTime();
    List<Judgement> judgements =
        new Examination(workers, type, settings)
            .of(plan, waived, LocalDate.ofInstant(begin, ZoneOffset.UTC), console);
    return new Report(
        ConformanceCli.version(),
        found
            .map(asked -> new Report.Subject(gateway, asked.name(), asked.version()))
            .orElse(new Report.Subject(gateway, "", "")),
        type,
        settings,
        jars,
        begin,
        Duration.ofNanos(System.nanoTime() - ticks),
        ConformanceKit.catalogue().size(),
        waived.all(),
        judgements);
  }

  private String target(Survey survey, Workers workers) {
    if (target == null) {
      return survey.target(gateway);
    }
    Survey.demandTarget(target, gateway, workers);
    return target;
  }
}
