package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same operation many times at once, and with any one of its requests or answers lost. */
class StripeRacesTest {
  private static final int THREADS = 8;
  private static final CustomerDetails ANN =
      new CustomerDetails(
              Optional.of("Ann"), Optional.of("ann@example.org"), Optional.of(Locale.UK))
          .of("ann");
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));

  /** An operation, ready to be sent, and how often the books have its effect. */
  private record Ready(Function<StripeGateway, Outcome> send, Callable<Integer> effects) {}

  private interface Operation {
    Ready on(Bench bench);
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        Arguments.of("a sale", (Operation) StripeRacesTest::sale),
        Arguments.of("a page", (Operation) StripeRacesTest::page),
        Arguments.of("a sale that stores", (Operation) bench -> storing(bench, ANN)),
        Arguments.of(
            "a sale that stores for a known customer",
            (Operation) bench -> storing(bench, ANN.knownAs(owner(bench)))),
        Arguments.of("a set-up", (Operation) StripeRacesTest::setUp),
        Arguments.of("a removal", (Operation) StripeRacesTest::removal),
        Arguments.of("a removal of what is gone", (Operation) StripeRacesTest::removalOfWhatIsGone),
        Arguments.of("a capture", (Operation) bench -> capture(bench, true)),
        Arguments.of("a capture by its charge", (Operation) bench -> capture(bench, false)),
        Arguments.of("a void by its charge", (Operation) StripeRacesTest::release),
        Arguments.of("a refund", (Operation) StripeRacesTest::refund));
  }

  private static Ready sale(Bench bench) {
    ChargeRequest sale = Bench.sale("pay-1", StripeToken.VISA);
    return new Ready(g -> g.charge(sale), () -> bench.ledger().chargesOf("pay-1").size());
  }

  private static Ready page(Bench bench) {
    ChargeRequest sale =
        ChargeRequest.sale(
                "pay-1", "pay-1:charge:1", Bench.TEN, new PaymentMethod.OfType("checkout"))
            .returningTo(URI.create("https://shop.test/return"));
    return new Ready(g -> g.charge(sale), () -> bench.ledger().chargesOf("pay-1").size());
  }

  private static ChargeRequest storing(String reference, CustomerDetails who) {
    return Bench.sale(reference, StripeToken.VISA).storingMethod().by(who).under(AGREED);
  }

  private static Ready storing(Bench bench, CustomerDetails who) {
    ChargeRequest sale = storing("pay-1", who);
    return new Ready(g -> g.charge(sale), () -> bench.ledger().chargesOf("pay-1").size());
  }

  private static String stored(Bench bench) {
    return bench.gateway.charge(storing("pay-0", ANN)).snapshot().facts().credentials().firstKey();
  }

  private static Optional<String> owner(Bench bench) {
    return bench.ledger().method(stored(bench)).flatMap(Ledger.Method::owner);
  }

  private static Ready setUp(Bench bench) {
    SetUpRequest request =
        new SetUpRequest(
            "set-1",
            "set-1.set_up.1",
            new PaymentMethod.Token("card", StripeToken.VISA.id()),
            AGREED,
            Optional.of(URI.create("https://shop.test/return")),
            ANN);
    return new Ready(g -> g.setUp(request), () -> bench.ledger().setUps().size());
  }

  private static Ready removal(Bench bench) {
    String id = stored(bench);
    RemoveRequest request = new RemoveRequest("rem-1", id, Optional.empty(), Optional.empty());
    return new Ready(
        g -> g.remove(request),
        () -> bench.ledger().method(id).flatMap(Ledger.Method::owner).isEmpty() ? 1 : 0);
  }

  private static Ready removalOfWhatIsGone(Bench bench) {
    String id = stored(bench);
    bench.controls().detach(id);
    RemoveRequest request = new RemoveRequest("rem-1", id, Optional.empty(), Optional.empty());
    return new Ready(g -> g.remove(request), () -> 1);
  }

  private static Snapshot held(Bench bench, boolean isKnown) {
    Snapshot held = bench.gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    if (isKnown) {
      return held;
    }
    Snapshot.Builder charge = Snapshot.builder();
    held.facts().authorizations().forEach(charge::authorization);
    return charge.build();
  }

  private static Ready capture(Bench bench, boolean isKnown) {
    var request = bench.capture(held(bench, isKnown), "pay-1", "EUR 7.00");
    return new Ready(
        g -> g.capture(request), () -> bench.ledger().chargesOf("pay-1").get(0).captures().size());
  }

  private static Ready release(Bench bench) {
    var request = bench.release(held(bench, false), "pay-1");
    return new Ready(
        g -> g.voidAuthorization(request),
        () ->
            (int)
                bench.ledger().chargesOf("pay-1").stream()
                    .flatMap(charge -> charge.authorization().stream())
                    .filter(hold -> hold.status().equals("voided"))
                    .count());
  }

  private static Ready refund(Bench bench) {
    Snapshot sold = bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    var request = bench.refund(sold, "pay-1", "EUR 3.00", 1);
    return new Ready(
        g -> g.refund(request), () -> bench.ledger().chargesOf("pay-1").get(0).refunds().size());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void eight_threads_with_one_key_have_one_effect(String name, Operation operation)
      throws Exception {
    Bench bench = new Bench();
    Ready ready = operation.on(bench);

    List<Outcome> outcomes = atOnce(i -> ready.send().apply(bench.gateway));

    assertThat(ready.effects().call()).isEqualTo(1);
    assertThat(outcomes).allMatch(StripeRacesTest::isDone);
    assertThat(outcomes.stream().map(one -> one.snapshot().facts()).distinct()).hasSize(1);
  }

  @Test
  void one_customer_who_stores_eight_cards_at_once_is_one_of_stripes() throws Exception {
    Bench bench = new Bench();

    List<Outcome> outcomes = atOnce(i -> bench.gateway.charge(storing("pay-" + i, ANN)));

    assertThat(outcomes).allMatch(StripeRacesTest::isDone);
    assertThat(bench.ledger().methods())
        .hasSize(THREADS)
        .extracting(Ledger.Method::owner)
        .containsOnly(bench.ledger().methods().get(0).owner());
  }

  private static boolean isDone(Outcome outcome) {
    return outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.ActionRequired;
  }

  private static List<Outcome> atOnce(Function<Integer, Outcome> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Future<Outcome>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        calls.add(
            pool.submit(
                () -> {
                  together.await();
                  return call.apply(number);
                }));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> done : calls) {
        outcomes.add(done.get());
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void whichever_request_or_answer_is_lost_the_next_send_makes_it_one_effect(
      String name, Operation operation) throws Exception {
    int requests = requestsOf(operation);
    assertThat(requests).isPositive();
    for (int lost = 0; lost < requests; lost++) {
      for (LossyDoor.Fault fault : LossyDoor.Fault.values()) {
        lose(operation, lost, fault);
      }
    }
  }

  private static int requestsOf(Operation operation) {
    Bench bench = new Bench();
    Ready ready = operation.on(bench);
    int before = bench.ledger().requests();
    assertThat(isDone(ready.send().apply(bench.gateway))).isTrue();
    return bench.ledger().requests() - before;
  }

  private static void lose(Operation operation, int lost, LossyDoor.Fault fault) throws Exception {
    Bench bench = new Bench();
    Ready ready = operation.on(bench);
    StripeGateway spoilt = bench.open(bench.account, new Nth(bench, lost, fault), Map.of());

    Outcome first = ready.send().apply(spoilt);

    switch (fault) {
      case NONE -> assertThat(isDone(first)).isTrue();
      case REFUSED_CONNECTION -> assertThat(first).isInstanceOf(Outcome.NotSent.class);
      case LOST_REQUEST, LOST_RESPONSE -> assertThat(first).isInstanceOf(Outcome.Unknown.class);
    }
    Outcome second = ready.send().apply(bench.gateway);
    assertThat(isDone(second)).as("request %s, %s: %s", lost, fault, second).isTrue();
    assertThat(ready.effects().call()).as("request %s, %s", lost, fault).isEqualTo(1);
  }

  /** A door that spoils one request. */
  private static final class Nth implements HttpTransport {
    private final Bench bench;
    private final LossyDoor.Fault fault;
    private int left;

    Nth(Bench bench, int number, LossyDoor.Fault fault) {
      this.bench = bench;
      this.left = number;
      this.fault = fault;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (left-- != 0) {
        return bench.door.send(request, limit);
      }
      bench.door.next(fault);
      return bench.door.send(request, limit);
    }

    @Override
    public void close() {
      // The bench's.
    }
  }
}
