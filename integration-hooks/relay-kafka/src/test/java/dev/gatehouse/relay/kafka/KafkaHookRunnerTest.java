package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hooks that are told from a topic, on a real broker. */
@ExtendWith(WithBroker.class)
@SuppressWarnings("try") // A runner works by itself; nobody has to speak of it.
class KafkaHookRunnerTest {
  private static final HookResult AGAIN = new HookResult.Retry(Optional.empty(), "not yet");
  private static final HookResult NEVER = new HookResult.Park("no such contact");

  private final String topic = "events-" + UUID.randomUUID();
  private final String dead = topic + "-dead";
  private final Listener hook = new Listener();
  private Broker broker;
  private Producer<byte[], byte[]> producer;

  @BeforeEach
  void topics(Broker shared) {
    broker = shared;
    broker.topics(2, topic, dead);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close(Duration.ZERO);
  }

  @Test
  void events_are_told_in_order_and_those_that_are_not_wanted_are_passed_over() {
    for (int i = 1; i <= 20; i++) {
      write(0, Events.event("ada", i));
      write(0, Events.event("nobody", i));
    }
    try (KafkaHookRunner runner = runner().start()) {
      hook.await("ada/20");
      assertThat(runner.isRunning()).isTrue();
    }
    assertThat(hook.told()).containsExactlyElementsOf(ids("ada", 1, 20));
  }

  @Test
  void a_record_in_structured_mode_is_read_as_well() {
    LifecycleEvent event = Events.event("ada", 1);
    byte[] json = CloudEventForm.from(URI.create("urn:elsewhere")).write(event);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, "ada".getBytes(UTF_8), json);
    record.headers().add("content-type", CloudEventForm.CONTENT_TYPE.getBytes(UTF_8));
    write(record);
    try (KafkaHookRunner runner = runner().start()) {
      hook.await("ada/1");
    }
  }

  @Test
  void a_retry_rests_its_partition_and_no_other_and_nothing_overtakes() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch others = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          HookResult answer = others.getCount() > 0 ? AGAIN : HookResult.delivered();
          attempts.set(context.attempt());
          refused.countDown();
          return answer;
        });
    write(0, Events.event("ada", 1));
    write(0, Events.event("ada", 2));
    for (int i = 1; i <= 50; i++) {
      write(1, Events.event("eve", i));
    }
    try (KafkaHookRunner runner = runner().start()) {
      hook.await("eve/50");
      assertThat(refused.await(30, TimeUnit.SECONDS)).as("told once").isTrue();
      assertThat(hook.toldOf("ada")).isEmpty();
      others.countDown();
      hook.await("ada/2");
    }
    assertThat(attempts.get()).isGreaterThan(1);
    assertThat(hook.toldOf("ada")).containsExactly("ada/1", "ada/2");
  }

  @Test
  void a_parked_event_becomes_a_dead_letter_and_its_subject_waits_behind_it_also_elsewhere() {
    hook.answers.put("ada/1", (event, context) -> NEVER);
    write(0, Events.event("ada", 1));
    write(0, Events.event("ada", 2));
    write(0, Events.event("eve", 1));
    try (KafkaHookRunner runner = runner().start();
        KafkaDeadLetters letters = letters()) {
      hook.await("eve/1");
      List<DeadLetter> waiting = letters.waiting();
      assertThat(waiting)
          .extracting(letter -> letter.eventId().orElse(""))
          .containsExactly("ada/1", "ada/2");
      assertThat(waiting.get(0).reason()).isEqualTo("no such contact");
      assertThat(waiting.get(1).reason()).contains("waits behind");
      assertThat(waiting.get(0).subject()).contains("ada");
      assertThat(waiting.get(0).hook()).isEqualTo("listener");
    }
    write(0, Events.event("ada", 3));
    write(0, Events.event("eve", 2));
    try (KafkaHookRunner next = runner().start()) {
      hook.await("eve/2");
    }
    assertThat(hook.told()).containsExactly("eve/1", "eve/2");
  }

  @Test
  void what_was_replayed_goes_on_behind_the_dead_letters_and_then_directly() {
    hook.answers.put("ada/1", (event, context) -> NEVER);
    write(0, Events.event("ada", 1));
    write(0, Events.event("ada", 2));
    write(0, Events.event("eve", 1));
    try (KafkaHookRunner runner = runner().start();
        KafkaDeadLetters letters = letters()) {
      hook.await("eve/1");
      assertThat(letters.replay(hook, Optional.empty())).as("still refused").isZero();
      hook.answers.clear();
      assertThat(letters.replay(hook, Optional.empty())).isEqualTo(2);
      assertThat(letters.waiting()).isEmpty();

      write(0, Events.event("ada", 3));
      hook.await("ada/3");
      assertThat(letters.waiting()).isEmpty();
    }
    assertThat(hook.toldOf("ada")).containsExactly("ada/1", "ada/2", "ada/3");
  }

  @Test
  void garbage_becomes_a_dead_letter_that_holds_back_its_key_and_can_be_skipped() {
    write(0, "ada", new byte[] {0, 1, 2, (byte) 0xFF});
    write(0, null, "{}".getBytes(UTF_8));
    write(0, "eve", null);
    write(0, Events.event("ada", 1));
    write(0, Events.event("bob", 1));
    try (KafkaHookRunner runner = runner().start();
        KafkaDeadLetters letters = letters()) {
      hook.await("bob/1");
      assertThat(letters.waiting()).hasSize(4);
      assertThat(letters.waiting().get(0).reason()).contains("no event");
      assertThat(letters.replay(hook, Optional.empty())).isZero();
      assertThatThrownBy(() -> letters.skip(letters.waiting().get(3)))
          .hasMessageContaining("waits behind another");
      letters.skip(letters.waiting().get(0));
      assertThat(letters.replay(hook, Optional.empty())).isEqualTo(1);
      letters.skip(letters.waiting().get(0));
      letters.skip(letters.waiting().get(0));
      assertThat(letters.waiting()).isEmpty();
    }
    assertThat(hook.told()).containsExactly("bob/1", "ada/1");
  }

  @Test
  void what_fails_for_too_long_becomes_a_dead_letter() {
    hook.answers.put("ada/1", (event, context) -> AGAIN);
    write(0, Events.event("ada", 1));
    write(0, Events.event("eve", 1));
    try (KafkaHookRunner runner = runner().patience(Duration.ofMillis(300)).start();
        KafkaDeadLetters letters = letters()) {
      hook.await("eve/1");
      assertThat(letters.waiting()).hasSize(1);
      assertThat(letters.waiting().get(0).reason()).isEqualTo("not yet");
    }
  }

  @Test
  void a_hook_that_throws_is_told_again_and_what_it_threw_is_not_shown() {
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          throw new IllegalStateException("ada@example.org");
        });
    write(0, Events.event("ada", 1));
    write(0, Events.event("eve", 1));
    try (KafkaHookRunner runner = runner().patience(Duration.ofMillis(300)).start();
        KafkaDeadLetters letters = letters()) {
      hook.await("eve/1");
      assertThat(letters.waiting().get(0).reason())
          .contains("IllegalStateException")
          .doesNotContain("@");
    }
  }

  @Test
  void a_hook_that_asks_for_its_customer_gets_it_from_the_store_and_never_hears_nobody() {
    Store store = new InMemoryStore();
    CustomerId ada = new CustomerId("ada");
    Person person = new Person("Ada", "ada@example.org", Locale.ENGLISH);
    store.commit(Commit.builder().save(Customer.registered(ada, person, Instant.EPOCH)).build());
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          assertThat(context.customer().orElseThrow().person()).contains(person);
          assertThat(context.putCustomerMetadata("crm_contact_id", "c-1")).isTrue();
          return HookResult.delivered();
        });
    hook.answers.put(
        "eve/1",
        (event, context) -> {
          context.customer();
          return HookResult.delivered();
        });
    write(0, Events.event("ada", 1));
    try (KafkaHookRunner runner = runner().store(store).start()) {
      hook.await("ada/1");
    }
    assertThat(store.customer(ada).orElseThrow().metadata()).containsEntry("crm_contact_id", "c-1");

    write(0, Events.event("eve", 1));
    write(0, Events.event("bob", 1));
    try (KafkaHookRunner runner = runner().start();
        KafkaDeadLetters letters = letters()) {
      hook.await("bob/1");
      assertThat(letters.waiting().get(0).reason()).contains("no store");
    }
    assertThat(hook.told()).containsExactly("ada/1", "bob/1");
  }

  @Test
  void a_second_process_takes_its_share_and_gives_it_back_and_nothing_is_told_twice() {
    CountDownLatch shared = new CountDownLatch(1);
    int last = 0;
    try (KafkaHookRunner first = runner().start()) {
      last = tellBoth(last + 1);
      try (KafkaHookRunner second = runner(telling(shared)).start()) {
        while (shared.getCount() > 0) {
          last = tellBoth(last + 1);
        }
      }
      last = tellBoth(last + 1);
    }
    assertThat(hook.toldOf("ada")).containsExactlyElementsOf(ids("ada", 1, last));
    assertThat(hook.toldOf("eve")).containsExactlyElementsOf(ids("eve", 1, last));
  }

  @Test
  void what_a_hook_kept_is_there_until_it_was_told_of_the_erasure() {
    Store store = new InMemoryStore();
    CustomerId ada = new CustomerId("ada");
    Person person = new Person("Ada", "ada@example.org", Locale.ENGLISH);
    hook.answers.put(
        "ada/created",
        (event, context) -> {
          context.putCustomerMetadata("crm_contact_id", "c-1");
          return HookResult.delivered();
        });
    CountDownLatch refused = new CountDownLatch(1);
    List<Map<String, String>> found = new CopyOnWriteArrayList<>();
    hook.answers.put(
        "ada/erased",
        (event, context) -> {
          found.add(context.customer().orElseThrow().metadata());
          refused.countDown();
          return found.size() == 1 ? NEVER : HookResult.delivered();
        });
    try (KafkaRelay relay = relay();
        Gatehouse shop = Gatehouse.builder().store(store).hook(relay).build();
        KafkaDeadLetters letters = letters()) {
      shop.register(new RegisterCustomer(ada, person));
      shop.runDueWork();
      try (KafkaHookRunner runner = runner().store(store).start()) {
        hook.await("ada/created");
        shop.operations().erase(new EraseCustomer(ada, "operator", "asked for it"));
        shop.runDueWork();
        await(refused);
      }
      assertThat(shop.customer(ada).isErased()).isTrue();
      assertThat(shop.customer(ada).metadata()).containsEntry("crm_contact_id", "c-1");

      assertThat(letters.replay(hook, Optional.of(store))).isEqualTo(1);
      assertThat(shop.customer(ada).metadata()).isEmpty();
      assertThat(shop.customer(ada).forgetting()).isEmpty();
    }
    assertThat(found).hasSize(2).containsOnly(Map.of("crm_contact_id", "c-1"));
  }

  /** An event in each partition, told by whoever has it now. */
  private int tellBoth(int number) {
    write(0, Events.event("ada", number));
    write(1, Events.event("eve", number));
    hook.await(Events.id("ada", number));
    hook.await(Events.id("eve", number));
    return number;
  }

  /** The same hook in another process, which says when it is told of something. */
  private LifecycleHook telling(CountDownLatch told) {
    return new LifecycleHook() {
      @Override
      public String id() {
        return hook.id();
      }

      @Override
      public boolean wants(LifecycleEvent event) {
        return hook.wants(event);
      }

      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        told.countDown();
        return hook.handle(event, context);
      }
    };
  }

  @Test
  void a_runner_that_is_closed_lets_its_hook_answer_and_the_next_goes_on_behind_it() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    hook.answers.put(
        "ada/2",
        (event, context) -> {
          inside.countDown();
          await(closing);
          return HookResult.delivered();
        });
    for (int i = 1; i <= 4; i++) {
      write(0, Events.event("ada", i));
    }
    KafkaHookRunner runner = runner().start();
    await(inside);
    Thread close = new Thread(runner::close);
    close.start();
    closing.countDown();
    join(close);
    assertThat(runner.isRunning()).isFalse();
    assertThat(hook.told()).startsWith("ada/1", "ada/2");

    try (KafkaHookRunner next = runner().start()) {
      hook.await("ada/4");
    }
    assertThat(hook.told()).containsExactlyElementsOf(ids("ada", 1, 4));
  }

  @Test
  void a_runner_that_lacks_something_says_what() {
    assertThat(refused(() -> KafkaHookRunner.of(hook).start()))
        .contains("connection", "topic", "group", "deadLetters");
    assertThat(refused(() -> runner().topic("no-such-topic").start())).contains("'topic'");
    assertThat(refused(() -> runner().deadLetters("no-such-topic").start()))
        .contains("'deadLetters'");
    assertThat(refused(() -> runner().deadLetters(topic).start())).contains("deadLetters");
    assertThat(refused(() -> runner().threads(0).start())).contains("threads");
    String narrow = topic + "-narrow";
    broker.topics(1, narrow);
    assertThat(refused(() -> runner().deadLetters(narrow).start())).contains("fewer partitions");
    assertThat(refused(() -> runner().connection(broker.guarded("relay", "hunter2")).start()))
        .contains("sasl-jaas-config")
        .doesNotContain("hunter2");
  }

  private static String refused(Supplier<KafkaHookRunner> start) {
    try (KafkaHookRunner runner = start.get()) {
      throw new AssertionError("not refused");
    } catch (ConfigurationException e) {
      return e.getMessage();
    }
  }

  private KafkaHookRunnerBuilder runner() {
    return runner(hook);
  }

  /** Its fetches wait for less at the broker, as closing waits for them. */
  private KafkaHookRunnerBuilder runner(LifecycleHook told) {
    return KafkaHookRunner.of(told)
        .connection(broker.connection().with("fetch.max.wait.ms", "20"))
        .topic(topic)
        .group(topic)
        .deadLetters(dead)
        .waits(Duration.ofMillis(50), Duration.ofMillis(100))
        .hookGrace(Duration.ofSeconds(20))
        .takeOver(Duration.ofSeconds(5));
  }

  private KafkaRelay relay() {
    URI source = URI.create("https://shop.example");
    return KafkaRelay.open(KafkaRelayOptions.to(broker.connection(), topic, source));
  }

  private KafkaDeadLetters letters() {
    return KafkaDeadLetters.in(broker.connection(), dead);
  }

  private void write(int partition, LifecycleEvent event) {
    ProducerRecord<byte[], byte[]> record =
        new Envelope(URI.create("https://shop.example")).record(topic, event);
    write(new ProducerRecord<>(topic, partition, record.key(), record.value(), record.headers()));
  }

  private void write(int partition, String key, byte[] value) {
    write(new ProducerRecord<>(topic, partition, key == null ? null : key.getBytes(UTF_8), value));
  }

  private void write(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> ids(String subject, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> Events.id(subject, i)).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
