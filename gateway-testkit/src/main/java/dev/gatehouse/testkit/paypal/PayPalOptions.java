package dev.gatehouse.testkit.paypal;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times of an emulated PayPal; each is more than zero. PayPal grants some merchants others.
 *
 * @param tokenLife how long an access token lives
 * @param orderKeyLife how long a request id of an order call is kept
 * @param paymentKeyLife how long a request id of a payment call is kept
 * @param vaultKeyLife how long a request id of a vault call is kept
 * @param unapprovedLife how long an order waits for its payer
 * @param approvedLife how long an approved order waits for its capture
 * @param honorPeriod how long PayPal vouches for a hold; only then may it be reauthorised
 * @param authorizationLife how long a hold may be captured
 * @param setUpLife how long a setup token lives
 */
public record PayPalOptions(
    Duration tokenLife,
    Duration orderKeyLife,
    Duration paymentKeyLife,
    Duration vaultKeyLife,
    Duration unapprovedLife,
    Duration approvedLife,
    Duration honorPeriod,
    Duration authorizationLife,
    Duration setUpLife) {

  /** Refuses what is missing or not more than zero. */
  public PayPalOptions {
    List<Problem> problems = new ArrayList<>();
    check("token-life", tokenLife, problems);
    check("order-key-life", orderKeyLife, problems);
    check("payment-key-life", paymentKeyLife, problems);
    check("vault-key-life", vaultKeyLife, problems);
    check("unapproved-life", unapprovedLife, problems);
    check("approved-life", approvedLife, problems);
    check("honor-period", honorPeriod, problems);
    check("authorization-life", authorizationLife, problems);
    check("set-up-life", setUpLife, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** 9 hours; 6 hours, 45 days and 3 hours; 6 hours and 3 hours; 3 days and 29 days; 3 days. */
  public static PayPalOptions defaults() {
    return new PayPalOptions(
        Duration.ofHours(9),
        Duration.ofHours(6),
        Duration.ofDays(45),
        Duration.ofHours(3),
        Duration.ofHours(6),
        Duration.ofHours(3),
        Duration.ofDays(3),
        Duration.ofDays(29),
        Duration.ofDays(3));
  }

  /** These with another life of tokens. */
  public PayPalOptions withTokenLife(Duration life) {
    return new PayPalOptions(
        life,
        orderKeyLife,
        paymentKeyLife,
        vaultKeyLife,
        unapprovedLife,
        approvedLife,
        honorPeriod,
        authorizationLife,
        setUpLife);
  }

  /** These with another life of holds. */
  public PayPalOptions withAuthorizationLife(Duration life) {
    return new PayPalOptions(
        tokenLife,
        orderKeyLife,
        paymentKeyLife,
        vaultKeyLife,
        unapprovedLife,
        approvedLife,
        honorPeriod,
        life,
        setUpLife);
  }

  private static void check(String field, @Nullable Duration time, List<Problem> problems) {
    if (time == null || time.isNegative() || time.isZero()) {
      problems.add(
          new Problem(
              field, "paypal.time", "the time is missing or not above zero", "give a time"));
    }
  }
}
