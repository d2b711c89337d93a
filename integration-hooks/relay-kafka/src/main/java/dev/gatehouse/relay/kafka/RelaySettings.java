package dev.gatehouse.relay.kafka;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The settings of a relay: what they are called, and what becomes of them. */
final class RelaySettings {
  private static final String SERVERS = "bootstrap-servers";
  private static final String TOPIC = "topic";
  private static final String SOURCE = "source";
  private static final String PROTOCOL = "security-protocol";
  private static final String MECHANISM = "sasl-mechanism";
  private static final String JAAS = "sasl-jaas-config";
  private static final String CA_FILE = "ca-file";
  private static final String CLIENT_FILE = "client-file";

  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  static final List<SettingSpec> ALL =
      List.of(
          SettingSpec.required(
              SERVERS, SettingKind.TEXT, "Brokers to begin with: host:port, separated by commas."),
          SettingSpec.required(TOPIC, SettingKind.TEXT, "The topic to write to; it must be there."),
          SettingSpec.required(
              SOURCE,
              SettingKind.TEXT,
              "The shop, as CloudEvents call it: an address or a URN of its own."),
          SettingSpec.optional(
                  PROTOCOL,
                  SettingKind.TEXT,
                  "How to connect: PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT.")
              .orElse("SASL_SSL"),
          SettingSpec.optional(
              MECHANISM, SettingKind.TEXT, "The SASL mechanism, such as SCRAM-SHA-512."),
          SettingSpec.optional(
              JAAS,
              SettingKind.SECRET,
              "The login for it, as Kafka's property sasl.jaas.config has it."),
          SettingSpec.optional(
              CA_FILE,
              SettingKind.TEXT,
              "A PEM file with the certificates to trust, if the JVM does not trust them."),
          SettingSpec.optional(
              CLIENT_FILE,
              SettingKind.TEXT,
              "A PEM file with our private key and certificate, if the cluster wants one."));

  private RelaySettings() {}

  /**
   * The options of one instance.
   *
   * @throws ConfigurationException with everything that is wrong, each problem naming its setting
   */
  static KafkaRelayOptions options(GatewaySettings settings, String instance, Duration limit) {
    List<Problem> problems = new ArrayList<>();
    String protocol = settings.text(PROTOCOL).orElse("SASL_SSL").toUpperCase(Locale.ROOT);
    demand(PROTOCOLS.contains(protocol), PROTOCOL, "is no protocol of Kafka", problems);
    boolean sasl = protocol.startsWith("SASL");
    demand(!sasl || settings.text(MECHANISM).isPresent(), MECHANISM, "is missing", problems);
    demand(!sasl || settings.text(JAAS).isPresent(), JAAS, "is missing", problems);
    demandFile(settings, CA_FILE, problems);
    demandFile(settings, CLIENT_FILE, problems);
    Optional<URI> source = uri(settings.required(SOURCE));
    demand(source.isPresent(), SOURCE, "is no address and no URN", problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    KafkaConnection connection =
        KafkaConnection.to(settings.required(SERVERS)).with("security.protocol", protocol);
    if (sasl) {
      connection =
          connection
              .with("sasl.mechanism", settings.required(MECHANISM))
              .with("sasl.jaas.config", settings.secret(JAAS));
    }
    connection = pem(connection, settings.text(CA_FILE), "ssl.truststore");
    connection = pem(connection, settings.text(CLIENT_FILE), "ssl.keystore");
    return new KafkaRelayOptions(
        instance, connection, settings.required(TOPIC), source.orElseThrow(), limit);
  }

  private static KafkaConnection pem(KafkaConnection to, Optional<String> file, String property) {
    return file.map(f -> to.with(property + ".type", "PEM").with(property + ".location", f))
        .orElse(to);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text)).filter(uri -> !text.isBlank());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static void demandFile(GatewaySettings settings, String name, List<Problem> problems) {
    settings
        .text(name)
        .ifPresent(file -> demand(isReadable(file), name, "names no file to read", problems));
  }

  private static boolean isReadable(String file) {
    try {
      return Files.isReadable(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void demand(boolean holds, String name, String what, List<Problem> problems) {
    if (!holds) {
      problems.add(
          new Problem(
              name, "kafka.setting", "setting '" + name + "' " + what, "set it as documented"));
    }
  }
}
