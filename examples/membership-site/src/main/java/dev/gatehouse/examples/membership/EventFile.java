package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Events, one in a line; each is safe on the disk before the next one comes. */
final class EventFile implements AutoCloseable {
  private final FileChannel file;

  private EventFile(FileChannel file) {
    this.file = file;
  }

  /** Opens it to add to it. */
  static EventFile open(Path path) {
    try {
      return new EventFile(
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              "--to",
              "archive.file",
              "can't be written: " + path,
              "name a file in a folder that is there and may be written"));
    }
  }

  void add(LifecycleEvent event) {
    byte[] json = Json.EVENT.write(event);
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
