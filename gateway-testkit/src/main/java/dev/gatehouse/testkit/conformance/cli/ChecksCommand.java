package dev.gatehouse.testkit.conformance.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command {@code checks}. */
@Command(
    name = "checks",
    mixinStandardHelpOptions = true,
    description = "Lists the catalogue of checks.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "2:bad options"})
final class ChecksCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--group", paramLabel = "GROUP", description = "Only those of this group.")
  private List<String> groups = new ArrayList<>();

  ChecksCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.table(
        List.of("CHECK", "LEVEL", "GROUP", "RULE"),
        Selection.of(groups, List.of()).stream()
            .map(
                check ->
                    List.of(
                        check.id(),
                        check.level().name(),
                        Selection.key(check.group()),
                        check.rule()))
            .toList());
    return ExitCode.OK;
  }
}
