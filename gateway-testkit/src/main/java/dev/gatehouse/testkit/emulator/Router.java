package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An emulated provider's addresses: finds what handles a request by its method and path, and
 * counts. The first route that fits is taken. For use under the provider's lock.
 *
 * <p>What goes wrong is answered in the provider's own words, in one place: whatever typed error a
 * handler throws is handed to the function that the router was made with, and so is an address that
 * nothing is at ({@link #PATH}), a method that it has not ({@link #METHOD}), and a body that is not
 * what was wanted ({@link #BODY}). A {@link Refusal} has its answer already.
 */
public final class Router {
  /** The code of the problem: nothing is at this path. */
  public static final String PATH = "emulator.path";

  /** The code of the problem: there is something at this path, but not by this method. */
  public static final String METHOD = "emulator.method";

  /** The code of the problem: the body or the query is not what was wanted. */
  public static final String BODY = "emulator.body";

  private final Function<GatehouseException, HttpResponse> refusing;
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, Integer> requests = new HashMap<>();

  /** What answers at an address. */
  @FunctionalInterface
  public interface Handler {
    /** Answers one request. */
    HttpResponse handle(Call call);
  }

  private record Route(String method, String template, Handler handler) {
    /** What stands for the names in braces, if the path fits. */
    Optional<Map<String, String>> match(String path) {
      String[] wanted = template.split("/", -1);
      String[] given = path.split("/", -1);
      Map<String, String> names = new HashMap<>();
      boolean fits = wanted.length == given.length;
      for (int i = 0; fits && i < wanted.length; i++) {
        if (wanted[i].startsWith("{")) {
          names.put(wanted[i].substring(1, wanted[i].length() - 1), decoded(given[i]));
          fits = !given[i].isEmpty();
        } else {
          fits = wanted[i].equals(given[i]);
        }
      }
      return fits ? Optional.of(names) : Optional.empty();
    }
  }

  /** No routes yet; typed errors are answered by this function. */
  public Router(Function<GatehouseException, HttpResponse> refusing) {
    this.refusing = refusing;
  }

  /**
   * Adds an address.
   *
   * @param method such as {@code POST}
   * @param template such as {@code /payments/{id}/captures}
   */
  public Router on(String method, String template, Handler handler) {
    routes.add(new Route(method, template, handler));
    return this;
  }

  /** Answers one request; never throws for what a request holds. */
  public HttpResponse handle(HttpRequest request) {
    try {
      return find(request);
    } catch (Refusal e) {
      return e.answer();
    } catch (GatehouseException e) {
      return refusing.apply(e);
    }
  }

  private HttpResponse find(HttpRequest request) {
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(request.uri().getRawPath());
      known |= names.isPresent();
      if (names.isPresent() && route.method().equals(request.method())) {
        requests.merge(route.method() + " " + route.template(), 1, Integer::sum);
        return route.handler().handle(new Call(request, names.get()));
      }
    }
    if (known) {
      throw new InvalidInputException(
          new Problem("method", METHOD, "it can't be used here", "use another method"));
    }
    throw new NotFoundException(new Problem("path", PATH, "nothing is here", "look at the path"));
  }

  /** How many requests came to each address, by method and template. */
  public Map<String, Integer> requests() {
    return Map.copyOf(requests);
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }
}
