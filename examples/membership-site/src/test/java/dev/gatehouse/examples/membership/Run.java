package dev.gatehouse.examples.membership;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line within this process. */
record Run(int exitCode, String out, String err) {
  static Run of(String... args) {
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
