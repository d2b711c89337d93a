package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.DeclineCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The tokens that tell the reference provider what to do with a charge. Beside these there is one
 * token for every {@link DeclineCode}: {@link #decline(DeclineCode)}. Times are those of {@link
 * ReferenceOptions}; "on command" means {@link ReferenceControls}.
 */
public enum TestToken {
  /** Succeeds at once. */
  APPROVE,
  /** Declined with a raw code that no gateway knows: {@code flux_inverted}. */
  DECLINE_UNKNOWN,
  /** The customer must act; after the approval the charge waits for our completion. */
  ACTION,
  /** The customer must act; after the approval the charge goes on by itself. */
  ACTION_AUTO,
  /** The customer must act twice, at two addresses; then the charge waits for our completion. */
  ACTION_TWICE,
  /** The customer must act; the completion is declined: {@code do_not_honor}. */
  ACTION_DECLINED,
  /**
   * The customer must act, and then it goes on by itself; so it is whenever what was stored with it
   * is charged. Without the customer that is declined: {@code authentication_required}.
   */
  ACTION_EACH_TIME,
  /** Processing; succeeds after the pending time or on command. */
  PENDING,
  /** Processing; fails after the pending time or on command. */
  PENDING_FAILS,
  /** Succeeds; its refunds are pending, and succeed after the pending time or on command. */
  REFUND_PENDING,
  /** Succeeds; its refunds are pending, and fail after the pending time or on command. */
  REFUND_PENDING_FAILS,
  /** Succeeds; its refunds succeed and are undone after the pending time or on command. */
  REFUND_UNDONE,
  /** Succeeds; an authorisation expires after the early expiry. */
  EXPIRES_EARLY,
  /** The first request under a key gets 429 with {@code Retry-After: 1}; the next one succeeds. */
  RATE_LIMITED_ONCE,
  /** Status 500 and no charge; the same key gets the same answer again. */
  SERVER_ERROR,
  /** The charge is made, and still the answer is 500, again under the same key. */
  SERVER_ERROR_AFTER_EFFECT,
  /** The status is a word that no gateway knows; succeeds or fails on command. */
  UNKNOWN_STATUS,
  /** Charges one minor unit too much, and says so. */
  WRONG_AMOUNT,
  /** Charges as many minor units in another currency, and says so. */
  WRONG_CURRENCY;

  private static final String DECLINE = "tok_decline_";

  /** The token itself, such as {@code tok_action_auto}. */
  public String value() {
    return "tok_" + name().toLowerCase(Locale.ROOT);
  }

  /** The token that is declined with this code, such as {@code tok_decline_expired_card}. */
  public static String decline(DeclineCode code) {
    return DECLINE + code.name().toLowerCase(Locale.ROOT);
  }

  /** Every token that the provider understands. */
  public static List<String> all() {
    return Stream.concat(
            Arrays.stream(values()).map(TestToken::value),
            Arrays.stream(DeclineCode.values()).map(TestToken::decline))
        .toList();
  }
}
