package dev.gatehouse.examples.membership;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the example. */
@Command(
    name = "membership-site",
    description = "A site that sells memberships through Gatehouse.",
    mixinStandardHelpOptions = true,
    versionProvider = MembershipSite.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class MembershipSite {
  private MembershipSite() {}

  /** Runs a command, and ends the process with its exit code. */
  public static void main(String[] args) {
    prepare();
    boolean colours = System.console() != null && System.getenv("NO_COLOR") == null;
    int code = run(writer(FileDescriptor.out), writer(FileDescriptor.err), colours, args);
    System.exit(code);
  }

  /** Settings that libraries read when their first class is loaded. */
  static void prepare() {
    // Hibernate Validator logs through JBoss Logging, which would not choose SLF4J by itself.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    // The JDK's HTTP server writes head and body apart; Nagle's algorithm would add 40 ms to each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Runs a command; says the exit code: 0 all is well, 1 something is not, 2 bad input. */
  static int run(PrintWriter out, PrintWriter err, boolean colours, String... args) {
    return run(out, err, colours, System.getenv(), args);
  }

  /** The same, with these environment variables for the commands that need some. */
  static int run(
      PrintWriter out,
      PrintWriter err,
      boolean colours,
      Map<String, String> environment,
      String... args) {
    CommandLine.Help.Ansi ansi = colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    return new CommandLine(new MembershipSite())
        .addSubcommand(new TourCommand(new Report(out, colours)))
        .addSubcommand(new GatewaysCommand(new Report(out, colours)))
        .addSubcommand(new HooksCommand(out, environment))
        .addSubcommand(OpsCommand.line(new OpsReport(out, colours), environment))
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setExecutionExceptionHandler(new Failures())
        .execute(args);
  }

  /** UTF-8 whatever the locale: names come in every script. */
  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
  }

  /** The version as the build wrote it into the manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MembershipSite.class.getPackage().getImplementationVersion();
      return new String[] {"membership-site " + (version == null ? "(not packaged)" : version)};
    }
  }
}
