package dev.gatehouse.testkit.paypal;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Map;
import java.util.TreeMap;

/**
 * An app of a merchant, as made in PayPal's developer site: what a gateway needs to be opened.
 *
 * @param clientId the public half of the credentials
 * @param clientSecret the secret half
 * @param merchantId the merchant's account: 13 characters
 * @param webhookId the id under which its webhook is registered
 * @param live whether it is of the live site and not of the sandbox
 */
public record PayPalApp(
    String clientId, String clientSecret, String merchantId, String webhookId, boolean live) {

  /** Refuses missing parts. */
  public PayPalApp {
    required("clientId", clientId);
    required("clientSecret", clientSecret);
    required("merchantId", merchantId);
    required("webhookId", webhookId);
  }

  /** An app of the sandbox. */
  public static PayPalApp sandbox() {
    return new PayPalApp(
        "AZDxjDScFpQtjWTOUtWKbyN_bDt4OgqaF4eYXlewfBP4-8aqX3PiV8e1",
        "EGnHDxD_qRPdaLdZz8iCr8N7_MzF-YHPTkjs6NKYQvQSBngp4PTTVWkP",
        "MERCHANTSANDB",
        "5GP028458E2496506",
        false);
  }

  /** An app of the live site, with other credentials. */
  public static PayPalApp ofLiveSite() {
    return new PayPalApp(
        "AVlive7xPqTWbyN_bDt4OgqaF4eYXlewfBP4-8aqX3PiV8e1GWU6liB2",
        "ELlive9qRPdaLdZz8iCr8N7_MzF-YHPTkjs6NKYQvQSBngp4PTTVWkPZ",
        "MERCHANTPRDCT",
        "7WP12345AB6789012",
        true);
  }

  /**
   * The settings that open a PayPal gateway on {@link PayPalEmulator#transport()}; on a socket, it
   * also wants {@code base-url}.
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("environment", live ? "live" : "sandbox");
    settings.put("client-id", clientId);
    settings.put("client-secret", clientSecret);
    settings.put("webhook-id", webhookId);
    settings.put("webhook-authority", PayPalEmulator.webhookAuthority());
    return settings;
  }

  /** The host of the app's site, such as {@code api-m.sandbox.paypal.com}. */
  public String host() {
    return live ? "api-m.paypal.com" : "api-m.sandbox.paypal.com";
  }

  @Override
  public String toString() {
    return "PayPalApp[" + merchantId + (live ? ", live]" : ", sandbox]");
  }
}
