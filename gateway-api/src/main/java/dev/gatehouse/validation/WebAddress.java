package dev.gatehouse.validation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which web addresses may be sent to a provider or called by us. */
final class WebAddress {
  private static final int GREATEST_PORT = 65_535;
  private static final Pattern LOOPBACK_V4 =
      Pattern.compile("127\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

  private WebAddress() {}

  static boolean isAcceptable(String text) {
    try {
      return isAcceptable(new URI(text));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  static boolean isAcceptable(URI uri) {
    String host = uri.getHost();
    return host != null
        && isAscii(uri.toString())
        && uri.getRawAuthority().indexOf('@') < 0
        && isPort(uri)
        && isSecure(uri.getScheme(), host);
  }

  private static boolean isSecure(@Nullable String scheme, String host) {
    return "https".equalsIgnoreCase(scheme)
        || ("http".equalsIgnoreCase(scheme) && isLoopback(host));
  }

  /** Without a look-up: a name that merely resolves to the loopback today may not tomorrow. */
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || isLoopbackV4(host);
  }

  private static boolean isLoopbackV4(String host) {
    return LOOPBACK_V4.matcher(host).matches()
        && Arrays.stream(host.split("\\.")).allMatch(octet -> Integer.parseInt(octet) <= 255);
  }

  /** An empty port ({@code https://host:/}) is legal; a port of zero cannot be connected to. */
  private static boolean isPort(URI uri) {
    int port = uri.getPort();
    return port == -1 || (port >= 1 && port <= GREATEST_PORT);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 0x80);
  }
}
