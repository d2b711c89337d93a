package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The command {@code list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the gateways and the targets that are found.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that was found can be asked",
      "1:some gateway or target fails when it is asked, or two gateways have one id; it is said how",
      "2:bad options, or nothing found in the JARs"
    })
final class ListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final JarOptions options = new JarOptions();

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Jar> jars = options.jars();
    try (Workers workers = JarOptions.workers(jars, options.limit())) {
      Survey survey = Survey.of(jars, workers);
      if (!jars.isEmpty() && !survey.hasDropped()) {
        throw Survey.nothingDropped(jars);
      }
      show(survey);
      List<Found> broken = new ArrayList<>(survey.gateways());
      broken.addAll(survey.targets());
      broken.removeIf(found -> !found.isBroken());
      broken.forEach(found -> console.line("\n" + found.words() + "\n  " + found.trouble()));
      List<Problem> ambiguities = survey.ambiguities();
      ambiguities.forEach(
          problem -> console.line("\n" + problem.message() + "; " + problem.remedy()));
      return broken.isEmpty() && ambiguities.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void show(Survey survey) {
    List<List<String>> rows = new ArrayList<>();
    for (Found gateway : survey.gateways()) {
      String targets =
          survey.targets().stream()
              .filter(target -> gateway.id().equals(target.id()) && !target.isBroken())
              .map(Found::type)
              .collect(Collectors.joining(", "));
      rows.add(
          List.of(
              gateway.id().orElse("?"),
              gateway.name(),
              gateway.version(),
              targets.isEmpty() ? "none" : targets,
              gateway.words()));
    }
    console.table(List.of("GATEWAY", "NAME", "VERSION", "TARGET", "FOUND AS"), rows);
    for (Found target : survey.targets()) {
      if (survey.gateways().stream().noneMatch(gateway -> gateway.id().equals(target.id()))) {
        console.line(
            "target " + target.words() + " is for " + target.id().orElse("?") + ", not found here");
      }
    }
  }
}
