package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.looksUp;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Gateways that lose time, interrupts, or the second page. */
final class MutantsInRecovery {
  private MutantsInRecovery() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "DoubtsAMissingName",
            "It takes only a refused connection for a proof that nothing was sent.",
            wire(
                (whole, request, limit) -> {
                  try {
                    return whole.send(request, limit);
                  } catch (TransportException.NotSent e) {
                    if (e.getCause() instanceof UnknownHostException) {
                      throw new TransportException.Unknown(request, "http.connect", "no answer");
                    }
                    throw e;
                  }
                }),
            "GW-DOUBT-15"),
        Mutant.of(
            "GivesEachRequestTheWholeTime",
            "Each request of a call may take as long as all of them.",
            opens(
                (whole, settings, environment) ->
                    whole.open(
                        settings,
                        MutantMeans.over(
                            environment,
                            (http, request, limit) ->
                                http.send(request, environment.timeLimit())))),
            "GW-DOUBT-16"),
        Mutant.of(
            "TakesTimeOfItsOwn",
            "It waits for twice the limit that it was given.",
            wire((whole, request, limit) -> whole.send(request, limit.multipliedBy(2))),
            "GW-DOUBT-16"),
        Mutant.of(
            "SwallowsAnInterrupt",
            "It clears the thread's flag when a call was interrupted.",
            charges(
                (whole, request) -> {
                  Outcome outcome = whole.charge(request);
                  Thread.interrupted();
                  return outcome;
                }),
            "GW-DOUBT-17"),
        Mutant.of(
            "TakesAnInterruptForNotSent",
            "It takes the end of its waiting for a proof that nothing was sent.",
            charges(
                (whole, request) -> {
                  Outcome outcome = whole.charge(request);
                  return Thread.currentThread().isInterrupted()
                      ? new Outcome.NotSent(failure(ErrorCategory.NOT_SENT, "interrupted"))
                      : outcome;
                }),
            "GW-DOUBT-17"),
        Mutant.of(
            "WantsAReference",
            "Its lookup can't find what it has no reference of.",
            looksUp(
                (whole, trace) ->
                    trace.reference().isEmpty()
                        ? new Lookup.CannotTell(failure(ErrorCategory.VALIDATION, "no reference"))
                        : whole.lookup(trace)),
            "GW-DOUBT-18"),
        Mutant.of(
            "SettlesAtOnce",
            "It is sure that nothing is there as soon as a list lacks it.",
            looksUp((whole, trace) -> settled(whole.lookup(trace), true)),
            "GW-DOUBT-19"),
        Mutant.of(
            "NeverSettles",
            "It is never sure that nothing is there.",
            looksUp((whole, trace) -> settled(whole.lookup(trace), false)),
            "GW-DOUBT-19"),
        Mutant.of(
            "LooksAtTheFirstPage",
            "It looks for a charge among the first that the provider lists.",
            wire(
                (whole, request, limit) ->
                    edited(
                        whole.send(unfiltered(request), limit),
                        "list",
                        list -> {
                          if (request.uri().getPath().endsWith("/charges")) {
                            list.put("has_more", false);
                          }
                        })),
            "GW-DOUBT-20"),
        Mutant.of(
            "ReadsOnePageOfChanges",
            "It takes the first page of the events for all of them.",
            wire(
                (whole, request, limit) ->
                    edited(
                        whole.send(request, limit),
                        "list",
                        list -> {
                          if (request.uri().getPath().endsWith("/events")) {
                            list.put("has_more", false);
                          }
                        })),
            "GW-DOUBT-21"));
  }

  private static Lookup settled(Lookup seen, boolean how) {
    return seen instanceof Lookup.AbsentAsOf absent
        ? new Lookup.AbsentAsOf(absent.asOf(), how)
        : seen;
  }

  private static HttpRequest unfiltered(HttpRequest request) {
    URI all = URI.create(request.uri().toString().replaceFirst("reference=[^&]*&", ""));
    return new HttpRequest(request.method(), all, request.headers(), request.body());
  }

  private static Failure failure(ErrorCategory category, String what) {
    return Failure.of(category, "mutant", what);
  }
}
