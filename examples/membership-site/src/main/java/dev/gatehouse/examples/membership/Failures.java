package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in lines for people, each with place and remedy; no stack trace. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (failure instanceof GatehouseException known) {
      known.problems().forEach(problem -> err.println(problem.describe()));
      boolean badInput =
          known instanceof InvalidInputException || known instanceof ConfigurationException;
      if (badInput) {
        err.println("problems: " + known.problems().size() + "; nothing was started");
      }
      return badInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
    err.println("unexpected: " + failure);
    return ExitCode.SOFTWARE;
  }
}
