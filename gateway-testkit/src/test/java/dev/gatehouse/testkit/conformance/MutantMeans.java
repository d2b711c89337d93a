package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The ways in which mutants are made. */
final class MutantMeans {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MutantMeans() {}

  /** Opens a gateway. */
  @FunctionalInterface
  interface Opening {
    PaymentGateway open(
        GatewayProvider whole, GatewaySettings settings, GatewayEnvironment environment);
  }

  /** Sends a request over a transport. */
  @FunctionalInterface
  interface Wire {
    HttpResponse send(HttpTransport whole, HttpRequest request, Duration limit);
  }

  static UnaryOperator<GatewayProvider> opens(Opening how) {
    return whole ->
        new MutantProvider(whole) {
          @Override
          public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
            return how.open(behind, settings, environment);
          }
        };
  }

  static UnaryOperator<GatewayProvider> describes(UnaryOperator<GatewayDescription> how) {
    return whole ->
        new MutantProvider(whole) {
          @Override
          public GatewayDescription describe() {
            return how.apply(behind.describe());
          }
        };
  }

  static UnaryOperator<GatewayProvider> around(UnaryOperator<PaymentGateway> how) {
    return opens((whole, settings, environment) -> how.apply(whole.open(settings, environment)));
  }

  static UnaryOperator<GatewayProvider> charges(
      BiFunction<PaymentGateway, ChargeRequest, Outcome> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Outcome charge(ChargeRequest request) {
                return how.apply(behind, request);
              }
            });
  }

  /** What becomes of a charge is told in another way. */
  static UnaryOperator<GatewayProvider> tells(UnaryOperator<Outcome> how) {
    return charges((whole, request) -> how.apply(whole.charge(request)));
  }

  static UnaryOperator<GatewayProvider> captures(
      BiFunction<CapturesPayments, CaptureRequest, Outcome> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Outcome capture(CaptureRequest request) {
                return how.apply(behind(CapturesPayments.class), request);
              }
            });
  }

  static UnaryOperator<GatewayProvider> voids(BiFunction<VoidsPayments, VoidRequest, Outcome> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Outcome voidAuthorization(VoidRequest request) {
                return how.apply(behind(VoidsPayments.class), request);
              }
            });
  }

  static UnaryOperator<GatewayProvider> refunds(
      BiFunction<RefundsPayments, RefundRequest, Outcome> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Outcome refund(RefundRequest request) {
                return how.apply(behind(RefundsPayments.class), request);
              }
            });
  }

  static UnaryOperator<GatewayProvider> looksUp(BiFunction<PaymentGateway, Trace, Lookup> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Lookup lookup(Trace trace) {
                return how.apply(behind, trace);
              }
            });
  }

  static UnaryOperator<GatewayProvider> wire(Wire how) {
    return opens((whole, settings, environment) -> whole.open(settings, over(environment, how)));
  }

  /** The environment, with this on the way to the provider. */
  static GatewayEnvironment over(GatewayEnvironment environment, Wire how) {
    HttpTransport whole = environment.http();
    return environment.with(
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            return how.send(whole, request, limit);
          }

          @Override
          public void close() {
            whole.close();
          }
        });
  }

  /** The bodies of requests to paths that end so are written in another way. */
  static UnaryOperator<GatewayProvider> writes(String pathEnd, Consumer<ObjectNode> how) {
    return wire(
        (whole, request, limit) ->
            whole.send(
                request.method().equals("POST") && request.uri().getPath().endsWith(pathEnd)
                    ? with(request, edited(request.body(), how))
                    : request,
                limit));
  }

  /** Every object of this kind in the provider's answers is read in another way. */
  static UnaryOperator<GatewayProvider> reads(String object, Consumer<ObjectNode> how) {
    return wire((whole, request, limit) -> edited(whole.send(request, limit), object, how));
  }

  /** An answer with every object of this kind edited. */
  static HttpResponse edited(HttpResponse response, String object, Consumer<ObjectNode> how) {
    return isJson(response.body())
        ? new HttpResponse(
            response.status(),
            response.headers(),
            edited(response.body(), body -> objects(body, object).forEach(how)))
        : response;
  }

  static byte[] edited(byte[] body, Consumer<ObjectNode> how) {
    JsonNode tree = JSON.readTree(body);
    if (tree instanceof ObjectNode object) {
      how.accept(object);
    }
    return JSON.writeValueAsBytes(tree);
  }

  private static List<ObjectNode> objects(JsonNode tree, String object) {
    List<ObjectNode> found = new ArrayList<>();
    if (tree instanceof ObjectNode node && node.path("object").asString("").equals(object)) {
      found.add(node);
    }
    tree.forEach(child -> found.addAll(objects(child, object)));
    return found;
  }

  static boolean isJson(byte[] body) {
    try {
      return JSON.readTree(body).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  static HttpRequest with(HttpRequest request, byte[] body) {
    return new HttpRequest(request.method(), request.uri(), request.headers(), body);
  }

  /** The request, with another key. */
  static HttpRequest withKey(HttpRequest request, UnaryOperator<String> how) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : request.headers().fields()) {
      boolean isKey = field.name().equalsIgnoreCase("idempotency-key");
      headers = headers.with(field.name(), isKey ? how.apply(field.value()) : field.value());
    }
    return new HttpRequest(request.method(), request.uri(), headers, request.body());
  }

  static Failure nothing() {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "mutant", "nobody knows");
  }

  interface Change {
    Attempt of(Attempt attempt);
  }

  /** A snapshot with other attempts and, unless it is blank, another reference. */
  static Snapshot changed(Snapshot seen, String reference, Change change) {
    PaymentFacts facts = seen.facts();
    Snapshot.Builder other = Snapshot.builder();
    facts.attempts().forEach((id, attempt) -> other.attempt(id, change.of(attempt)));
    facts.movements().forEach(other::movement);
    facts.authorizations().forEach(other::authorization);
    if (!reference.isBlank()) {
      other.reference(reference);
    }
    return other.build();
  }

  static ChargeRequest with(ChargeRequest request, PaymentMethod method) {
    return new ChargeRequest(
        request.reference(),
        request.idempotencyKey(),
        request.amount(),
        request.capture(),
        method,
        request.storeMethod(),
        request.initiator(),
        request.description(),
        request.returnUrl(),
        request.customer());
  }

  static ChargeRequest under(ChargeRequest request, String key) {
    return new ChargeRequest(
        request.reference(),
        key,
        request.amount(),
        request.capture(),
        request.method(),
        request.storeMethod(),
        request.initiator(),
        request.description(),
        request.returnUrl(),
        request.customer());
  }
}
