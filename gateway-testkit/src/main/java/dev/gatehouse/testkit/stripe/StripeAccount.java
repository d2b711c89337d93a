package dev.gatehouse.testkit.stripe;

import java.net.URI;
import java.util.List;

/**
 * A merchant's account at the emulated Stripe. {@code toString} shows no secret.
 *
 * @param id such as {@code acct_main}
 * @param secretKey the API key; {@code sk_test_…} or {@code sk_live_…}, unique among accounts
 * @param publishableKey the browser's key, {@code pk_test_…} or {@code pk_live_…}
 * @param webhookSecrets every event is signed with each; one, or two while rotating, newest first
 * @param webhookUri where events go
 */
public record StripeAccount(
    String id,
    String secretKey,
    String publishableKey,
    List<String> webhookSecrets,
    URI webhookUri) {

  /** Copies the secrets. */
  public StripeAccount {
    webhookSecrets = List.copyOf(webhookSecrets);
  }

  /** A test account: keys and secrets are made from the name, events go to a shop that isn't. */
  public static StripeAccount test(String name) {
    return named(name, "test");
  }

  /** The same, live. */
  public static StripeAccount live(String name) {
    return named(name, "live");
  }

  private static StripeAccount named(String name, String mode) {
    return new StripeAccount(
        "acct_" + name,
        "sk_" + mode + "_" + name,
        "pk_" + mode + "_" + name,
        List.of("whsec_" + name),
        URI.create("https://shop.test/webhooks/" + name));
  }

  /** This, with other signing secrets, newest first. */
  public StripeAccount signing(String... secrets) {
    return new StripeAccount(id, secretKey, publishableKey, List.of(secrets), webhookUri);
  }

  /** This, with events going elsewhere. */
  public StripeAccount notifying(URI uri) {
    return new StripeAccount(id, secretKey, publishableKey, webhookSecrets, uri);
  }

  /** Whether real money would move. */
  public boolean isLive() {
    return secretKey.startsWith("sk_live_");
  }

  @Override
  public String toString() {
    return "StripeAccount[" + id + "]";
  }
}
