package dev.gatehouse.crm.hubspot;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.sink.SinkReply;
import java.util.Optional;

/** How a customer who was erased is forgotten in HubSpot, for good, or left to a person there. */
final class Forgetting {
  /** What a deletion is answered with, and no page of anybody between. */
  private static final int NO_CONTENT = 204;

  private final HubSpotApi api;
  private final Owners owners;
  private final Notes notes;

  Forgetting(HubSpotApi api, Owners owners, Notes notes) {
    this.api = api;
    this.owners = owners;
    this.notes = notes;
  }

  /** First the contact that is known, then perhaps another one that a person has to look for. */
  HookResult forget(HookContext context) {
    Optional<Customer> customer = context.customer();
    return customer.isEmpty() ? HookResult.delivered() : forget(customer.get(), context);
  }

  private HookResult forget(Customer customer, HookContext context) {
    HookResult result =
        notes
            .contactId(customer)
            .filter(id -> !notes.wasAskedAboutShared(customer))
            .map(id -> forget(id, customer, context))
            .orElseGet(HookResult::delivered);
    if (!(result instanceof HookResult.Delivered) || !notes.isUnsure(customer)) {
      return result;
    }
    notes.keepAskedAboutUnsure(context);
    return new HookResult.Park(
        "HubSpot may hold a contact whose id it never told us: look for it there, delete it, and"
            + " replay this");
  }

  /** What is another customer's, too, is not ours to delete: nobody can bring it back. */
  private HookResult forget(String id, Customer customer, HookContext context) {
    Owners.Known known = owners.ofContact(id);
    if (known.trouble().isPresent()) {
      return known.trouble().get().result();
    }
    boolean isOthers =
        !known.ids().getOrDefault(id, customer.id().value()).equals(customer.id().value());
    if (!isOthers && !notes.isShared(customer)) {
      return delete(id);
    }
    notes.keepAskedAboutShared(context);
    return new HookResult.Park(
        "the contact is another customer's, too, and was not deleted: take out there what may not"
            + " stay, or delete it, and replay this");
  }

  /** A contact that is not there any more is forgotten already. */
  private HookResult delete(String id) {
    SinkReply reply = api.forget(id);
    boolean isGone =
        reply instanceof SinkReply.Refused refused && Category.isNotFound(refused.response());
    if (reply instanceof SinkReply.Taken taken && taken.response().status() != NO_CONTENT) {
      return new HookResult.Retry(Optional.empty(), "HubSpot does not say that it has forgotten");
    }
    return isGone ? HookResult.delivered() : reply.result();
  }
}
