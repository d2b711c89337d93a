package dev.gatehouse.benchmarks;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import dev.gatehouse.testkit.reference.TestToken;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/**
 * Sales as the engine commits them: what each rests on, which is put into a store before anything
 * is measured, and then two commits for each, the intent to charge and what came of it.
 */
record Sales(List<Commit> before, List<Sale> all) {
  private static final GatewayInstanceId MAIN = new GatewayInstanceId("main");
  private static final int AT_ONCE = 200;

  record Sale(Commit intent, Commit outcome) {}

  /** One system of an application that wants to hear of everything. */
  private static final class Everything implements LifecycleHook {
    @Override
    public String id() {
      return "crm";
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return true;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      return HookResult.delivered();
    }
  }

  /** One for all, since each numbers its charges from 1 and stores keep an id once. */
  static ReferenceProvider provider() {
    List<ReferenceAccount> accounts = List.of(ReferenceAccount.test("main"));
    return new ReferenceProvider(Clock.systemUTC(), ReferenceOptions.defaults(), accounts);
  }

  /** Lets an engine make them in memory. */
  static Sales recorded(int count, ReferenceProvider provider) {
    List<Commit> commits = new ArrayList<>();
    Gatehouse gatehouse = gatehouse(recording(new InMemoryStore(), commits), provider);
    List<Pay> payments = started(gatehouse, count);
    List<Commit> before = together(commits);
    commits.clear();
    List<Sale> sales = new ArrayList<>();
    for (Pay payment : payments) {
      gatehouse.pay(payment);
      if (commits.size() != 2) {
        throw new IllegalStateException("a sale made " + commits.size() + " commits, not 2");
      }
      sales.add(new Sale(commits.get(0), commits.get(1)));
      commits.clear();
    }
    provider.takeWebhooks();
    return new Sales(before, sales);
  }

  /** With the reference provider in this process and no network. */
  static Gatehouse gatehouse(Store store, ReferenceProvider provider) {
    ReferenceAccount account = provider.accounts().get(0);
    Map<String, String> settings =
        Map.of(
            ReferenceGatewayProvider.BASE_URL, ReferenceTransport.BASE_URL.toString(),
            ReferenceGatewayProvider.SECRET_KEY, account.secretKey(),
            ReferenceGatewayProvider.WEBHOOK_SECRET, account.webhookSecrets().get(0));
    return Gatehouse.builder()
        .store(store)
        .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
        .gateway(new GatewayConfig(MAIN, "reference", Mode.TEST, settings))
        .transport(new ReferenceTransport(provider))
        .hook(new Everything())
        .build();
  }

  /** A customer and an open checkout for each, ready to be paid. */
  static List<Pay> started(Gatehouse gatehouse, int count) {
    List<Pay> payments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payments.add(started(gatehouse, "customer-" + UUID.randomUUID()));
    }
    return payments;
  }

  static Pay started(Gatehouse gatehouse, String name) {
    CustomerId customer = new CustomerId(name);
    gatehouse.register(
        new RegisterCustomer(
            customer, new Person("Ann Example", name + "@example.org", Locale.ENGLISH)));
    List<Line> lines = List.of(Line.of("A year of everything", 1, Money.parse("EUR 90.00")));
    CheckoutId checkout =
        gatehouse.startCheckout(StartCheckout.forLines(customer, name, lines)).id();
    PaymentMethod card = new PaymentMethod.Token("card", TestToken.APPROVE.value());
    return Pay.sale(checkout, name, MAIN, card);
  }

  private static Store recording(Store store, List<Commit> commits) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                if (method.getName().equals("commit")) {
                  commits.add((Commit) arguments[0]);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The same in few commits, since nobody measures them. */
  private static List<Commit> together(List<Commit> commits) {
    List<Commit> few = new ArrayList<>();
    for (int from = 0; from < commits.size(); from += AT_ONCE) {
      Commit.Builder one = Commit.builder();
      for (Commit each : commits.subList(from, Math.min(commits.size(), from + AT_ONCE))) {
        each.customers().forEach(one::save);
        each.checkouts().forEach(one::save);
        each.events().forEach(event -> one.raise(event.event(), event.hooks()));
      }
      few.add(one.build());
    }
    return few;
  }
}
