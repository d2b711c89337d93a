package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** The command {@code explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Tells what a check demands, why, and what to do where it fails.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:told", "2:there is no such check"})
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "ID", description = "The check, such as GW-SALE-01.")
  private @Nullable String id;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Check check = Selection.check(String.valueOf(id));
    console.line(console.bold(check.id()) + " (" + check.level() + ") " + check.rule());
    console.line("  group:  " + check.group().title());
    if (!check.needs().isEmpty()) {
      String needs =
          new TreeSet<>(check.needs()).stream().map(Enum::name).collect(Collectors.joining(", "));
      console.line("  needs:  " + needs + "; a gateway that does not declare it must refuse it");
    }
    console.line("  why:    " + check.why());
    console.line("  remedy: " + check.remedy());
    return ExitCode.OK;
  }
}
