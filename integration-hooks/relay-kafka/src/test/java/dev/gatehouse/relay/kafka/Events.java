package dev.gatehouse.relay.kafka;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.CheckoutCancelled;
import dev.gatehouse.event.ConflictFound;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events to tell. */
final class Events {
  private Events() {}

  /** The event with this number of a customer. */
  static LifecycleEvent event(String customer, int number) {
    return new CheckoutCancelled(
        header(customer, number), new CheckoutId("chk_" + customer + "_" + number));
  }

  /** One that takes so many bytes, and more. */
  static LifecycleEvent large(String customer, int number, int bytes) {
    return new ConflictFound(
        header(customer, number), new PaymentId("pay_1"), "fact", List.of("x".repeat(bytes)));
  }

  static String id(String customer, int number) {
    return customer + "/" + number;
  }

  private static EventHeader header(String customer, int number) {
    return new EventHeader(
        id(customer, number),
        Instant.parse("2026-03-01T12:00:00.123456789Z").plusSeconds(number),
        customer,
        Optional.of(new CustomerId(customer)),
        Optional.of(Mode.TEST));
  }

  /** A context that knows nobody. */
  static HookContext attempt(int attempt) {
    return new HookContext() {
      @Override
      public int attempt() {
        return attempt;
      }

      @Override
      public Optional<Customer> customer() {
        return Optional.empty();
      }

      @Override
      public Optional<Checkout> checkout() {
        return Optional.empty();
      }

      @Override
      public boolean putCustomerMetadata(String key, String value) {
        return false;
      }
    };
  }
}
