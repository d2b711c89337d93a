package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/oauth2/token}: an app's credentials for a token that lives for some hours. */
final class Tokens {
  private final Books books;
  private final Answers answers;
  private final Map<String, Granted> granted = new HashMap<>();

  private record Granted(PayPalApp app, Instant until) {}

  Tokens(Books books, Answers answers) {
    this.books = books;
    this.answers = answers;
  }

  HttpResponse grant(HttpRequest request) {
    Optional<PayPalApp> app = books.apps().stream().filter(a -> isCalling(a, request)).findFirst();
    if (app.isEmpty()) {
      return error(401, "invalid_client", "Client Authentication failed");
    }
    String form = new String(request.body(), StandardCharsets.UTF_8);
    if (!form.contains("grant_type=client_credentials")) {
      return error(400, "unsupported_grant_type", "Grant Type is NULL");
    }
    Duration life = books.options().tokenLife();
    String token = "A21AA" + books.nextId() + books.nextId();
    granted.put(token, new Granted(app.get(), books.now().plus(life)));
    ObjectNode body =
        Json.object()
            .put("scope", "https://uri.paypal.com/services/payments/payment/authcapture")
            .put("access_token", token)
            .put("token_type", "Bearer")
            .put("app_id", "APP-80W284485P519543T")
            .put("expires_in", life.toSeconds())
            .put("nonce", books.now() + books.nextId());
    return answers.json(200, body);
  }

  /** Credentials of the live site are unknown in the sandbox, and the reverse. */
  private static boolean isCalling(PayPalApp app, HttpRequest request) {
    String pair = app.clientId() + ":" + app.clientSecret();
    byte[] encoded = Base64.getEncoder().encode(pair.getBytes(StandardCharsets.UTF_8));
    String wanted = "Basic " + new String(encoded, StandardCharsets.US_ASCII);
    String given = request.headers().first("authorization").orElse("");
    return isAtSite(app, request.uri().getHost())
        && MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isAtSite(PayPalApp app, String host) {
    return !host.endsWith("paypal.com") || host.contains(".sandbox.") != app.live();
  }

  /** Every token that was granted is worthless from now on. */
  void revokeAll() {
    granted.clear();
  }

  Optional<PayPalApp> appOf(HttpRequest request) {
    String given = request.headers().first("authorization").orElse("");
    Granted known = given.startsWith("Bearer ") ? granted.get(given.substring(7)) : null;
    return Optional.ofNullable(known)
        .filter(token -> books.now().isBefore(token.until()))
        .map(Granted::app);
  }

  HttpResponse refused(HttpRequest request) {
    return request.headers().first("authorization").isEmpty()
        ? answers.issue(Issue.unauthenticated())
        : error(401, "invalid_token", "The token passed in was not found in the system");
  }

  private HttpResponse error(int status, String error, String description) {
    return answers.json(
        status, Json.object().put("error", error).put("error_description", description));
  }
}
