package dev.gatehouse.paypal;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.paypal.PayPalEndpoints.Registered;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command that registers the address at which webhooks are received. The credentials are in the
 * environment, where other users of the machine do not see them. It prints the webhook's id, which
 * is no secret.
 */
final class PayPalWebhookEndpoint {
  static final String CLIENT_ID = "PAYPAL_CLIENT_ID";
  static final String CLIENT_SECRET = "PAYPAL_CLIENT_SECRET";

  private static final String USAGE =
      "usage: PAYPAL_CLIENT_ID=… PAYPAL_CLIENT_SECRET=… java …"
          + " dev.gatehouse.paypal.PayPalWebhookEndpoint live|sandbox URL [BASE_URL]";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** There is none yet; registering needs none. */
  private static final String NO_WEBHOOK = "NONE";

  private PayPalWebhookEndpoint() {}

  /** Ends with 0 if the webhook is as it should be, 1 if not, 2 if it could not begin. */
  public static void main(String[] arguments) {
    try (HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      System.exit(run(arguments, System.getenv(), http, System.out));
    }
  }

  static int run(
      String[] arguments, Map<String, String> variables, HttpTransport http, PrintStream out) {
    String id = variables.getOrDefault(CLIENT_ID, "");
    String secret = variables.getOrDefault(CLIENT_SECRET, "");
    if (arguments.length < 2 || arguments.length > 3 || id.isEmpty() || secret.isEmpty()) {
      out.println(USAGE);
      return 2;
    }
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("paypal"),
            arguments[0].equals("live") ? Mode.LIVE : Mode.TEST,
            http,
            Clock.systemUTC(),
            LIMIT);
    PayPalSdk sdk;
    URI url;
    try {
      url = URI.create(arguments[1]);
      sdk = new PayPalSdk(settings(arguments, id, secret, environment), environment);
    } catch (GatehouseException | IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
    try {
      Registered webhook = new PayPalEndpoints(sdk, environment.deadline()).register(url);
      out.println("webhook " + webhook.id() + " " + webhook.words());
      out.println("set '" + PayPalGatewayProvider.WEBHOOK_ID + "' to " + webhook.id());
      return 0;
    } catch (PayPalEndpoints.Refused | Node.Unreadable e) {
      out.println(e.getMessage());
      return 1;
    }
  }

  private static PayPalSettings settings(
      String[] arguments, String id, String secret, GatewayEnvironment environment) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(PayPalGatewayProvider.ENVIRONMENT, arguments[0]);
    settings.put(PayPalGatewayProvider.CLIENT_ID, id);
    settings.put(PayPalGatewayProvider.CLIENT_SECRET, secret);
    settings.put(PayPalGatewayProvider.WEBHOOK_ID, NO_WEBHOOK);
    if (arguments.length == 3) {
      settings.put(PayPalGatewayProvider.BASE_URL, arguments[2]);
    }
    return PayPalSettings.read(GatewaySettings.of(settings), environment);
  }
}
