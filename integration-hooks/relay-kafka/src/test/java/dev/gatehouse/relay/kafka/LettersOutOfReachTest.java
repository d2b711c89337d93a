package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters that can't be read: their partition waits, others go on, and nobody has to help. */
@ExtendWith(WithBroker.class)
@SuppressWarnings("try") // A runner works by itself; nobody has to speak of it.
class LettersOutOfReachTest {
  private final Listener hook = new Listener();
  private Broker broker;
  private Scene scene;

  @BeforeEach
  void open(Broker shared) {
    broker = shared;
    scene = new Scene(shared);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void letters_that_take_longer_than_one_look_are_read_in_several() {
    for (int i = 1; i <= 12; i++) {
      scene.write(scene.dead, 0, Events.event("ada", i));
    }
    scene.write(0, Events.event("ada", 13));
    scene.write(0, Events.event("bob", 1));
    scene.write(1, Events.event("eve", 1));
    KafkaConnection slow = broker.connection().with("max.poll.records", "3");
    try (KafkaHookRunner runner = scene.runner(hook, slow).look(Duration.ZERO).start();
        KafkaDeadLetters letters = scene.letters()) {
      hook.await("bob/1");
      hook.await("eve/1");
      assertThat(letters.waiting()).as("those, and the one behind them").hasSize(13);
    }
    assertThat(hook.toldOf("ada")).isEmpty();
    scene.awaitSaid("-0@0 waits until its dead letters are read; so far up to offset 3");
  }

  @Test
  void a_partition_without_its_letters_waits_and_goes_on_by_itself() throws Exception {
    scene.write(1, Events.event("eve", 1));
    KafkaConnection hasty =
        broker.connection().with("default.api.timeout.ms", "300").with("retry.backoff.ms", "20");
    try (KafkaHookRunner runner = scene.runner(hook, hasty).start();
        Admin admin = broker.admin()) {
      hook.await("eve/1");
      admin.deleteTopics(Set.of(scene.dead)).all().get();
      scene.write(0, Events.event("ada", 1));
      scene.awaitSaid("-0@0 waits 100 ms: its dead letters are out of reach");
      scene.write(1, Events.event("eve", 2));
      hook.await("eve/2");
      assertThat(hook.toldOf("ada")).isEmpty();

      broker.topics(2, scene.dead);
      hook.await("ada/1");
      assertThat(runner.isRunning()).isTrue();
    }
  }
}
