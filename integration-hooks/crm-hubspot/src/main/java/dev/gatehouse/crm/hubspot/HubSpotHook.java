package dev.gatehouse.crm.hubspot;

import dev.gatehouse.crm.hubspot.ContactCalls.Written;
import dev.gatehouse.crm.hubspot.HubSpotApi.Contact;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.sink.Consent;
import dev.gatehouse.sink.PersonalData;
import dev.gatehouse.sink.SinkJson;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One instance. What it tells says what is, not what to add, so that it may be told twice. A
 * contact that we know is changed by its id, whatever address it has there by now.
 */
final class HubSpotHook implements BatchHook {
  private static final Logger LOG = LoggerFactory.getLogger(HubSpotHook.class);

  private static final HookResult UNANSWERED =
      new HookResult.Retry(Optional.empty(), "nobody knows what became of the contact");

  private static final Set<Field> PERSONAL = Set.of(Field.NAME);

  private final HubSpotSettings settings;
  private final Supplier<HubSpotApi> calls;
  private final String instance;
  private final Notes notes;

  HubSpotHook(HubSpotSettings settings, Supplier<HubSpotApi> calls, String instance) {
    this.settings = settings;
    this.calls = calls;
    this.instance = instance;
    this.notes = new Notes(settings.contactIdKey());
  }

  @Override
  public String id() {
    return instance;
  }

  /** A membership that was never paid for ends as well, but nobody leaves. */
  @Override
  public boolean wants(LifecycleEvent event) {
    boolean neverBegan =
        event instanceof MembershipStatusChanged changed
            && changed.from() == MembershipState.PENDING
            && changed.to() == MembershipState.CANCELLED;
    return event.header().customer().isPresent() && !neverBegan;
  }

  @Override
  public int most() {
    return HubSpotApi.MOST;
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    return handleAll(List.of(new Told(event, context))).get(0);
  }

  @Override
  public List<HookResult> handleAll(List<Told> told) {
    HubSpotApi api = calls.get();
    Owners owners =
        new Owners(api, Optional.ofNullable(settings.properties().get(Field.CUSTOMER_ID)));
    Map<String, Told> written = new LinkedHashMap<>();
    List<Contact> contacts = new ArrayList<>();
    Map<Told, HookResult> done = new LinkedHashMap<>();
    for (Told one : told) {
      Optional<Contact> contact = contact(one, String.valueOf(written.size()));
      if (one.event() instanceof CustomerErased) {
        done.put(one, new Forgetting(api, owners, notes).forget(one.context()));
      } else if (contact.isPresent()) {
        written.put(contact.get().trace(), one);
        contacts.add(contact.get());
      } else {
        done.put(one, keeping(() -> noted(one, HookResult.delivered())));
      }
    }
    if (!contacts.isEmpty()) {
      Map<String, Written> results = new ContactCalls(api, owners).write(contacts);
      written.forEach(
          (trace, one) -> {
            Written result = results.get(trace);
            done.put(one, result == null ? UNANSWERED : keeping(() -> kept(one, result)));
          });
    }
    return told.stream().map(done::get).toList();
  }

  /** What a contact is told; empty if there is nothing to tell, or nobody left to tell of. */
  private Optional<Contact> contact(Told told, String trace) {
    Optional<Customer> customer = told.context().customer();
    ObjectNode changes = SinkJson.object();
    ObjectNode all = SinkJson.object();
    customer.ifPresent(
        known -> {
          fill(changes, told.event(), known);
          identify(all, known);
          all.setAll(changes);
        });
    return customer
        .filter(known -> mayBeTold(known, told.context()))
        .flatMap(Customer::person)
        .filter(person -> !changes.isEmpty() || told.event() instanceof CustomerCreated)
        .map(
            person ->
                new Contact(trace, notes.contactId(customer.get()), person.email(), changes, all));
  }

  /** A contact can't do without the address, which is data of the customer for advertising. */
  private boolean mayBeTold(Customer customer, HookContext context) {
    return settings
        .consent()
        .allows(Consent.of(customer, context.checkout()), Purpose.AD_USER_DATA);
  }

  private void fill(ObjectNode properties, LifecycleEvent event, Customer customer) {
    if (event instanceof CustomerCreated) {
      identify(properties, customer);
      settings.signedUp().ifPresent(s -> properties.put(HubSpotSettings.LIFECYCLE, s));
    } else if (event instanceof CheckoutCompleted completed && completed.payment().isPresent()) {
      settings.bought().ifPresent(s -> properties.put(HubSpotSettings.LIFECYCLE, s));
    } else if (event instanceof MembershipStatusChanged changed
        && notes.memberships(customer).isTold(changed)) {
      put(properties, Field.PLAN_ID, changed.plan().value());
      put(properties, Field.PLAN, changed.planName());
      put(properties, Field.STATUS, changed.to().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Who a contact is. */
  private void identify(ObjectNode properties, Customer customer) {
    customer.person().ifPresent(person -> put(properties, Field.NAME, person.name()));
    put(properties, Field.CUSTOMER_ID, customer.id().value());
    put(
        properties,
        Field.SIGNUP_DATE,
        customer.registeredAt().atZone(ZoneOffset.UTC).toLocalDate().toString());
  }

  private void put(ObjectNode properties, Field field, String value) {
    boolean isTold = settings.personalData() == PersonalData.KEEP || !PERSONAL.contains(field);
    Optional.ofNullable(settings.properties().get(field))
        .filter(property -> isTold)
        .ifPresent(property -> properties.put(property, value));
  }

  /** One customer of whom no more can be kept holds up nobody else of the same call. */
  private static HookResult keeping(Supplier<HookResult> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      return new HookResult.Park(
          "what HubSpot said can't be kept with the customer: " + e.problems().get(0).code());
    }
  }

  /** Once it is told, the id is there for whoever has to find the contact again. */
  private HookResult kept(Told told, Written written) {
    if (written.id().isPresent()) {
      notes.keepId(told.context(), written.id().get());
      told.context().customer().ifPresent(customer -> sharing(customer, written, told.context()));
    } else if (written.isUnsure()) {
      notes.keepUnsure(told.context());
    }
    return noted(told, written.result());
  }

  private void sharing(Customer customer, Written written, HookContext context) {
    String us = customer.id().value();
    Optional<String> other = written.owner().filter(owner -> !owner.equals(us));
    if (other.isPresent()) {
      LOG.warn(
          "hook {}: customers {} and {} have one address, and are one contact",
          instance,
          other.get(),
          us);
      notes.keepShared(context);
    }
  }

  /** What was told of a membership counts for what is told of the next. */
  private HookResult noted(Told told, HookResult result) {
    Optional<Customer> customer = told.context().customer().filter(known -> !known.isErased());
    if (result instanceof HookResult.Delivered
        && told.event() instanceof MembershipStatusChanged changed
        && customer.isPresent()) {
      Memberships before = notes.memberships(customer.get());
      Memberships after = before.after(changed);
      if (!after.equals(before)) {
        notes.keep(told.context(), after);
      }
    }
    return result;
  }
}
