package dev.gatehouse.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whoever wants to know, in this process, that deliveries may be due. For stores. Thread-safe. */
public final class Subscribers {
  private record One(Set<String> hooks, Consumer<Set<String>> wake) {}

  private final List<One> all = new CopyOnWriteArrayList<>();

  /** Nobody yet. */
  public Subscribers() {}

  /** As {@link Store#subscribe}. */
  public Store.Subscription add(Set<String> hooks, Consumer<Set<String>> wake) {
    One one = new One(Set.copyOf(hooks), wake);
    all.add(one);
    return () -> all.remove(one);
  }

  /** Whether there is nobody. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** A commit was kept: tells whom it concerns, and says which hooks nobody here tells. */
  public Set<String> tell(Commit kept) {
    Set<String> hooks = new HashSet<>();
    kept.events().forEach(event -> hooks.addAll(event.hooks()));
    return hooks.isEmpty() ? Set.of() : tell(hooks);
  }

  /** Deliveries to these hooks may be due: tells whom it concerns, and says whom nobody tells. */
  public Set<String> tell(Set<String> hooks) {
    Set<String> left = new TreeSet<>(hooks);
    for (One one : all) {
      Set<String> concerned =
          one.hooks.stream().filter(hooks::contains).collect(Collectors.toSet());
      if (!concerned.isEmpty()) {
        one.wake.accept(concerned);
        left.removeAll(concerned);
      }
    }
    return left;
  }

  /** Deliveries to whichever hooks may be due. */
  public void tellAll() {
    all.forEach(one -> one.wake.accept(one.hooks));
  }
}
