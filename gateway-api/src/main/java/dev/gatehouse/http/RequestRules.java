package dev.gatehouse.http;

import dev.gatehouse.error.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request must look like before it may be sent. Messages never repeat a value. */
final class RequestRules {
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,19}");

  /** CONNECT opens tunnels; TRACE echoes credentials. */
  private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");

  private static final int LONGEST_NAME = 200;

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|(0:){7}1)]");

  /** They frame the message: two opinions about where it ends are request smuggling. */
  private static final Set<String> OWNED_BY_TRANSPORT =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private RequestRules() {}

  static List<Problem> problems(
      @Nullable String method,
      @Nullable URI uri,
      @Nullable HttpHeaders headers,
      byte @Nullable [] body) {
    List<Problem> problems = new ArrayList<>();
    if (method == null || !METHOD.matcher(method).matches() || REFUSED_METHODS.contains(method)) {
      problems.add(
          new Problem(
              "method",
              "http.method",
              "the method is missing, malformed or not allowed",
              "use a method in capitals, such as GET or POST"));
    }
    checkUri(uri, problems);
    if (headers == null) {
      problems.add(Inputs.missing("headers"));
    } else {
      checkHeaders(headers.fields(), problems);
    }
    if (body == null) {
      problems.add(Inputs.missing("body"));
    }
    return problems;
  }

  static boolean goesOutInTheClear(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme())
        && !LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  private static void checkUri(@Nullable URI uri, List<Problem> problems) {
    if (uri == null) {
      problems.add(Inputs.missing("uri"));
      return;
    }
    if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
      problems.add(
          new Problem(
              "uri", "http.scheme", "the URI is not an https URI", "start it with https://"));
      return;
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
      problems.add(
          new Problem(
              "uri",
              "http.host",
              "the URI has no valid host or port",
              "give a host name of letters, digits and hyphens, and a port from 1 to 65535"));
    }
    if (uri.getRawUserInfo() != null) {
      problems.add(
          new Problem(
              "uri",
              "http.user-info",
              "the URI holds a user name or password",
              "send credentials in a header"));
    }
    if (uri.getRawFragment() != null) {
      problems.add(
          new Problem(
              "uri", "http.fragment", "the URI has a fragment, which is never sent", "remove it"));
    }
  }

  private static void checkHeaders(List<HttpHeaders.Field> fields, List<Problem> problems) {
    for (int i = 0; i < fields.size(); i++) {
      HttpHeaders.Field field = fields.get(i);
      // A malformed name is hostile or a value in the wrong place: do not repeat it.
      if (!isToken(field.name())) {
        problems.add(
            new Problem(
                "headers[" + i + "]",
                "http.header-name",
                "the header's name is not a token",
                "use letters, digits and hyphens"));
      } else if (OWNED_BY_TRANSPORT.contains(field.name().toLowerCase(Locale.ROOT))) {
        problems.add(
            new Problem(
                "headers[" + i + "]",
                "http.header-reserved",
                "the header " + field.name() + " is set by the transport",
                "leave it out"));
      } else if (!isPrintable(field.value())) {
        problems.add(
            new Problem(
                "headers[" + i + "]",
                "http.header-value",
                "the value of the header " + field.name() + " is not printable ASCII",
                "remove line breaks and control characters, encode the rest"));
      }
    }
  }

  /** RFC 9110, section 5.6.2. */
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= LONGEST_NAME;
  }

  /** No control character, so no second header; ASCII, because clients disagree on the rest. */
  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }
}
