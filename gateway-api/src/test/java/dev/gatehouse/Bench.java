package dev.gatehouse;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.fake.ClosedTransport;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.fake.FakeProvider;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.InMemoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/** A gatehouse with a few records in it, and eyes on its gateway and its store. */
final class Bench {
  static final CustomerId ANN = new CustomerId("ann");

  /** Was erased. */
  static final CustomerId EVE = new CustomerId("eve");

  static final GatewayInstanceId FAKE = new GatewayInstanceId("fake");
  static final GatewayInstanceId BARE = new GatewayInstanceId("bare");
  static final GatewayInstanceId OFF = new GatewayInstanceId("off");
  static final GatewayInstanceId REFUSED = new GatewayInstanceId("refused");
  static final GatewayInstanceId MANUAL = new GatewayInstanceId("manual");
  static final PaymentMethod TOKEN = new PaymentMethod.Token("card", "tok_1");
  private static final Plan PLAN = new Plan(new PlanId("gold"), "Gold", Money.parse("USD 10"));

  final FakeGateway.Full gateway = new FakeGateway.Full();
  final InMemoryStore store = new InMemoryStore();
  final Gatehouse gatehouse;
  final CheckoutId open;
  final CheckoutId paid;
  final CheckoutId free;
  final PaymentId payment;
  final PaymentId transfer;
  final MembershipId membership;

  Bench() {
    gatehouse =
        Gatehouse.builder()
            .store(store)
            .catalog(
                GatewayCatalog.of(
                    FakeProvider.full("fake", gateway),
                    new FakeProvider(
                        "bare",
                        FakeProvider.bare()
                            .method(MethodSpec.withoutToken("wallet").needingReturnUrl())
                            .build(),
                        (settings, environment) -> new FakeGateway()),
                    new ManualGatewayProvider()))
            .gateway(GatewayConfig.test("fake", Map.of()))
            .gateway(GatewayConfig.test("bare", Map.of()))
            .gateway(GatewayConfig.test("manual", Map.of("instructions", "Pay to 1|Thanks")))
            .gateway(new GatewayConfig(OFF, "bare", Mode.TEST, Map.of()).off())
            .gateway(new GatewayConfig(REFUSED, "nobody", Mode.TEST, Map.of()))
            .whenRefused(WhenRefused.GO_ON)
            .hook(Hook.named("crm"))
            .transport(new ClosedTransport())
            .clock(Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC))
            .build();
    gatehouse.register(new RegisterCustomer(ANN, person("Ann")));
    gatehouse.register(new RegisterCustomer(EVE, person("Eve")));
    gatehouse.operations().erase(new EraseCustomer(EVE, "Olga", "she asked for it"));
    open = start("open").id();
    paid = start("paid").id();
    CheckoutView bought = gatehouse.pay(Pay.sale(paid, "pay", FAKE, TOKEN));
    payment = bought.payments().get(0).id();
    membership = bought.membership().orElseThrow().id();
    free =
        gatehouse
            .startCheckout(
                StartCheckout.forLines(
                    ANN, "free", List.of(Line.of("Sample", 1, Money.parse("USD 0")))))
            .id();
    CheckoutId waiting = start("transfer").id();
    transfer =
        gatehouse
            .pay(Pay.sale(waiting, "pay", MANUAL, new PaymentMethod.OfType("bank_transfer")))
            .payments()
            .get(0)
            .id();
  }

  static Person person(String name) {
    return new Person(name, "ann@example.com", Locale.US);
  }

  static StartCheckout plan(String key) {
    return StartCheckout.forPlan(ANN, key, PLAN);
  }

  /** What the gateway may have sent something for; reading a person's report is pure. */
  List<String> requests() {
    return gateway.calls().stream().filter(call -> !call.equals("report")).toList();
  }

  /** Everything that is stored, to be compared. */
  List<Object> saved() {
    return List.of(
        store.payments(),
        store.checkouts(),
        store.events(),
        store.parked(Optional.empty(), 100),
        store.customer(ANN),
        store.customer(EVE));
  }

  private CheckoutView start(String key) {
    return gatehouse.startCheckout(plan(key));
  }
}
