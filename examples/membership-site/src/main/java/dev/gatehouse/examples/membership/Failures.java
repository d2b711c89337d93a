package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in lines for people, each with place and remedy; no stack trace. */
final class Failures implements IExecutionExceptionHandler {
  /** What an operator may do next, where there is a command for it. */
  private static final Map<String, String> NEXT =
      Map.ofEntries(
          Map.entry("payment.unknown", "ops find --email, --reference or --amount finds payments"),
          Map.entry("customer.unknown", "ops find --email finds customers by their address"),
          Map.entry("operation.unknown", "ops show PAYMENT lists the calls of a payment"),
          Map.entry("operation.not-in-doubt", "ops show PAYMENT says what became of it"),
          Map.entry("operation.not-left-to-person", "ops doubt says what comes next, and when"),
          Map.entry("conflict.not-open", "ops conflicts lists what is open now"),
          Map.entry("hook.unknown", "ops parked lists the hooks for which something waits"),
          Map.entry("hook.nothing-waits", "ops parked lists the hooks for which something waits"),
          Map.entry("hook.nothing-parked", "ops parked lists what is parked"),
          Map.entry("event.unknown", "ops parked lists the events that are parked"),
          Map.entry(
              "gateway.unknown", "declare the gateway with --settings FILE, as the site does"));

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (failure instanceof GatehouseException known) {
      known.problems().forEach(problem -> say(problem, err));
      boolean badInput =
          known instanceof InvalidInputException || known instanceof ConfigurationException;
      if (badInput) {
        String nothing = isOps(line) ? "nothing was changed" : "nothing was started";
        err.println("problems: " + known.problems().size() + "; " + nothing);
      }
      return badInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
    err.println("unexpected: " + failure);
    return ExitCode.SOFTWARE;
  }

  private static void say(Problem problem, PrintWriter err) {
    err.println(problem.describe());
    String next = NEXT.get(problem.code());
    if (next != null) {
      err.println("next: " + next);
    }
  }

  private static boolean isOps(CommandLine line) {
    CommandLine parent = line.getParent();
    return parent != null && parent.getCommand() instanceof OpsCommand;
  }
}
