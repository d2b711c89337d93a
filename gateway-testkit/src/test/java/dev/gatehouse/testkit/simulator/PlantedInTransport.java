package dev.gatehouse.testkit.simulator;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Bugs that a door to the network, or a gateway that used it wrongly, could have. */
final class PlantedInTransport {
  private static final String KEY = "idempotency-key";

  private PlantedInTransport() {}

  /** Every retry of an operation gets a key of its own. */
  static final class NewKeyForEachRetry extends TransportAround {
    private final String of;
    private final Map<String, Integer> sends = new HashMap<>();

    NewKeyForEachRetry(HttpTransport behind) {
      this(behind, "");
    }

    private NewKeyForEachRetry(HttpTransport behind, String of) {
      super(behind);
      this.of = of;
    }

    static NewKeyForEachRetry ofCharges(HttpTransport behind) {
      return new NewKeyForEachRetry(behind, ".charge.");
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      int send =
          request
              .headers()
              .first(KEY)
              .filter(key -> key.contains(of))
              .map(key -> sends.merge(key, 1, Integer::sum))
              .orElse(1);
      return behind.send(send == 1 ? request : renamed(request, "-" + send), limit);
    }
  }

  /** Takes a response that never came for a request that never left. */
  static final class LostResponseIsNotSent extends TransportAround {
    LostResponseIsNotSent(HttpTransport behind) {
      super(behind);
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      try {
        return behind.send(request, limit);
      } catch (TransportException.Unknown e) {
        throw new TransportException.NotSent(request, "http.timeout", "no answer", e);
      }
    }
  }

  /** Resends by itself when no answer comes, as some HTTP clients do, under a key of its own. */
  static final class ResendsByItself extends TransportAround {
    ResendsByItself(HttpTransport behind) {
      super(behind);
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      try {
        return behind.send(request, limit);
      } catch (TransportException.Unknown e) {
        return behind.send(renamed(request, "-resent"), limit);
      }
    }
  }

  /** Tells in its errors what it tried to send. */
  static final class TellsSecrets extends TransportAround {
    TellsSecrets(HttpTransport behind) {
      super(behind);
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      try {
        return behind.send(request, limit);
      } catch (TransportException.Unknown e) {
        String key = request.headers().first("authorization").orElse("");
        throw new TransportException.Unknown(request, "http.timeout", "no answer with " + key);
      }
    }
  }

  private static HttpRequest renamed(HttpRequest request, String suffix) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : request.headers().fields()) {
      String value = field.name().equals(KEY) ? field.value() + suffix : field.value();
      headers = headers.with(field.name(), value);
    }
    return new HttpRequest(request.method(), request.uri(), headers, request.body());
  }
}
