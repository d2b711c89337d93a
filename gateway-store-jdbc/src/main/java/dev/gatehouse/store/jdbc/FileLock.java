package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second process, or a second store of this one, from a file of SQLite, before it is looked
 * at. It is held on a file beside it: SQLite's own locks would be lost if we opened its file by
 * ourselves. The operating system lets go of it when the process ends, however it ends. If somebody
 * removes the file beside, {@link SqliteFile#demandAlone} still refuses the second one.
 */
final class FileLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileLock.class);

  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  static FileLock of(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    return held(file, beside, open(beside));
  }

  /** Closes the channel if it can't be held. */
  static FileLock held(Path file, Path beside, FileChannel channel) {
    FileLock lock = new FileLock(channel);
    Optional<Problem> problem = lock.problem(file, beside);
    if (problem.isPresent()) {
      lock.close();
      throw new ConfigurationException(problem.get());
    }
    return lock;
  }

  private static FileChannel open(Path beside) {
    try {
      return FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      LOG.debug("{} can't be opened", beside, e);
      throw new ConfigurationException(
          new Problem(
              beside.toString(), "store.lock", "can't be written", "make its folder writable"));
    }
  }

  private Optional<Problem> problem(Path file, Path beside) {
    Problem taken =
        new Problem(
            file.toString(),
            "store.in-use",
            "is in use by another process or another store of this one",
            "end that first, or use PostgreSQL, which many processes can share");
    try {
      return channel.tryLock() == null ? Optional.of(taken) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      return Optional.of(taken);
    } catch (IOException e) {
      LOG.debug("{} can't be locked", beside, e);
      return Optional.of(
          new Problem(
              beside.toString(),
              "store.lock",
              "can't be locked",
              "keep the store on a disk of this machine, or use PostgreSQL"));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("the lock of a file can't be given back before this process ends", e);
    }
  }
}
