package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation with blocks that are measured or checked here. */
record Page(String path) {
  static final Page BENCHMARKS = new Page("docs/benchmarks.md");
  static final Page PERFORMANCE = new Page("docs/performance.md");

  /** Fails unless the block says this; with {@code -Dgatehouse.docs=write} makes it say so. */
  void holds(String block, String expected, String why) {
    if (System.getProperty("gatehouse.docs", "").equals("write")) {
      write(block, expected);
    }
    assertThat(block(block)).as("%s of %s; %s", block, path, why).isEqualTo(expected);
  }

  /** What the block says now. */
  String block(String block) {
    return find(block).group(2);
  }

  void write(String block, String text) {
    Matcher found = find(block);
    String page = read();
    try {
      Files.writeString(
          file(), page.substring(0, found.start(2)) + text + page.substring(found.end(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Matcher find(String block) {
    Matcher found =
        Pattern.compile(
                "(<!-- measured: " + block + " -->\n)(.*?)(<!-- end measured -->)", Pattern.DOTALL)
            .matcher(read());
    assertThat(found.find()).as("%s has a block %s", path, block).isTrue();
    return found;
  }

  private String read() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("a folder with LICENSE above the working directory").isNotNull();
    return folder.resolve(path);
  }
}
