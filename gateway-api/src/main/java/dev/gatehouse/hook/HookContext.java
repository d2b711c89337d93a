package dev.gatehouse.hook;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import java.util.Optional;

/** What a hook may know and do beside the event itself. Valid during the call. */
public interface HookContext {
  /** Which attempt at this delivery it is; 1 at first. */
  int attempt();

  /** The event's customer as known now, with personal data unless it was erased. */
  Optional<Customer> customer();

  /**
   * The checkout that the event is about, or for which its payment is, as known now; empty if it is
   * about none.
   */
  Optional<Checkout> checkout();

  /**
   * Keeps something about the event's customer, such as {@code crm_contact_id}. Of a customer who
   * was erased nothing is kept once the hooks that want it were told ({@link
   * dev.gatehouse.event.CustomerErased}); then the answer is {@code false}, and trying again is of
   * no use.
   *
   * @return whether it is kept
   * @throws dev.gatehouse.error.InvalidInputException if the event has no customer, if key or value
   *     are malformed (a key has 1 to 64 letters, digits, '.', '_' or '-'; a value has at most
   *     1,024 characters on one line; neither is a card number), or if 50 other keys are kept
   */
  boolean putCustomerMetadata(String key, String value);
}
