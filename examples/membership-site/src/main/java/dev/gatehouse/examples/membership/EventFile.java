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
  private static final byte[] END_OF_LINE = {'\n'};

  private final FileChannel file;

  private EventFile(FileChannel file) {
    this.file = file;
  }

  /** Opens it to add to it, in a line of its own. */
  static EventFile open(Path path) {
    try {
      EventFile file =
          new EventFile(
              FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      if (endsInTheMiddleOfALine(path)) {
        file.write(ByteBuffer.wrap(END_OF_LINE));
      }
      return file;
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              "--to",
              "archive.file",
              "can't be written: " + path,
              "name a file in a folder that is there and may be written"));
    }
  }

  /** As after a full disk. What was not written whole comes again: it is still in the store. */
  private static boolean endsInTheMiddleOfALine(Path path) throws IOException {
    try (FileChannel before = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return before.size() > 0 && before.read(last, before.size() - 1) == 1 && last.get(0) != '\n';
    }
  }

  void add(LifecycleEvent event) {
    byte[] json = Json.EVENT.write(event);
    try {
      write(ByteBuffer.allocate(json.length + 1).put(json).put(END_OF_LINE).flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      throw new UncheckedIOException(e);
    }
  }
}
