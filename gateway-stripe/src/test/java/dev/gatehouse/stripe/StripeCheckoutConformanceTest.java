package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the kit sees where the customer always pays on Stripe's own page. */
class StripeCheckoutConformanceTest {
  /**
   * The kit takes for the send that moves money what comes after the customer's part. Where Stripe
   * goes on by itself, that is a lookup: no send that could get lost. For making the page, {@link
   * StripeCheckoutTest} holds the same; for all other sends, {@link StripeConformanceTest}.
   */
  private static final String NO_SEND = "nothing is sent after the customer's part";

  /** A card that was declined on the page, or a page that was paid on, is one attempt more. */
  private static final String MORE_ATTEMPTS = "the page and its charges are attempts";

  private static final Map<String, String> NOT_ASKED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("GW-SALE-10", NO_SEND),
              Map.entry("GW-IDEM-04", NO_SEND),
              Map.entry("GW-IDEM-06", NO_SEND),
              Map.entry("GW-DOUBT-01", NO_SEND),
              Map.entry("GW-DOUBT-02", NO_SEND),
              Map.entry("GW-DOUBT-03", NO_SEND),
              Map.entry("GW-DOUBT-04", NO_SEND),
              Map.entry("GW-DOUBT-05", NO_SEND),
              Map.entry("GW-DOUBT-06", NO_SEND),
              Map.entry("GW-DOUBT-07", NO_SEND),
              Map.entry("GW-DOUBT-08", NO_SEND),
              Map.entry("GW-DOUBT-09", NO_SEND),
              Map.entry("GW-DOUBT-10", NO_SEND),
              Map.entry("GW-DOUBT-13", NO_SEND),
              Map.entry("GW-DOUBT-15", NO_SEND),
              Map.entry("GW-DOUBT-20", NO_SEND),
              Map.entry("GW-DOUBT-26", NO_SEND),
              Map.entry("GW-ACTION-07", MORE_ATTEMPTS),
              Map.entry("GW-CURR-02", MORE_ATTEMPTS)));

  @Test
  void every_check_that_fits_a_page_holds() {
    Map<String, String> failed = new TreeMap<>();
    for (Result result :
        ConformanceKit.of(new StripeCheckoutTarget())
            .withTimeLimit(Duration.ofMinutes(3))
            .runAll()) {
      if (result.verdict() instanceof Verdict.Failed) {
        failed.put(result.check().id(), result.verdict().toString());
      }
    }
    assertThat(failed).containsOnlyKeys(NOT_ASKED.keySet());
  }
}
