package dev.gatehouse.benchmarks;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.Pay;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import java.util.List;

/** Ours: the store by itself, and the engine on it. */
final class GatehouseContenders {
  private GatehouseContenders() {}

  /** Takes the commits as the engine hands them over: objects, not yet written as JSON. */
  static final class OfStore implements Contender {
    private final JdbcStore store;
    private List<Sales.Sale> sales = List.of();

    OfStore(JdbcStore store) {
      this.store = store;
    }

    @Override
    public void prepare(Sales made) {
      for (Commit commit : made.before()) {
        store.commit(commit);
      }
      sales = made.all();
    }

    @Override
    public Caller caller() {
      return sale -> {
        store.commit(sales.get(sale).intent());
        store.commit(sales.get(sale).outcome());
      };
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** Does everything: loads, decides, commits, calls the provider in this process, and so on. */
  static final class OfEngine implements Contender {
    private final JdbcStore store;
    private final Gatehouse gatehouse;
    private List<Pay> payments = List.of();

    OfEngine(JdbcStore store, ReferenceProvider provider) {
      this.store = store;
      this.gatehouse = Sales.gatehouse(store, provider);
    }

    @Override
    public void prepare(Sales made) {
      payments = Sales.started(gatehouse, made.all().size());
    }

    @Override
    public Caller caller() {
      return sale -> gatehouse.pay(payments.get(sale));
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
