package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An emulated provider's page, on which a person approves a payment, refuses it or goes away, in a
 * browser; then the browser is sent back to the shop. Needs no key: customers have none. Whatever
 * it shows is shown as text, and the page can run and load nothing.
 */
public final class HostedPage {
  private final String title;
  private final Customers customers;

  /** What customers see and do. Errors mean that the payment does not wait for the customer. */
  public interface Customers {
    /** What is shown of a payment that waits, line by line. */
    List<String> shown(String id) throws GatehouseException;

    /** The customer approves. */
    void approve(String id) throws GatehouseException;

    /** The customer refuses. */
    void reject(String id) throws GatehouseException;

    /** The customer goes away. */
    void leave(String id) throws GatehouseException;

    /** Where the browser goes then: back to the shop, to another page here, or nowhere. */
    Optional<URI> returnTo(String id);
  }

  /** A page under this title. */
  public HostedPage(String title, Customers customers) {
    this.title = title;
    this.customers = customers;
  }

  /**
   * Puts the page at an address.
   *
   * @param template has one name in braces, {@code {id}}: that of what the customer has to do
   */
  public void on(Router router, String template) {
    router.on("GET", template, call -> show(call.path("id")));
    router.on("POST", template, this::decide);
  }

  /** The page, for a payment that waits for the customer. */
  public HttpResponse show(String id) {
    try {
      StringBuilder lines = new StringBuilder();
      customers.shown(id).forEach(line -> lines.append("<p>").append(escaped(line)).append("</p>"));
      return page(200, lines + form());
    } catch (GatehouseException e) {
      return over();
    }
  }

  private HttpResponse decide(Call call) {
    String id = call.path("id");
    try {
      switch (new String(call.request().body(), StandardCharsets.UTF_8)) {
        case "decision=approve" -> customers.approve(id);
        case "decision=reject" -> customers.reject(id);
        case "decision=leave" -> customers.leave(id);
        default -> {
          return page(400, "<p>Use the buttons.</p>");
        }
      }
      return back(id);
    } catch (GatehouseException e) {
      return over();
    }
  }

  private HttpResponse back(String id) {
    return customers
        .returnTo(id)
        .map(Answers::seeOther)
        .orElseGet(() -> page(200, "<p>Thank you. You may close this page.</p>"));
  }

  private HttpResponse over() {
    return page(409, "<p>This payment does not wait for you.</p>");
  }

  /** The form goes to the address that it came from, whatever that is. */
  private static String form() {
    return "<form method=\"post\">"
        + button("approve", "Approve")
        + button("reject", "Refuse")
        + button("leave", "Leave")
        + "</form>";
  }

  private static String button(String decision, String label) {
    return "<button name=\"decision\" value=\"" + decision + "\">" + label + "</button> ";
  }

  private HttpResponse page(int status, String body) {
    String shown = escaped(title);
    return Answers.html(
        status,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>"
            + shown
            + "</title><body><h1>"
            + shown
            + "</h1>"
            + body
            + "</body></html>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
