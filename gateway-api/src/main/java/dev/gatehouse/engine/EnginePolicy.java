package dev.gatehouse.engine;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine does where there is a choice. Immutable.
 *
 * @param excess what to do with money beyond what a checkout was for
 * @param late what to do with money that comes after a checkout was over
 * @param checkoutLifetime how long a customer has to pay if the command does not say
 * @param callGrace how long after a send it is taken for lost if nothing was heard of it; longer
 *     than a gateway's time limit
 * @param firstPoll how long to wait before looking again; doubled each time that nothing was new
 * @param slowestPoll the longest wait between two looks
 * @param chargePatience for how long a charge that had no effect is sent again while a customer
 *     waits
 * @param operationPatience for how long any other operation that had no effect is sent again
 * @param doubtPatience for how long an outcome may be unknown before a person is told
 * @param watchAbandoned for how long a payment whose customer went away is watched
 * @param hookGrace how long a delivery is in the hands of whoever tells the hook; then that one is
 *     taken for lost, and the hook may be told again, by another process or after a restart. A hook
 *     has nine tenths of it for one event
 * @param hookThreads how many threads at most tell one hook of events, each of other customers
 * @param hookBackoff how long to wait after a hook's first failure; doubled each time
 * @param slowestHookBackoff the longest wait after a hook's failure, unless the hook asks for more
 * @param hookPatience for how long a delivery to a hook may go on failing before it is set aside
 * @param reconcileEvery how often a gateway that lists changes is asked what changed
 * @param reconcileOverlap how far each such question reaches back behind the last one
 * @param noticesKept how long a webhook notice that was handled is remembered
 * @param paymentsPerCheckout how many payments may be tried for one checkout
 * @param looksPerSecond how often a second this process asks a gateway by itself what became of
 *     payments; what customers and operators ask for is not counted
 * @param looksAtOnce how many such looks are under way at one gateway at the same time
 */
public record EnginePolicy(
    Excess excess,
    Excess late,
    Duration checkoutLifetime,
    Duration callGrace,
    Duration firstPoll,
    Duration slowestPoll,
    Duration chargePatience,
    Duration operationPatience,
    Duration doubtPatience,
    Duration watchAbandoned,
    Duration hookGrace,
    int hookThreads,
    Duration hookBackoff,
    Duration slowestHookBackoff,
    Duration hookPatience,
    Duration reconcileEvery,
    Duration reconcileOverlap,
    Duration noticesKept,
    int paymentsPerCheckout,
    int looksPerSecond,
    int looksAtOnce) {
  private static final Duration LONGEST = Duration.ofDays(3_660);

  /** Whoever asks for more than a week's patience has lost its clock. */
  private static final Duration LONGEST_ASKED = Duration.ofDays(7);

  /**
   * Checks the choices: times are above zero and at most ten years, numbers at least one.
   *
   * @throws ConfigurationException with everything that is wrong
   */
  public EnginePolicy {
    List<Problem> problems = new ArrayList<>();
    demand(excess != null, "excess", "is missing", problems);
    demand(late != null, "late", "is missing", problems);
    demandTime(checkoutLifetime, "checkoutLifetime", problems);
    demandTime(callGrace, "callGrace", problems);
    demandTime(firstPoll, "firstPoll", problems);
    demandTime(slowestPoll, "slowestPoll", problems);
    demandTime(chargePatience, "chargePatience", problems);
    demandTime(operationPatience, "operationPatience", problems);
    demandTime(doubtPatience, "doubtPatience", problems);
    demandTime(watchAbandoned, "watchAbandoned", problems);
    demandTime(hookGrace, "hookGrace", problems);
    demand(hookThreads > 0, "hookThreads", "is less than one", problems);
    demandTime(hookBackoff, "hookBackoff", problems);
    demandTime(slowestHookBackoff, "slowestHookBackoff", problems);
    demandTime(hookPatience, "hookPatience", problems);
    demandTime(reconcileEvery, "reconcileEvery", problems);
    demandTime(reconcileOverlap, "reconcileOverlap", problems);
    demandTime(noticesKept, "noticesKept", problems);
    demand(paymentsPerCheckout > 0, "paymentsPerCheckout", "is less than one", problems);
    demand(looksPerSecond > 0, "looksPerSecond", "is less than one", problems);
    demand(looksAtOnce > 0, "looksAtOnce", "is less than one", problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static void demandTime(@Nullable Duration time, String field, List<Problem> problems) {
    boolean usable =
        time != null && !time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0;
    demand(usable, field, "is missing or out of range", problems);
  }

  private static void demand(boolean holds, String field, String what, List<Problem> problems) {
    if (!holds) {
      problems.add(
          new Problem(
              field,
              "policy.malformed",
              what,
              "use times above zero and up to " + LONGEST.toDays() + " days, numbers from one up"));
    }
  }

  /** What to do with money that should not be with us. */
  public enum Excess {
    /** Refund it, if the gateway can; otherwise a person is told. */
    REFUND,
    /** Only tell a person. */
    TELL_A_PERSON
  }

  /**
   * Refund excess and late money; a day to pay; look again after two seconds at first and a day at
   * last.
   */
  public static EnginePolicy defaults() {
    return new EnginePolicy(
        Excess.REFUND,
        Excess.REFUND,
        Duration.ofDays(1),
        Duration.ofMinutes(2),
        Duration.ofSeconds(2),
        Duration.ofDays(1),
        Duration.ofMinutes(5),
        Duration.ofDays(3),
        Duration.ofDays(1),
        Duration.ofDays(14),
        Duration.ofMinutes(5),
        4,
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        Duration.ofDays(3),
        Duration.ofMinutes(15),
        Duration.ofMinutes(15),
        Duration.ofDays(90),
        15,
        20,
        2);
  }

  /** These choices, to change some of them. */
  public EnginePolicyBuilder toBuilder() {
    return new EnginePolicyBuilder(this);
  }

  /** How long to wait before the look that follows so many quiet ones. */
  Duration pollAfter(int quietPolls) {
    return doubled(firstPoll, quietPolls, slowestPoll);
  }

  /** How long to wait after so many failures of a hook. */
  Duration hookWait(int failures) {
    return doubled(hookBackoff, failures - 1, slowestHookBackoff);
  }

  /** A wait that a hook or a provider asked for, as far as it is granted. */
  static Duration bearable(Duration asked) {
    return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.max(0, Math.min(times, 20)));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
