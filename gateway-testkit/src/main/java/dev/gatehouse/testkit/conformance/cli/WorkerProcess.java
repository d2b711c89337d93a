package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running {@link Worker}, asked one question after another. Not thread-safe. */
final class WorkerProcess implements AutoCloseable {
  /** What a JVM says that is told to end when its memory does. */
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  private static final int MEBIBYTES = 256;
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** How long a JVM may take to come to its end; a busy machine is in no hurry. */
  private static final Duration END = Duration.ofSeconds(10);

  private static final int POLL_MILLIS = 100;
  private static final String EXITING = "exiting";
  private static final List<String> GONE = List.of("gone");

  private final Process process;
  private final Tail printed;
  private final Socket socket;
  private final BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
  private Optional<String> exiting = Optional.empty();

  private WorkerProcess(Process process, Tail printed, Socket socket, BufferedReader answers) {
    this.process = process;
    this.printed = printed;
    this.socket = socket;
    daemon("gatehouse-worker-answers", () -> hear(answers));
  }

  /**
   * Starts one that loads from these JARs.
   *
   * @throws ConfigurationException if no JVM can be started
   */
  static WorkerProcess start(List<Path> jars) {
    String token = UUID.randomUUID().toString();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      door.setSoTimeout(POLL_MILLIS);
      Process process =
          new ProcessBuilder(command(door.getLocalPort(), jars)).redirectErrorStream(true).start();
      Tail printed = new Tail();
      daemon("gatehouse-worker-output", () -> printed.drain(process.getInputStream()));
      try {
        try (OutputStream in = process.getOutputStream()) {
          in.write(token.getBytes(StandardCharsets.UTF_8));
        }
        return accept(door, process, printed, token);
      } catch (IOException | ConfigurationException e) {
        end(process);
        throw e;
      }
    } catch (IOException e) {
      throw notStarted(e.toString());
    }
  }

  private static WorkerProcess accept(
      ServerSocket door, Process process, Tail printed, String token) throws IOException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < START.toNanos() && process.isAlive()) {
      try {
        Socket socket = door.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) START.toMillis());
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String first = answers.readLine();
        if (first != null && Line.words(first).equals(List.of(token))) {
          socket.setSoTimeout(0);
          return new WorkerProcess(process, printed, socket, answers);
        }
        socket.close();
      } catch (SocketTimeoutException e) {
        // It still starts.
      }
    }
    throw notStarted(printed.text());
  }

  private static ConfigurationException notStarted(String why) {
    return new ConfigurationException(
        new Problem(
            "java",
            "worker.not-started",
            "the JVM for the gateway could not be started: " + why,
            "see that " + java() + " can be run, and that there are " + MEBIBYTES + " MiB for it"));
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static List<String> command(int port, List<Path> jars) {
    List<String> command =
        new ArrayList<>(
            List.of(
                java().toString(),
                "-Xmx" + MEBIBYTES + "m",
                "-XX:MaxMetaspaceSize=" + MEBIBYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                // Where a server is started without a language, it is no UTF-8 either.
                "-Dfile.encoding=ISO-8859-1",
                // Secrets must be in no log, at whatever level.
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-cp",
                System.getProperty("java.class.path", "." + File.pathSeparator),
                Worker.class.getName(),
                String.valueOf(port)));
    jars.forEach(jar -> command.add(jar.toString()));
    return command;
  }

  /** Asks, and waits so long for the answer. If it is lost, so is this worker. */
  Answer ask(Duration limit, List<String> question) {
    if (!say(question)) {
      return new Answer.Lost(death());
    }
    Optional<List<String>> answer = next(limit);
    if (answer.isEmpty()) {
      return new Answer.Lost(
          exiting.isPresent()
              ? exit()
              : "It did not come to an end within " + limit.toSeconds() + " s." + where());
    }
    return answer.get().equals(GONE) ? new Answer.Lost(death()) : new Answer.Said(answer.get());
  }

  /** Whether it can be asked again. */
  boolean isAlive() {
    return process.isAlive() && exiting.isEmpty();
  }

  @Override
  public void close() {
    end(process);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private boolean say(List<String> words) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write((Line.of(words) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String where() {
    if (!say(List.of("where"))) {
      return "";
    }
    return next(SHORT).filter(words -> words.get(0).equals("where")).map(w -> w.get(1)).orElse("");
  }

  /** The next answer; empty if there is none in time. That it is ending is no answer. */
  private Optional<List<String>> next(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        List<String> words = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (words == null || !words.get(0).equals(EXITING)) {
          return Optional.ofNullable(words);
        }
        exiting = Optional.of(words.get(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String death() {
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        return exit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The run was interrupted.";
    }
    int code = process.exitValue();
    String last = printed.text();
    if (last.contains(OUT_OF_MEMORY)) {
      return "It used up the " + MEBIBYTES + " MiB of memory that a check may have.";
    }
    if (exiting.isPresent()) {
      return "It ended the JVM with exit code " + code + "." + exiting.get();
    }
    return "The JVM that it ran in ended with code " + code + (last.isBlank() ? "." : ": " + last);
  }

  private String exit() {
    return "It ended the JVM, which did not come to its end." + exiting.orElse("");
  }

  private void hear(BufferedReader answers) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        heard.add(Line.words(line).stream().map(WorkerProcess::shown).toList());
      }
    } catch (IOException e) {
      // It is gone.
    } finally {
      heard.add(GONE);
    }
  }

  /** What a gateway said must not steer the terminal of whoever reads it. */
  private static String shown(String word) {
    return word.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\ufffd");
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The end of what is printed. Thread-safe. */
  private static final class Tail {
    private static final int MOST = 2_000;
    private final StringBuilder text = new StringBuilder();

    void drain(InputStream from) {
      byte[] buffer = new byte[8_192];
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          keep(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The process is gone.
      }
    }

    private synchronized void keep(String more) {
      text.append(more);
      text.delete(0, Math.max(0, text.length() - MOST));
    }

    synchronized String text() {
      return text.toString().strip();
    }
  }
}
