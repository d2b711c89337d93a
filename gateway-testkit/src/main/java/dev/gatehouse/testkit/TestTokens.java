package dev.gatehouse.testkit;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.GatewayProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The tokens by which a provider's test mode does as it is told. A gateway supplies them in a file
 * that lies in its JAR, or in one beside it, so that neither the SPI nor the gateway's code knows
 * of tests: {@code META-INF/gatehouse/test-tokens/PROVIDER.properties}.
 *
 * <pre>
 * method = card
 * approve = tok_visa
 * decline.insufficient_funds = tok_poor
 * </pre>
 *
 * @param method the payment method that the tokens are for
 * @param approve the token of a payment that succeeds at once, if there is one
 * @param declines the tokens of payments that are declined
 */
public record TestTokens(
    String method, Optional<String> approve, Map<DeclineCode, String> declines) {
  private static final String FOLDER = "META-INF/gatehouse/test-tokens/";
  private static final String METHOD = "method";
  private static final String APPROVE = "approve";
  private static final String DECLINE = "decline.";

  /** Copies the map. */
  public TestTokens {
    InvalidInputException.required("method", method);
    InvalidInputException.required("approve", approve);
    Map<DeclineCode, String> copy = new EnumMap<>(DeclineCode.class);
    copy.putAll(InvalidInputException.required("declines", declines));
    declines = Collections.unmodifiableMap(copy);
  }

  /**
   * The tokens that come with a provider, if any do.
   *
   * @throws ConfigurationException naming the file and everything in it that is wrong
   */
  public static Optional<TestTokens> of(GatewayProvider provider) {
    Class<?> type = InvalidInputException.required("provider", provider).getClass();
    String file = FOLDER + provider.id() + ".properties";
    try (InputStream in = type.getResourceAsStream("/" + file)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties values = new Properties();
      try (Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        values.load(text);
      }
      return Optional.of(read(file, values));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          new Problem(file, "test-tokens.unreadable", "can't be read", "write it as properties"));
    }
  }

  private static TestTokens read(String file, Properties values) {
    List<Problem> problems = new ArrayList<>();
    Map<DeclineCode, String> declines = new EnumMap<>(DeclineCode.class);
    for (String key : new TreeSet<>(values.stringPropertyNames())) {
      if (values.getProperty(key).isBlank()) {
        problems.add(new Problem(file, "test-tokens.blank", key + " is blank", "write a token"));
      } else if (key.startsWith(DECLINE)) {
        code(key.substring(DECLINE.length()))
            .ifPresentOrElse(
                code -> declines.put(code, values.getProperty(key)),
                () -> problems.add(unknown(file, key)));
      } else if (!key.equals(METHOD) && !key.equals(APPROVE)) {
        problems.add(unknown(file, key));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new TestTokens(
        values.getProperty(METHOD, "card"),
        Optional.ofNullable(values.getProperty(APPROVE)),
        declines);
  }

  private static Optional<DeclineCode> code(String name) {
    for (DeclineCode code : DeclineCode.values()) {
      if (code.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  private static Problem unknown(String file, String key) {
    return new Problem(
        file,
        "test-tokens.unknown",
        "'" + key + "' is not known",
        "use method, approve, or decline. and the name of a decline code in lower case");
  }
}
