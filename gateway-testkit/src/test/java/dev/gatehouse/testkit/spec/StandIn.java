package dev.gatehouse.testkit.spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of somebody else's that stands in for a provider, run by node. Where {@code
 * -Dgatehouse.stand-ins} names a folder, it is installed there if it is not yet; without it, or
 * without node, the tests are aborted, and say so.
 */
public final class StandIn implements AutoCloseable {
  private final Process process;
  private final URI baseUrl;

  private StandIn(Process process, URI baseUrl) {
    this.process = process;
    this.baseUrl = baseUrl;
  }

  /** The folder with this package in it, at this version. */
  public static Path installed(String packageName, String version) throws Exception {
    String folder = System.getProperty("gatehouse.stand-ins", "");
    Assumptions.assumeTrue(
        !folder.isEmpty(), "not run: -Dgatehouse.stand-ins=FOLDER says where to install stand-ins");
    Assumptions.assumeTrue(
        isThere("node") && isThere("npm"), "not run: there is no node, or no npm");
    Path modules = Path.of(folder).toAbsolutePath().resolve("node_modules");
    if (!Files.exists(modules.resolve(packageName))) {
      Files.createDirectories(modules);
      run(
          List.of(
              "npm",
              "install",
              "--no-audit",
              "--no-fund",
              "--prefix",
              folder,
              packageName + "@" + version));
    }
    return modules.resolve(packageName);
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return run(List.of(program, "--version")) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(5, TimeUnit.MINUTES) ? process.exitValue() : -1;
  }

  /** Runs a script of node's; {@code PORT} in an argument stands for a port that is free. */
  public static StandIn start(Path script, String... arguments) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    for (String argument : arguments) {
      command.add(argument.replace("PORT", Integer.toString(port)));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader told =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    String line;
    do {
      line = told.readLine();
      if (line == null) {
        throw new IOException("the stand-in ended: " + all);
      }
      all.append(line).append('\n');
    } while (!line.contains(":" + port));
    drain(told);
    return new StandIn(process, URI.create("http://127.0.0.1:" + port));
  }

  /** A program that nobody listens to would wait for that one day. */
  private static void drain(BufferedReader told) {
    Thread reader =
        new Thread(
            () -> {
              try {
                told.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // It was ended.
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** Where it listens. */
  public URI baseUrl() {
    return baseUrl;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
