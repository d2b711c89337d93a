package dev.gatehouse.stripe;

import com.stripe.exception.StripeException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command that registers the address at which webhooks are received. The key is in the
 * environment, as {@code STRIPE_SECRET_KEY}, where other users of the machine do not see it; the
 * secret of a new endpoint goes to a file, and nowhere else.
 */
final class StripeWebhookEndpoint {
  private static final String USAGE =
      "usage: STRIPE_SECRET_KEY=sk_… java … dev.gatehouse.stripe.StripeWebhookEndpoint"
          + " URL SECRET_FILE [BASE_URL]";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private StripeWebhookEndpoint() {}

  /** Ends with 0 if the endpoint is as it should be, 1 if not, 2 if it could not begin. */
  public static void main(String[] arguments) {
    try (HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      System.exit(run(arguments, System.getenv(), http, System.out));
    }
  }

  static int run(
      String[] arguments, Map<String, String> environment, HttpTransport http, PrintStream out) {
    String key = environment.getOrDefault("STRIPE_SECRET_KEY", "");
    if (arguments.length < 2 || arguments.length > 3 || key.isEmpty()) {
      out.println(USAGE);
      return 2;
    }
    StripeCall call;
    URI url;
    try {
      url = URI.create(arguments[0]);
      call = call(key, arguments, http);
    } catch (GatehouseException | IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
    try {
      out.println(new StripeEndpoints(call).register(url, Path.of(arguments[1])));
      return 0;
    } catch (GatehouseException | Unreadable e) {
      out.println(e.getMessage());
    } catch (StripeException e) {
      out.println(
          StripeErrors.certainRefusal(e, call).orElseGet(() -> StripeErrors.unclear(e)).message());
    }
    return 1;
  }

  private static StripeCall call(String key, String[] arguments, HttpTransport http) {
    Mode mode = key.contains("_live_") ? Mode.LIVE : Mode.TEST;
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("stripe"), mode, http, Clock.systemUTC(), LIMIT);
    Map<String, String> settings = new TreeMap<>();
    settings.put(StripeGatewayProvider.SECRET_KEY, key);
    if (arguments.length == 3) {
      settings.put(StripeGatewayProvider.BASE_URL, arguments[2]);
    }
    return new StripeCall(
        StripeSettings.read(GatewaySettings.of(settings), environment), environment);
  }
}
