package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.describes;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.withKey;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Gateways that are set up in a wrong way, or shorten what they are given. */
final class MutantsOfSetup {
  private static final String CHARGES = "/v1/charges";

  private MutantsOfSetup() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "StartsAThreadToBeReady",
            "It starts a thread when it is described.",
            describes(MutantsOfSetup::starting),
            "GW-DISC-06"),
        Mutant.of(
            "LoadsByTheContext",
            "It looks for its files through the thread's context class loader.",
            charges(MutantsOfSetup::loading),
            "GW-DISC-07"),
        Mutant.of(
            "SaysGoodbye",
            "It logs out at the provider when it is closed.",
            opens(MutantsOfSetup::leaving),
            "GW-CONF-04"),
        Mutant.of(
            "StopsAtTheFirstProblem",
            "It tells one problem of its settings at a time.",
            opens(MutantsOfSetup::tellingOne),
            "GW-CONF-06"),
        Mutant.of(
            "TakesTestKeysForLive",
            "It does not look at the mode.",
            opens((whole, settings, here) -> whole.open(settings, in(Mode.TEST, here))),
            "GW-CONF-07"),
        Mutant.of(
            "GoesByTheKeyAlone",
            "It is in the mode of its key, whatever it is told.",
            opens(MutantsOfSetup::byKey),
            "GW-CONF-07",
            "GW-CONF-08"),
        Mutant.of(
            "TakesABadKeyForADecline",
            "It takes 401 for the bank's no.",
            tells(MutantsOfSetup::declinedForTheKey),
            "GW-CONF-09"),
        Mutant.of(
            "ResolvesAgainstTheAddress",
            "Its paths begin with a slash, and are resolved against the address.",
            wire((whole, request, limit) -> whole.send(resolved(request), limit)),
            "GW-CONF-10"),
        Mutant.of(
            "LooksAtItsAccountFirst",
            "It asks the provider for its account before anybody has asked it anything.",
            opens(MutantsOfDiscovery::connecting),
            "GW-VALID-01"),
        Mutant.of(
            "DeclaresMoreWordsThanAreTaken",
            "It declares a longer description than its provider takes.",
            describes(whole -> whole.toBuilder().descriptionLimit(1000).build()),
            "GW-VALID-02"),
        Mutant.of(
            "CutsTheReference",
            "It sends forty characters of the reference.",
            writes(
                CHARGES, body -> body.put("reference", cut(body.path("reference").asString("")))),
            "GW-VALID-03"),
        Mutant.of(
            "CutsTheKey",
            "It sends forty characters of the key.",
            wire(
                (whole, request, limit) ->
                    whole.send(withKey(request, MutantsOfSetup::cut), limit)),
            "GW-VALID-04"));
  }

  private static HttpRequest resolved(HttpRequest request) {
    String whole = request.uri().toString();
    URI at = request.uri().resolve(whole.substring(whole.indexOf("/v1/")));
    return new HttpRequest(request.method(), at, request.headers(), request.body());
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(40, text.length()));
  }

  /** The thread ends by itself, as nobody else would end it. */
  private static GatewayDescription starting(GatewayDescription whole) {
    CountDownLatch never = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                never.await(1, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "ready");
    thread.setDaemon(true);
    thread.start();
    return whole;
  }

  private static Outcome loading(PaymentGateway whole, ChargeRequest request) {
    Thread.currentThread().getContextClassLoader().getResource("words.properties");
    return whole.charge(request);
  }

  private static PaymentGateway leaving(
      GatewayProvider whole, GatewaySettings settings, GatewayEnvironment here) {
    URI logout = URI.create(settings.required(ReferenceGatewayProvider.BASE_URL) + "/v1/logout");
    return new MutantGateway(whole.open(settings, here)) {
      @Override
      public void close() {
        HttpRequest request = new HttpRequest("GET", logout, HttpHeaders.none(), new byte[0]);
        try {
          here.http().send(request, Duration.ofSeconds(1));
        } catch (TransportException e) {
          // Nobody is there any more.
        }
        behind.close();
      }
    };
  }

  private static PaymentGateway tellingOne(
      GatewayProvider whole, GatewaySettings settings, GatewayEnvironment here) {
    try {
      return whole.open(settings, here);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.problems().get(0));
    }
  }

  private static GatewayEnvironment in(Mode mode, GatewayEnvironment here) {
    return new GatewayEnvironment(
        here.instance(), mode, here.http(), here.clock(), here.timeLimit());
  }

  private static PaymentGateway byKey(
      GatewayProvider whole, GatewaySettings settings, GatewayEnvironment here) {
    boolean live =
        settings.text(ReferenceGatewayProvider.SECRET_KEY).orElse("").startsWith("sk_live_");
    return whole.open(settings, in(live ? Mode.LIVE : Mode.TEST, here));
  }

  private static Outcome declinedForTheKey(Outcome told) {
    return told instanceof Outcome.NotSent notSent
            && notSent.failure().category() == ErrorCategory.AUTHENTICATION
        ? new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.GENERIC_DECLINE))
        : told;
  }
}
