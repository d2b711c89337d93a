package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.Hooks;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page about Kafka shows, run: a shop that relays, and a process that runs a hook. */
@ExtendWith(WithBroker.class)
class KafkaPageTest {
  private final String topic = "gatehouse-" + UUID.randomUUID();
  private Broker broker;

  @BeforeEach
  void topics(Broker shared) {
    broker = shared;
    broker.topics(2, topic, topic + "-dead");
  }

  @Test
  void a_shop_relays_by_its_settings_and_another_process_runs_the_hook() {
    Store store = new InMemoryStore();
    Listener crm = new Listener();
    KafkaConnection connection = broker.guarded("relay", Broker.PASSWORD);
    try (Gatehouse shop = shop(store, settings(Broker.PASSWORD));
        KafkaHookRunner runner = runner(crm, connection, store)) {
      shop.start();
      shop.register(
          new RegisterCustomer(
              new CustomerId("ada"), new Person("Ada", "ada@example.org", Locale.ENGLISH)));
      crm.await("ada/created");
      assertThat(runner.isRunning()).isTrue();
    }
    assertThat(crm.told()).containsExactly("ada/created");
    assertThat(lookAfter(connection, crm, store)).isEmpty();
  }

  @Test
  void a_shop_with_a_wrong_login_does_not_start_and_says_which_setting() {
    assertThatThrownBy(() -> shop(new InMemoryStore(), settings("hunter2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("sasl-jaas-config")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void the_page_lists_every_setting_with_its_default() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("LICENSE"))) {
      root = root.getParent();
    }
    String page = Files.readString(root.resolve("docs/kafka.md"));

    assertThat(RelaySettings.ALL)
        .allSatisfy(
            setting ->
                assertThat(page)
                    .contains("| `" + setting.name() + "` | " + shown(setting.fallback())));
  }

  private static String shown(Optional<String> fallback) {
    return fallback.map(value -> "`" + value + "` |").orElse("");
  }

  private static Gatehouse shop(Store store, Map<String, String> settings) {
    return Gatehouse.builder()
        .store(store)
        .hooks(HookConfigs.collect().properties(settings))
        .build();
  }

  private Map<String, String> settings(String password) {
    Map<String, String> settings = new HashMap<>();
    settings.put("hook.kafka.provider", "relay-kafka");
    settings.put("hook.kafka.bootstrap-servers", broker.guardedAddress());
    settings.put("hook.kafka.topic", topic);
    settings.put("hook.kafka.source", "https://shop.example");
    settings.put("hook.kafka.security-protocol", "SASL_PLAINTEXT");
    settings.put("hook.kafka.sasl-mechanism", "PLAIN");
    settings.put("hook.kafka.sasl-jaas-config", Broker.jaas("relay", password));
    return settings;
  }

  private KafkaHookRunner runner(LifecycleHook crm, KafkaConnection connection, Store store) {
    // snippet: KafkaHookRunner
    KafkaHookRunner runner =
        KafkaHookRunner.of(crm)
            .connection(connection)
            .topic(topic)
            .group("crm")
            .deadLetters(topic + "-dead")
            .store(store)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(runner::close));
    // end snippet
    return runner;
  }

  @Test
  void a_hook_for_the_runner_is_opened_from_settings() {
    try (HttpTransport transport = HttpTransport.create(HttpOptions.defaults());
        Hooks hooks = configured(settings(Broker.PASSWORD), transport)) {
      assertThat(hooks.hooks()).extracting(LifecycleHook::id).containsExactly("kafka");
    }
  }

  private static Hooks configured(Map<String, String> settings, HttpTransport transport) {
    // snippet: KafkaConfiguredHook
    Hooks hooks =
        Hooks.open(
            HookCatalog.discover(),
            HookConfigs.collect().properties(settings).environment(System.getenv()),
            transport, // HttpTransport.create(HttpOptions.defaults())
            Clock.systemUTC(),
            Duration.ofSeconds(20));
    LifecycleHook crm = hooks.hooks().get(0);
    // end snippet
    assertThat(crm).isNotNull();
    return hooks;
  }

  private List<DeadLetter> lookAfter(KafkaConnection connection, LifecycleHook crm, Store store) {
    // snippet: KafkaDeadLetters
    try (KafkaDeadLetters letters = KafkaDeadLetters.in(connection, topic + "-dead")) {
      letters.waiting().forEach(letter -> tell(letter.eventId(), letter.reason()));
      letters.replay(crm, Optional.of(store));
      return letters.waiting();
    }
    // end snippet
  }

  private static void tell(Optional<String> event, String reason) {
    assertThat(reason).isNotEmpty();
    assertThat(event).isNotNull();
  }
}
