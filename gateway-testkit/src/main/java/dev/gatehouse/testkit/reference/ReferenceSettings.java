package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of one instance, checked.
 *
 * @param baseUrl the provider's address, with no slash at the end
 * @param secretKey the API key
 * @param webhookSecrets newest first
 */
record ReferenceSettings(URI baseUrl, SecretValue secretKey, List<SecretValue> webhookSecrets) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,200}");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  static ReferenceSettings read(GatewaySettings settings, GatewayEnvironment environment) {
    Reader reader = new Reader(settings, environment);
    String baseUrl = reader.baseUrl();
    String secretKey = reader.key(ReferenceGatewayProvider.SECRET_KEY, "sk", true);
    reader.key(ReferenceGatewayProvider.PUBLISHABLE_KEY, "pk", false);
    List<SecretValue> secrets = new ArrayList<>();
    reader.secret(ReferenceGatewayProvider.WEBHOOK_SECRET, true).ifPresent(secrets::add);
    reader.secret(ReferenceGatewayProvider.WEBHOOK_SECRET_PREVIOUS, false).ifPresent(secrets::add);
    if (!reader.problems.isEmpty()) {
      throw new ConfigurationException(reader.problems);
    }
    return new ReferenceSettings(
        URI.create(baseUrl.replaceAll("/+$", "")), SecretValue.of(secretKey), List.copyOf(secrets));
  }

  private static final class Reader {
    private final List<Problem> problems = new ArrayList<>();
    private final GatewaySettings settings;
    private final GatewayEnvironment environment;

    Reader(GatewaySettings settings, GatewayEnvironment environment) {
      this.settings = settings;
      this.environment = environment;
    }

    String baseUrl() {
      String name = ReferenceGatewayProvider.BASE_URL;
      Optional<String> text = present(name, true);
      if (text.isPresent() && !isUsable(text.get())) {
        wrong(name, "is not an address that may be used", "set an https address without a query");
      }
      return text.orElse("");
    }

    /** A key whose prefix says whether it is a test key. Nothing of it is shown. */
    String key(String name, String kind, boolean required) {
      Optional<String> text = present(name, required);
      if (text.isPresent()) {
        String prefix = kind + (environment.mode() == Mode.LIVE ? "_live_" : "_test_");
        if (!KEY.matcher(text.get()).matches()) {
          wrong(name, "is malformed", "copy the key again, without spaces");
        } else if (!text.get().startsWith(prefix)) {
          wrong(
              name,
              "is not a key for " + environment.mode() + " mode",
              "set a key that starts with " + prefix);
        }
      }
      return text.orElse("");
    }

    Optional<SecretValue> secret(String name, boolean required) {
      return present(name, required).map(SecretValue::of);
    }

    private Optional<String> present(String name, boolean required) {
      Optional<String> text = settings.text(name);
      if (text.isEmpty() && required) {
        wrong(name, "is missing", "set it");
      } else if (text.filter(String::isBlank).isPresent()) {
        wrong(name, "is blank", required ? "set it" : "set it or leave it out");
        return Optional.empty();
      }
      return text;
    }

    private void wrong(String name, String what, String remedy) {
      String where = "setting '" + name + "' of gateway '" + environment.instance() + "' ";
      problems.add(new Problem(name, "setting.wrong", where + what, remedy));
    }

    private static boolean isUsable(String text) {
      try {
        URI uri = new URI(text);
        return uri.getHost() != null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null
            && ("https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && LOOPBACK.matcher(uri.getHost()).matches()));
      } catch (URISyntaxException e) {
        return false;
      }
    }
  }
}
