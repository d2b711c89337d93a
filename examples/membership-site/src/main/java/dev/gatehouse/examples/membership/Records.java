package dev.gatehouse.examples.membership;

import dev.gatehouse.store.Store;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A store that is open, and what can be told of it.
 *
 * @param store the store
 * @param place where it is, for people; shows no secret
 * @param outside the file that keeps what the simulated world outside did, if anything is kept
 * @param closing gives the store back
 */
record Records(Store store, String place, Optional<Path> outside, Runnable closing)
    implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
