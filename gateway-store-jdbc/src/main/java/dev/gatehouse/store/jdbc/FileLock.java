package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process, or a second store of this one, from a file of SQLite. It is held on a
 * file beside it, which stays: SQLite's own locks would be lost if we opened its file by ourselves.
 * The operating system lets go of it when the process ends, however it ends.
 */
final class FileLock implements AutoCloseable {
  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  static FileLock of(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel = open(beside);
    if (isTaken(channel)) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      throw new ConfigurationException(
          new Problem(
              file.toString(),
              "store.in-use",
              "is in use by another process or another store of this one",
              "end that first, or use PostgreSQL, which many processes can share"));
    }
    return new FileLock(channel);
  }

  private static FileChannel open(Path beside) {
    try {
      return FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              beside.toString(), "store.lock", "can't be written", "make its folder writable"));
    }
  }

  private static boolean isTaken(FileChannel channel) {
    try {
      java.nio.channels.@Nullable FileLock held = channel.tryLock();
      return held == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
