package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page on which a customer completes or fails the authentication, as in Stripe's test mode. */
final class AuthenticationPage {
  private static final Pattern PATH =
      Pattern.compile("/test/authenticate/((?:pi|seti)_[0-9]+)/([0-9]+)(?:/(complete|fail))?");

  private final Desk desk;
  private final Intents intents;
  private final SetUps setUps;

  AuthenticationPage(Desk desk, Intents intents, SetUps setUps) {
    this.desk = desk;
    this.intents = intents;
    this.setUps = setUps;
  }

  /** The page, or what a button of it does; empty if this is no request of a browser. */
  Optional<HttpResponse> handle(HttpRequest request) {
    Matcher parts = PATH.matcher(request.uri().getPath());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      String id = parts.group(1);
      String button = parts.group(3);
      if (button == null) {
        return Optional.of(page(request));
      }
      return Optional.of(
          id.startsWith("seti")
              ? press(desk.setUp(id), parts.group(2), button, request)
              : press(desk.intent(id), parts.group(2), button, request));
    } catch (ApiError e) {
      return Optional.of(html(410, "This page is no longer needed."));
    }
  }

  private static HttpResponse page(HttpRequest request) {
    String path = request.uri().getPath();
    String form = "<form method=\"post\" action=\"%s/%s\"><button>%s</button></form>";
    return html(
        200,
        "3D Secure test page"
            + String.format(form, path, "complete", "Complete")
            + String.format(form, path, "fail", "Fail"));
  }

  private HttpResponse press(Intent intent, String challenge, String button, HttpRequest request) {
    if (!request.method().equals("POST") || !challenge.equals("" + intent.challenges)) {
      throw ApiError.noSuchPath(request.method(), request.uri().getPath());
    }
    if (button.equals("complete")) {
      intents.authenticated(intent);
    } else {
      intents.notAuthenticated(intent);
    }
    String back = intent.returnUrl;
    if (back == null) {
      return html(200, "Done. Close this window.");
    }
    String where =
        back
            + (back.contains("?") ? "&" : "?")
            + "payment_intent="
            + intent.id
            + "&payment_intent_client_secret="
            + Views.clientSecret(intent)
            + "&redirect_status="
            + (intent.is("requires_payment_method") ? "failed" : "succeeded");
    return new HttpResponse(303, HttpHeaders.none().with("location", where), new byte[0]);
  }

  private HttpResponse press(
      Entries.SetUp setUp, String challenge, String button, HttpRequest request) {
    if (!request.method().equals("POST") || !challenge.equals("" + setUp.challenges)) {
      throw ApiError.noSuchPath(request.method(), request.uri().getPath());
    }
    setUps.authenticated(setUp, button.equals("complete"));
    String back = setUp.returnUrl;
    if (back == null) {
      return html(200, "Done. Close this window.");
    }
    String where = back + (back.contains("?") ? "&" : "?") + "setup_intent=" + setUp.id;
    return new HttpResponse(303, HttpHeaders.none().with("location", where), new byte[0]);
  }

  private static HttpResponse html(int status, String text) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", "text/html; charset=utf-8"),
        ("<!doctype html><title>3D Secure</title>" + text).getBytes(StandardCharsets.UTF_8));
  }
}
