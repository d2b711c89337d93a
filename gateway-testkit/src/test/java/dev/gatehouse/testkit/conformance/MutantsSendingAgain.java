package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.describes;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.over;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.withKey;
import static dev.gatehouse.testkit.conformance.MutantsInDoubt.bytes;
import static dev.gatehouse.testkit.conformance.MutantsInDoubt.declined;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Gateways that send again in a wrong way. */
final class MutantsSendingAgain {
  private MutantsSendingAgain() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "ChargesTwiceOnRetry",
            "It makes up a new key whenever it sends.",
            whole -> makingKeysUp(whole, "/charges"),
            "GW-IDEM-01",
            "GW-IDEM-02",
            "GW-IDEM-03"),
        Mutant.of(
            "CapturesUnderANewKey",
            "It makes up a new key whenever it captures.",
            whole -> makingKeysUp(whole, "/captures"),
            "GW-IDEM-03",
            "GW-AUTH-07"),
        Mutant.of(
            "ReleasesUnderANewKey",
            "It makes up a new key whenever it voids.",
            whole -> makingKeysUp(whole, "/void"),
            "GW-IDEM-03",
            "GW-AUTH-08"),
        Mutant.of(
            "RefundsUnderANewKey",
            "It makes up a new key whenever it refunds.",
            whole -> makingKeysUp(whole, "/refunds"),
            "GW-IDEM-03",
            "GW-REFUND-06"),
        Mutant.of(
            "RemembersOnlyWhileItRuns",
            "Its keys are those of its instance.",
            MutantsSendingAgain::keysOfItsInstance,
            "GW-IDEM-02"),
        Mutant.of(
            "PromisesKeysForAYear",
            "It declares that its provider keeps keys for longer than it does.",
            describes(
                whole ->
                    whole.toBuilder()
                        .recovers(OperationKind.CHARGE, Recovery.byReplay(Duration.ofDays(365)))
                        .build()),
            "GW-IDEM-02"),
        Mutant.of(
            "SaysThatItWasChargedBefore",
            "It declines what was charged under the same key.",
            MutantsSendingAgain::decliningRepeats,
            "GW-IDEM-01"),
        Mutant.of(
            "SendsAStepWithoutAKey",
            "Before a charge it saves the customer, without a key.",
            wire(MutantsSendingAgain::savingTheCustomer),
            "GW-IDEM-03"),
        Mutant.of(
            "RetriesByItself",
            "It sends again what was not answered well.",
            wire(MutantsSendingAgain::retrying),
            "GW-IDEM-04"));
  }

  private static GatewayProvider makingKeysUp(GatewayProvider provider, String pathEnd) {
    AtomicInteger sent = new AtomicInteger();
    return wire((whole, request, limit) ->
            whole.send(
                request.uri().getPath().endsWith(pathEnd)
                    ? withKey(request, key -> key + "-" + sent.incrementAndGet())
                    : request,
                limit))
        .apply(provider);
  }

  private static GatewayProvider keysOfItsInstance(GatewayProvider provider) {
    AtomicInteger instances = new AtomicInteger();
    return opens(
            (whole, settings, environment) -> {
              int instance = instances.incrementAndGet();
              return whole.open(
                  settings,
                  over(
                      environment,
                      (wire, request, limit) ->
                          wire.send(withKey(request, key -> key + "-" + instance), limit)));
            })
        .apply(provider);
  }

  private static GatewayProvider decliningRepeats(GatewayProvider provider) {
    Set<String> keys = new HashSet<>();
    return MutantMeans.charges(
            (whole, request) ->
                keys.add(request.idempotencyKey()) ? whole.charge(request) : declined())
        .apply(provider);
  }

  private static HttpResponse savingTheCustomer(
      HttpTransport whole, HttpRequest request, Duration limit) {
    if (request.uri().getPath().equals("/v1/charges") && request.method().equals("POST")) {
      URI customers = request.uri().resolve("/v1/customers");
      whole.send(new HttpRequest("POST", customers, HttpHeaders.none(), bytes("{}")), limit);
    }
    return whole.send(request, limit);
  }

  private static HttpResponse retrying(HttpTransport whole, HttpRequest request, Duration limit) {
    try {
      HttpResponse response = whole.send(request, limit);
      return response.status() < 500 ? response : whole.send(request, limit);
    } catch (TransportException e) {
      return whole.send(request, limit);
    }
  }
}
