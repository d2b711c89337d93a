package dev.gatehouse.store;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The port to where records live. The contract:
 *
 * <ul>
 *   <li>A {@link #commit} is kept whole or not at all. It is refused with {@link
 *       StaleVersionException} when any record's version is not the stored one, and then nothing of
 *       it is kept. That goes for the records of the case that the decision was made from, too,
 *       changed or not. A kept record is found one version higher.
 *   <li>A payment that we did not start is taken in once, whatever it was announced by: a commit of
 *       a new one (without terms, at version 0) is refused with {@link StaleVersionException} when
 *       a payment at the same gateway has one of its provider ids already.
 *   <li>Facts, state, operations, events and alarms of a decision are in one commit; so is the mark
 *       that an inbox item was handled.
 *   <li>An event id is kept once. Events get their place among the events of their subject when
 *       they are committed; a hook is offered them in that order, the next one only after the one
 *       before was acknowledged.
 *   <li>A delivery has another version after each change, a claim included, and never one that it
 *       had before. So whoever was paused with an old one can neither tell a hook of what was told
 *       since, nor undo what was decided meanwhile.
 *   <li>What was committed is found by every later call.
 * </ul>
 *
 * <p>Implementations are thread-safe. A store that can't do its work throws, and has then kept
 * nothing, unless it says so: an exception of the category {@link
 * dev.gatehouse.error.ErrorCategory#UNKNOWN_OUTCOME} means that a commit may have been kept.
 */
public interface Store {
  /** A customer. */
  Optional<Customer> customer(CustomerId id);

  /** A checkout. */
  Optional<Checkout> checkout(CheckoutId id);

  /** The checkout that a customer's command started. */
  Optional<Checkout> checkoutByCommand(CustomerId customer, String command);

  /** A payment. */
  Optional<Payment> payment(PaymentId id);

  /** Everything that a decision about a payment looks at, read at one moment. */
  Optional<Case> caseOf(PaymentId id);

  /** Everything that a decision about a checkout looks at, read at one moment. */
  Optional<Case> caseOf(CheckoutId id);

  /**
   * The payment that the provider knows under an id: the first that was seen with it, but one that
   * we started goes before one that we did not.
   */
  Optional<PaymentId> paymentByProviderId(GatewayInstanceId gateway, ProviderId providerId);

  /** A membership. */
  Optional<Membership> membership(MembershipId id);

  /** The memberships that a customer has or had, in the order of their ids. */
  List<Membership> memberships(CustomerId customer);

  /** A webhook notice. */
  Optional<InboxItem> inboxItem(GatewayInstanceId gateway, String notice);

  /** How far the changes at a gateway were taken in; empty before the first time. */
  Optional<Cursor> cursor(GatewayInstanceId gateway);

  /**
   * Keeps a cursor; it is found one version higher.
   *
   * @throws StaleVersionException if its version is not the stored one
   */
  void save(Cursor cursor);

  /** Keeps everything in the commit, or nothing. */
  void commit(Commit commit);

  /**
   * The records whose alarm has gone off and that are in nobody's hands, the most overdue first.
   */
  List<Due> due(Instant now, int limit);

  /**
   * Takes records in hand whose alarm has gone off, as {@link #due} finds them: they are due for
   * nobody before that time, and then they are, if whoever has them died or found nothing to
   * change. A commit of the record, whoever makes it, ends this and sets the alarm as the record
   * says.
   *
   * <p>Payments and inbox items of the gateways that are given are left alone.
   *
   * <p>It spares several nodes the same work; it protects nothing. The records' versions stay as
   * they are, and only they decide whose commit is kept.
   */
  List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit);

  /** The events of a subject, in order. */
  List<LifecycleEvent> timeline(String subject);

  /**
   * Takes deliveries in hand, to tell their hook: they are due for nobody before that time, and
   * then they are, if whoever has them died. Due is, of each subject, at most the oldest delivery
   * that is not acknowledged, and that only if it is neither parked, nor waiting, nor in somebody's
   * hands.
   *
   * @return the deliveries as the claim left them, the longest due first; these are the ones to
   *     acknowledge or update
   */
  List<Delivery> claim(String hook, Instant now, Instant until, int limit);

  /**
   * The deliveries are done: the next one of each subject is due. Those that were claimed, changed,
   * replayed or acknowledged since they were loaded are left as they are, and returned. What
   * somebody else's transaction holds may follow when that has ended.
   */
  List<Delivery> acknowledge(List<Delivery> deliveries);

  /**
   * The delivery goes on as given: later, or parked.
   *
   * @throws StaleVersionException if it was claimed, changed, replayed or acknowledged since it was
   *     loaded
   */
  void update(Delivery delivery);

  /**
   * Calls back with the ids of hooks for which deliveries may have become due: after commits of
   * this process, and of others where the database can tell. It may call in vain, and it may miss
   * some; so it spares waiting, and never replaces looking now and then. The callback is quick and
   * throws nothing.
   *
   * @param hooks the hooks that this process tells; others are none of its concern
   */
  Subscription subscribe(Set<String> hooks, Consumer<Set<String>> wake);

  /** Ends when it is closed; closing twice does nothing. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** What waits for each hook, by the hook's id; hooks for which nothing waits are left out. */
  List<Backlog> backlogs();

  /** Forgets everything that waits for a hook; says how much that was. The events stay. */
  int drop(String hook);

  /**
   * Forgets notices that were handled and came before that time, at most so many; says how many.
   * One of them that comes again is looked up again, which brings nothing new.
   */
  int forgetNotices(Instant before, int limit);

  /**
   * Events that were raised before that time and wait for no hook, those that were taken out
   * already excepted; the oldest first, those of one moment in the order of their ids.
   *
   * @param after goes on behind this one; empty for the first
   */
  List<LifecycleEvent> archivable(Instant before, Optional<LifecycleEvent> after, int limit);

  /**
   * Takes events out of their timelines for good; says how many. Their ids and places stay, so that
   * neither is given twice. What waits for a hook by now stays whole, and so may what is of a
   * subject that somebody works on at this moment: nobody waits for this.
   */
  int takeOut(List<String> eventIds);

  /**
   * The deliveries that are set aside for a person, by their hooks' ids, and then by their events'.
   *
   * @param after goes on behind this one, parked or not; empty for the first page
   */
  List<Delivery> parked(Optional<Delivery.Key> after, int limit);

  /**
   * What waits for a hook, parked or not, by the events' ids.
   *
   * @param after goes on behind the event with this id, whether it waits or not; empty for the
   *     first page
   */
  List<Delivery> deliveries(String hook, Optional<String> after, int limit);

  /**
   * Offers an event to a hook again, acknowledged or not; {@code false} if there is no such event.
   */
  boolean replay(String hook, String eventId, Instant now);

  /**
   * The customers with an e-mail address, in the order of their ids.
   *
   * @param email compared as {@link dev.gatehouse.customer.Person#comparable} says
   * @param after goes on behind this one; empty for the first page
   */
  List<Customer> customers(String email, Optional<CustomerId> after, int limit);

  /**
   * The payments that are looked for, those first that were known last; of one moment, in the
   * reverse order of their ids.
   *
   * @param after goes on behind this one, of which nothing is found if nobody knows it; empty for
   *     the first page
   */
  List<Payment> payments(PaymentSearch search, Optional<PaymentId> after, int limit);

  /** Keeps that a person is about to do something; returns it with its place in the log. */
  Action begin(Action action);

  /** Keeps what came of an action; one whose end is kept already stays as it is. */
  void end(Action action);

  /**
   * What people did, the last first.
   *
   * @param subject about what; empty for everything
   * @param before goes on with what has a smaller number; empty for the first page
   */
  List<Action> actions(Optional<String> subject, Optional<Long> before, int limit);
}
