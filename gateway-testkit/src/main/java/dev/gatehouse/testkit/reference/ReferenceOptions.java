package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times of a reference provider; none is negative.
 *
 * @param indexDelay how long a new charge or event is missing from lists
 * @param pendingTime how long what is pending takes
 * @param authorizationLife how long an authorisation lives
 * @param earlyExpiry how long one lives that expires early
 * @param actionLife how long a customer has, and how long an approved charge waits for completion
 * @param keyLife how long an idempotency key is kept
 */
public record ReferenceOptions(
    Duration indexDelay,
    Duration pendingTime,
    Duration authorizationLife,
    Duration earlyExpiry,
    Duration actionLife,
    Duration keyLife) {

  /** Refuses what is missing or negative. */
  public ReferenceOptions {
    List<Problem> problems = new ArrayList<>();
    check("index-delay", indexDelay, problems);
    check("pending-time", pendingTime, problems);
    check("authorization-life", authorizationLife, problems);
    check("early-expiry", earlyExpiry, problems);
    check("action-life", actionLife, problems);
    check("key-life", keyLife, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Lists lag 2 s; pending takes a minute; 7 days, 1 minute, 30 minutes, 24 hours. */
  public static ReferenceOptions defaults() {
    return new ReferenceOptions(
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        Duration.ofDays(7),
        Duration.ofMinutes(1),
        Duration.ofMinutes(30),
        Duration.ofHours(24));
  }

  /** These with another delay of lists. */
  public ReferenceOptions withIndexDelay(Duration delay) {
    return new ReferenceOptions(
        delay, pendingTime, authorizationLife, earlyExpiry, actionLife, keyLife);
  }

  /** These with another time for what is pending. */
  public ReferenceOptions withPendingTime(Duration time) {
    return new ReferenceOptions(
        indexDelay, time, authorizationLife, earlyExpiry, actionLife, keyLife);
  }

  private static void check(String field, @Nullable Duration time, List<Problem> problems) {
    if (time == null || time.isNegative()) {
      problems.add(
          new Problem(
              field, "reference.time", "the time is missing or negative", "give zero or more"));
    }
  }
}
