package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A provider for the simulator to play with, and the gateway that speaks to it: a function from
 * request to response over a clock and a ledger, with no I/O, no threads and no randomness of its
 * own. Called on one thread.
 *
 * <p>It goes on by itself as its clock does, seen whenever it is asked: charges and refunds under
 * way, actions that customers leave undone, charges that wait to be completed and holds all end
 * within a week of that time, though nobody lets anything {@linkplain #happens happen}. One that
 * stays open for ever ends a run with {@link Invariant#RESOLVED}: "is UNDER_WAY for good".
 */
public interface SimulatedProvider {
  /** Makes one, for one seed. */
  @FunctionalInterface
  interface Factory {
    /**
     * A provider on this clock.
     *
     * @param secret to be a part of every secret setting; the simulator looks for it in texts
     * @param random for what the provider and its customers choose by themselves: other choices in
     *     each seed, and the same ones whenever that is played again
     */
    SimulatedProvider open(Clock clock, String secret, Random random);
  }

  /** The reference provider, as a factory opens it. */
  static SimulatedProvider reference(Clock clock, String secret, Random random) {
    return new SimulatedReference(clock, secret, random);
  }

  /** What may happen at a provider without us. */
  enum Happening {
    /** The customer does what a charge waits for; the id is the charge's. */
    CUSTOMER_APPROVES,
    /** The customer refuses; the id is the charge's. */
    CUSTOMER_REJECTS,
    /** The customer goes away; the id is the charge's. */
    CUSTOMER_LEAVES,
    /** A charge that is being worked on succeeds, if it is one that may; the id is the charge's. */
    CHARGE_SETTLES,
    /** A charge that is being worked on fails; the id is the charge's. */
    CHARGE_FAILS,
    /** A refund under way succeeds; the id is the refund's. */
    REFUND_SUCCEEDS,
    /** A refund under way fails; the id is the refund's. */
    REFUND_FAILS,
    /** A refund that was done comes back; the id is the refund's. */
    REFUND_UNDONE,
    /** A hold ends before its time; the id is the charge's. */
    HOLD_EXPIRES,
    /** The customer disputes all that is left of a charge; the id is the charge's. */
    DISPUTED,
    /** The bank decides for us; the id is the dispute's. */
    DISPUTE_WON,
    /** The bank decides against us; the id is the dispute's. */
    DISPUTE_LOST,
    /** The bank looks at the evidence; the id is the dispute's. */
    DISPUTE_REVIEWED,
    /** The customer revokes a stored method; the id is the method's. */
    METHOD_REVOKED
  }

  /** The provider of the gateway under test. */
  GatewayProvider gateway();

  /** What an instance of it is opened with, in test mode. */
  Map<String, String> settings();

  /**
   * What an instance is opened with, in test mode, that is of another account at this provider.
   *
   * @return empty if there is one account alone
   */
  default Optional<Map<String, String>> otherSettings() {
    return Optional.empty();
  }

  /** Answers one request; never throws for what a request holds. */
  HttpResponse handle(HttpRequest request);

  /** Whether a request may change anything that has to do with a payment. */
  boolean acts(HttpRequest request);

  /** Whether a request only fetches what notices are verified with, such as a certificate. */
  default boolean verifies(HttpRequest request) {
    return false;
  }

  /** The idempotency key of a request. */
  Optional<String> key(HttpRequest request);

  /** The key of the operation of ours that a request says it is for, where requests say so. */
  Optional<String> operation(HttpRequest request);

  /** Whether this answer to this request lacked something that has happened, as lists may. */
  boolean lacked(HttpRequest request, HttpResponse response);

  /** What was really done up to now, in the words that {@link Ledger} lists. */
  Ledger ledger();

  /**
   * The notices since the last time, in the order in which things happened. A signature is in a
   * header whose name has {@code sig} in it: those are what the simulator forges.
   */
  List<PendingWebhook> takeWebhooks();

  /** A notice once more, signed now. */
  PendingWebhook signedNow(PendingWebhook webhook);

  /**
   * A notice with another body, signed now; for what an author expects least.
   *
   * @return empty if nobody can sign for this provider
   */
  default Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
    return Optional.empty();
  }

  /**
   * A notice signed now under its secret and, in the same header before that, under another one, as
   * while a secret is replaced.
   *
   * @return empty if this provider signs under one at a time
   */
  default Optional<PendingWebhook> signedTwice(PendingWebhook webhook) {
    return Optional.empty();
  }

  /**
   * For how long a gateway should take a signed notice, on either side of now; empty if the
   * provider does not say, or does not date what it signs.
   */
  default Optional<Duration> noticesCountFor() {
    return Optional.empty();
  }

  /**
   * Several notices in one delivery, signed now.
   *
   * @return empty if this provider delivers one at a time
   */
  default Optional<PendingWebhook> batch(List<PendingWebhook> webhooks) {
    return Optional.empty();
  }

  /**
   * From now on no page of a list has more entries than this.
   *
   * @return whether this provider can be told; if not, pages are as long as its gateway asks for
   */
  default boolean listsInPagesOf(int entries) {
    return false;
  }

  /**
   * A stored method expires: charges of it are declined for that from now on.
   *
   * @param id the method's id
   * @return whether that can happen at this provider
   */
  default boolean methodExpires(String id) {
    return false;
  }

  /** The currencies that customers pay in; at least one. */
  List<CurrencyUnit> currencies();

  /**
   * What a customer pays with, drawn by chance; now and then it is declined, or needs an action.
   */
  PaymentMethod method(Random random);

  /**
   * Lets something happen.
   *
   * @return whether such a thing can happen at this provider
   * @throws GatehouseException if it can't happen now
   */
  boolean happens(Happening what, String id);

  /**
   * Somebody refunds a part of a capture at the console.
   *
   * @return whether that can be done at this provider
   * @throws GatehouseException if it can't be done now
   */
  boolean consoleRefund(String capture, Money amount);

  /**
   * Somebody charges a customer at the console.
   *
   * @return whether that can be done at this provider
   * @throws GatehouseException if it can't be done now
   */
  boolean consoleCharge(Money amount);
}
