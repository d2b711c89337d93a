package dev.gatehouse.crm.hubspot;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.validation.NoCardNumber;
import java.util.Optional;

/**
 * What is kept about a customer between two events, in the customer's metadata: under a key, and
 * under others that begin with it.
 */
final class Notes {
  /** Noted when a contact may be there whose id we never heard: which id we knew by then. */
  private static final String UNSURE = ".unsure";

  /** Noted when the contact was found to be another customer's, too. */
  private static final String SHARED = ".shared";

  /** Noted so while no id was known. */
  private static final String NO_ID = "true";

  private static final String YES = "true";

  /** In place of either once a person was asked to look. */
  private static final String ASKED = "asked";

  private static final String ACTIVE = ".active";

  /** Before an id that could be a card's number, and would be refused: one in ten long ones. */
  private static final String MARK = "contact:";

  private final String key;

  Notes(String key) {
    this.key = key;
  }

  /** The contact's id, as HubSpot knows it. */
  Optional<String> contactId(Customer customer) {
    return noted(customer, "")
        .map(kept -> kept.startsWith(MARK) ? kept.substring(MARK.length()) : kept);
  }

  /** Even if it is known: an erasure waits for who keeps something, wherever that runs now. */
  void keepId(HookContext context, String id) {
    context.putCustomerMetadata(key, NoCardNumber.Rule.isIn(id) ? MARK + id : id);
  }

  void keepUnsure(HookContext context) {
    String known = context.customer().map(this::idWhenUnsure).orElse(NO_ID);
    if (context.customer().flatMap(c -> noted(c, UNSURE)).filter(known::equals).isEmpty()) {
      context.putCustomerMetadata(key + UNSURE, known);
    }
  }

  /** Whether there may be a contact that we don't know. An id that was learnt since is its id. */
  boolean isUnsure(Customer customer) {
    return noted(customer, UNSURE).filter(idWhenUnsure(customer)::equals).isPresent();
  }

  /** Whoever replays it has looked. */
  void keepAskedAboutUnsure(HookContext context) {
    context.putCustomerMetadata(key + UNSURE, ASKED);
  }

  void keepShared(HookContext context) {
    context.putCustomerMetadata(key + SHARED, YES);
  }

  boolean isShared(Customer customer) {
    return noted(customer, SHARED).filter(YES::equals).isPresent();
  }

  void keepAskedAboutShared(HookContext context) {
    context.putCustomerMetadata(key + SHARED, ASKED);
  }

  boolean wasAskedAboutShared(Customer customer) {
    return noted(customer, SHARED).filter(ASKED::equals).isPresent();
  }

  Memberships memberships(Customer customer) {
    return Memberships.of(noted(customer, ACTIVE));
  }

  void keep(HookContext context, Memberships memberships) {
    context.putCustomerMetadata(key + ACTIVE, memberships.text());
  }

  private String idWhenUnsure(Customer customer) {
    return noted(customer, "").orElse(NO_ID);
  }

  private Optional<String> noted(Customer customer, String what) {
    return Optional.ofNullable(customer.metadata().get(key + what));
  }
}
