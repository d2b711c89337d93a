package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** What the customer must do before the attempt can go on. */
public sealed interface CustomerAction {

  /**
   * Send the browser to a page of the provider or the bank.
   *
   * @param url an absolute https address (http on loopback only)
   * @param method {@code GET} or {@code POST}
   * @param fields the form fields to post; empty for {@code GET}
   */
  record Redirect(URI url, String method, Map<String, String> fields) implements CustomerAction {
    /** Copies the fields; refuses missing parts. */
    public Redirect {
      required("url", url);
      required("method", method);
      fields = Map.copyOf(required("fields", fields));
    }

    /** A plain redirect by {@code GET}. */
    public static Redirect to(URI url) {
      return new Redirect(url, "GET", Map.of());
    }

    @Override
    public String toString() {
      return "Redirect[" + method + " " + url.getScheme() + "://" + url.getAuthority() + "/…]";
    }
  }

  /**
   * Hand a token to the provider's script in the browser.
   *
   * @param token for this customer's browser only; never logged
   */
  record ClientToken(String token) implements CustomerAction {
    /** Refuses a missing token. */
    public ClientToken {
      required("token", token);
    }

    @Override
    public String toString() {
      return "ClientToken[redacted]";
    }
  }

  /**
   * Show instructions, such as the account to transfer money to.
   *
   * @param lines what to show, in order
   */
  record Instructions(List<String> lines) implements CustomerAction {
    /** Copies the lines; refuses missing ones. */
    public Instructions {
      required("lines", lines).forEach(line -> required("line", line));
      lines = List.copyOf(lines);
    }
  }
}
