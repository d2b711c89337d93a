package dev.gatehouse.examples.membership;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.membership.MembershipState;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the CRM in step: a contact for every new customer, whose id in the CRM is kept with the
 * customer; later the plan, and whether the customer still is a member.
 *
 * <p>Events of one customer come in order, so the contact exists when its membership changes. Every
 * request may come twice and therefore says what is, not what to add.
 */
final class CrmHook {
  /** Where the contact's id is kept among the customer's metadata. */
  static final String CONTACT_ID = "crm_contact_id";

  private final Sink crm;

  private CrmHook(Sink crm) {
    this.crm = crm;
  }

  /** A hook that tells this CRM. */
  static LifecycleHook to(Sink crm) {
    CrmHook hook = new CrmHook(crm);
    return Hook.named("crm")
        .on(CustomerCreated.class, hook::createContact)
        .onMembershipStatus(MembershipState.ACTIVE, hook::becameMember)
        .onMembershipStatus(MembershipState.CANCELLED, hook::ended);
  }

  private void createContact(CustomerCreated event, HookContext context) throws IOException {
    Optional<Customer> customer = context.customer();
    Optional<Person> person = customer.flatMap(Customer::person);
    if (person.isEmpty()) {
      return; // Erased meanwhile: there is nothing that the CRM may know.
    }
    ObjectNode contact =
        Json.object()
            .put("email", person.get().email())
            .put("name", person.get().name())
            .put(
                "signup_date",
                customer.get().registeredAt().atZone(ZoneOffset.UTC).toLocalDate().toString());
    JsonNode created = crm.send("PUT", "/crm/customers/" + event.customer(), event, contact);
    // Store the CRM's id for future reference.
    context.putCustomerMetadata(CONTACT_ID, created.path("id").asString());
  }

  private void becameMember(MembershipStatusChanged event, HookContext context) throws IOException {
    update(event, context, Json.object().put("plan", event.planName()).put("member", true));
  }

  private void ended(MembershipStatusChanged event, HookContext context) throws IOException {
    update(event, context, Json.object().put("member", false));
  }

  private void update(MembershipStatusChanged event, HookContext context, ObjectNode changes)
      throws IOException {
    Optional<String> contact =
        context.customer().map(customer -> customer.metadata().get(CONTACT_ID));
    if (contact.isPresent()) {
      crm.send("PATCH", "/crm/contacts/" + contact.get(), event, changes);
    }
  }
}
