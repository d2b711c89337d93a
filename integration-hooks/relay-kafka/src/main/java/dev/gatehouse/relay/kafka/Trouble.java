package dev.gatehouse.relay.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * What Kafka's clients complain of. Never in their words: those may quote what was configured,
 * secrets included.
 */
enum Trouble {
  /** The cluster can't be reached, or is not ready; it will be again. */
  UNREACHABLE("the cluster did not answer in time", "bootstrap-servers"),
  /** It does not know us. */
  UNAUTHENTICATED("the cluster refuses the credentials", "sasl-jaas-config"),
  /** It speaks no SASL of this kind. */
  MECHANISM("the cluster does not offer this mechanism", "sasl-mechanism"),
  /** There is no trust between it and us. */
  TLS("the cluster and we do not trust each other's certificates", "ca-file"),
  /** It knows us, and we may not. */
  FORBIDDEN("the cluster does not allow it to these credentials", "sasl-jaas-config"),
  /** The topic is not ours to write or read. */
  TOPIC_FORBIDDEN("the cluster does not let these credentials use the topic", "topic"),
  /** There is no such topic. */
  UNKNOWN_TOPIC("there is no such topic", "topic"),
  /** No topic can be called so. */
  MALFORMED_TOPIC("no topic can have this name", "topic"),
  /** A record that the topic, or the client, does not take. */
  TOO_LARGE("the event is larger than the topic or the client takes", "topic"),
  /** Nothing can be made of the settings. */
  MALFORMED("the settings can't be used", "bootstrap-servers"),
  /** Something else. */
  OTHER("the client failed", "bootstrap-servers");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "bootstrap", "bootstrap-servers",
          "sasl.mechanism", "sasl-mechanism",
          "sasl.jaas", "sasl-jaas-config",
          "jaas", "sasl-jaas-config",
          "security.protocol", "security-protocol",
          "ssl.truststore", "ca-file",
          "ssl.keystore", "client-file");

  private final String words;
  private final String setting;

  Trouble(String words, String setting) {
    this.words = words;
    this.setting = setting;
  }

  /** What it is, by the most telling of the thrown and its causes. */
  static Trouble of(Throwable thrown) {
    Trouble found = OTHER;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      Trouble trouble = ofOne(t);
      if (trouble == UNREACHABLE) {
        found = trouble;
      } else if (trouble != OTHER) {
        return trouble;
      }
    }
    return found;
  }

  private static Trouble ofOne(Throwable thrown) {
    if (thrown instanceof UnsupportedSaslMechanismException) {
      return MECHANISM;
    } else if (thrown instanceof SslAuthenticationException) {
      return TLS;
    } else if (thrown instanceof AuthenticationException) {
      return UNAUTHENTICATED;
    } else if (thrown instanceof TopicAuthorizationException) {
      return TOPIC_FORBIDDEN;
    } else if (thrown instanceof AuthorizationException) {
      return FORBIDDEN;
    } else if (thrown instanceof UnknownTopicOrPartitionException) {
      return UNKNOWN_TOPIC;
    } else if (thrown instanceof InvalidTopicException) {
      return MALFORMED_TOPIC;
    } else if (thrown instanceof RecordTooLargeException) {
      return TOO_LARGE;
    } else if (thrown instanceof ConfigException) {
      return MALFORMED;
    }
    return thrown instanceof RetriableException ? UNREACHABLE : OTHER;
  }

  /** Whether the cluster has refused us: only a person helps. */
  boolean isRefusal() {
    return this == UNAUTHENTICATED
        || this == MECHANISM
        || this == TLS
        || this == FORBIDDEN
        || this == TOPIC_FORBIDDEN;
  }

  /** What is wrong, for people. */
  String words() {
    return words;
  }

  /** The setting to look at. */
  String setting() {
    return setting;
  }

  /** The setting that a client could make nothing of: Kafka names its property, in its words. */
  static Optional<String> settingNamedBy(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      for (Map.Entry<String, String> known : SETTINGS.entrySet()) {
        if (message.contains(known.getKey())) {
          return Optional.of(known.getValue());
        }
      }
    }
    return Optional.empty();
  }
}
