package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.Reconciliation;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.DisputeFundsReinstated;
import dev.gatehouse.event.DisputeFundsWithdrawn;
import dev.gatehouse.event.DisputeOpened;
import dev.gatehouse.event.ForeignPaymentSeen;
import dev.gatehouse.event.IntegrityMismatchFound;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives at the webhook endpoint: numbers 13–21 and 23. */
public abstract class WebhookScenarios extends StoreScenario {
  private static final String SIGNATURE = "reference-signature";

  protected WebhookScenarios(SimulatedStore.Factory place) {
    super(place);
  }

  @Test
  void f13_a_webhook_that_arrives_before_the_response_leads_to_the_same_end() {
    CheckoutView checkout = shop.start10();
    List<CheckoutState> whenDelivered = new ArrayList<>();
    shop.door.beforeTheAnswer(
        () -> {
          shop.deliverWebhooks();
          whenDelivered.add(shop.view(checkout).state());
        });

    CheckoutView paid = shop.pay(checkout, TestToken.APPROVE);

    assertThat(whenDelivered).as("by webhook").containsExactly(CheckoutState.COMPLETED);
    assertThat(paid).isCompleted();
    assertThat(shop.payment(checkout)).isCaptured().isPaid().isSound();
    assertThatEvents(shop.events())
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(PaymentCaptured.class);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f14_one_webhook_a_hundred_times_at_once_is_one_transition_and_one_event() throws Exception {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.PENDING);
    shop.controls().settle(shop.charge(shop.payment(checkout)).id());
    List<PendingWebhook> notices = shop.provider.takeWebhooks();
    PendingWebhook notice = notices.get(notices.size() - 1);
    int before = shop.ledger().requests();

    List<Integer> statuses = atOnce(100, () -> shop.deliver(notice).status());

    assertThat(statuses).containsOnly(200);
    assertThat(shop.view(checkout)).isCompleted();
    assertThatEvents(shop.events())
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(PaymentCaptured.class)
        .haveDistinctIds();
    assertThat(shop.store.inboxItem(Shop.MAIN, notice.eventId()).orElseThrow().wakeAt()).isEmpty();
    int lookups = shop.ledger().requests() - before;
    shop.deliver(notice);
    assertThat(shop.ledger().requests() - before)
        .as("a notice that was handled asks for nothing")
        .isEqualTo(lookups);
  }

  @Test
  void f15_webhooks_in_reverse_order_and_doubled_take_nothing_back() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.PENDING);
    Payment payment = shop.payment(checkout);
    shop.controls().settle(shop.charge(payment).id());
    String capture = shop.charge(payment).captures().get(0).id();
    shop.controls().consoleRefund(capture, Money.parse("EUR 1.00"));
    shop.controls().dispute(shop.charge(payment).id(), Money.parse("EUR 2.00"));
    List<PendingWebhook> notices = new ArrayList<>(shop.provider.takeWebhooks());
    assertThat(notices).hasSizeGreaterThan(3);
    Collections.reverse(notices);

    notices.forEach(shop::deliver);
    PaymentState after = shop.payment(checkout).state();
    List<LifecycleEvent> events = shop.events();
    notices.forEach(shop::deliver);

    assertThat(shop.payment(checkout)).isIn(after).isPartlyRefunded().isPaid();
    assertThat(shop.events()).isEqualTo(events);
    assertThatEvents(events)
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(PaymentRefunded.class)
        .containsOnce(DisputeOpened.class);
  }

  @Test
  void f16_forged_stale_and_future_dated_signatures_are_rejected_before_anything_is_read() {
    shop.pay(shop.start10(), TestToken.PENDING);
    PendingWebhook notice = shop.provider.takeWebhooks().get(0);
    String genuine = notice.toWebhookRequest().header(SIGNATURE).get(0);
    String forged =
        genuine.substring(0, genuine.length() - 1) + (genuine.endsWith("0") ? "1" : "0");
    ReadCounter counter = new ReadCounter();
    shop.with(counter::around);
    int requests = shop.ledger().requests();

    assertThat(post(notice, forged)).isEqualTo(400);
    shop.clock.advance(Duration.ofMinutes(6));
    assertThat(shop.deliver(notice).status()).as("stale").isEqualTo(400);
    shop.clock.advance(Duration.ofMinutes(-12));
    assertThat(shop.deliver(notice).status()).as("from the future").isEqualTo(400);

    assertThat(counter.calls()).as("calls of the store").isZero();
    assertThat(shop.ledger().requests()).isEqualTo(requests);
    shop.clock.advance(Duration.ofMinutes(6));
    assertThat(shop.deliver(notice).status()).as("genuine").isEqualTo(200);
    assertThat(counter.calls()).isPositive();
  }

  @Test
  void f17_malformed_and_doubled_headers_are_answered_with_a_4xx() {
    shop.pay(shop.start10(), TestToken.PENDING);
    PendingWebhook notice = shop.provider.takeWebhooks().get(0);
    String genuine = notice.toWebhookRequest().header(SIGNATURE).get(0);
    List<Map<String, List<String>>> headers =
        List.of(
            Map.of(),
            Map.of(SIGNATURE, List.of()),
            Map.of(SIGNATURE, List.of("")),
            Map.of(SIGNATURE, List.of("t=,v1=")),
            Map.of(SIGNATURE, List.of("\u0000\uFFFF,=")),
            Map.of(SIGNATURE, List.of("x".repeat(100_000))),
            Map.of(SIGNATURE, List.of(genuine, genuine)),
            Map.of(SIGNATURE, List.of(genuine), "REFERENCE-SIGNATURE", List.of(genuine)));

    for (Map<String, List<String>> fields : headers) {
      WebhookRequest request = new WebhookRequest("POST", notice.uri(), fields, notice.body());
      assertThat(shop.house().webhook(Shop.MAIN, request).status()).isEqualTo(400);
    }
    WebhookRequest get =
        new WebhookRequest("GET", notice.uri(), notice.toWebhookRequest().headers(), new byte[0]);
    assertThat(shop.house().webhook(Shop.MAIN, get).status()).isEqualTo(400);
  }

  @Test
  void f18_while_secrets_rotate_both_are_accepted_and_then_the_old_one_is_rejected() {
    Shop old = new Shop(account("whsec_old"));
    old.pay(old.start10(), TestToken.PENDING);
    PendingWebhook signedOld = old.provider.takeWebhooks().get(0);
    Shop fresh = new Shop(account("whsec_new"));
    fresh.pay(fresh.start10(), TestToken.PENDING);
    PendingWebhook signedNew = fresh.provider.takeWebhooks().get(0);

    shop.withSettings(shop.settingsWithSecrets("whsec_new", "whsec_old"));
    assertThat(shop.deliver(signedOld).status()).isEqualTo(200);
    assertThat(shop.deliver(signedNew).status()).isEqualTo(200);

    shop.withSettings(shop.settingsWithSecrets("whsec_new", "whsec_new"));
    assertThat(shop.deliver(signedOld).status()).isEqualTo(400);
    assertThat(shop.deliver(signedNew).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_AMOUNT", "WRONG_CURRENCY"})
  void f19_money_that_is_not_what_we_asked_for_is_quarantined_and_fulfils_nothing(TestToken token) {
    CheckoutView checkout = shop.startGold(Shop.ANN);

    shop.pay(checkout, token);
    shop.deliverWebhooks().passMinutes(5);

    assertThat(shop.view(checkout)).isPending();
    assertThat(shop.payment(checkout))
        .isNotPaid()
        .hasMismatch(token == TestToken.WRONG_AMOUNT ? Mismatch.AMOUNT : Mismatch.CURRENCY);
    assertThatEvents(shop.events())
        .containsNo(CheckoutCompleted.class)
        .contains(shop.payment(checkout).mismatches().size(), IntegrityMismatchFound.class);
  }

  @Test
  void f19_a_webhook_of_another_account_is_rejected() {
    shop.controls().foreignCharge("acct_other", Shop.TEN, Optional.of("pay_1"));
    PendingWebhook notice = shop.provider.takeWebhooks().get(0);
    int events = shop.events().size();

    assertThat(shop.deliver(notice).status()).isEqualTo(400);

    assertThat(shop.events()).hasSize(events);
    assertThat(shop.payments()).isEmpty();
  }

  @Test
  void f19_a_webhook_for_the_payment_of_another_gateway_does_not_touch_it() {
    GatewayInstanceId second = new GatewayInstanceId("second");
    ReferenceAccount other = ReferenceAccount.test("other");
    shop.with(
        new RenamedReference(),
        new GatewayConfig(
            second,
            "reference-2",
            Mode.TEST,
            Map.of(
                "base-url", "https://reference.test",
                "secret-key", other.secretKey(),
                "webhook-secret", other.webhookSecrets().get(0))));
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.ACTION);
    Payment ours = shop.payment(checkout);
    shop.controls().foreignCharge("acct_other", Shop.TEN, Optional.of(ours.id().value()));
    List<PendingWebhook> notices = shop.provider.takeWebhooks();
    PendingWebhook fake = notices.get(notices.size() - 1);

    WebhookReply reply = shop.house().webhook(second, fake.toWebhookRequest());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.AWAITING_CUSTOMER);
    assertThat(shop.payment(checkout)).isNotPaid();
    assertThatEvents(shop.events())
        .containsNo(CheckoutCompleted.class)
        .containsOnce(ForeignPaymentSeen.class);
  }

  @Test
  void f20_a_delivery_that_can_not_be_verified_is_neither_trusted_nor_lost() {
    GatewayInstanceId unsure = new GatewayInstanceId("unsure");
    UnsureGateway gateway = new UnsureGateway();
    shop.with(gateway, new GatewayConfig(unsure, "unsure", Mode.TEST, Map.of()));
    int events = shop.events().size();

    WebhookReply reply = shop.house().webhook(unsure, request(new byte[10]));

    assertThat(reply.status()).as("deliver it again later").isEqualTo(503);
    assertThat(shop.events()).hasSize(events);
    assertThat(gateway.lookups()).isZero();
  }

  @Test
  void f21_a_body_of_ten_megabytes_is_refused() {
    assertThat(shop.house().webhook(Shop.MAIN, request(new byte[10 << 20])).status())
        .isEqualTo(413);
    assertThat(shop.house().webhook(Shop.MAIN, request(new byte[0])).status()).isEqualTo(400);
  }

  @Test
  void f23_a_refund_made_in_the_console_is_taken_in_and_hooks_run() {
    List<LifecycleEvent> told = new ArrayList<>();
    shop.with(
        Hook.named("books")
            .on(PaymentRefunded.class, (event, context) -> told.add(event))
            .on(DisputeOpened.class, (event, context) -> told.add(event)));
    CheckoutView checkout = shop.paid10();
    Payment payment = shop.payment(checkout);
    shop.provider.takeWebhooks();

    shop.controls()
        .consoleRefund(shop.charge(payment).captures().get(0).id(), Money.parse("EUR 4.00"));
    shop.deliverWebhooks().work();

    assertThat(shop.payment(checkout)).isPartlyRefunded().hasRefunded(Money.parse("EUR 4.00"));
    assertThat(shop.view(checkout)).as("facts never un-happen").isCompleted();
    assertThatEvents(told).areExactly(PaymentRefunded.class);
    assertThatThrownBy(() -> shop.refund(payment, "EUR 6.01")).hasMessageContaining("EUR 6.00");
  }

  @Test
  void f23_a_dispute_is_taken_in_and_its_money_is_not_refundable_until_it_is_won() {
    CheckoutView checkout = shop.paid10();
    Payment payment = shop.payment(checkout);
    String dispute = shop.controls().dispute(shop.charge(payment).id(), Money.parse("EUR 7.00"));
    shop.deliverWebhooks();
    assertThat(shop.payment(checkout)).hasRefundable(Money.parse("EUR 3.00"));
    assertThatThrownBy(() -> shop.refund(payment, "EUR 4.00")).hasMessageContaining("EUR 3.00");

    shop.controls().winDispute(dispute);
    shop.deliverWebhooks();

    assertThat(shop.payment(checkout)).hasRefundable(Shop.TEN);
    assertThatEvents(shop.events())
        .comeInOrder(
            DisputeOpened.class, DisputeFundsWithdrawn.class, DisputeFundsReinstated.class);
  }

  @Test
  void a_payment_that_we_did_not_start_is_found_by_its_webhook_and_kept_once() {
    String charge =
        shop.controls().foreignCharge("acct_main", Money.parse("JPY 700"), Optional.empty());

    shop.deliverWebhooks();
    shop.deliver(shop.provider.webhookAgain("evt_1"));

    assertThat(shop.payments()).hasSize(1);
    Payment foreign = shop.payments().get(0);
    assertThat(foreign).isCaptured().hasCaptured(Money.parse("JPY 700"));
    assertThat(foreign.checkout()).isEmpty();
    assertThat(foreign.facts().attempts()).containsOnlyKeys(charge);
    assertThatEvents(shop.house().timeline(foreign.id()))
        .containsOnce(ForeignPaymentSeen.class)
        .containsOnce(PaymentCaptured.class);
    assertThat(shop.refund(foreign, "JPY 200")).isPartlyRefunded();
    assertThat(shop.chargeById(charge).refunded()).isEqualTo(Money.parse("JPY 200"));
  }

  @Test
  void what_webhooks_failed_to_bring_is_found_by_reconciling() {
    CheckoutView checkout = shop.paid10();
    Payment payment = shop.payment(checkout);
    shop.controls()
        .consoleRefund(shop.charge(payment).captures().get(0).id(), Money.parse("EUR 4.00"));
    shop.controls().foreignCharge("acct_main", Money.parse("JPY 700"), Optional.empty());
    shop.provider.takeWebhooks();
    shop.clock.advance(Duration.ofMinutes(1));

    Reconciliation done =
        shop.house().reconcile(Shop.MAIN, shop.clock.instant().minus(Duration.ofHours(1)));

    assertThat(done.failure()).isEmpty();
    assertThat(done.unclear()).isZero();
    assertThat(shop.payment(checkout)).isPartlyRefunded();
    assertThat(shop.payments()).hasSize(2);
    assertThatEvents(shop.events()).containsOnce(ForeignPaymentSeen.class);
  }

  @Test
  void reconciling_with_a_provider_that_is_down_says_so_and_goes_on_from_the_same_time() {
    shop.door.down(true);

    Reconciliation done = shop.house().reconcile(Shop.MAIN, shop.clock.instant());

    assertThat(done.failure()).isPresent();
    assertThat(done.upTo()).isEqualTo(shop.clock.instant());
  }

  @Test
  void a_notice_whose_lookup_fails_is_kept_and_looked_up_later() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.PENDING);
    shop.controls().settle(shop.charge(shop.payment(checkout)).id());
    shop.door.down(true);

    shop.deliverWebhooks();
    assertThat(shop.view(checkout)).isPending();
    shop.door.down(false);
    shop.pass(Duration.ofMinutes(1), 30);

    assertThat(shop.view(checkout)).isCompleted();
  }

  @Test
  void a_webhook_for_an_unknown_gateway_is_not_found() {
    assertThatThrownBy(
            () -> shop.house().webhook(new GatewayInstanceId("nobody"), request(new byte[0])))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("nobody");
  }

  private static ReferenceAccount account(String secret) {
    ReferenceAccount main = ReferenceAccount.test("main");
    return new ReferenceAccount(main.id(), main.secretKey(), List.of(secret), main.webhookUri());
  }

  private int post(PendingWebhook notice, String signature) {
    Map<String, List<String>> fields = Map.of(SIGNATURE, List.of(signature));
    return shop.house()
        .webhook(Shop.MAIN, new WebhookRequest("POST", notice.uri(), fields, notice.body()))
        .status();
  }

  private static WebhookRequest request(byte[] body) {
    return new WebhookRequest(
        "POST",
        URI.create("https://shop.test/webhooks"),
        Map.of("content-type", List.of("text/plain; " + StandardCharsets.UTF_8)),
        body);
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      CountDownLatch ready = new CountDownLatch(times);
      CountDownLatch go = new CountDownLatch(1);
      List<Future<T>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        all.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  go.await();
                  return work.call();
                }));
      }
      assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
      go.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> one : all) {
        results.add(one.get(30, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Counts the calls of a store. */
  private static final class ReadCounter {
    private final AtomicInteger calls = new AtomicInteger();

    int calls() {
      return calls.get();
    }

    Store around(Store store) {
      return (Store)
          Proxy.newProxyInstance(
              ReadCounter.class.getClassLoader(),
              new Class<?>[] {Store.class},
              (proxy, method, arguments) -> {
                calls.incrementAndGet();
                try {
                  return method.invoke(store, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
