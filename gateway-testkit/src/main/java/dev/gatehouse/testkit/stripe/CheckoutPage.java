package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a Checkout Session, with a button for each way to pay. Whatever the merchant wrote is
 * shown as text.
 */
final class CheckoutPage {
  private static final Pattern PATH = Pattern.compile("/c/pay/(cs_[a-z]+_[0-9]+)");

  private final Desk desk;
  private final Sessions sessions;

  CheckoutPage(Desk desk, Sessions sessions) {
    this.desk = desk;
    this.sessions = sessions;
  }

  /** The page, or what a button of it does; empty if this is no request of a customer's browser. */
  Optional<HttpResponse> handle(HttpRequest request) {
    Matcher parts = PATH.matcher(request.uri().getPath());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Session session = desk.session(parts.group(1));
      if (request.method().equals("POST") && session.isOpen()) {
        press(session, new String(request.body(), StandardCharsets.UTF_8));
      }
      return Optional.of(shown(session));
    } catch (ApiError e) {
      return Optional.of(html(410, "<p>This page is no longer needed.</p>"));
    }
  }

  private void press(Session session, String button) {
    if (button.equals("pay=debit")) {
      sessions.debit(session);
    } else {
      String wanted = button.startsWith("pay=") ? button.substring(4) : "";
      StripeToken.of(wanted).ifPresent(token -> sessions.pay(session, token));
    }
  }

  private static HttpResponse shown(Session session) {
    Intent intent = session.intent;
    if (session.status.equals("complete")) {
      return to(session.successUrl);
    }
    if (!session.isOpen()) {
      return html(410, "<p>This page has expired.</p>");
    }
    if (intent != null && intent.is("requires_action")) {
      return to(intent.actionUrl());
    }
    boolean failed = intent != null && intent.lastError != null;
    return html(200, (failed ? "<p>Your card was declined.</p>" : "") + form(session));
  }

  private static String form(Session session) {
    StringBuilder page = new StringBuilder();
    page.append("<h1>").append(escaped(session.name)).append("</h1><p>");
    page.append(Amounts.money(session.amount, session.currency)).append("</p><form method=post>");
    for (StripeToken token : StripeToken.values()) {
      page.append(button(token.id(), token.id()));
    }
    page.append(button("debit", "Bank debit")).append("</form>");
    if (session.cancelUrl != null) {
      page.append("<a href=\"").append(escaped(session.cancelUrl)).append("\">Back</a>");
    }
    return page.toString();
  }

  private static String button(String value, String label) {
    return "<button name=pay value=\"" + value + "\">" + label + "</button>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static HttpResponse to(String where) {
    return new HttpResponse(303, HttpHeaders.none().with("location", where), new byte[0]);
  }

  private static HttpResponse html(int status, String body) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", "text/html; charset=utf-8"),
        ("<!doctype html><meta charset=utf-8><title>Checkout</title>" + body)
            .getBytes(StandardCharsets.UTF_8));
  }
}
