package dev.gatehouse.relay.kafka;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link KafkaHookRunner} is made of. Connection, topic, group and dead letters
 * must be said; four threads, and the waits of the engine, if nothing else is. Not thread-safe.
 */
public final class KafkaHookRunnerBuilder {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LifecycleHook hook;
  private @Nullable KafkaConnection connection;
  private @Nullable String topic;
  private @Nullable String group;
  private GroupStart newGroup = GroupStart.EARLIEST;
  private @Nullable String deadLetters;
  private @Nullable Store store;
  private int threads = 4;
  private Duration firstWait = Duration.ofSeconds(5);
  private Duration slowestWait = Duration.ofMinutes(5);
  private Duration patience = Duration.ofDays(3);
  private Duration hookGrace = Duration.ofMinutes(5);
  private Duration takeOver = Duration.ofSeconds(45);
  private Clock clock = Clock.systemUTC();
  private Duration look = DeadLetterTopic.LOOK;

  KafkaHookRunnerBuilder(LifecycleHook hook) {
    this.hook = required("hook", hook);
  }

  /** The cluster. */
  public KafkaHookRunnerBuilder connection(KafkaConnection cluster) {
    connection = required("connection", cluster);
    return this;
  }

  /** Where the events are. */
  public KafkaHookRunnerBuilder topic(String name) {
    topic = required("topic", name);
    return this;
  }

  /**
   * The consumer group: all processes that share the work of this hook. Another hook has another
   * group, and is told of everything, too.
   */
  public KafkaHookRunnerBuilder group(String name) {
    group = required("group", name);
    return this;
  }

  /**
   * Where the group begins if it has no place in the topic yet, as when it is new, or was away for
   * longer than the brokers keep offsets: with the oldest event, if not said. The log says at the
   * start where it begins, and how many events that are.
   */
  public KafkaHookRunnerBuilder newGroup(GroupStart start) {
    newGroup = required("newGroup", start);
    return this;
  }

  /**
   * Where goes what the hook can't take: a topic of this group alone, with as many partitions as
   * the one of the events, that deletes nothing.
   */
  public KafkaHookRunnerBuilder deadLetters(String name) {
    deadLetters = required("deadLetters", name);
    return this;
  }

  /**
   * The shop's store, for hooks that ask for their customer. Without it, an event whose hook asks
   * becomes a dead letter.
   */
  public KafkaHookRunnerBuilder store(Store port) {
    store = required("store", port);
    return this;
  }

  /** How many partitions are worked on at a time; four if not said. */
  public KafkaHookRunnerBuilder threads(int count) {
    threads = count;
    return this;
  }

  /**
   * How long to wait after a hook's first failure, doubled each time, and at most; five seconds and
   * five minutes if not said. A hook may ask for up to an hour.
   */
  public KafkaHookRunnerBuilder waits(Duration first, Duration slowest) {
    firstWait = required("first", first);
    slowestWait = required("slowest", slowest);
    return this;
  }

  /** For how long one event may go on failing until it is a dead letter; three days if not said. */
  public KafkaHookRunnerBuilder patience(Duration time) {
    patience = required("patience", time);
    return this;
  }

  /** How long the hook may take for one event; five minutes if not said. */
  public KafkaHookRunnerBuilder hookGrace(Duration time) {
    hookGrace = required("hookGrace", time);
    return this;
  }

  /**
   * How long the partitions of a process rest after it died; 45 seconds if not said. The cluster
   * has limits of its own for it ({@code group.min.session.timeout.ms}).
   */
  public KafkaHookRunnerBuilder takeOver(Duration time) {
    takeOver = required("takeOver", time);
    return this;
  }

  /** Says for how long an event fails. */
  KafkaHookRunnerBuilder clock(Clock other) {
    clock = other;
    return this;
  }

  /** How long dead letters are read in one go. */
  KafkaHookRunnerBuilder look(Duration time) {
    look = time;
    return this;
  }

  /**
   * Starts. A cluster that can't be reached now is waited for.
   *
   * @throws ConfigurationException with what is missing or out of range; or if the cluster refuses
   *     credentials or topics, or there are fewer partitions for dead letters than for events
   */
  public KafkaHookRunner start() {
    List<Problem> problems = new ArrayList<>();
    demand(connection != null, "connection", problems);
    demand(topic != null, "topic", problems);
    demand(group != null, "group", problems);
    demand(deadLetters != null && !deadLetters.equals(topic), "deadLetters", problems);
    demand(threads >= 1, "threads", problems);
    demand(isTime(firstWait) && isTime(slowestWait), "waits", problems);
    demand(isTime(patience), "patience", problems);
    demand(
        isTime(hookGrace) && hookGrace.compareTo(Duration.ofHours(1)) <= 0, "hookGrace", problems);
    demand(isTime(takeOver) && takeOver.compareTo(Duration.ofHours(1)) <= 0, "takeOver", problems);
    if (connection == null
        || topic == null
        || group == null
        || deadLetters == null
        || !problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    demandPartitions(connection, topic, deadLetters);
    return new KafkaHookRunner(
        hook,
        store,
        new RunnerOptions(
            connection,
            topic,
            group,
            newGroup,
            deadLetters,
            threads,
            firstWait,
            slowestWait,
            patience,
            hookGrace,
            takeOver,
            clock,
            look));
  }

  private static void demandPartitions(KafkaConnection connection, String topic, String letters) {
    OptionalInt events = Clusters.partitions(connection, topic, "topic", PATIENCE);
    if (events.isEmpty()) {
      return;
    }
    OptionalInt dead = Clusters.partitions(connection, letters, "deadLetters", PATIENCE);
    if (dead.isPresent() && dead.getAsInt() < events.getAsInt()) {
      throw new ConfigurationException(
          new Problem(
              "deadLetters",
              "kafka.dead-letter-partitions",
              "the topic of dead letters has fewer partitions than the one of the events",
              "give it " + events.getAsInt()));
    }
  }

  private static boolean isTime(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static void demand(boolean holds, String field, List<Problem> problems) {
    if (!holds) {
      problems.add(
          new Problem(field, "kafka.runner", "is missing or out of range", "set it as documented"));
    }
  }
}
