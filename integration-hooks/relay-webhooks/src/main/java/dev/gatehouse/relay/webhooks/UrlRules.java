package dev.gatehouse.relay.webhooks;

import dev.gatehouse.sink.SinkSettings;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be said of an endpoint's address without looking its name up. What the name leads to is
 * checked whenever it is connected to.
 */
final class UrlRules {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int FIRST_FREE = 1024;
  private static final int LAST = 65535;

  /** What some take for an address, and others for a name or another address. */
  private static final Pattern NUMBERS = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)");

  /** What may be told without TLS, if loopback is allowed. */
  private static final Set<String> PLAIN = Set.of("localhost", "127.0.0.1", "::1");

  private UrlRules() {}

  /** Notes what is wrong with the address under this name. */
  static void check(String setting, URI url, AddressRules addresses, SinkSettings settings) {
    String scheme = url.getScheme();
    String host = url.getHost();
    if (host == null || !("https".equals(scheme) || "http".equals(scheme))) {
      settings.wrong(setting, "is no https address", "set one such as https://shop.example/hooks");
      return;
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      settings.wrong(
          setting, "has a user name, a password or a fragment", "set the address without them");
    }
    if (!isFreePort(url)) {
      settings.wrong(
          setting, "has a port of another service", "use 443, or one from 1024 to 65535");
    }
    checkHost(setting, bare(host), "http".equals(scheme), addresses, settings);
  }

  private static void checkHost(
      String setting, String host, boolean isPlain, AddressRules addresses, SinkSettings settings) {
    Optional<InetAddress> address = address(host);
    boolean isOdd = NUMBERS.matcher(host).matches() || host.indexOf(':') >= 0;
    if (host.endsWith(".") || address.isEmpty() && isOdd) {
      settings.wrong(
          setting,
          "has a host that not everybody reads alike",
          "write a name without a dot at its end, or an address in its usual form");
    } else if (isPlain && !PLAIN.contains(host)) {
      settings.wrong(setting, "is no https address", "start it with https://");
    } else if (address.isPresent() && !addresses.allows(address.get())) {
      settings.wrong(
          setting,
          "leads to an address that is not public",
          "use a public one, or allow its network in '" + EndpointSettings.ALLOWED + "'");
    }
  }

  /** What a host means, if that is known without asking. */
  private static Optional<InetAddress> address(String host) {
    String small = host.toLowerCase(Locale.ROOT);
    return small.equals("localhost") || small.endsWith(".localhost")
        ? Optional.of(InetAddress.getLoopbackAddress())
        : Network.literal(host);
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isFreePort(URI url) {
    int port = url.getPort();
    return port == -1
        || port == ("http".equals(url.getScheme()) ? HTTP : HTTPS)
        || port >= FIRST_FREE && port <= LAST;
  }
}
