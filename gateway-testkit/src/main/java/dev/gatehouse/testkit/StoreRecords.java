package dev.gatehouse.testkit;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.InboxItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.joda.money.Money;

/** Records to put into a store. */
final class StoreRecords {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final GatewayInstanceId MAIN = new GatewayInstanceId("main");
  static final GatewayInstanceId OTHER = new GatewayInstanceId("other");
  private static final Money TEN = Money.parse("EUR 10.00");

  private StoreRecords() {}

  static Customer customer(String id) {
    Person person = new Person("Żółć 山田", id + "@example.org", Locale.ENGLISH);
    return Customer.registered(new CustomerId(id), person, NOW)
        .with(new StoredMethod(MAIN, "pm_1"))
        .with(
            new StoredMethod(
                MAIN,
                "pm_2",
                Optional.of("card"),
                MethodDetails.none().brand("visa").lastDigits("4242").fingerprint("fp_1"),
                Optional.of("cus_1"),
                Optional.of("acct_1"),
                Optional.of(new Agreement(Agreement.Use.RECURRING, "Gold, each month", NOW))));
  }

  static Checkout checkout(int number) {
    return checkout(number, "ann", "command-" + number);
  }

  static Checkout checkout(int number, String customer, String command) {
    return new Checkout(
        new CheckoutId("chk_" + number),
        0,
        command,
        new CustomerId(customer),
        Optional.empty(),
        List.of(Line.of("A thing", 1, TEN)),
        TEN,
        Optional.of(membership(number).id()),
        CheckoutState.OPEN,
        List.of(),
        Optional.empty(),
        new TreeSet<>(Set.of("seen")),
        NOW,
        NOW.plusSeconds(86_400),
        Optional.empty());
  }

  static Payment payment(int number) {
    ChargeTerms terms =
        new ChargeTerms(
            TEN,
            CaptureMode.AUTOMATIC,
            new PaymentMethod.Stored("card", "pm_1"),
            false,
            Initiator.CUSTOMER,
            Optional.of("A thing"),
            Optional.empty());
    return payment(
        new PaymentId("pay_" + number),
        MAIN,
        Optional.of(checkout(1).id()),
        Optional.of(terms),
        ids(new ProviderId("charge", "ch_" + number)));
  }

  /** A payment that we did not start. */
  static Payment foreign(int number) {
    return foreign(number, MAIN);
  }

  /** A payment at a gateway that we did not start. */
  static Payment foreign(int number, GatewayInstanceId gateway) {
    return payment(
        new PaymentId("ext_" + number),
        gateway,
        Optional.empty(),
        Optional.empty(),
        ids(new ProviderId("charge", "fo_" + number)));
  }

  private static Payment payment(
      PaymentId id,
      GatewayInstanceId gateway,
      Optional<CheckoutId> checkout,
      Optional<ChargeTerms> terms,
      PaymentFacts facts) {
    return new Payment(
        id,
        0,
        gateway,
        Mode.TEST,
        checkout,
        checkout.map(c -> new CustomerId("ann")),
        terms,
        facts,
        List.of(),
        new TreeSet<>(),
        List.of(),
        NOW,
        Optional.empty(),
        0);
  }

  /** A payment of which one more id is known. */
  static Payment knowing(Payment payment, ProviderId id) {
    return payment.observing(ids(id));
  }

  static Membership membership(int number) {
    return membership(number, new CustomerId("ann"));
  }

  static Membership membership(int number, CustomerId customer) {
    return new Membership(
        new MembershipId("mem_" + number),
        0,
        customer,
        new PlanId("gold"),
        "Gold",
        new CheckoutId("chk_" + number),
        MembershipState.PENDING,
        NOW,
        Optional.empty());
  }

  static InboxItem notice(int number) {
    return noticeOf(MAIN, number);
  }

  static InboxItem noticeOf(GatewayInstanceId gateway, int number) {
    PaymentHint hint =
        new PaymentHint(Optional.of("pay_1"), Set.of(new ProviderId("charge", "ch_" + number)));
    return new InboxItem(
        gateway, "evt_" + number, 0, "charge.succeeded", hint, NOW, 0, Optional.empty());
  }

  static EventHeader header(String id, String subject) {
    return new EventHeader(
        id, NOW, subject, Optional.of(new CustomerId(subject)), Optional.of(Mode.TEST));
  }

  /** Runs the work in so many threads that all begin at once, and waits for all of them. */
  static void atOnce(int times, IntConsumer work)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      CountDownLatch ready = new CountDownLatch(times);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int thread = i;
        all.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  work.accept(thread);
                  return thread;
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static PaymentFacts ids(ProviderId id) {
    return Snapshot.builder().reference("pay_1").providerId(id.kind(), id.id()).build().facts();
  }
}
