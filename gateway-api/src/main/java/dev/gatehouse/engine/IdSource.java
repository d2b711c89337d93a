package dev.gatehouse.engine;

/** Makes new ids. Thread-safe. */
@FunctionalInterface
public interface IdSource {
  /** A text that was never given before and can't be guessed: 16 to 48 letters and digits. */
  String next();
}
