package com.nordlicht.gateway;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one instance, checked.
 *
 * @param baseUrl without a slash at the end
 * @param webhookSecrets newest first
 */
record NordlichtSettings(String baseUrl, SecretValue apiKey, List<SecretValue> webhookSecrets) {

  // snippet: NordlichtOpen
  /** Says all that is wrong at once, and shows no secret. */
  static NordlichtSettings read(GatewaySettings settings, GatewayEnvironment environment) {
    List<Problem> problems = new ArrayList<>();
    SecretValue key = settings.secret(NordlichtProvider.API_KEY);
    String prefix = environment.mode() == Mode.LIVE ? "nlk_live_" : "nlk_test_";
    if (!key.reveal().startsWith(prefix)) {
      problems.add(
          wrong(
              NordlichtProvider.API_KEY,
              "is no key for " + environment.mode(),
              "set one that starts with " + prefix));
    } else if (!key.reveal().matches("[A-Za-z0-9_-]{10,200}")) {
      problems.add(wrong(NordlichtProvider.API_KEY, "is malformed", "copy it again, in full"));
    }
    List<SecretValue> secrets = new ArrayList<>();
    for (String name :
        List.of(NordlichtProvider.WEBHOOK_SECRET, NordlichtProvider.WEBHOOK_SECRET_PREVIOUS)) {
      Optional<SecretValue> secret = settings.optionalSecret(name);
      secret.ifPresent(secrets::add);
      if (secret.filter(s -> !s.reveal().startsWith("nlw_")).isPresent()) {
        problems.add(wrong(name, "is malformed", "set one that starts with nlw_"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    String baseUrl = settings.url(NordlichtProvider.BASE_URL).toString().replaceAll("/+$", "");
    return new NordlichtSettings(baseUrl, key, List.copyOf(secrets));
  }

  // end snippet

  private static Problem wrong(String setting, String what, String remedy) {
    return new Problem(setting, "setting.wrong", "setting '" + setting + "' " + what, remedy);
  }
}
