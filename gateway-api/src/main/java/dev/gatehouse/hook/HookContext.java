package dev.gatehouse.hook;

import dev.gatehouse.customer.Customer;
import java.util.Optional;

/** What a hook may know and do beside the event itself. Valid during the call. */
public interface HookContext {
  /** Which attempt at this delivery it is; 1 at first. */
  int attempt();

  /** The event's customer as known now, with personal data unless it was erased. */
  Optional<Customer> customer();

  /**
   * Keeps something about the event's customer, such as {@code crm_contact_id}.
   *
   * @throws dev.gatehouse.error.InvalidInputException if the event has no customer, or key or value
   *     are malformed (a key has 1 to 64 letters, digits, '.', '_' or '-'; a value at most 1,024
   *     characters)
   */
  void putCustomerMetadata(String key, String value);
}
