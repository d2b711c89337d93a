package dev.gatehouse.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Looks at a {@link PaymentHistory} at random moments and sees parts of it, as responses, webhooks
 * and polls would; at the end it looks once more, at everything. What it saw can then be delivered
 * in any order, repeated, and in groups. The same history and seed give the same views.
 */
public final class Viewer {
  private final PaymentHistory history;
  private final Random random;
  private final List<PaymentFacts> views = new ArrayList<>();
  private final long lastFetch;

  /** Takes the views. */
  public Viewer(PaymentHistory history) {
    this.history = history;
    this.random = new Random(~history.seed() * 0x9E3779B97F4A7C15L);
    long fetch = 0;
    for (int moment : momentsToLookAt()) {
      fetch++;
      PaymentFacts shown = history.shownAt(moment);
      views.add(random.nextInt(3) == 0 ? overheard(shown) : partOf(shown).stamped(fetch));
      if (history.revealing().contains(moment)) {
        views.add(shown.withoutUnstamped());
      }
    }
    lastFetch = fetch + 1;
    views.add(history.shownAt(history.moments() - 1).stamped(lastFetch));
  }

  /** The number of the last fetch, which saw everything. */
  public long lastFetch() {
    return lastFetch;
  }

  /** Every view once, oldest first; the last one is complete. */
  public List<PaymentFacts> views() {
    return Collections.unmodifiableList(views);
  }

  /** The views in a random order, some of them several times. */
  public List<PaymentFacts> shuffled() {
    List<PaymentFacts> delivered = new ArrayList<>(views);
    views.stream().filter(view -> random.nextInt(3) == 0).forEach(delivered::add);
    Collections.shuffle(delivered, random);
    return delivered;
  }

  /** Shuffled views, joined in random groups (of groups) until one is left. */
  public PaymentFacts grouped(BinaryOperator<PaymentFacts> join) {
    List<PaymentFacts> groups = shuffled();
    while (groups.size() > 1) {
      PaymentFacts one = groups.remove(random.nextInt(groups.size()));
      PaymentFacts other = groups.remove(random.nextInt(groups.size()));
      groups.add(random.nextInt(groups.size() + 1), join.apply(one, other));
    }
    return groups.get(0);
  }

  /** Shuffled views in batches: what is learnt at once, such as by one lookup. */
  public List<List<PaymentFacts>> batches() {
    List<List<PaymentFacts>> batches = new ArrayList<>();
    List<PaymentFacts> left = shuffled();
    while (!left.isEmpty()) {
      int size = 1 + random.nextInt(left.size());
      batches.add(List.copyOf(left.subList(0, size)));
      left = left.subList(size, left.size());
    }
    return batches;
  }

  private List<Integer> momentsToLookAt() {
    List<Integer> moments = new ArrayList<>(history.revealing());
    int looks = 2 + random.nextInt(8);
    for (int look = 0; look < looks; look++) {
      moments.add(random.nextInt(history.moments()));
    }
    Collections.sort(moments);
    return moments;
  }

  /** A webhook's body or a response: no one can say when its undated registers were true. */
  private PaymentFacts overheard(PaymentFacts shown) {
    return partOf(shown).withoutUnstamped();
  }

  private PaymentFacts partOf(PaymentFacts shown) {
    if (random.nextInt(5) == 0) {
      return shown;
    }
    return new PaymentFacts(
        part(shown.reference()),
        part(shown.account()),
        part(shown.mode()),
        part(shown.currency()),
        part(shown.providerIds()),
        part(shown.attempts(), this::partOf),
        part(shown.authorizations(), this::partOf),
        part(shown.movements(), this::partOf),
        part(shown.disputes(), this::partOf),
        part(shown.totals(), total -> total),
        part(shown.sends(), send -> send),
        part(shown.credentials(), this::partOf));
  }

  private Attempt partOf(Attempt shown) {
    return new Attempt(
        part(shown.step()),
        part(shown.amount()),
        part(shown.decline()),
        part(shown.operation()),
        part(shown.storedMethod()),
        part(shown.action()),
        part(shown.supersededBy()));
  }

  private Authorization partOf(Authorization shown) {
    return new Authorization(
        part(shown.terms()),
        part(shown.amount()),
        part(shown.end()),
        part(shown.supersededBy()),
        part(shown.operation()));
  }

  private Movement partOf(Movement shown) {
    return new Movement(
        part(shown.kind()),
        part(shown.step()),
        part(shown.amount()),
        part(shown.charge()),
        part(shown.parent()),
        part(shown.operation()),
        part(shown.settled()));
  }

  private Dispute partOf(Dispute shown) {
    return new Dispute(
        part(shown.status()), part(shown.amount()), part(shown.charge()), part(shown.reason()));
  }

  private Credential partOf(Credential shown) {
    return new Credential(
        isSeen() ? shown.details() : MethodDetails.none(),
        part(shown.owner()),
        part(shown.account()),
        shown.isRemoved());
  }

  private <T> Flat<T> part(Flat<T> fact) {
    return isSeen() ? fact : Flat.unknown();
  }

  private <S extends Enum<S> & Step<S>> Chain<S> part(Chain<S> fact) {
    return isSeen() ? fact : Chain.unknown();
  }

  private <T> Register<T> part(Register<T> fact) {
    return isSeen() ? fact : Register.unknown();
  }

  private <T> SortedSet<T> part(SortedSet<T> shown) {
    SortedSet<T> seen = new TreeSet<>(shown);
    seen.removeIf(entry -> !isSeen());
    return seen;
  }

  /** Some lists are not shown at all, others in part. */
  private <K, V> SortedMap<K, V> part(SortedMap<K, V> shown, UnaryOperator<V> partOf) {
    SortedMap<K, V> seen = new TreeMap<>();
    if (isSeen()) {
      shown.forEach(
          (key, value) -> {
            if (isSeen()) {
              seen.put(key, partOf.apply(value));
            }
          });
    }
    return seen;
  }

  private boolean isSeen() {
    return random.nextInt(4) != 0;
  }
}
