package dev.gatehouse.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stores in files of their own, closed and removed after each test. */
public final class SqliteFiles implements AfterEachCallback, AutoCloseable {
  /** Made once: copying a file costs less than making its tables. */
  private static final class Template {
    private static final Path FILE = make();

    private static Path make() {
      try {
        Path file = Files.createTempDirectory("gatehouse-store").resolve("empty.db");
        JdbcStore.sqlite(file).close();
        for (Path made : List.of(file.getParent(), file, file.resolveSibling("empty.db.lock"))) {
          made.toFile().deleteOnExit();
        }
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final List<JdbcStore> open = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  JdbcStore newStore() {
    JdbcStore store = JdbcStore.sqlite(newFile());
    open.add(store);
    return store;
  }

  JdbcStore opened(JdbcStore store) {
    open.add(store);
    return store;
  }

  /** A file with our tables and nothing in them. */
  public Path newFile() {
    try {
      Path file = newFolder().resolve("store.db");
      Files.copy(Template.FILE, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("gatehouse-store");
      folders.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    open.forEach(JdbcStore::close);
    open.clear();
    for (Path folder : folders) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    folders.clear();
  }
}
