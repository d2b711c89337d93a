package dev.gatehouse.examples.membership;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code ops}, whose sub-commands are what an operator asks and does. */
@Command(
    name = "ops",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Was this customer charged? What is in doubt, what waits for a person, who did what?",
      "",
      "Reads and changes the store of a site; hooks are told by the running site. Whatever"
          + " changes something demands --actor and --reason, and is kept in the log.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:nothing was found, or it was refused; it is said why",
      "2:bad options, or a store that can't be opened; nothing was changed"
    })
final class OpsCommand {
  private OpsCommand() {}

  /** The command with its sub-commands. */
  static CommandLine line(OpsReport report, Map<String, String> environment) {
    CommandLine line = new CommandLine(new OpsCommand());
    OpsQuestions.all(report, environment).forEach(line::addSubcommand);
    OpsDeeds.all(report, environment).forEach(line::addSubcommand);
    for (CommandLine each : line.getSubcommands().values()) {
      boolean takesIds = !each.getCommandSpec().positionalParameters().isEmpty();
      each.getCommandSpec().usageMessage().parameterListHeading("%n");
      each.getCommandSpec().usageMessage().optionListHeading(takesIds ? "" : "%n");
    }
    return line;
  }
}
