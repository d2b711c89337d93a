package dev.gatehouse.examples.membership;

import dev.gatehouse.operations.Page;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which part of a list to show. */
final class OpsPage {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many to show, 1 to 1000; 50 if not said.")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description = "Goes on behind this one, as the page before says.")
  private @Nullable String after;

  /** The page, whose entries are named by what the function makes of a text. */
  <K> Page<K> of(Function<String, K> key) {
    return new Page<>(limit, Optional.ofNullable(after).map(key));
  }

  /** What it begins behind; empty for the first page. */
  Optional<String> behind() {
    return Optional.ofNullable(after);
  }

  /** Whether a page with so many entries may not be the last. */
  boolean isFull(int entries) {
    return entries >= limit;
  }
}
