package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.HookMutant.saying;
import static dev.gatehouse.testkit.conformance.HookMutant.tells;
import static dev.gatehouse.testkit.conformance.HookMutant.wire;

import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Broken hooks: what they want, and when and how often they tell it. */
final class MutantsOfHooks {
  private MutantsOfHooks() {}

  static List<HookMutant> all() {
    return Stream.of(wanting(), telling(), MutantsOfHookAnswers.all(), MutantsOfHookData.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<HookMutant> wanting() {
    return List.of(
        HookMutant.of(
            "ShoutsItsId",
            "Its id has capitals.",
            place -> named(place, "Reference"),
            "HK-WANT-01"),
        HookMutant.of(
            "TakesARandomId",
            "Each instance has an id of its own.",
            place -> named(place, "reference-" + UUID.randomUUID()),
            "HK-WANT-01"),
        HookMutant.of(
            "WantsEachEventOnce",
            "It wants an event only if it was not asked of it before.",
            MutantsOfHooks::wantingOnce,
            "HK-WANT-02"),
        HookMutant.of(
            "WantsForAYear",
            "What it wants it wants until its licence ends.",
            MutantsOfHooks::wantingForAYear,
            "HK-WANT-02"),
        HookMutant.of(
            "AsksTheSinkWhatItWants",
            "It asks the sink which events it subscribed to, each time.",
            MutantsOfHooks::asking,
            "HK-WANT-03"),
        HookMutant.of(
            "NeedsAPayment",
            "It believes that every checkout that is completed has a payment.",
            MutantsOfHooks::needingAPayment,
            "HK-WANT-04"),
        HookMutant.of(
            "SendsNothing",
            "It says Delivered, and that is all.",
            place ->
                new HookMutant.Bent(new ReferenceHook(place)) {
                  @Override
                  public HookResult handle(LifecycleEvent event, HookContext context) {
                    return HookResult.delivered();
                  }
                },
            "HK-WANT-05"));
  }

  private static List<HookMutant> telling() {
    return List.of(
        HookMutant.of(
            "SaysDeliveredAnyway",
            "It says Delivered, and means to try again later by itself.",
            tells(result -> result instanceof HookResult.Retry ? HookResult.delivered() : result),
            "HK-ORDER-01"),
        HookMutant.of(
            "SendsWhatFailedBehindTheNext",
            "It keeps what failed, and sends it after the event that comes next.",
            MutantsOfHooks::queueing,
            "HK-ORDER-02"),
        HookMutant.of(
            "TakesRandomIds",
            "Whatever it sends has an id that was never there before.",
            wire(
                (whole, request, limit) ->
                    whole.send(underIds(request, "-" + UUID.randomUUID()), limit)),
            "HK-REPEAT-01",
            "HK-REPEAT-02"),
        HookMutant.of(
            "TakesANewIdAfterALostAnswer",
            "It believes that an id whose answer was lost is used up.",
            place -> {
              AtomicInteger lost = new AtomicInteger();
              return wire((whole, request, limit) -> {
                    try {
                      return whole.send(
                          lost.get() == 0 ? request : underIds(request, "-" + lost), limit);
                    } catch (TransportException e) {
                      lost.incrementAndGet();
                      return whole.send(underIds(request, "-" + lost), limit);
                    }
                  })
                  .apply(place);
            },
            "HK-REPEAT-02"),
        HookMutant.of(
            "NamesItAfterThePayment",
            "Its ids are made of the payment and of what happened to it.",
            wire(
                (whole, request, limit) ->
                    whole.send(
                        saying(request, body -> body.replaceAll("(/[a-z]+):[0-9]\"", "$1\"")),
                        limit)),
            "HK-REPEAT-03"));
  }

  private static HttpRequest underIds(HttpRequest request, String suffix) {
    return saying(
        request, body -> body.replaceAll("\"id\":\"([^\"]*)\"", "\"id\":\"$1" + suffix + "\""));
  }

  private static LifecycleHook named(HookPlace place, String id) {
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public String id() {
        return id;
      }
    };
  }

  private static LifecycleHook wantingOnce(HookPlace place) {
    AtomicInteger asked = new AtomicInteger();
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public boolean wants(LifecycleEvent event) {
        return super.wants(event) && asked.incrementAndGet() < 10;
      }
    };
  }

  private static LifecycleHook wantingForAYear(HookPlace place) {
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public boolean wants(LifecycleEvent event) {
        return super.wants(event)
            && place.clock().instant().isBefore(HookBench.START.plus(Duration.ofDays(365)));
      }
    };
  }

  private static LifecycleHook asking(HookPlace place) {
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public boolean wants(LifecycleEvent event) {
        place
            .http()
            .send(
                new HttpRequest(
                    "GET", URI.create(place.baseUrl() + "/wants"), HttpHeaders.none(), new byte[0]),
                place.timeLimit());
        return super.wants(event);
      }
    };
  }

  private static LifecycleHook needingAPayment(HookPlace place) {
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        if (event instanceof CheckoutCompleted completed) {
          completed.payment().orElseThrow();
        }
        return super.handle(event, context);
      }
    };
  }

  private record Kept(LifecycleEvent event, HookContext context) {}

  private static LifecycleHook queueing(HookPlace place) {
    Deque<Kept> failed = new ArrayDeque<>();
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        if (failed.stream().anyMatch(kept -> kept.event().equals(event))) {
          return HookResult.delivered();
        }
        HookResult result = super.handle(event, context);
        if (result instanceof HookResult.Retry) {
          failed.add(new Kept(event, context));
          return new HookResult.Retry(Optional.empty(), "kept for later");
        }
        while (!failed.isEmpty()) {
          super.handle(failed.peek().event(), failed.remove().context());
        }
        return result;
      }
    };
  }
}
