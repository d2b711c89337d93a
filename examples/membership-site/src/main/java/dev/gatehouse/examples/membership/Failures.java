package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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

  /** Of these a deed may have been done all the same. */
  private static final Set<ErrorCategory> MAY_BE_DONE =
      EnumSet.of(ErrorCategory.UNAVAILABLE, ErrorCategory.UNKNOWN_OUTCOME);

  private static final String LOOK =
      "it may be done, or done in part: look (ops show, ops parked, ops log) before you do it"
          + " again";

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
      } else if (isDeed(line) && MAY_BE_DONE.contains(known.category())) {
        err.println(LOOK);
      }
      return badInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
    err.println("an error that nobody foresaw: " + words(failure));
    if (isDeed(line)) {
      err.println(LOOK);
    }
    return ExitCode.SOFTWARE;
  }

  /** The class tells more than the message where that is short, and the message what it was. */
  private static String words(Exception failure) {
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    return (failure.getClass().getSimpleName() + message).replaceAll("\\p{Cntrl}", " ");
  }

  /** What changes something names who does it. */
  private static boolean isDeed(CommandLine line) {
    return isOps(line) && line.getCommandSpec().findOption("--actor") != null;
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
