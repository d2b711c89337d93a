package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.conformance.Verdict;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where customers pay on the provider's page, and it goes on by itself, the kit looks at the send
 * that opens the page: each of these mistakes fails its check.
 */
class StripePageMutantsTest {
  private static final Decline DECLINE = Decline.of(DeclineCode.GENERIC_DECLINE);

  /** Changes what a gateway answers to a call. */
  private interface Bending {
    Object answer(PaymentGateway straight, Method call, Object[] arguments) throws Throwable;
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        charging("GW-SALE-10", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-01", "instead of NotSent", StripePageMutantsTest::declined),
        charging("GW-DOUBT-02", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-03", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-04", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-05", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-06", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-07", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-08", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-09", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-10", "instead of Unknown", StripePageMutantsTest::declined),
        charging("GW-DOUBT-15", "instead of NotSent", StripePageMutantsTest::declined),
        charging("GW-DOUBT-26", "instead of Unknown", StripePageMutantsTest::declined),
        Arguments.of("GW-IDEM-04", "is 2 instead of 1", (Bending) StripePageMutantsTest::sendAgain),
        Arguments.of("GW-IDEM-06", "is 2 instead of 1", (Bending) StripePageMutantsTest::newKey),
        looking("GW-DOUBT-11", "instead of Found", StripePageMutantsTest::lost),
        looking("GW-DOUBT-13", "instead of AbsentAsOf", StripePageMutantsTest::unsure),
        looking("GW-DOUBT-20", "1 instead of 13", StripePageMutantsTest::firstAttempt),
        looking("GW-CURR-02", "2 instead of 1", StripePageMutantsTest::oneMore),
        looking(
            "GW-ACTION-07", "sends the customer", everyOther(StripePageMutantsTest::withoutPage)));
  }

  private static Arguments charging(String check, String seen, UnaryOperator<Outcome> change) {
    Bending bending =
        (straight, call, arguments) -> {
          Object answer = call.invoke(straight, arguments);
          return call.getName().equals("charge") ? change.apply((Outcome) answer) : answer;
        };
    return Arguments.of(check, seen, bending);
  }

  private static Arguments looking(String check, String seen, UnaryOperator<Lookup> change) {
    Bending bending =
        (straight, call, arguments) -> {
          Object answer = call.invoke(straight, arguments);
          return call.getName().equals("lookup") ? change.apply((Lookup) answer) : answer;
        };
    return Arguments.of(check, seen, bending);
  }

  private static Outcome declined(Outcome outcome) {
    boolean good = outcome instanceof Outcome.ActionRequired;
    return good ? outcome : new Outcome.Declined(Snapshot.empty(), DECLINE);
  }

  private static Object sendAgain(PaymentGateway straight, Method call, Object[] arguments)
      throws Throwable {
    Object answer = call.invoke(straight, arguments);
    return answer instanceof Outcome.Unknown ? call.invoke(straight, arguments) : answer;
  }

  private static Object newKey(PaymentGateway straight, Method call, Object[] arguments)
      throws Throwable {
    return arguments != null && arguments[0] instanceof ChargeRequest request
        ? straight.charge(under(UUID.randomUUID().toString(), request))
        : call.invoke(straight, arguments);
  }

  private static ChargeRequest under(String key, ChargeRequest like) {
    return new ChargeRequest(
        like.reference(),
        key,
        like.amount(),
        like.capture(),
        like.method(),
        like.storeMethod(),
        like.initiator(),
        like.description(),
        like.returnUrl(),
        like.customer());
  }

  private static Lookup lost(Lookup lookup) {
    return new Lookup.AbsentAsOf(Instant.EPOCH, true);
  }

  private static Lookup unsure(Lookup lookup) {
    return lookup instanceof Lookup.AbsentAsOf
        ? new Lookup.CannotTell(StripeErrors.unknown("mutant", "who knows"))
        : lookup;
  }

  private static Lookup firstAttempt(Lookup lookup) {
    return with(
        lookup,
        (seen, found) ->
            found.facts().attempts().entrySet().stream()
                .findFirst()
                .ifPresent(first -> seen.attempt(first.getKey(), first.getValue())));
  }

  private static Lookup oneMore(Lookup lookup) {
    return with(
        lookup,
        (seen, found) -> {
          found.facts().attempts().forEach(seen::attempt);
          found.facts().movements().forEach(seen::movement);
          seen.attempt("cs_more", Attempt.at(AttemptStep.STARTED));
        });
  }

  private static UnaryOperator<Lookup> everyOther(UnaryOperator<Lookup> change) {
    AtomicInteger looks = new AtomicInteger();
    return lookup -> looks.incrementAndGet() % 2 == 0 ? change.apply(lookup) : lookup;
  }

  /** A page that is open, without a word of where it is. */
  private static Lookup withoutPage(Lookup lookup) {
    return with(
        lookup,
        (seen, found) ->
            found
                .facts()
                .attempts()
                .forEach((id, attempt) -> seen.attempt(id, Attempt.at(AttemptStep.ACTION_NEEDED))));
  }

  /** What a lookup is to show in place of what was found. */
  private interface Shown {
    void of(Snapshot.Builder seen, Snapshot found);
  }

  private static Lookup with(Lookup lookup, Shown shown) {
    if (!(lookup instanceof Lookup.Found found)) {
      return lookup;
    }
    Snapshot.Builder seen = Snapshot.builder();
    shown.of(seen, found.snapshot());
    return new Lookup.Found(seen.build());
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void a_mistake_about_the_page_is_found(String check, String seen, Bending bending) {
    Result result = ConformanceKit.of(new BentPage(bending)).run(check);

    assertThat(result.verdict()).as(check).isInstanceOf(Verdict.Failed.class);
    assertThat(result.explanation()).contains(seen);
  }

  /** Stripe's page, with a gateway that is bent when it is opened. */
  private record BentPage(Bending bending) implements TestTarget {
    private static final TestTarget STRAIGHT = new StripeCheckoutTarget();

    @Override
    public String gateway() {
      return STRAIGHT.gateway();
    }

    @Override
    public Optional<PaymentMethod> paying(Script script) {
      return STRAIGHT.paying(script);
    }

    @Override
    public boolean customerActs(SimulatedProvider provider, Script script, String charge) {
      SimulatedProvider behind = ((Straight) Proxy.getInvocationHandler(provider)).provider();
      return STRAIGHT.customerActs(behind, script, charge);
    }

    @Override
    public SimulatedProvider open(Clock clock, String secret, Random random) {
      return proxy(
          SimulatedProvider.class, new Straight(STRAIGHT.open(clock, secret, random), bending));
    }
  }

  private record Straight(SimulatedProvider provider, Bending bending)
      implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method call, Object[] arguments) throws Throwable {
      return call.getName().equals("gateway")
          ? new BentProvider(provider.gateway(), bending)
          : thrown(() -> call.invoke(provider, arguments));
    }
  }

  private record BentProvider(GatewayProvider straight, Bending bending)
      implements GatewayProvider {
    @Override
    public String id() {
      return straight.id();
    }

    @Override
    public int spiVersion() {
      return straight.spiVersion();
    }

    @Override
    public GatewayDescription describe() {
      return straight.describe();
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      PaymentGateway gateway = straight.open(settings, environment);
      InvocationHandler bent =
          (proxy, call, arguments) -> thrown(() -> bending.answer(gateway, call, arguments));
      return (PaymentGateway)
          Proxy.newProxyInstance(
              PaymentGateway.class.getClassLoader(), gateway.getClass().getInterfaces(), bent);
    }
  }

  private interface Called {
    Object now() throws Throwable;
  }

  private static Object thrown(Called called) throws Throwable {
    try {
      return called.now();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
