package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** Events, one in a line; each is safe on the disk before the next one comes. */
final class EventFile implements AutoCloseable {
  private static final byte END = '\n';

  /** Longer than any event is; what is longer was not written by us. */
  private static final int LONGEST = 16 << 20;

  private final Path path;
  private final FileChannel file;

  private EventFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** Opens it to add to it, after the last whole line. */
  static EventFile open(Path path) {
    try {
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      EventFile opened = new EventFile(path, file);
      try {
        opened.endTheLastLine();
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
      return opened;
    } catch (IOException e) {
      throw refused(
          "archive.file",
          "can't be written: " + path,
          "name a file in a folder that is there and may be written");
    }
  }

  /**
   * A run that was killed, or found the disk full, may have left half an event at the end. That one
   * is in the store still and comes again, so the half goes; a whole one, from which somebody took
   * the end of the line, gets it back.
   */
  private void endTheLastLine() throws IOException {
    long size = file.size();
    byte[] last = lastLine(size);
    if (last.length > 0 && isEvent(last)) {
      file.position(size);
      write(ByteBuffer.wrap(new byte[] {END}));
    } else if (last.length > 0) {
      if (last[0] != '{') {
        throw refused(
            "archive.other",
            "ends in the middle of a line that is no event: " + path,
            "name a new file, or one that an archive was written to");
      }
      file.truncate(size - last.length);
      file.force(true);
    }
    file.position(file.size());
  }

  /** What comes after the end of the last whole line. */
  private byte[] lastLine(long size) throws IOException {
    int length = (int) Math.min(size, LONGEST);
    ByteBuffer end = ByteBuffer.allocate(length);
    long from = size - length;
    while (end.hasRemaining() && file.read(end, from + end.position()) >= 0) {
      // Reads on until it has all.
    }
    byte[] bytes = end.array();
    int begin = length;
    while (begin > 0 && bytes[begin - 1] != END) {
      begin--;
    }
    return Arrays.copyOfRange(bytes, begin, length);
  }

  private static boolean isEvent(byte[] line) {
    try {
      Json.EVENT.read(line);
      return true;
    } catch (GatehouseException e) {
      return false;
    }
  }

  void add(LifecycleEvent event) {
    byte[] json = Json.EVENT.write(event);
    try {
      write(ByteBuffer.allocate(json.length + 1).put(json).put(END).flip());
    } catch (IOException e) {
      throw new NotWritten(path, e);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new NotWritten(path, e);
    }
  }

  private static ConfigurationException refused(String code, String message, String remedy) {
    return new ConfigurationException(new Problem("--to", code, message, remedy));
  }

  /** The archive ended half-way. */
  private static final class NotWritten extends GatehouseException {
    private static final long serialVersionUID = 1L;

    NotWritten(Path path, IOException cause) {
      super(
          ErrorCategory.UNAVAILABLE,
          List.of(
              new Problem(
                  "--to",
                  "archive.full",
                  "can't be written to the end: " + path + " (" + cause.getMessage() + ")",
                  "make room, and run it again with the same file: what is not in it yet is still"
                      + " in the store")),
          cause);
    }
  }
}
