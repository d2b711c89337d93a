package dev.gatehouse.testkit.conformance;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is logged by {@code java.util.logging} and {@code System.Logger}, at every level, and what
 * is printed, where other loggers write to at last. All of it goes where it would have gone, too.
 */
final class Overheard implements AutoCloseable {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler handler = new Keeping(logged);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Overheard() {}

  static Overheard begin() {
    ONE_AT_A_TIME.lock();
    Overheard overheard = new Overheard();
    overheard.root.setLevel(Level.ALL);
    overheard.root.addHandler(overheard.handler);
    System.setOut(overheard.both(overheard.out));
    System.setErr(overheard.both(overheard.err));
    return overheard;
  }

  private PrintStream both(PrintStream usual) {
    OutputStream two =
        new OutputStream() {
          @Override
          public void write(int b) {
            usual.write(b);
            keep(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            usual.write(bytes, from, length);
            keep(bytes, from, length);
          }

          @Override
          public void flush() {
            usual.flush();
          }
        };
    return new PrintStream(two, true, StandardCharsets.UTF_8);
  }

  private void keep(byte[] bytes, int from, int length) {
    synchronized (printed) {
      printed.write(bytes, from, length);
    }
  }

  /** What was told up to now. */
  List<String> lines() {
    List<String> all = new CopyOnWriteArrayList<>(logged);
    synchronized (printed) {
      all.add(printed.toString(StandardCharsets.UTF_8));
    }
    return all;
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(handler);
    root.setLevel(before);
    ONE_AT_A_TIME.unlock();
  }

  private static final class Keeping extends Handler {
    /** The JDK's server, behind which the service is emulated: its log is the service's own. */
    private static final String OF_THE_EMULATED_SERVICE = "com.sun.net.httpserver";

    private final List<String> lines;

    Keeping(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      if (OF_THE_EMULATED_SERVICE.equals(entry.getLoggerName())) {
        return;
      }
      StringWriter text = new StringWriter();
      text.append(String.valueOf(entry.getMessage()));
      Object[] parts = entry.getParameters();
      for (Object part : parts == null ? new Object[0] : parts) {
        text.append(' ').append(String.valueOf(part));
      }
      Throwable thrown = entry.getThrown();
      if (thrown != null) {
        thrown.printStackTrace(new PrintWriter(text, true));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
