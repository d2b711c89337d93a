package dev.gatehouse.docs;

import static dev.gatehouse.membership.MembershipState.CANCELLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The hooks of docs/writing-a-hook.md, hearing what the integration guide's hooks wanted. */
class FirstHookTest {
  private static final CustomerId ADA = new CustomerId("ada");

  private final List<String> told = new ArrayList<>();
  private final Crm crm = new Crm();
  private final Tracker ga4 = new Tracker();
  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");

  private final class Tracker {
    void purchase(String id, Money total) {
      told.add("purchase " + total);
    }

    void event(String name) {
      told.add(name);
    }
  }

  private final class Crm {
    private boolean down;

    String upsert(String name, String email) throws CrmDownException {
      if (down) {
        throw new CrmDownException();
      }
      told.add("contact " + email);
      return "crm-7";
    }
  }

  private static final class CrmDownException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private Hook lambdas() {
    // snippet: HookOfLambdas
    return Hook.named("ga4")
        .on(CheckoutCompleted.class, (e, ctx) -> ga4.purchase(e.header().id(), e.total()))
        .on(PaymentFailed.class, (e, ctx) -> ga4.event("failed " + e.decline().code()))
        .onMembershipStatus(CANCELLED, (e, ctx) -> ga4.event("churn " + e.planName()));
    // end snippet
  }

  // snippet: HookOfAClass
  private final class CrmHook implements LifecycleHook {
    @Override
    public String id() {
      return "crm";
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return event instanceof CustomerCreated;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      var person = context.customer().flatMap(customer -> customer.person());
      if (person.isEmpty()) {
        return HookResult.delivered(); // Erased since: there is nobody left to tell of.
      }
      try {
        String contact = crm.upsert(person.get().name(), person.get().email());
        context.putCustomerMetadata("crm_contact_id", contact);
        return HookResult.delivered();
      } catch (CrmDownException e) {
        return new HookResult.Retry(Optional.of(Duration.ofMinutes(1)), "the CRM is down");
      }
    }
  }

  // end snippet

  @Test
  void the_hooks_of_the_guide_hear_what_they_wanted_in_order_and_once() {
    try (Gatehouse gatehouse = gatehouse()) {
      register(gatehouse);
      CheckoutView checkout = start(gatehouse);
      pay(gatehouse, checkout, "try-1", "tok_decline_insufficient_funds");
      pay(gatehouse, checkout, "try-2", "tok_approve");
      gatehouse.cancelMembership(
          new CancelMembership(checkout.membership().orElseThrow().id(), "moved away"));
      deliver(gatehouse);

      assertThat(told)
          .containsExactlyInAnyOrder(
              "contact ada@example.org",
              "failed INSUFFICIENT_FUNDS",
              "purchase EUR 49.00",
              "churn Gold")
          .containsSubsequence("failed INSUFFICIENT_FUNDS", "purchase EUR 49.00", "churn Gold");
    }
  }

  @Test
  void a_hook_that_fails_is_called_again_and_no_payment_waits_for_it() {
    try (Gatehouse gatehouse = gatehouse()) {
      crm.down = true;
      register(gatehouse);
      CheckoutView checkout = start(gatehouse);
      assertThat(pay(gatehouse, checkout, "try-1", "tok_approve").isCompleted()).isTrue();
      deliver(gatehouse);
      assertThat(told).containsExactly("purchase EUR 49.00");

      crm.down = false;
      clock.advance(Duration.ofMinutes(1));
      deliver(gatehouse);

      assertThat(told).containsExactly("purchase EUR 49.00", "contact ada@example.org");
    }
  }

  private Gatehouse gatehouse() {
    ReferenceAccount account = ReferenceAccount.test("shop");
    ReferenceProvider provider =
        new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account));
    return Gatehouse.builder()
        .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
        .gateway(
            GatewayConfig.test(
                "reference",
                Map.of(
                    "base-url", ReferenceTransport.BASE_URL.toString(),
                    "secret-key", account.secretKey(),
                    "webhook-secret", account.webhookSecrets().get(0))))
        .transport(new ReferenceTransport(provider))
        .clock(clock)
        .hook(lambdas())
        .hook(new CrmHook())
        .build();
  }

  private static void register(Gatehouse gatehouse) {
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  private static CheckoutView start(Gatehouse gatehouse) {
    Plan gold = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 49.00"));
    return gatehouse.startCheckout(StartCheckout.forPlan(ADA, "order-1", gold));
  }

  private static CheckoutView pay(
      Gatehouse gatehouse, CheckoutView checkout, String key, String token) {
    return gatehouse.pay(
        Pay.sale(
            checkout.id(),
            key,
            new GatewayInstanceId("reference"),
            new PaymentMethod.Token("card", token)));
  }

  private static void deliver(Gatehouse gatehouse) {
    while (gatehouse.runDueWork() > 0) {
      // Each round offers a hook the next event of a subject.
    }
  }
}
