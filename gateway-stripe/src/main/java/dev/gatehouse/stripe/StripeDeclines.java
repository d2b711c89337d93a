package dev.gatehouse.stripe;

import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What declines are called at Stripe, at its partners and in the card networks, in our words. A
 * word that is not here is new; a generic one is here as well, so that the two can be told apart.
 */
final class StripeDeclines {
  private StripeDeclines() {}

  /** Stripe's decline codes, and its error codes that say why a payment failed. */
  static Optional<DeclineCode> ofStripe(String code) {
    DeclineCode ours =
        switch (code) {
          case "card_declined",
              "generic_could_not_process",
              "generic_decline",
              "low_probability_of_authorization",
              "partner_generic_decline",
              "payment_intent_payment_attempt_failed",
              "payment_method_provider_decline",
              "setup_attempt_failed" ->
              DeclineCode.GENERIC_DECLINE;
          case "do_not_honor", "no_action_taken" -> DeclineCode.DO_NOT_HONOR;
          case "insufficient_funds", "partner_insufficient_funds" -> DeclineCode.INSUFFICIENT_FUNDS;
          case "expired_card", "expired_payment_information", "partner_expired_card" ->
              DeclineCode.EXPIRED_CARD;
          case "account_number_invalid",
              "bank_account_invalid_details",
              "branch_does_not_exist",
              "incorrect_number",
              "invalid_account_number",
              "invalid_number" ->
              DeclineCode.INCORRECT_NUMBER;
          case "incorrect_cvc", "invalid_cvc" -> DeclineCode.INCORRECT_CVC;
          case "invalid_expiry_month", "invalid_expiry_year" -> DeclineCode.INVALID_EXPIRY;
          case "incorrect_address", "incorrect_zip" -> DeclineCode.ADDRESS_MISMATCH;
          case "lost_card" -> DeclineCode.LOST_CARD;
          case "stolen_card" -> DeclineCode.STOLEN_CARD;
          case "pickup_card" -> DeclineCode.PICKUP_CARD;
          case "fraudulent",
              "merchant_blacklist",
              "compliance_violation",
              "partner_high_risk_customer" ->
              DeclineCode.SUSPECTED_FRAUD;
          case "authentication_required",
              "authentication_not_handled",
              "mobile_device_authentication_required",
              "payment_intent_action_required",
              "payment_intent_authentication_failure",
              "setup_intent_authentication_failure" ->
              DeclineCode.AUTHENTICATION_REQUIRED;
          case "call_issuer", "invalid_customer_account", "refer_to_customer" ->
              DeclineCode.CALL_ISSUER;
          case "account_holder_name_verification_failed",
              "card_not_supported",
              "incorrect_account_holder_name",
              "invalid_business_account",
              "invalid_card_type",
              "invalid_payment_information",
              "not_permitted",
              "partner_payment_not_found",
              "security_violation",
              "sepa_unsupported_account",
              "service_not_allowed",
              "transaction_not_allowed" ->
              DeclineCode.TRANSACTION_NOT_PERMITTED;
          case "bank_account_frozen",
              "bank_account_restricted",
              "payment_disputed",
              "payment_method_bank_account_blocked",
              "restricted_card" ->
              DeclineCode.RESTRICTED_CARD;
          case "account_closed",
              "bank_account_closed",
              "bank_account_declined",
              "bank_account_unusable",
              "invalid_account",
              "new_account_information_available",
              "no_account",
              "recipient_deceased",
              "tokenized_account_number_deactivated" ->
              DeclineCode.CLOSED_ACCOUNT;
          case "card_decline_rate_limit_exceeded",
              "card_velocity_exceeded",
              "charge_exceeds_source_limit",
              "charge_exceeds_transaction_limit",
              "payment_limit_exceeded",
              "withdrawal_count_limit_exceeded" ->
              DeclineCode.LIMIT_EXCEEDED;
          case "approve_with_id",
              "duplicate_transaction",
              "partner_duplicate_transaction",
              "reenter_transaction",
              "try_again_later" ->
              DeclineCode.TRY_AGAIN_LATER;
          case "issuer_not_available",
              "payment_method_not_available",
              "payment_method_provider_timeout" ->
              DeclineCode.ISSUER_UNAVAILABLE;
          case "do_not_try_again", "previously_declined_do_not_retry" -> DeclineCode.DO_NOT_RETRY;
          case "authorization_revoked",
              "debit_authorization_not_match",
              "debit_disputed",
              "debit_not_authorized",
              "india_recurring_payment_mandate_canceled",
              "invalid_authorization",
              "invalid_billing_agreement",
              "payment_intent_mandate_invalid",
              "revocation_of_all_authorizations",
              "revocation_of_authorization",
              "setup_intent_mandate_invalid",
              "stop_payment_order" ->
              DeclineCode.REVOCATION_OF_AUTHORIZATION;
          case "processing_error", "partner_processing_error" -> DeclineCode.PROCESSING_ERROR;
          case "invalid_amount", "invalid_charge_amount", "partner_invalid_amount" ->
              DeclineCode.INVALID_AMOUNT;
          case "currency_not_supported",
              "partner_invalid_currency",
              "payment_method_currency_mismatch" ->
              DeclineCode.CURRENCY_UNSUPPORTED;
          case "incorrect_pin",
              "invalid_pin",
              "offline_pin_required",
              "online_or_offline_pin_required",
              "pin_try_exceeded" ->
              DeclineCode.INCORRECT_PIN;
          case "testmode_decline", "live_mode_test_card" -> DeclineCode.TEST_MODE_LIVE_CARD;
          case "payment_intent_payment_attempt_expired",
              "payment_method_customer_decline",
              "setup_intent_setup_attempt_expired" ->
              DeclineCode.ABANDONED;
          default -> null;
        };
    return Optional.ofNullable(ours);
  }

  /**
   * The response codes of the card networks: two characters, and three digits at one of them; and
   * those with which banks in the United States send debits back.
   */
  static Optional<DeclineCode> ofNetwork(@Nullable String code) {
    DeclineCode ours =
        switch (code == null ? "" : code) {
          case "01", "02", "08", "60", "107" -> DeclineCode.CALL_ISSUER;
          case "05", "06", "21", "63", "67", "70", "100" -> DeclineCode.DO_NOT_HONOR;
          case "51", "116", "R01", "R09" -> DeclineCode.INSUFFICIENT_FUNDS;
          case "54", "33", "101", "188" -> DeclineCode.EXPIRED_CARD;
          case "14", "25", "42", "56", "111", "R03", "R04" -> DeclineCode.INCORRECT_NUMBER;
          case "82", "N7", "122" -> DeclineCode.INCORRECT_CVC;
          case "74", "80", "125" -> DeclineCode.INVALID_EXPIRY;
          case "41" -> DeclineCode.LOST_CARD;
          case "43" -> DeclineCode.STOLEN_CARD;
          case "04", "07", "35", "36", "37", "200" -> DeclineCode.PICKUP_CARD;
          case "34", "59", "83" -> DeclineCode.SUSPECTED_FRAUD;
          case "1A", "130" -> DeclineCode.AUTHENTICATION_REQUIRED;
          case "03",
              "12",
              "39",
              "40",
              "52",
              "53",
              "57",
              "58",
              "5C",
              "93",
              "6P",
              "109",
              "115",
              "119" ->
              DeclineCode.TRANSACTION_NOT_PERMITTED;
          case "62", "72", "9G", "R16", "R20" -> DeclineCode.RESTRICTED_CARD;
          case "15", "46", "78", "187", "189", "R02", "R15" -> DeclineCode.CLOSED_ACCOUNT;
          case "61", "65", "121", "N4" -> DeclineCode.LIMIT_EXCEEDED;
          case "19", "28", "85", "94", "N0" -> DeclineCode.TRY_AGAIN_LATER;
          case "68", "71", "91", "92", "Z3", "911", "912" -> DeclineCode.ISSUER_UNAVAILABLE;
          case "79" -> DeclineCode.DO_NOT_RETRY;
          case "R0", "R1", "R2", "R3", "R05", "R07", "R08", "R10", "R11", "R29", "R31" ->
              DeclineCode.REVOCATION_OF_AUTHORIZATION;
          case "09",
              "22",
              "30",
              "76",
              "77",
              "81",
              "84",
              "88",
              "89",
              "90",
              "95",
              "96",
              "98",
              "181",
              "909" ->
              DeclineCode.PROCESSING_ERROR;
          case "13", "64", "N8", "110" -> DeclineCode.INVALID_AMOUNT;
          case "183" -> DeclineCode.CURRENCY_UNSUPPORTED;
          case "38", "55", "75", "86", "97", "P5", "P6", "106", "117" -> DeclineCode.INCORRECT_PIN;
          default -> null;
        };
    return Optional.ofNullable(ours);
  }

  /** Stripe's advice; where it gives none, the network's own. */
  static DeclineAdvice advice(@Nullable String stripes, @Nullable String networks) {
    return switch (stripes == null ? "" : stripes) {
      case "try_again_later" -> DeclineAdvice.TRY_AGAIN_LATER;
      case "confirm_card_data" -> DeclineAdvice.CONFIRM_DATA;
      case "do_not_try_again" -> DeclineAdvice.DO_NOT_TRY_AGAIN;
      default -> ofNetwork(networks == null ? "" : networks, DeclineAdvice.NONE);
    };
  }

  private static DeclineAdvice ofNetwork(String code, DeclineAdvice none) {
    return switch (code) {
      case "01" -> DeclineAdvice.CONFIRM_DATA;
      // From "later" to "in ten days".
      case "02", "24", "25", "26", "27", "28", "29", "30" -> DeclineAdvice.TRY_AGAIN_LATER;
      case "03", "21", "41" -> DeclineAdvice.DO_NOT_TRY_AGAIN;
      default -> none;
    };
  }
}
