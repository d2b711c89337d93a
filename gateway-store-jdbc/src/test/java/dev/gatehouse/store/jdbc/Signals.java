package dev.gatehouse.store.jdbc;

import java.io.IOException;

/** Signals to processes that we started. */
public final class Signals {
  private Signals() {}

  /** Sends one, such as {@code STOP}, and waits until it was sent. */
  public static void send(String name, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("no signal " + name + " to " + pid);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
