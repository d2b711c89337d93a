package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.hook.HookResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a group remembers of the record that comes next, whatever becomes of its processes. */
@ExtendWith(WithBroker.class)
@SuppressWarnings("try") // A runner works by itself; nobody has to speak of it.
class RememberedTest {
  private static final HookResult AGAIN = new HookResult.Retry(Optional.empty(), "not yet");

  private final Listener hook = new Listener();
  private Broker broker;
  private Scene scene;
  private Admin admin;

  @BeforeEach
  void open(Broker shared) {
    broker = shared;
    scene = new Scene(shared);
    admin = shared.admin();
  }

  @AfterEach
  void close() {
    admin.close();
    scene.close();
  }

  @Test
  void what_ended_three_processes_is_a_dead_letter_and_is_not_told_again() {
    remembered(0, "failures=0 since=0 unanswered=3");
    scene.write(0, Events.event("ada", 1));
    scene.write(0, Events.event("bob", 1));
    try (KafkaHookRunner runner = scene.runner(hook).start();
        KafkaDeadLetters letters = scene.letters()) {
      hook.await("bob/1");
      assertThat(letters.waiting()).hasSize(1);
      assertThat(letters.waiting().get(0).eventId()).contains("ada/1");
      assertThat(letters.waiting().get(0).reason()).startsWith("told 3 times without an answer");
    }
    assertThat(hook.told()).containsExactly("bob/1");
  }

  @Test
  void a_process_that_dies_of_a_record_has_left_word_and_the_next_one_goes_on(
      @TempDir Path folder) {
    scene.write(0, Events.event("ada", 1));
    Child.start(FatalMain.class, folder.resolve("log"), List.of(broker.address(), scene.topic))
        .awaitEnd();
    assertThat(memory(0)).isEqualTo(new Head(0, Optional.empty(), 1));

    List<Head> seen = new CopyOnWriteArrayList<>();
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          seen.add(memory(0));
          return HookResult.delivered();
        });
    try (KafkaHookRunner runner = scene.runner(hook).start()) {
      hook.await("ada/1");
    }
    assertThat(seen).containsExactly(new Head(0, Optional.empty(), 2));
    assertThat(memory(0)).isEqualTo(Head.NEW);
  }

  @Test
  void patience_and_attempts_are_those_of_all_processes() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    remembered(0, new Head(3, Optional.of(noon.minusSeconds(3600)), 0).text());
    AtomicInteger attempt = new AtomicInteger();
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          attempt.set(context.attempt());
          return AGAIN;
        });
    scene.write(0, Events.event("ada", 1));
    scene.write(0, Events.event("bob", 1));
    Clock clock = Clock.fixed(noon, java.time.ZoneOffset.UTC);
    try (KafkaHookRunner runner =
            scene.runner(hook).patience(Duration.ofHours(1)).clock(clock).start();
        KafkaDeadLetters letters = scene.letters()) {
      hook.await("bob/1");
      assertThat(letters.waiting().get(0).reason()).isEqualTo("not yet");
    }
    assertThat(attempt).hasValue(4);
  }

  @Test
  void a_runner_that_is_closed_leaves_what_it_knows() {
    hook.answers.put("ada/1", (event, context) -> AGAIN);
    scene.write(0, Events.event("ada", 1));
    try (KafkaHookRunner runner = scene.runner(hook).start()) {
      Scene.await(() -> memory(0).failures() >= 2, "two failures");
    }
    Head head = memory(0);
    assertThat(head.failures()).isGreaterThanOrEqualTo(2);
    assertThat(head.failingSince()).isPresent();
    assertThat(head.unanswered()).isZero();
  }

  @Test
  void those_that_somebody_may_have_died_of_are_told_one_at_a_time() {
    remembered(0, "failures=0 since=0 unanswered=1");
    remembered(1, "failures=0 since=0 unanswered=2");
    List<Integer> unanswered = new CopyOnWriteArrayList<>();
    for (String id : List.of("ada/1", "eve/1")) {
      hook.answers.put(
          id,
          (event, context) -> {
            unanswered.add(memory(0).unanswered() + memory(1).unanswered());
            return HookResult.delivered();
          });
    }
    scene.write(0, Events.event("ada", 1));
    scene.write(1, Events.event("eve", 1));
    try (KafkaHookRunner runner = scene.runner(hook).start()) {
      hook.await("ada/1");
      hook.await("eve/1");
    }
    assertThat(unanswered).as("1 and 2, one of them raised").first().isEqualTo(4);
    assertThat(unanswered).hasSize(2);
  }

  @Test
  void after_a_second_of_telling_nothing_behind_is_a_suspect_any_more() {
    remembered(0, "failures=0 since=0 unanswered=1");
    remembered(1, "failures=0 since=0 unanswered=1");
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger alone = new AtomicInteger();
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          LockSupport.parkNanos(1_050_000_000L);
          scene.write(1, Events.event("eve", 1));
          return HookResult.delivered();
        });
    for (String id : List.of("ada/2", "eve/1")) {
      hook.answers.put(
          id,
          (event, context) -> {
            alone.addAndGet(meet(both) ? 0 : 1);
            return HookResult.delivered();
          });
    }
    scene.write(0, Events.event("ada", 1));
    scene.write(0, Events.event("ada", 2));
    try (KafkaHookRunner runner = scene.runner(hook).start()) {
      hook.await("ada/2");
      hook.await("eve/1");
    }
    assertThat(alone).as("told while nobody else was").hasValue(0);
  }

  /** Waits for somebody else who is told at the same time; says whether there was one. */
  private static boolean meet(CyclicBarrier both) {
    try {
      both.await(5, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      return false;
    }
  }

  @Test
  void an_error_of_the_machine_counts_as_no_answer() {
    AtomicInteger told = new AtomicInteger();
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          told.incrementAndGet();
          throw new InternalError("ada@example.org");
        });
    scene.write(0, Events.event("ada", 1));
    scene.write(0, Events.event("bob", 1));
    try (KafkaHookRunner runner = scene.runner(hook).start();
        KafkaDeadLetters letters = scene.letters()) {
      hook.await("bob/1");
      assertThat(letters.waiting().get(0).reason()).startsWith("told 3 times without an answer");
      assertThat(runner.isRunning()).isTrue();
    }
    assertThat(told).hasValue(3);
    assertThat(scene.said()).noneMatch(line -> line.contains("@example"));
  }

  private void remembered(int partition, String text) {
    done(
        () ->
            admin
                .alterConsumerGroupOffsets(
                    scene.topic, Map.of(at(partition), new OffsetAndMetadata(0, text)))
                .all()
                .get());
  }

  private Head memory(int partition) {
    return done(
        () -> {
          OffsetAndMetadata place =
              admin
                  .listConsumerGroupOffsets(scene.topic)
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .get(at(partition));
          return place == null ? Head.NEW : Head.read(place.metadata());
        });
  }

  private TopicPartition at(int partition) {
    return new TopicPartition(scene.topic, partition);
  }

  private interface Asked<T> {
    T get() throws InterruptedException, ExecutionException;
  }

  private static <T> T done(Asked<T> asked) {
    try {
      return asked.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
