package dev.gatehouse.testkit.paypal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PayPal's own words for its issues, which differ between calls. */
final class Descriptions {
  private static final String PRECISION =
      "If the currency supports decimals, only two decimal place precision is supported.";

  private static final Map<String, String> COMMON =
      Map.ofEntries(
          Map.entry(
              "ACTION_DOES_NOT_MATCH_INTENT",
              "Order was created with an intent to 'CAPTURE'. Please use"
                  + " v2/checkout/orders/order_id/capture to complete the transaction or"
                  + " alternately Create an order with an intent of 'AUTHORIZE'."),
          Map.entry(
              "AUTHORIZATION_ALREADY_CAPTURED", "Authorization has previously been captured."),
          Map.entry("AUTHORIZATION_DENIED", "An denied authorization cannot be captured."),
          Map.entry(
              "AMOUNT_MISMATCH",
              "Should equal item_total + tax_total + shipping + handling + insurance -"
                  + " shipping_discount - discount."),
          Map.entry(
              "ITEM_TOTAL_MISMATCH",
              "Should equal sum of (unit_amount * quantity) across all items for a given"
                  + " purchase_unit."),
          Map.entry(
              "TAX_TOTAL_MISMATCH",
              "Should equal sum of (tax * quantity) across all items for a given purchase_unit."),
          Map.entry("AUTHORIZATION_EXPIRED", "An expired authorization cannot be captured."),
          Map.entry(
              "AUTHORIZATION_VOIDED",
              "A voided authorization cannot be captured or reauthorized. "),
          Map.entry(
              "AUTH_CAPTURE_CURRENCY_MISMATCH",
              "Currency of capture must be the same as currency of authorization."),
          Map.entry(
              "AUTH_CURRENCY_MISMATCH",
              "The currency specified during reauthorization should be the same as the currency"
                  + " specified in the original authorization. Please check the currency of the"
                  + " authorization for which you are trying to reauthorize and try again."),
          Map.entry(
              "CANNOT_BE_VOIDED",
              "A reauthorization cannot be voided. Please void the original parent"
                  + " authorization."),
          Map.entry("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero. " + PRECISION),
          Map.entry("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded"),
          Map.entry("DECIMAL_PRECISION", PRECISION),
          Map.entry(
              "DECIMALS_NOT_SUPPORTED",
              "Currency does not support decimals. Please refer to"
                  + " https://developer.paypal.com/docs/api/reference/currency-codes/ for more"
                  + " information."),
          Map.entry(
              "DUPLICATE_INVOICE_ID",
              "Duplicate Invoice ID detected. To avoid a potential duplicate transaction your"
                  + " account setting requires that Invoice Id be unique for each transaction."),
          Map.entry(
              "INSTRUMENT_DECLINED",
              "The instrument presented  was either declined by the processor or bank, or it can't"
                  + " be used for this payment."),
          Map.entry(
              "INVALID_CURRENCY_CODE",
              "Currency code is invalid or is not currently supported. Please refer"
                  + " https://developer.paypal.com/api/rest/reference/currency-codes/ for list of"
                  + " supported currency codes."),
          Map.entry("INVALID_PARAMETER_VALUE", "A parameter value is not valid."),
          Map.entry(
              "INVALID_PARAMETER_SYNTAX",
              "The value of a field does not conform to the expected format."),
          Map.entry(
              "INVALID_STRING_LENGTH", "The value of a field is either too short or too long"),
          Map.entry("MALFORMED_REQUEST_JSON", "The request JSON is not well formed."),
          Map.entry(
              "MAX_CAPTURE_AMOUNT_EXCEEDED",
              "Capture amount exceeds allowable limit. Please contact customer service or your"
                  + " account manager to request the change to your overage limit. The default"
                  + " overage limit is 115%, which allows the sum of all captures to be up to 115%"
                  + " of the order amount. The ability to over capture is subjected to regulatory"
                  + " approvals."),
          Map.entry("MAX_VALUE_EXCEEDED", "Should be less than or equal to 999999999999999.99."),
          Map.entry("MISSING_REQUIRED_PARAMETER", "A required parameter is missing."),
          Map.entry("NOT_PATCHABLE", "Cannot be patched."),
          Map.entry(
              "ORDER_ALREADY_AUTHORIZED",
              "Order already authorized.If 'intent=AUTHORIZE' only one authorization per order is"
                  + " allowed."),
          Map.entry(
              "ORDER_ALREADY_CAPTURED",
              "Order already captured.If 'intent=CAPTURE' only one capture per order is allowed."),
          Map.entry(
              "ORDER_COMPLETED_OR_VOIDED",
              "Order is voided or completed and hence cannot be authorized."),
          Map.entry(
              "ORDER_EXPIRED",
              "Order is expired and hence cannot be authorized. Please contact Customer Support if"
                  + " you need to increase your order validity period."),
          Map.entry("PAYER_ACCOUNT_RESTRICTED", "PAYER_ACCOUNT_RESTRICTED"),
          Map.entry(
              "PAYER_ACTION_REQUIRED",
              "Transaction cannot complete successfully, instruct the buyer to return to PayPal."),
          Map.entry(
              "PENDING_CAPTURE",
              "Cannot initiate a refund as the capture is pending. Capture is typically pending"
                  + " when the payer has funded the transaction using e-check/bank funded."),
          Map.entry(
              "PREVIOUSLY_CAPTURED",
              "Authorization has been previously captured and hence cannot be voided."),
          Map.entry(
              "PREVIOUSLY_VOIDED",
              "Authorization has been previously voided and hence cannot be voided again."),
          Map.entry(
              "REAUTHORIZATION_NOT_SUPPORTED",
              "A reauthorize cannot be attempted on an authorization_id that is the result of a"
                  + " prior reauthorization or on an authorization made on an Order saved using the"
                  + " `v2/orders/id/save` API."),
          Map.entry(
              "REFUND_AMOUNT_EXCEEDED",
              "The refund amount must be less than or equal to the capture amount that has not yet"
                  + " been refunded."),
          Map.entry(
              "REFUND_CAPTURE_CURRENCY_MISMATCH",
              "Refund must be in the same currency as the capture"),
          Map.entry("REFUND_NOT_ALLOWED", "Capture cannot be refunded."),
          Map.entry(
              "REFUND_FAILED_INSUFFICIENT_FUNDS",
              "Capture could not be refunded due to insufficient funds. Please check to see if you"
                  + " have sufficient funds in your PayPal account or if the bank account linked to"
                  + " your PayPal account is verified and has sufficient funds."),
          Map.entry(
              "REFUND_TIME_LIMIT_EXCEEDED",
              "You are over the time limit to perform a refund on this capture"),
          Map.entry(
              "TRANSACTION_DISPUTED",
              "Partial refunds cannot be offered at this time because there is an open case on this"
                  + " transaction. Visit the PayPal Resolution Center to review this case."),
          Map.entry(
              "TOKEN_ID_NOT_FOUND",
              "Specified token was not found. Verify the token and try the request again."),
          Map.entry("TRANSACTION_REFUSED", "The request was refused."));

  /** Where one call says it otherwise. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry(
              "CAPTURE_HOLD DUPLICATE_INVOICE_ID",
              "Requested invoice_id has been previously captured. Possible duplicate transaction."),
          Map.entry(
              "REFUND DUPLICATE_INVOICE_ID", "Invoice ID was previously used to refund a capture."),
          Map.entry(
              "CAPTURE_HOLD TRANSACTION_REFUSED",
              "PayPal's internal controls prevent authorization from being captured."),
          Map.entry(
              "AUTHORIZE_ORDER ORDER_NOT_APPROVED",
              "Payer has not yet approved the Order for payment. Please redirect the payer to the"
                  + " 'rel':'approve' url returned as part of the HATEOAS links within the Create"
                  + " Order call."),
          Map.entry(
              "CAPTURE_ORDER ORDER_NOT_APPROVED",
              "Payer has not yet approved the Order for payment. Please redirect the payer to the"
                  + " 'rel':'approve' url returned as part of the HATEOAS links within the Create"
                  + " Order call or provide a valid `payment_source` in the request."));

  /** Every call words these in its own way; they are left unsaid but where an order is made. */
  private static final Set<String> GENERAL =
      Set.of(
          "CANNOT_BE_ZERO_OR_NEGATIVE",
          "DECIMALS_NOT_SUPPORTED",
          "DECIMAL_PRECISION",
          "INVALID_CURRENCY_CODE",
          "INVALID_PARAMETER_SYNTAX",
          "INVALID_PARAMETER_VALUE",
          "INVALID_STRING_LENGTH",
          "MISSING_REQUIRED_PARAMETER");

  private Descriptions() {}

  /** Whether this is an issue of those that are emulated. */
  static boolean knows(String issue) {
    return COMMON.containsKey(issue)
        || OTHERWISE.keySet().stream().anyMatch(known -> known.endsWith(" " + issue));
  }

  static Optional<String> of(Call.Kind kind, String issue) {
    if (GENERAL.contains(issue) && kind != Call.Kind.CREATE_ORDER) {
      return Optional.empty();
    }
    String text = OTHERWISE.getOrDefault(kind + " " + issue, COMMON.getOrDefault(issue, ""));
    return Optional.of(text).filter(said -> !said.isEmpty());
  }
}
