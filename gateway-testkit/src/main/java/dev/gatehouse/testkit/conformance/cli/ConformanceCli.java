package dev.gatehouse.testkit.conformance.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command line of the conformance kit. */
@Command(
    name = "gateway-testkit",
    description = "Proves that a payment gateway is fit to be dropped in.",
    mixinStandardHelpOptions = true,
    versionProvider = ConformanceCli.Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class ConformanceCli {
  private ConformanceCli() {}

  /** Runs a command, and ends the process with its exit code. */
  public static void main(String[] args) {
    // The JDK's HTTP server writes head and body apart; Nagle's algorithm would add 40 ms to each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    boolean terminal = Ansi.AUTO.enabled();
    int code =
        run(
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            terminal,
            Clock.systemUTC(),
            args);
    System.exit(code);
  }

  /** Runs a command; says the exit code: 0 all is well, 1 something failed, 2 bad input. */
  static int run(PrintWriter out, PrintWriter err, boolean terminal, Clock clock, String... args) {
    Console console = new Console(out, terminal);
    return new CommandLine(new ConformanceCli())
        .addSubcommand(new ListCommand(console))
        .addSubcommand(new RunCommand(console, clock))
        .addSubcommand(new SimulateCommand(console, clock))
        .addSubcommand(new ChecksCommand(console))
        .addSubcommand(new ExplainCommand(console))
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal ? Ansi.ON : Ansi.OFF))
        .setExecutionExceptionHandler(new Failures())
        .execute(args);
  }

  /** UTF-8 whatever the locale: gateways have names in every script. */
  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
  }

  /** The version as the build wrote it into the manifest. */
  static String version() {
    String version = ConformanceCli.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /** For {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gateway-testkit " + version()};
    }
  }
}
