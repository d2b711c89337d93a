package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.validation.HttpsUrl;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What the customer must do before the attempt can go on. */
public sealed interface CustomerAction {

  /**
   * Send the browser to a page of the provider or the bank. Always a web page: a gateway whose
   * provider opens an app hands out the page that does so, for a browser that is sent to any other
   * scheme can be made to run a script or to open anything at all.
   *
   * @param url an absolute https address (http on loopback only), without user information, at most
   *     8,192 characters long
   * @param method {@code GET} or {@code POST}
   * @param fields the form fields to post; empty for {@code GET}
   */
  record Redirect(URI url, String method, Map<String, String> fields) implements CustomerAction {
    private static final int LONGEST_URL = 8_192;

    /**
     * Copies the fields; refuses missing parts and other addresses. If it happens within a call of
     * a gateway, the gateway has given no answer: the outcome is unknown, and is looked up.
     */
    public Redirect {
      required("url", url);
      required("method", method);
      fields = Map.copyOf(required("fields", fields));
      if (url.toString().length() > LONGEST_URL || !HttpsUrl.OfUri.isHttps(url)) {
        throw new InvalidInputException(
            new Problem(
                "url",
                "https-url",
                "is not a secure web address",
                "use an absolute https address without a user name, at most "
                    + LONGEST_URL
                    + " characters long"));
      }
      if (!method.equals("POST") && !(method.equals("GET") && fields.isEmpty())) {
        throw new InvalidInputException(
            new Problem(
                "method",
                "redirect.method",
                "is neither POST nor a GET without fields",
                "use GET without form fields, or POST"));
      }
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
