package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a group begins, and that it is said. */
@ExtendWith(WithBroker.class)
@SuppressWarnings("try") // A runner works by itself; nobody has to speak of it.
class NewGroupTest {
  private final Listener hook = new Listener();
  private Broker broker;
  private Scene scene;

  @BeforeEach
  void open(Broker shared) {
    broker = shared;
    scene = new Scene(shared);
    scene.write(0, Events.event("ada", 1));
    scene.write(0, Events.event("ada", 2));
    scene.write(1, Events.event("eve", 1));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void a_new_group_begins_with_the_oldest_event_and_an_old_one_goes_on_and_both_are_said() {
    try (KafkaHookRunner runner = scene.runner(hook).start()) {
      hook.await("ada/2");
      hook.await("eve/1");
    }
    scene.awaitSaid("is new and begins with the oldest of 2 partitions; events to tell: 3");
    scene.write(1, Events.event("eve", 2));
    try (KafkaHookRunner runner = scene.runner(hook).newGroup(GroupStart.LATEST).start()) {
      hook.await("eve/2");
    }
    scene.awaitSaid("goes on in 2 partitions; events that wait: 1");
    assertThat(hook.told()).containsOnlyOnce("ada/1", "ada/2", "eve/1", "eve/2").hasSize(4);
  }

  @Test
  void a_group_may_begin_behind_the_newest_event_and_misses_nothing_from_then_on()
      throws Exception {
    try (KafkaHookRunner runner = scene.runner(hook).newGroup(GroupStart.LATEST).start()) {
      scene.awaitSaid("begins behind the newest of 2 partitions; events that are not told: 3");
    }
    scene.write(0, Events.event("ada", 3));
    try (Admin admin = broker.admin()) {
      admin.createPartitions(Map.of(scene.topic, NewPartitions.increaseTo(3))).all().get();
      admin.createPartitions(Map.of(scene.dead, NewPartitions.increaseTo(3))).all().get();
    }
    scene.write(2, Events.event("bob", 1));
    try (KafkaHookRunner runner = scene.runner(hook).newGroup(GroupStart.LATEST).start()) {
      hook.await("ada/3");
      hook.await("bob/1");
    }
    assertThat(hook.told()).containsExactlyInAnyOrder("ada/3", "bob/1");
  }

  @Test
  void several_processes_of_a_new_group_begin_at_one_place() {
    try (KafkaHookRunner first = scene.runner(hook).newGroup(GroupStart.LATEST).start()) {
      scene.awaitSaid("begins behind the newest of");
      try (KafkaHookRunner second = scene.runner(hook).newGroup(GroupStart.LATEST).start()) {
        scene.write(0, Events.event("ada", 3));
        scene.write(1, Events.event("eve", 2));
        hook.await("ada/3");
        hook.await("eve/2");
      }
    }
    assertThat(hook.told()).containsExactlyInAnyOrder("ada/3", "eve/2");
  }
}
