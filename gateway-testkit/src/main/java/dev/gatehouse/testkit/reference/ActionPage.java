package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.ChargeStatus;
import java.nio.charset.StandardCharsets;

/** The provider's page on which customers approve or reject. Needs no key: customers have none. */
final class ActionPage {
  private final Books books;
  private final Charges charges;

  ActionPage(Books books, Charges charges) {
    this.books = books;
    this.charges = charges;
  }

  HttpResponse handle(HttpRequest request, String actionId) {
    try {
      Charge charge = charge(actionId);
      return switch (request.method()) {
        case "GET" -> html(200, form(charge));
        case "POST" -> decide(charge, new String(request.body(), StandardCharsets.UTF_8));
        default -> html(405, "<p>Use the buttons.</p>");
      };
    } catch (ApiError e) {
      return html(409, "<p>This payment does not wait for you.</p>");
    }
  }

  private Charge charge(String actionId) {
    for (Charge charge : books.charges()) {
      if (charge.action != null
          && charge.action.id.equals(actionId)
          && charge.status == ChargeStatus.REQUIRES_ACTION) {
        return charge;
      }
    }
    throw ApiError.notFound("action");
  }

  private HttpResponse decide(Charge charge, String form) {
    switch (form) {
      case "decision=approve" -> charges.approve(charge);
      case "decision=reject" -> charges.reject(charge);
      case "decision=abandon" -> charges.abandon(charge);
      default -> throw ApiError.invalid("decision", "approve, reject or abandon is wanted.");
    }
    if (charge.status == ChargeStatus.REQUIRES_ACTION && !form.equals("decision=abandon")) {
      return html(200, form(charge));
    }
    if (charge.order.returnUrl() == null) {
      return html(200, "<p>Thank you. You may close this page.</p>");
    }
    HttpHeaders back =
        HttpHeaders.none().with("location", charge.order.returnUrl().toASCIIString());
    return new HttpResponse(303, back, new byte[0]);
  }

  private static String form(Charge charge) {
    String id = charge.action == null ? "" : charge.action.id;
    return "<h1>Approve a payment</h1><p>"
        + charge.amount()
        + "</p><form method=\"post\" action=\"/actions/"
        + id
        + "\">"
        + button("approve", "Approve")
        + button("reject", "Reject")
        + button("abandon", "Leave")
        + "</form>";
  }

  private static String button(String decision, String label) {
    return "<button name=\"decision\" value=\"" + decision + "\">" + label + "</button> ";
  }

  private static HttpResponse html(int status, String body) {
    String page =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
            + "<title>Reference provider</title><body>"
            + body
            + "</body></html>";
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "text/html; charset=utf-8")
            .with("content-security-policy", "default-src 'none'");
    return new HttpResponse(status, headers, page.getBytes(StandardCharsets.UTF_8));
  }
}
