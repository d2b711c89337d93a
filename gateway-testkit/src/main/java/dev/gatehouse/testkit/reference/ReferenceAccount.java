package dev.gatehouse.testkit.reference;

import dev.gatehouse.spi.GatewaySettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A merchant's account at the reference provider. {@code toString} shows no secret.
 *
 * @param id such as {@code acct_main}
 * @param secretKey the API key; {@code sk_test_…} or {@code sk_live_…}, unique among accounts
 * @param webhookSecrets every notice is signed with each; one, or two while rotating, newest first
 * @param webhookUri where notices go
 */
public record ReferenceAccount(
    String id, String secretKey, List<String> webhookSecrets, URI webhookUri) {

  /** Copies the secrets. */
  public ReferenceAccount {
    webhookSecrets = List.copyOf(webhookSecrets);
  }

  /** A test account: keys and secrets are made from the name, notices go to a shop that isn't. */
  public static ReferenceAccount test(String name) {
    return new ReferenceAccount(
        "acct_" + name,
        "sk_test_" + name,
        List.of("whsec_" + name),
        URI.create("https://shop.test/webhooks/" + name));
  }

  /** This, with notices going elsewhere. */
  public ReferenceAccount notifying(URI uri) {
    return new ReferenceAccount(id, secretKey, webhookSecrets, uri);
  }

  /** Whether real money would move. */
  public boolean isLive() {
    return secretKey.startsWith("sk_live_");
  }

  /** The settings that open a gateway to this account at a provider under this address. */
  public GatewaySettings settings(URI baseUrl) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(ReferenceGatewayProvider.BASE_URL, baseUrl.toString());
    settings.put(ReferenceGatewayProvider.SECRET_KEY, secretKey);
    settings.put(ReferenceGatewayProvider.WEBHOOK_SECRET, webhookSecrets.get(0));
    if (webhookSecrets.size() > 1) {
      settings.put(ReferenceGatewayProvider.WEBHOOK_SECRET_PREVIOUS, webhookSecrets.get(1));
    }
    return GatewaySettings.of(settings);
  }

  @Override
  public String toString() {
    return "ReferenceAccount[" + id + "]";
  }
}
