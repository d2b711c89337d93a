package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.sink.HttpSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credentials that stop working while a runner goes on: the sink's, and the cluster's. */
@ExtendWith(WithBroker.class)
@SuppressWarnings("try") // A runner works by itself; nobody has to speak of it.
class RefusedLaterTest {
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
  void what_a_sink_refuses_for_its_credentials_is_kept_with_one_alarm_until_they_are_mended()
      throws IOException {
    AtomicInteger answer = new AtomicInteger(401);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    server.start();
    scene.write(0, Events.event("ada", 1));
    scene.write(0, Events.event("bob", 1));
    scene.write(0, Events.event("ada", 2));
    try (HttpTransport transport = HttpTransport.create(HttpOptions.defaults());
        KafkaDeadLetters letters = scene.letters()) {
      LifecycleHook crm = new Crm(scene.topic, server, transport);
      try (KafkaHookRunner runner = scene.runner(crm).start()) {
        Scene.await(() -> letters.waiting().size() == 3, "three letters");
        assertThat(runner.isRunning()).isTrue();
      }
      assertThat(letters.waiting().get(0).reason()).contains("401", "setting 'access-token'");
      assertThat(letters.waiting().get(1).reason()).contains("401");
      assertThat(letters.waiting().get(2).reason()).contains("waits behind");
      assertThat(scene.said()).filteredOn(line -> line.contains("ERROR")).hasSize(1);

      answer.set(204);
      assertThat(letters.replay(crm, Optional.empty())).isEqualTo(3);
      assertThat(letters.waiting()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void a_cluster_that_refuses_the_credentials_later_is_told_once_and_waited_for() {
    String user = "runner-" + scene.topic;
    broker.password(user, "before");
    KafkaConnection connection =
        broker.scram(user, "before").with("reconnect.backoff.max.ms", "100");
    scene.write(0, Events.event("ada", 1));
    try (KafkaHookRunner runner = scene.runner(hook, connection).start()) {
      hook.await("ada/1");
      broker.password(user, "after");
      scene.awaitSaid("the cluster refuses the credentials; nothing is told until that is put");
      scene.write(0, Events.event("ada", 2));
      scene.awaitSaid("waits for Kafka: the cluster refuses the credentials");
      assertThat(hook.told()).containsExactly("ada/1");

      broker.password(user, "before");
      hook.await("ada/2");
      assertThat(runner.isRunning()).isTrue();
    }
    assertThat(scene.said())
        .filteredOn(line -> line.contains("ERROR"))
        .singleElement()
        .asString()
        .contains("look at 'sasl-jaas-config'")
        .doesNotContain("before");
  }

  @Test
  void a_hook_that_does_not_come_back_is_told_of_and_holds_back_its_partition_alone()
      throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    hook.answers.put(
        "ada/1",
        (event, context) -> {
          try {
            release.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return HookResult.delivered();
        });
    scene.write(0, Events.event("ada", 1));
    scene.write(1, Events.event("eve", 1));
    try (KafkaHookRunner runner = scene.runner(hook).hookGrace(Duration.ofMillis(300)).start()) {
      scene.awaitSaid("-0@0 has been told for longer than the hook's grace");
      hook.await("eve/1");
      release.countDown();
      hook.await("ada/1");
    }
    assertThat(scene.said()).filteredOn(line -> line.contains("longer than")).hasSize(1);
  }

  /** A hook that tells a service over HTTP, as those with settings do. */
  private static final class Crm implements LifecycleHook {
    private final String id;
    private final URI url;
    private final HttpSink sink;

    Crm(String id, HttpServer server, HttpTransport transport) {
      this.id = id;
      InetAddress host = server.getAddress().getAddress();
      this.url =
          URI.create("http://" + host.getHostAddress() + ":" + server.getAddress().getPort());
      this.sink =
          new HttpSink(
              "the CRM",
              "access-token",
              new HookEnvironment(id, transport, Clock.systemUTC(), Duration.ofSeconds(10)));
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return true;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      return sink.send(new HttpRequest("POST", url, HttpHeaders.none(), new byte[0])).result();
    }
  }
}
