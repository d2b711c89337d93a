package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what is wrong in lines for people, each with place and remedy; no stack trace. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (failure instanceof GatehouseException known) {
      known.problems().forEach(problem -> err.println(problem.describe()));
    } else {
      err.println(unforeseen(failure).describe());
    }
    return ExitCode.USAGE;
  }

  static Problem unforeseen(Exception failure) {
    return new Problem(
        "gateway-testkit",
        "run.unforeseen",
        "an error that nobody foresaw: " + failure,
        "it is the kit's own: report it, with the command");
  }
}
