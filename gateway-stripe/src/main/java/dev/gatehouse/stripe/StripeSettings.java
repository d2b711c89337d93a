package dev.gatehouse.stripe;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of one instance, checked.
 *
 * @param baseUrl the address of the API, with no slash at the end
 * @param secretKey the API key
 * @param webhookSecrets newest first; empty rejects every delivery
 * @param sendsReceipts whether Stripe mails receipts to customers
 * @param capturesInParts whether holds ask for several captures
 * @param descriptorSuffix what stands behind the account's name on statements
 */
record StripeSettings(
    URI baseUrl,
    SecretValue secretKey,
    List<SecretValue> webhookSecrets,
    boolean sendsReceipts,
    boolean capturesInParts,
    Optional<String> descriptorSuffix) {
  private static final Pattern SUFFIX = Pattern.compile("(?=.*[A-Za-z])[ -~&&[^<>\\\\'\"*]]{1,22}");

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]{8,255}");

  static StripeSettings read(GatewaySettings settings, GatewayEnvironment environment) {
    Reader reader = new Reader(settings, environment);
    reader.key(StripeGatewayProvider.SECRET_KEY, true, "sk", "rk");
    reader.key(StripeGatewayProvider.PUBLISHABLE_KEY, false, "pk");
    List<SecretValue> secrets = new ArrayList<>();
    reader.signing(StripeGatewayProvider.WEBHOOK_SECRET).ifPresent(secrets::add);
    reader.signing(StripeGatewayProvider.WEBHOOK_SECRET_PREVIOUS).ifPresent(secrets::add);
    Optional<String> suffix = reader.suffix();
    String base = settings.text(StripeGatewayProvider.BASE_URL).orElse("https://api.stripe.com");
    if (!reader.problems.isEmpty()) {
      throw new ConfigurationException(reader.problems);
    }
    return new StripeSettings(
        URI.create(base.replaceAll("/+$", "")),
        settings.secret(StripeGatewayProvider.SECRET_KEY),
        List.copyOf(secrets),
        settings.isTrue(StripeGatewayProvider.SEND_RECEIPTS),
        settings.isTrue(StripeGatewayProvider.MULTIPLE_CAPTURES),
        suffix);
  }

  private static final class Reader {
    private final List<Problem> problems = new ArrayList<>();
    private final GatewaySettings settings;
    private final GatewayEnvironment environment;

    Reader(GatewaySettings settings, GatewayEnvironment environment) {
      this.settings = settings;
      this.environment = environment;
    }

    /** A key whose prefix says what it is and for which mode. Nothing of it is shown. */
    void key(String name, boolean required, String... kinds) {
      Optional<String> text = settings.text(name);
      if (text.isEmpty() && required) {
        wrong(name, "setting.missing", "is missing", "set it");
      } else if (text.filter(value -> !KEY.matcher(value).matches()).isPresent()) {
        wrong(name, "setting.malformed", "is no key of Stripe", "copy the key again");
      } else if (text.isPresent()) {
        prefix(name, text.get(), kinds);
      }
    }

    private void prefix(String name, String key, String... kinds) {
      String mode = environment.mode() == Mode.LIVE ? "_live_" : "_test_";
      String other = environment.mode() == Mode.LIVE ? "_test_" : "_live_";
      for (String kind : kinds) {
        if (key.startsWith(kind + mode)) {
          return;
        }
        if (key.startsWith(kind + other)) {
          wrong(
              name,
              "setting.mode",
              "is not a key for " + environment.mode() + " mode",
              "set a key that starts with " + kind + mode);
          return;
        }
      }
      wrong(
          name,
          "setting.kind",
          "is another kind of key",
          "set a key that starts with " + kinds[0] + mode);
    }

    Optional<SecretValue> signing(String name) {
      Optional<String> text = settings.text(name);
      boolean usable =
          text.filter(value -> value.startsWith("whsec_") && KEY.matcher(value).matches())
              .isPresent();
      if (text.isPresent() && !usable) {
        wrong(
            name,
            "setting.malformed",
            "is no signing secret",
            "copy the secret of the webhook endpoint; it starts with whsec_");
      }
      return text.map(SecretValue::of);
    }

    Optional<String> suffix() {
      String name = StripeGatewayProvider.STATEMENT_DESCRIPTOR_SUFFIX;
      Optional<String> text = settings.text(name);
      if (text.filter(value -> !SUFFIX.matcher(value).matches()).isPresent()) {
        wrong(
            name,
            "setting.malformed",
            "can't stand on a statement",
            "use 1 to 22 plain characters with a letter among them, and none of < > \\ ' \" *");
      }
      return text;
    }

    private void wrong(String name, String code, String what, String remedy) {
      String where = "setting '" + name + "' of gateway '" + environment.instance() + "' ";
      problems.add(new Problem(name, code, where + what, remedy));
    }
  }
}
