package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.withKey;

import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that believe what they sent, or whatever they are answered. */
final class MutantsOfRequests {
  private MutantsOfRequests() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "EchoesWhatWasAskedFor",
            "It shows the amount that it sent for the one that was booked.",
            MutantsOfRequests::echoing,
            "GW-SALE-09"),
        Mutant.of(
            "TakesAnyGoodStatusForSuccess",
            "It takes an answer that it can't read for a success.",
            tells(
                told ->
                    told instanceof Outcome.Unknown
                        ? new Outcome.Succeeded(Snapshot.empty())
                        : told),
            "GW-SALE-10"),
        Mutant.of(
            "PutsTheAmountIntoTheKey",
            "It makes its own key of the one that it is given and the amount.",
            charges(MutantsOfRequests::underItsOwnKey),
            "GW-IDEM-05"),
        Mutant.of(
            "MakesANewKeyAfterATimeOut",
            "It believes that a key whose answer was lost is used up.",
            MutantsOfRequests::afraidOfUsedKeys,
            "GW-IDEM-06"));
  }

  private static GatewayProvider echoing(GatewayProvider provider) {
    AtomicReference<String> asked = new AtomicReference<>("");
    UnaryOperator<GatewayProvider> change =
        wire(
            (whole, request, limit) -> {
              remember(asked, request);
              return echoed(whole.send(request, limit), asked.get());
            });
    return change.apply(provider);
  }

  private static void remember(AtomicReference<String> asked, HttpRequest request) {
    if (request.method().equals("POST") && request.uri().getPath().endsWith("/v1/charges")) {
      edited(request.body(), body -> asked.set(body.path("amount").asString("")));
    }
  }

  private static HttpResponse echoed(HttpResponse answer, String amount) {
    Consumer<ObjectNode> echo = object -> object.put("amount", amount);
    return edited(edited(answer, "charge", echo), "capture", echo);
  }

  private static Outcome underItsOwnKey(PaymentGateway whole, ChargeRequest request) {
    return whole.charge(
        new ChargeRequest(
            request.reference(),
            request.idempotencyKey() + "-" + request.amount().getAmountMinorLong(),
            request.amount(),
            request.capture(),
            request.method(),
            request.storeMethod(),
            request.initiator(),
            request.description(),
            request.returnUrl(),
            request.customer()));
  }

  private static GatewayProvider afraidOfUsedKeys(GatewayProvider provider) {
    AtomicInteger lost = new AtomicInteger();
    UnaryOperator<GatewayProvider> change =
        wire(
            (whole, request, limit) -> {
              try {
                return whole.send(
                    lost.get() == 0 ? request : withKey(request, key -> key + "-" + lost.get()),
                    limit);
              } catch (TransportException e) {
                lost.incrementAndGet();
                throw e;
              }
            });
    return change.apply(provider);
  }
}
