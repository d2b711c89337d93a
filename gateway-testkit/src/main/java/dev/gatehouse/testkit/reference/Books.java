package dev.gatehouse.testkit.reference;

import dev.gatehouse.testkit.emulator.Agenda;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.Event;
import dev.gatehouse.testkit.reference.Entries.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that the provider remembers, the one lock around it, and its time. Whoever comes in
 * through {@link #locked} first lets happen what was due: time passes only when somebody looks.
 */
final class Books {
  private final ReferenceOptions options;
  private final List<ReferenceAccount> accounts;
  private final Map<String, Charge> charges = new LinkedHashMap<>();
  private final Map<String, Method> methods = new LinkedHashMap<>();
  private final Map<String, String> customers = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Event> unsent = new ArrayList<>();
  private final Agenda agenda;
  private Duration indexDelay;
  private int pageSize = 100;

  Books(Clock clock, ReferenceOptions options, List<ReferenceAccount> accounts) {
    this.agenda = new Agenda(clock);
    this.options = options;
    this.accounts = List.copyOf(accounts);
    this.indexDelay = options.indexDelay();
  }

  synchronized <T> T locked(Supplier<T> work) {
    agenda.catchUp();
    return work.get();
  }

  Instant now() {
    return agenda.now();
  }

  ReferenceOptions options() {
    return options;
  }

  List<ReferenceAccount> accounts() {
    return accounts;
  }

  Duration indexDelay() {
    return indexDelay;
  }

  void indexDelay(Duration delay) {
    indexDelay = delay;
  }

  int pageSize() {
    return pageSize;
  }

  void pageSize(int entries) {
    pageSize = entries;
  }

  /** What was written up to here is visible in lists. */
  Instant indexedUpTo() {
    return agenda.now().minus(indexDelay);
  }

  Instant after(Duration wait, Runnable action) {
    return agenda.after(wait, action);
  }

  String nextId(String prefix) {
    return agenda.id(prefix);
  }

  void add(Charge charge) {
    charges.put(charge.id, charge);
  }

  void add(Method method) {
    methods.put(method.id, method);
  }

  Iterable<Charge> charges() {
    return charges.values();
  }

  /** A charge or a set-up as the provider writes it, with what it stored. */
  ObjectNode json(Charge charge) {
    return ChargeJson.charge(
        charge, charge.storedMethod == null ? null : methods.get(charge.storedMethod));
  }

  Charge setUp(ReferenceAccount account, String id) {
    Charge found = charge(account, id);
    if (!found.order.setUp()) {
      throw ApiError.notFound("setup");
    }
    return found;
  }

  Charge charge(String id) {
    Charge charge = charges.get(id);
    if (charge == null) {
      throw ApiError.notFound("charge");
    }
    return charge;
  }

  Charge charge(ReferenceAccount account, String id) {
    Charge charge = charge(id);
    if (!charge.account.id().equals(account.id())) {
      throw ApiError.notFound("charge");
    }
    return charge;
  }

  Iterable<Method> methods() {
    return methods.values();
  }

  /** The provider's id of a customer whom the caller knows by this id; one for each account. */
  String customer(ReferenceAccount account, String reference) {
    return customers.computeIfAbsent(account.id() + "\n" + reference, key -> nextId("cus"));
  }

  Method method(ReferenceAccount account, String id) {
    Method method = method(id);
    if (!method.account().id().equals(account.id())) {
      throw ApiError.notFound("payment_method");
    }
    return method;
  }

  Method method(String id) {
    Method method = methods.get(id);
    if (method == null) {
      throw ApiError.notFound("payment_method");
    }
    return method;
  }

  void happened(String type, Charge charge, String subject) {
    Event event = new Event(nextId("evt"), type, now(), charge, subject);
    events.add(event);
    unsent.add(event);
  }

  List<Event> events() {
    return events;
  }

  List<Event> takeUnsent() {
    List<Event> taken = List.copyOf(unsent);
    unsent.clear();
    return taken;
  }
}
