package dev.gatehouse.relay.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A real broker, its own controller, on ports and in a folder of its own; it can be killed and
 * started again. One listener takes anybody, the others the user {@code relay} alone, one of them
 * over TLS.
 */
final class Broker implements AutoCloseable {
  static final String PASSWORD = "correct-horse";

  private static Broker shared;

  private final Path folder;
  private final int open;
  private final int guarded;
  private final int tls;
  private final Certificate certificate;
  private Child process;

  private Broker(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket a = new ServerSocket(0);
        ServerSocket b = new ServerSocket(0);
        ServerSocket c = new ServerSocket(0);
        ServerSocket d = new ServerSocket(0)) {
      open = a.getLocalPort();
      guarded = b.getLocalPort();
      tls = d.getLocalPort();
      certificate = Certificate.in(folder);
      Files.writeString(folder.resolve("server.properties"), properties(c.getLocalPort()));
    }
    process = launch();
  }

  /** The one for all tests of this JVM, started when it is first asked for, and ended with it. */
  static synchronized Broker shared() {
    if (shared == null) {
      shared = fresh();
    }
    return shared;
  }

  /** One that nobody else has. */
  static Broker fresh() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "broker");
      Broker broker = new Broker(folder);
      broker.awaitReady();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection that asks for nothing. */
  KafkaConnection connection() {
    return KafkaConnection.to("127.0.0.1:" + open);
  }

  /** A connection where a password is asked for. */
  KafkaConnection guarded(String user, String password) {
    return KafkaConnection.to("127.0.0.1:" + guarded)
        .with("security.protocol", "SASL_PLAINTEXT")
        .with("sasl.mechanism", "PLAIN")
        .with("sasl.jaas.config", jaas(user, password));
  }

  static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  /** A connection of a user whose password can be changed. */
  KafkaConnection scram(String user, String password) {
    return guarded(user, password)
        .with("sasl.mechanism", "SCRAM-SHA-512")
        .with(
            "sasl.jaas.config",
            jaas(user, password).replace("plain.PlainLoginModule", "scram.ScramLoginModule"));
  }

  /** Changes the password of a user, who need not be there yet. */
  void password(String user, String password) {
    ScramCredentialInfo how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    try (Admin admin = admin()) {
      admin
          .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, how, password)))
          .all()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The port of the listener over TLS. */
  int tlsPort() {
    return tls;
  }

  /** What the listener over TLS shows. */
  Certificate certificate() {
    return certificate;
  }

  String guardedAddress() {
    return "127.0.0.1:" + guarded;
  }

  String address() {
    return "127.0.0.1:" + open;
  }

  /** Makes topics, of so many partitions each. */
  void topics(int partitions, String... names) {
    List<NewTopic> topics =
        List.of(names).stream()
            .map(
                name ->
                    new NewTopic(name, partitions, (short) 1)
                        .configs(Map.of("max.message.bytes", "100000")))
            .toList();
    try (Admin admin = admin()) {
      admin.createTopics(topics).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", address()));
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.kill();
  }

  /** Ends it in order. */
  void stop() {
    process.stop();
  }

  /** Starts it again on what it kept. */
  void start() {
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    process.kill();
  }

  private Child launch() {
    return Child.start(
        BrokerMain.class,
        folder.resolve("broker.log"),
        List.of(folder.resolve("server.properties").toString(), logs().toString()));
  }

  private void awaitReady() {
    long giveUp = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < giveUp && process.isAlive()) {
      if (listens()) {
        try (Admin admin = admin()) {
          admin.describeCluster().nodes().get();
          return;
        } catch (InterruptedException | ExecutionException e) {
          // Not yet.
        }
      }
    }
    throw new IllegalStateException("no broker; see " + folder.resolve("broker.log"));
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", open), 200);
      return true;
    } catch (IOException e) {
      LockSupport.parkNanos(50_000_000L);
      return false;
    }
  }

  private Path logs() {
    return folder.resolve("logs").toAbsolutePath();
  }

  private static String users() {
    return jaas("admin", "admin").replace(";", " user_relay=\"" + PASSWORD + "\";");
  }

  private String advertised() {
    return "OPEN://127.0.0.1:%d,GUARDED://127.0.0.1:%d,TLS://127.0.0.1:%d"
        .formatted(open, guarded, tls);
  }

  private String properties(int controller) {
    return String.join(
        "\n",
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@127.0.0.1:" + controller,
        "listeners=" + advertised() + ",CONTROLLER://127.0.0.1:" + controller,
        "advertised.listeners=" + advertised(),
        "listener.security.protocol.map=OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT,"
            + "GUARDED:SASL_PLAINTEXT,TLS:SASL_SSL",
        "controller.listener.names=CONTROLLER",
        "inter.broker.listener.name=OPEN",
        "sasl.enabled.mechanisms=PLAIN",
        "listener.name.guarded.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512",
        "listener.name.guarded.scram-sha-512.sasl.jaas.config="
            + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        // Whose password was changed is to learn of it soon.
        "listener.name.guarded.scram-sha-512.connections.max.reauth.ms=500",
        "listener.name.guarded.plain.sasl.jaas.config=" + users(),
        "listener.name.tls.plain.sasl.jaas.config=" + users(),
        "listener.name.tls.ssl.keystore.type=PKCS12",
        "listener.name.tls.ssl.keystore.location=" + certificate.keys(),
        "listener.name.tls.ssl.keystore.password=" + Certificate.PASSWORD,
        "log.dirs=" + logs(),
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        "group.min.session.timeout.ms=500",
        "auto.create.topics.enable=false",
        "controlled.shutdown.enable=false",
        // Only when its session of before is over is it let in again.
        "broker.session.timeout.ms=2000",
        "broker.heartbeat.interval.ms=500",
        "num.network.threads=1",
        "num.io.threads=2",
        "");
  }
}
