package dev.gatehouse.testkit.stripe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which references of an answer are to be objects, such as {@code data.latest_charge}. */
final class Expand {
  private static final int MAX_DEPTH = 4;

  private final Map<String, Expand> inner = new LinkedHashMap<>();
  private boolean used;

  static Expand none() {
    return new Expand();
  }

  static Expand of(List<String> paths) {
    Expand root = new Expand();
    for (String path : paths) {
      String[] names = path.split("\\.", -1);
      if (names.length > MAX_DEPTH) {
        throw ApiError.parameter(
            null, "expand", "You cannot expand more than 4 levels of a property.");
      }
      Expand level = root;
      for (String name : names) {
        level = level.inner.computeIfAbsent(name, n -> new Expand());
      }
    }
    return root;
  }

  /** What is to be expanded below this reference; empty if it is not to be expanded at all. */
  Optional<Expand> of(String name) {
    Expand below = inner.get(name);
    if (below != null) {
      below.used = true;
    }
    return Optional.ofNullable(below);
  }

  /** What is to be expanded below a part that is an object anyway. */
  Expand within(String name) {
    return of(name).orElseGet(Expand::none);
  }

  /** This, of which nothing but these may be asked for: told before anything is executed. */
  Expand only(String... names) {
    for (String name : inner.keySet()) {
      if (!List.of(names).contains(name)) {
        throw cannot(name);
      }
    }
    return this;
  }

  private static ApiError cannot(String path) {
    return ApiError.parameter(null, "expand", "This property cannot be expanded (" + path + ").");
  }

  /** Refuses what can't be expanded. */
  void done() {
    List<String> unused = new ArrayList<>();
    collect("", unused);
    if (!unused.isEmpty()) {
      throw cannot(unused.get(0));
    }
  }

  private void collect(String path, List<String> unused) {
    inner.forEach(
        (name, expand) -> {
          String full = path.isEmpty() ? name : path + "." + name;
          if (!expand.used) {
            unused.add(full);
          } else {
            expand.collect(full, unused);
          }
        });
  }
}
