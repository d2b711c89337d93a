package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.HookMutant.saying;
import static dev.gatehouse.testkit.conformance.HookMutant.wire;
import static dev.gatehouse.testkit.conformance.HookMutant.with;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Broken hooks: what they tell, keep and log, how much, for how long, and whose. */
final class MutantsOfHookData {
  private static final Logger LOG = Logger.getLogger("mutant");

  private MutantsOfHookData() {}

  static List<HookMutant> all() {
    return Stream.of(secrets(), persons(), limits(), lives()).flatMap(List::stream).toList();
  }

  private static List<HookMutant> secrets() {
    return List.of(
        HookMutant.of(
            "LogsItsHeaders",
            "It logs the headers of its requests, for debugging alone.",
            logging(request -> request.headers().first("authorization").orElse("")),
            "HK-SECR-01"),
        HookMutant.of(
            "LogsWhatItSends",
            "It logs the bodies of its requests, for debugging alone.",
            logging(request -> new String(request.body(), StandardCharsets.UTF_8)),
            "HK-SECR-02"),
        HookMutant.of(
            "QuotesItsSink",
            "It gives the sink's own words for a reason.",
            MutantsOfHookData::quoting,
            "HK-SECR-03"),
        HookMutant.of(
            "ShowsItsSettings",
            "Its text is that of its settings.",
            place ->
                new HookMutant.Bent(new ReferenceHook(place)) {
                  @Override
                  public String toString() {
                    return "Hook[" + place + "]";
                  }
                },
            "HK-SECR-04"));
  }

  private static List<HookMutant> persons() {
    return List.of(
        HookMutant.of(
            "RemembersWhoPeopleAre",
            "It looks nobody up twice.",
            MutantsOfHookData::remembering,
            "HK-DATA-01"),
        HookMutant.of(
            "KeepsAddresses",
            "It keeps the address under which the sink knows the customer.",
            keeping(false),
            "HK-DATA-02"),
        HookMutant.of(
            "InsistsOnKeeping",
            "It tries again until what it wants to keep of a customer is kept.",
            keeping(true),
            "HK-DATA-02"),
        HookMutant.of(
            "WritesInLatin1",
            "It writes texts in the charset of its author.",
            wire(
                (whole, request, limit) ->
                    whole.send(saying(request, MutantsOfHookData::inLatin1), limit)),
            "HK-DATA-03",
            "HK-LIMIT-03"),
        HookMutant.of(
            "ForgetsNobody",
            "It believes that who is erased here is erased everywhere.",
            MutantsOfHookData::forgettingNobody,
            "HK-DATA-04"),
        HookMutant.of(
            "TakesTestsForReal",
            "It looks at no mode.",
            place -> new ReferenceHook(with(place, true)),
            "HK-MODE-01"),
        HookMutant.of(
            "NeverSendsTests",
            "It passes over the setting that asks for events of test mode.",
            place -> new ReferenceHook(with(place, false)),
            "HK-MODE-02"));
  }

  private static List<HookMutant> limits() {
    return List.of(
        HookMutant.of(
            "AddsDotsBehindTheCut",
            "It cuts texts to the limit, and then says that it did.",
            texts(
                text -> text.codePoints().count() < ReferenceSink.LONGEST_TEXT ? text : text + "…"),
            "HK-LIMIT-01"),
        HookMutant.of(
            "SendsAllAtOnce",
            "It sends a checkout in one request, however long it is.",
            place -> new ReferenceHook(place, 1_000),
            "HK-LIMIT-02"),
        HookMutant.of(
            "CutsWithinCharacters",
            "It cuts texts between chars.",
            texts(text -> text.endsWith("😀") ? text.substring(0, text.length() - 1) : text),
            "HK-LIMIT-03"),
        HookMutant.of(
            "BelievesEveryTime",
            "It sends the time of an event, whenever that was.",
            MutantsOfHookData::believing,
            "HK-LIMIT-04"));
  }

  private static List<HookMutant> lives() {
    return List.of(
        HookMutant.of(
            "WaitsLongerThanItMay",
            "It has a time limit of its own.",
            wire((whole, request, limit) -> whole.send(request, Duration.ofMillis(2_100))),
            "HK-LIFE-01"),
        HookMutant.of(
            "SharesAField",
            "It keeps the event that it is told in a field.",
            MutantsOfHookData::sharing,
            "HK-LIFE-02"),
        HookMutant.of(
            "SwallowsInterrupts",
            "It clears the interrupt, for the request would fail.",
            wire(
                (whole, request, limit) -> {
                  Thread.interrupted();
                  return whole.send(request, limit);
                }),
            "HK-LIFE-03"),
        HookMutant.of(
            "HasNoEnd",
            "Closed, it goes on.",
            place ->
                new HookMutant.Bent(new ReferenceHook(place)) {
                  @Override
                  public void close() {
                    // Nothing to do, its author thought.
                  }
                },
            "HK-LIFE-04"),
        HookMutant.of(
            "ClosesOnce",
            "It throws when it is closed again.",
            MutantsOfHookData::closingOnce,
            "HK-LIFE-04"),
        HookMutant.of(
            "KeepsItsSettingsInAStatic",
            "The instance that was opened last is everybody's.",
            MutantsOfHookData.lastOneForAll(),
            "HK-LIFE-05"));
  }

  private static Function<HookPlace, LifecycleHook> logging(Function<HttpRequest, String> what) {
    return wire(
        (whole, request, limit) -> {
          LOG.log(Level.FINEST, "sending {0}", what.apply(request));
          return whole.send(request, limit);
        });
  }

  private static LifecycleHook quoting(HookPlace place) {
    AtomicReference<String> said = new AtomicReference<>("");
    HookPlace listening =
        with(
            place,
            (whole, request, limit) -> {
              HttpResponse answer = whole.send(request, limit);
              said.set(answer.bodyAsUtf8());
              return answer;
            });
    return new HookMutant.Bent(new ReferenceHook(listening)) {
      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        HookResult result = super.handle(event, context);
        return result instanceof HookResult.Park ? new HookResult.Park(said.get()) : result;
      }
    };
  }

  private static LifecycleHook remembering(HookPlace place) {
    Map<String, Customer> known = new ConcurrentHashMap<>();
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        Optional<Customer> first =
            context.customer().map(now -> known.computeIfAbsent(now.id().value(), id -> now));
        return super.handle(event, new Knowing(context, first));
      }
    };
  }

  private record Knowing(HookContext whole, Optional<Customer> customer) implements HookContext {
    @Override
    public int attempt() {
      return whole.attempt();
    }

    @Override
    public Optional<Checkout> checkout() {
      return whole.checkout();
    }

    @Override
    public boolean putCustomerMetadata(String key, String value) {
      return whole.putCustomerMetadata(key, value);
    }
  }

  private static LifecycleHook forgettingNobody(HookPlace place) {
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public boolean wants(LifecycleEvent event) {
        return super.wants(event) && !(event instanceof CustomerErased);
      }
    };
  }

  private static Function<HookPlace, LifecycleHook> keeping(boolean insisting) {
    return place ->
        new HookMutant.Bent(new ReferenceHook(place)) {
          @Override
          public HookResult handle(LifecycleEvent event, HookContext context) {
            boolean kept =
                context
                    .customer()
                    .flatMap(Customer::person)
                    .map(
                        person ->
                            context.putCustomerMetadata("crm", insisting ? "c-1" : person.email()))
                    .orElse(true);
            return insisting && !kept
                ? new HookResult.Retry(Optional.empty(), "not kept")
                : super.handle(event, context);
          }
        };
  }

  private static String inLatin1(String text) {
    return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
  }

  /** Changes what is sent as texts; halves of characters are written as escapes. */
  private static Function<HookPlace, LifecycleHook> texts(UnaryOperator<String> change) {
    return wire(
        (whole, request, limit) ->
            whole.send(
                saying(
                    request,
                    body ->
                        Pattern.compile("\"text\":\"([^\"]*)\"")
                            .matcher(body)
                            .replaceAll(
                                found ->
                                    "\"text\":\"" + escaped(change.apply(found.group(1))) + "\"")),
                limit));
  }

  private static String escaped(String text) {
    int last = text.length() - 1;
    return last >= 0 && Character.isHighSurrogate(text.charAt(last))
        ? text.substring(0, last) + String.format(Locale.ROOT, "\\\\u%04x", (int) text.charAt(last))
        : text;
  }

  private static LifecycleHook believing(HookPlace place) {
    TestClock clock = TestClock.at(HookBench.START);
    return new HookMutant.Bent(new ReferenceHook(with(place, clock))) {
      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        clock.set(event.header().at().plusSeconds(1));
        return super.handle(event, context);
      }
    };
  }

  private static LifecycleHook sharing(HookPlace place) {
    AtomicReference<LifecycleEvent> current = new AtomicReference<>();
    Gate gate = Gate.of(2, 200);
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public HookResult handle(LifecycleEvent event, HookContext context) {
        current.set(event);
        gate.pass();
        return super.handle(current.get(), context);
      }
    };
  }

  private static LifecycleHook closingOnce(HookPlace place) {
    AtomicReference<Boolean> closed = new AtomicReference<>(false);
    return new HookMutant.Bent(new ReferenceHook(place)) {
      @Override
      public void close() {
        if (closed.getAndSet(true)) {
          throw new IllegalStateException("closed already");
        }
        super.close();
      }
    };
  }

  private static Function<HookPlace, LifecycleHook> lastOneForAll() {
    AtomicReference<HookPlace> last = new AtomicReference<>();
    return place -> {
      last.set(place);
      return new HookMutant.Bent(new ReferenceHook(place)) {
        @Override
        public HookResult handle(LifecycleEvent event, HookContext context) {
          return new ReferenceHook(last.get()).handle(event, context);
        }
      };
    };
  }
}
