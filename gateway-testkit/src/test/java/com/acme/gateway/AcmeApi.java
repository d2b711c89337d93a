package com.acme.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.SecretValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Sends requests to Acme, and says what each answer proves. Thread-safe. */
final class AcmeApi {
  private final String baseUrl;
  private final SecretValue key;
  private final GatewayEnvironment environment;

  AcmeApi(URI baseUrl, SecretValue key, GatewayEnvironment environment) {
    // With its path, such as /v1: resolving a path against an address drops that.
    this.baseUrl = baseUrl.toString().replaceFirst("/+$", "");
    this.key = key;
    this.environment = environment;
  }

  /** What became of a request that can move money. */
  Outcome post(String path, Map<String, String> form, Function<AcmePayment, Outcome> seen) {
    try {
      HttpResponse response = send("POST", path, Forms.write(form), deadline());
      if (response.status() == 200) {
        return seen.apply(AcmePayment.read(response.bodyAsUtf8()));
      }
      return isCertainRefusal(response)
          ? new Outcome.NotSent(failure(response))
          : new Outcome.Unknown(failure(response));
    } catch (TransportException.NotSent e) {
      return new Outcome.NotSent(failure(e));
    } catch (TransportException.Unknown e) {
      return new Outcome.Unknown(failure(e));
    } catch (AcmePayment.Unreadable e) {
      return new Outcome.Unknown(unreadable());
    }
  }

  /** Acme's own refusals come before any effect; a page of some proxy on the way proves nothing. */
  private static boolean isCertainRefusal(HttpResponse response) {
    boolean acmesOwn = response.bodyAsUtf8().startsWith("error=");
    return acmesOwn && response.status() >= 400 && response.status() < 500;
  }

  static Failure failure(HttpResponse response) {
    ErrorCategory category =
        switch (response.status()) {
          case 401, 403 -> ErrorCategory.AUTHENTICATION;
          case 429 -> ErrorCategory.RATE_LIMITED;
          default ->
              isCertainRefusal(response) ? ErrorCategory.VALIDATION : ErrorCategory.UNKNOWN_OUTCOME;
        };
    return Failure.of(category, "http." + response.status(), "Acme did not answer with a payment");
  }

  /** When the call that begins now must be over, with however many requests. */
  Deadline deadline() {
    return environment.deadline();
  }

  /** Asks about a payment; throws {@link TransportException} if there is no answer. */
  HttpResponse get(String path, Deadline deadline) {
    return send("GET", path, "", deadline);
  }

  static Failure failure(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), e.problems().get(0).message());
  }

  static Failure unreadable() {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "acme.unreadable", "no readable answer");
  }

  private HttpResponse send(String method, String path, String body, Deadline deadline) {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("authorization", "Bearer " + key.reveal())
            .with("content-type", "application/x-www-form-urlencoded");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request = new HttpRequest(method, URI.create(baseUrl + path), headers, bytes);
    return environment.http().send(request, deadline);
  }
}
