package dev.gatehouse.store.jdbc;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.Money;

/** A shop with a table of orders beside Gatehouse's tables, and a provider that keeps a ledger. */
final class OwnShop implements AutoCloseable {
  static final CustomerId ADA = new CustomerId("ada");

  final ReferenceProvider provider;
  final Gatehouse gatehouse;
  final List<String> told = new ArrayList<>();
  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");

  private OwnShop(Store store) {
    ReferenceAccount account = ReferenceAccount.test("shop");
    provider = new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account));
    Map<String, String> settings =
        Map.of(
            ReferenceGatewayProvider.BASE_URL, ReferenceTransport.BASE_URL.toString(),
            ReferenceGatewayProvider.SECRET_KEY, account.secretKey(),
            ReferenceGatewayProvider.WEBHOOK_SECRET, account.webhookSecrets().get(0));
    gatehouse =
        Gatehouse.builder()
            .store(store)
            .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
            .gateway(GatewayConfig.test("reference", settings))
            .hook(
                Hook.named("crm")
                    .on(CustomerCreated.class, (e, ctx) -> told.add(e.customer().value())))
            .transport(new ReferenceTransport(provider))
            .clock(clock)
            .build();
  }

  static OwnShop on(Store store) {
    return new OwnShop(store);
  }

  static RegisterCustomer registration(CustomerId customer) {
    return new RegisterCustomer(customer, new Person("Ada Lovelace", "ada@example.org", Locale.UK));
  }

  static StartCheckout order(String number) {
    return order(number, "EUR 9.00");
  }

  static StartCheckout order(String number, String price) {
    return StartCheckout.forLines(ADA, number, List.of(Line.of("A thing", 1, Money.parse(price))));
  }

  static void insertOrder(Connection connection, String number) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders (number) VALUES (?)")) {
      insert.setString(1, number);
      insert.executeUpdate();
    }
  }

  CheckoutView pay(CheckoutId checkout) {
    return gatehouse.pay(
        Pay.sale(
            checkout,
            "try-1",
            gatehouse.gateways().get(0).id(),
            new PaymentMethod.Token("card", "tok_approve")));
  }

  void doDueWork() {
    while (gatehouse.runDueWork() > 0) {
      // Each round does what the one before made due.
    }
  }

  @Override
  public void close() {
    gatehouse.close();
  }
}
