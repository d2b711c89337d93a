package dev.gatehouse.operations;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How input is checked, and in which language complaints are said. Thread-safe. */
public interface Checks {
  /** The input, if it obeys its constraints. */
  <T> T checked(@Nullable T input);

  /** The value; throws, naming the field, if there is none. */
  <T> T required(String field, @Nullable T value);

  /** What the work gives, or its complaint in the caller's language. */
  <T> T during(Supplier<T> work);
}
