package dev.gatehouse.relay.webhooks;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.http.apache.ApacheHttpTransport;
import dev.gatehouse.http.apache.Destinations;
import java.time.Duration;

/**
 * A door that leads to allowed addresses only. A name is looked up once for a connection, all that
 * it leads to is checked, and that is what is connected to: there is no second look-up that could
 * answer otherwise. No redirect is followed, and no proxy is asked.
 */
final class GuardedTransport implements HttpTransport {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An answer's body says nothing that counts; one that never ends must end. */
  private static final int LARGEST_ANSWER = 256 * 1024;

  private final HttpTransport door;

  GuardedTransport(AddressRules rules, Translation translation, Destinations names) {
    door =
        ApacheHttpTransport.to(
            host -> rules.demandAllowed(names.of(host), translation),
            new HttpOptions(CONNECT, LARGEST_ANSWER));
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    try {
      return door.send(request, limit);
    } catch (TransportException.NotSent e) {
      if (e.getCause() instanceof AddressRules.ForbiddenAddressException) {
        throw new TransportException.NotSent(
            request, "webhook.address", "its name leads to an address that is not allowed", null);
      }
      if (e.getCause() instanceof Translation.UnknownTranslationException) {
        throw new TransportException.NotSent(
            request,
            "webhook.translation",
            "nobody says how this network leads from IPv6 to IPv4; set '"
                + EndpointSettings.PREFIXES
                + "'",
            null);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
