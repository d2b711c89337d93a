package dev.gatehouse.examples.membership;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** One run of the command line within this process. */
record Run(int exitCode, String out, String err) {
  /** A tour keeps its records in memory unless it is told otherwise. */
  static Run of(String... args) {
    boolean tours = List.of(args).contains("tour") && !List.of(args).contains("--store");
    return tours ? inFull(with(args, "--store", "memory")) : inFull(args);
  }

  private static String[] with(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static Run inFull(String... args) {
    MembershipSite.prepare();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = MembershipSite.run(new PrintWriter(out), new PrintWriter(err), false, args);
    return new Run(code, out.toString(), err.toString());
  }

  String lastLine() {
    String[] lines = out.strip().split("\n");
    return lines[lines.length - 1];
  }
}
