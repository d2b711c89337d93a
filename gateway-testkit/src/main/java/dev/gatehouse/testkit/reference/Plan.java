package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.DeclineCode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token makes of a charge.
 *
 * @param token the behaviour
 * @param refusal why the charge is declined at once, if it is
 */
record Plan(TestToken token, @Nullable Refusal refusal) {
  static final Plan APPROVE = new Plan(TestToken.APPROVE, null);

  static Optional<Plan> of(String token) {
    for (DeclineCode code : DeclineCode.values()) {
      if (TestToken.decline(code).equals(token)) {
        return Optional.of(declining(Refusal.of(code)));
      }
    }
    for (TestToken known : TestToken.values()) {
      if (known.value().equals(token)) {
        return Optional.of(
            known == TestToken.DECLINE_UNKNOWN
                ? declining(Refusal.UNKNOWN)
                : new Plan(known, null));
      }
    }
    return Optional.empty();
  }

  static Plan declining(Refusal refusal) {
    return new Plan(TestToken.APPROVE, refusal);
  }

  /**
   * A decline in the provider's words.
   *
   * @param code the raw code
   * @param message for people
   * @param advice the network's advice, empty for none
   */
  record Refusal(String code, String message, String advice) {
    static final Refusal UNKNOWN = new Refusal("flux_inverted", "The flux was inverted.", "");

    static Refusal of(DeclineCode code) {
      String raw = code.name().toLowerCase(Locale.ROOT);
      String advice =
          switch (code) {
            case DO_NOT_RETRY, REVOCATION_OF_AUTHORIZATION, STOLEN_CARD -> "do_not_try_again";
            case TRY_AGAIN_LATER, ISSUER_UNAVAILABLE -> "try_again_later";
            case INCORRECT_CVC, INVALID_EXPIRY -> "confirm_data";
            default -> "";
          };
      return new Refusal(raw, "Declined: " + raw.replace('_', ' ') + ".", advice);
    }
  }
}
