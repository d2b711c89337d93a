package dev.gatehouse.paypal;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import java.util.Optional;

/**
 * What declines are called at PayPal and by the processors of cards, in our words. A word that is
 * not here is new, or says nothing about why.
 */
final class PayPalDeclines {
  private PayPalDeclines() {}

  /**
   * Why a capture or an authorisation did not come about though PayPal recorded it. The processor's
   * code decides. Where it gives no reason, the check of the security code or of the address may.
   */
  static Decline of(Node payment) {
    Node processor = payment.inner("processor_response");
    Optional<String> response = processor.optional("response_code");
    Optional<String> avs = processor.optional("avs_code");
    Optional<String> cvv = processor.optional("cvv_code");
    DeclineCode code =
        response
            .flatMap(PayPalDeclines::ofProcessor)
            .filter(reason -> reason != DeclineCode.GENERIC_DECLINE)
            .or(() -> cvv.flatMap(PayPalDeclines::ofCvv))
            .or(() -> avs.flatMap(PayPalDeclines::ofAvs))
            .orElse(DeclineCode.GENERIC_DECLINE);
    String raw =
        response
            .or(() -> payment.inner("status_details").optional("reason"))
            .or(() -> payment.optional("status"))
            .orElse("");
    return new Decline(
        code,
        processor
            .optional("payment_advice_code")
            .map(PayPalDeclines::advice)
            .orElse(DeclineAdvice.NONE),
        raw
            + cvv.map(text -> "/cvv " + text).orElse("")
            + avs.map(text -> "/avs " + text).orElse(""),
        "");
  }

  /** The issues of an error that say why the payer, the bank or PayPal did not pay. */
  static Optional<DeclineCode> ofIssue(String issue) {
    return Optional.ofNullable(
        switch (issue) {
          case "ALIAS_DECLINED_BY_PROCESSOR",
              "DECLINED_DUE_TO_RELATED_TXN",
              "INSTRUMENT_DECLINED",
              "PAYMENT_SOURCE_DECLINED_BY_PROCESSOR",
              "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING",
              "TRANSACTION_REFUSED" ->
              DeclineCode.GENERIC_DECLINE;
          case "CARD_EXPIRED", "REFERENCED_CARD_EXPIRED" -> DeclineCode.EXPIRED_CARD;
          case "INVALID_IBAN" -> DeclineCode.INCORRECT_NUMBER;
          case "INVALID_SECURITY_CODE_LENGTH" -> DeclineCode.INCORRECT_CVC;
          case "INVALID_EXPIRY_DATE" -> DeclineCode.INVALID_EXPIRY;
          case "PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED" -> DeclineCode.ADDRESS_MISMATCH;
          case "PAYEE_BLOCKED_TRANSACTION", "TRANSACTION_BLOCKED_BY_PAYEE" ->
              DeclineCode.SUSPECTED_FRAUD;
          case "PAYER_ACTION_REQUIRED" -> DeclineCode.AUTHENTICATION_REQUIRED;
          case "BANK_NOT_SUPPORTED_FOR_VERIFICATION",
              "CARD_BRAND_NOT_SUPPORTED",
              "CARD_TYPE_NOT_SUPPORTED",
              "COMPLIANCE_VIOLATION",
              "COUNTRY_NOT_SUPPORTED_BY_PAYMENT_SOURCE",
              "DOMESTIC_TRANSACTION_REQUIRED",
              "IBAN_COUNTRY_NOT_SUPPORTED",
              "PAYER_CANNOT_PAY",
              "PAYMENT_SOURCE_CANNOT_BE_USED",
              "PAYMENT_SOURCE_NOT_SUPPORTED" ->
              DeclineCode.TRANSACTION_NOT_PERMITTED;
          case "PAYER_ACCOUNT_RESTRICTED" -> DeclineCode.RESTRICTED_CARD;
          case "PAYER_ACCOUNT_LOCKED_OR_CLOSED" -> DeclineCode.CLOSED_ACCOUNT;
          case "TRANSACTION_LIMIT_EXCEEDED", "TRANSACTION_RECEIVING_LIMIT_EXCEEDED" ->
              DeclineCode.LIMIT_EXCEEDED;
          case "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED" -> DeclineCode.DO_NOT_RETRY;
          case "AGREEMENT_ALREADY_CANCELLED",
              "BILLING_AGREEMENT_NOT_FOUND",
              "TOKEN_EXPIRED",
              "TOKEN_ID_NOT_FOUND" ->
              DeclineCode.REVOCATION_OF_AUTHORIZATION;
          case "CURRENCY_NOT_SUPPORTED_FOR_BANK",
              "CURRENCY_NOT_SUPPORTED_FOR_CARD_TYPE",
              "CURRENCY_NOT_SUPPORTED_FOR_COUNTRY" ->
              DeclineCode.CURRENCY_UNSUPPORTED;
          default -> null;
        });
  }

  /** The response codes of the processors, PayPal's own among them. */
  static Optional<DeclineCode> ofProcessor(String code) {
    return Optional.ofNullable(
        switch (code) {
          case "10BR",
              "5100",
              "9540",
              "9600",
              "PPAR",
              "PPDI",
              "PPDV",
              "PPH1",
              "PPLS",
              "PPMD",
              "PPSC",
              "PPSD",
              "PPSE" ->
              DeclineCode.GENERIC_DECLINE;
          case "0500", "1393", "PPMC" -> DeclineCode.DO_NOT_HONOR;
          case "5120" -> DeclineCode.INSUFFICIENT_FUNDS;
          case "5400", "PPEF" -> DeclineCode.EXPIRED_CARD;
          case "0390", "1330", "1335", "6300", "7800", "PPFI", "PPS5" ->
              DeclineCode.INCORRECT_NUMBER;
          case "00N7", "1382", "5110", "PCVV", "PPC2" -> DeclineCode.INCORRECT_CVC;
          case "1380", "PPEX" -> DeclineCode.INVALID_EXPIRY;
          case "5170", "5190", "PPAD", "PPAV" -> DeclineCode.ADDRESS_MISMATCH;
          case "9520" -> DeclineCode.LOST_CARD;
          case "5150" -> DeclineCode.PICKUP_CARD;
          case "9500", "9510", "PPDT" -> DeclineCode.SUSPECTED_FRAUD;
          case "5650", "7700", "7710", "PCNR", "PPD3" -> DeclineCode.AUTHENTICATION_REQUIRED;
          case "0100", "9530" -> DeclineCode.CALL_ISSUER;
          case "0580",
              "1312",
              "1350",
              "1370",
              "5160",
              "5210",
              "5700",
              "8030",
              "PPAE",
              "PPAG",
              "PPAU",
              "PPBG",
              "PPCE",
              "PPCO",
              "PPCT",
              "PPDC",
              "PPNC",
              "PPNM",
              "PPPH",
              "PPPI",
              "PPPM",
              "PPQC",
              "PPRR",
              "PPTT",
              "PPUA",
              "PPUE",
              "PPUI",
              "PPUP",
              "PPVT" ->
              DeclineCode.TRANSACTION_NOT_PERMITTED;
          case "1352", "5180", "5930", "PPAB", "PPFR" -> DeclineCode.RESTRICTED_CARD;
          case "5140", "5950", "PP06" -> DeclineCode.CLOSED_ACCOUNT;
          case "5710", "PPAX", "PPEL", "PPNL" -> DeclineCode.LIMIT_EXCEEDED;
          case "5200", "9100" -> DeclineCode.TRY_AGAIN_LATER;
          case "5900", "5910", "5920" -> DeclineCode.ISSUER_UNAVAILABLE;
          case "PPRN" -> DeclineCode.DO_NOT_RETRY;
          case "0R00", "PPTE", "PPTR", "PPTV" -> DeclineCode.REVOCATION_OF_AUTHORIZATION;
          case "0800",
              "0880",
              "0960",
              "1300",
              "1317",
              "1340",
              "1360",
              "1384",
              "1390",
              "5800",
              "8000",
              "8010",
              "8020",
              "8100",
              "8110",
              "8220",
              "PPCR",
              "PPER",
              "PPFE",
              "PPFV",
              "PPGR",
              "PPIF",
              "PPII",
              "PPIM",
              "PPIT",
              "PPLR",
              "PPMB",
              "PPNT",
              "PPRE",
              "PPRF",
              "PPS0",
              "PPS1",
              "PPS2",
              "PPS3",
              "PPTF",
              "PPTI",
              "PPUR",
              "PPVE" ->
              DeclineCode.PROCESSING_ERROR;
          case "1310", "PPAI", "PPS6" -> DeclineCode.INVALID_AMOUNT;
          case "1320", "PPCU", "PPS4", "PPUC", "PPVC" -> DeclineCode.CURRENCY_UNSUPPORTED;
          case "0890", "5130", "5135", "5500", "7900" -> DeclineCode.INCORRECT_PIN;
          default -> null;
        });
  }

  /** Only a check that failed is a reason; one that could not be made is none. */
  static Optional<DeclineCode> ofCvv(String code) {
    return code.equals("N") || code.equals("1")
        ? Optional.of(DeclineCode.INCORRECT_CVC)
        : Optional.empty();
  }

  /** Only an address that does not match at all is a reason. */
  static Optional<DeclineCode> ofAvs(String code) {
    return switch (code) {
      case "N", "C", "1" -> Optional.of(DeclineCode.ADDRESS_MISMATCH);
      default -> Optional.empty();
    };
  }

  /** What the card's network says about trying again. */
  static DeclineAdvice advice(String code) {
    return switch (code) {
      case "01" -> DeclineAdvice.CONFIRM_DATA;
      case "02" -> DeclineAdvice.TRY_AGAIN_LATER;
      case "03", "21" -> DeclineAdvice.DO_NOT_TRY_AGAIN;
      default -> DeclineAdvice.NONE;
    };
  }
}
