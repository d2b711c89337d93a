package dev.gatehouse.testkit.scenario;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What was committed through a store, which can't list it by itself. Thread-safe. */
final class Kept {
  private final Set<PaymentId> payments = new TreeSet<>();
  private final Set<CheckoutId> checkouts = new TreeSet<>();
  private final Map<String, String> subjectByEvent = new LinkedHashMap<>();

  /** The store that is there when it is called, of which every commit is taken down. */
  Store by(Supplier<Store> current) {
    return (Store)
        Proxy.newProxyInstance(
            Kept.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(current.get(), arguments);
                if (method.getName().equals("commit")) {
                  takeDown((Commit) arguments[0]);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private synchronized void takeDown(Commit commit) {
    commit.payments().forEach(payment -> payments.add(payment.id()));
    commit.checkouts().forEach(checkout -> checkouts.add(checkout.id()));
    for (Commit.NewEvent added : commit.events()) {
      subjectByEvent.put(added.event().header().id(), added.event().header().subject());
    }
  }

  /** In the order of their ids. */
  synchronized List<Payment> payments(Store store) {
    return payments.stream().map(id -> store.payment(id).orElseThrow()).toList();
  }

  /** In the order of their ids. */
  synchronized List<Checkout> checkouts(Store store) {
    return checkouts.stream().map(id -> store.checkout(id).orElseThrow()).toList();
  }

  /** In the order of their commits. */
  synchronized List<LifecycleEvent> events(Store store) {
    Map<String, LifecycleEvent> stored = new HashMap<>();
    for (String subject : Set.copyOf(subjectByEvent.values())) {
      store.timeline(subject).forEach(event -> stored.put(event.header().id(), event));
    }
    return subjectByEvent.keySet().stream().map(stored::get).toList();
  }
}
