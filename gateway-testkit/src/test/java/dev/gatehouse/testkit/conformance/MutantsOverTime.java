package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Gateways that keep too much, tell too much, or take every day and place for this one. */
final class MutantsOverTime {
  private static final System.Logger LOG = System.getLogger(MutantsOverTime.class.getName());

  private MutantsOverTime() {}

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    all.addAll(secrets());
    all.addAll(shared());
    all.addAll(kept());
    all.addAll(elsewhere());
    return all;
  }

  private static List<Mutant> secrets() {
    return List.of(
        Mutant.of(
            "LogsTheSecret",
            "For debugging, it logs what it signs in with.",
            opens(
                (whole, settings, environment) -> {
                  LOG.log(System.Logger.Level.TRACE, "signing in with {0}", key(settings));
                  return whole.open(settings, environment);
                }),
            "GW-SECR-03"),
        Mutant.of(
            "LogsTheHeaders",
            "It prints the headers of what it sends, with the key in Base64.",
            opens(
                (whole, settings, environment) ->
                    whole.open(
                        settings,
                        MutantMeans.over(
                            environment,
                            (http, request, limit) -> {
                              System.err.println("authorization: Basic " + basic(settings));
                              return http.send(request, limit);
                            }))),
            "GW-SECR-03"),
        Mutant.of(
            "KeepsTheSecretInTheCause",
            "It wraps the exception of its parser, which quotes all settings.",
            opens(
                (whole, settings, environment) -> {
                  try {
                    return whole.open(settings, environment);
                  } catch (ConfigurationException e) {
                    ConfigurationException wrapped =
                        new ConfigurationException(
                            new Problem("settings", "wrong", "they are wrong", "set others"));
                    wrapped.addSuppressed(new IllegalArgumentException("in " + texts(settings)));
                    throw wrapped;
                  }
                }),
            "GW-SECR-04"));
  }

  private static String key(GatewaySettings settings) {
    return settings.text(ReferenceGatewayProvider.SECRET_KEY).orElse("");
  }

  private static String basic(GatewaySettings settings) {
    return Base64.getEncoder()
        .encodeToString(("key:" + key(settings)).getBytes(StandardCharsets.UTF_8));
  }

  private static String texts(GatewaySettings settings) {
    return key(settings) + settings.text(ReferenceGatewayProvider.WEBHOOK_SECRET).orElse("");
  }

  private static List<Mutant> shared() {
    return List.of(
        Mutant.of(
            "FetchesATokenEach",
            "Whoever finds no token fetches one, though another is about to.",
            opens(MutantsOverTime::withToken),
            "GW-CONC-04"),
        Mutant.of(
            "ForgetsWhoStartsACharge",
            "It says of every charge that the customer started it.",
            writes("/charges", body -> body.put("initiator", "customer")),
            "GW-STORE-06"),
        Mutant.of(
            "ForgetsThatACardExpired",
            "It knows no more of a decline than that it is one.",
            tells(
                told ->
                    told instanceof Outcome.Declined declined
                        ? new Outcome.Declined(
                            declined.snapshot(), Decline.of(DeclineCode.GENERIC_DECLINE))
                        : told),
            "GW-STORE-07"));
  }

  private static PaymentGateway withToken(
      GatewayProvider whole, GatewaySettings settings, GatewayEnvironment environment) {
    AtomicBoolean signedIn = new AtomicBoolean();
    URI token = URI.create(settings.required(ReferenceGatewayProvider.BASE_URL) + "/v1/token");
    return whole.open(
        settings,
        MutantMeans.over(
            environment,
            (http, request, limit) -> {
              if (!signedIn.get()) {
                http.send(new HttpRequest("GET", token, HttpHeaders.none(), new byte[0]), limit);
                signedIn.set(true);
              }
              return http.send(request, limit);
            }));
  }

  private static List<Mutant> kept() {
    List<Object> instances = Collections.synchronizedList(new ArrayList<>());
    return List.of(
        Mutant.of(
            "KeepsEveryInstance",
            "It keeps a list of what was opened.",
            around(
                whole -> {
                  PaymentGateway gateway = new MutantGateway(whole);
                  instances.add(gateway);
                  return gateway;
                }),
            "GW-RSRC-04"),
        Mutant.of(
            "LeavesASocketOpen",
            "It opens a socket, and does not close it.",
            provider -> {
              List<ServerSocket> left = Collections.synchronizedList(new ArrayList<>());
              return around(
                      whole -> {
                        left.add(socket());
                        return whole;
                      })
                  .apply(provider);
            },
            "GW-RSRC-05"),
        Mutant.of(
            "KeepsAPageOfEachCall",
            "It keeps the buffer of every call that it has made.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      private final List<byte[]> buffers = new ArrayList<>();

                      @Override
                      public Lookup lookup(Trace trace) {
                        buffers.add(new byte[4096]);
                        return super.lookup(trace);
                      }
                    }),
            "GW-RSRC-06"));
  }

  private static ServerSocket socket() {
    try {
      return new ServerSocket(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Mutant> elsewhere() {
    return List.of(
        Mutant.of(
            "RefusesUnknownFields",
            "Its parser refuses what it has no field for.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  return answer.bodyAsUtf8().contains("unheard_of")
                      ? new HttpResponse(answer.status(), answer.headers(), new byte[0])
                      : answer;
                }),
            "GW-LOCALE-04"),
        Mutant.of(
            "WritesLocalTime",
            "It writes the time in the server's own zone.",
            opens(
                (whole, settings, environment) ->
                    describing(
                        whole.open(settings, environment),
                        () ->
                            LocalDateTime.ofInstant(
                                    environment.clock().instant(), ZoneId.systemDefault())
                                .toString())),
            "GW-LOCALE-05"),
        Mutant.of(
            "AddsAYearByHand",
            "It adds one to the year, and leaves month and day as they are.",
            opens(
                (whole, settings, environment) ->
                    describing(
                        whole.open(settings, environment),
                        () -> {
                          LocalDate today =
                              LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC);
                          return "until "
                              + LocalDate.of(
                                  today.getYear() + 1, today.getMonth(), today.getDayOfMonth());
                        })),
            "GW-LOCALE-05"),
        Mutant.of(
            "ListsUpToNow",
            "It looks for charges from when it sent to now, by its own clock.",
            opens(
                (whole, settings, environment) ->
                    whole.open(
                        settings,
                        MutantMeans.over(
                            environment,
                            (http, request, limit) ->
                                http.send(upToNow(request, environment), limit)))),
            "GW-LOCALE-06"));
  }

  private static HttpRequest upToNow(HttpRequest request, GatewayEnvironment environment) {
    String uri = request.uri().toString();
    return uri.contains("created_from=")
        ? new HttpRequest(
            request.method(),
            URI.create(
                uri + "&created_to=" + environment.clock().instant().minus(Duration.ofSeconds(5))),
            request.headers(),
            request.body())
        : request;
  }

  private static PaymentGateway describing(PaymentGateway whole, Supplier<String> words) {
    return new MutantGateway(whole) {
      @Override
      public Outcome charge(ChargeRequest request) {
        return super.charge(request.describedAs(words.get()));
      }
    };
  }
}
