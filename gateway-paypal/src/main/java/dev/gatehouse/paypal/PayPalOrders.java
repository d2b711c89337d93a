package dev.gatehouse.paypal;

import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.joda.money.Money;

/**
 * What is asked of PayPal for an order, in its fields. The SDK's own types know no payment source:
 * they are older than the vault.
 */
final class PayPalOrders {
  private static final Pattern LOCALE = Pattern.compile("[a-z]{2}(-[A-Z]{2})?");

  private PayPalOrders() {}

  /**
   * An order of one purchase unit. One that is to be paid with a stored wallet does not name it:
   * PayPal would make and capture it in one.
   */
  static Map<String, Object> create(ChargeRequest request, PayPalSettings settings) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("intent", isHold(request) ? "AUTHORIZE" : "CAPTURE");
    order.put("purchase_units", List.of(unit(request, settings)));
    if (!(request.method() instanceof PaymentMethod.Stored)) {
      order.put("payment_source", Map.of("paypal", wallet(request, settings)));
    }
    return order;
  }

  private static boolean isHold(ChargeRequest request) {
    return request.capture() == CaptureMode.MANUAL;
  }

  private static Map<String, Object> unit(ChargeRequest request, PayPalSettings settings) {
    Map<String, Object> unit = new LinkedHashMap<>();
    unit.put("reference_id", PayPalSnapshots.MARK + request.idempotencyKey());
    unit.put("custom_id", request.reference());
    // PayPal refuses to take money twice under one invoice, whatever happens elsewhere.
    unit.put("invoice_id", request.reference());
    request.description().ifPresent(text -> unit.put("description", text));
    settings.softDescriptor().ifPresent(text -> unit.put("soft_descriptor", text));
    PayPalBreakdown.into(unit, request);
    return unit;
  }

  static Map<String, Object> money(Money amount) {
    Map<String, Object> money = new LinkedHashMap<>();
    money.put("currency_code", amount.getCurrencyUnit().getCode());
    money.put("value", PayPalGatewayProvider.MONEY.toDecimal(amount));
    return money;
  }

  private static Map<String, Object> wallet(ChargeRequest request, PayPalSettings settings) {
    Map<String, Object> wallet = new LinkedHashMap<>();
    Map<String, Object> experience = experience(request.returnUrl(), request.customer(), settings);
    experience.put("user_action", isHold(request) ? "CONTINUE" : "PAY_NOW");
    wallet.put("experience_context", experience);
    if (request.storeMethod()) {
      Map<String, Object> vault = keeping(request.agreement());
      vault.put("store_in_vault", "ON_SUCCESS");
      wallet.put(
          "attributes",
          Map.of("vault", vault, "customer", PayPalVault.customer(request.customer())));
    }
    return wallet;
  }

  /** What payers see of us at PayPal, and where they come back to. */
  static Map<String, Object> experience(
      Optional<URI> returnUrl, CustomerDetails customer, PayPalSettings settings) {
    Map<String, Object> experience = new LinkedHashMap<>();
    settings.brandName().ifPresent(name -> experience.put("brand_name", name));
    returnUrl
        .map(URI::toString)
        .ifPresent(
            url -> {
              experience.put("return_url", url);
              experience.put("cancel_url", url);
            });
    customer
        .locale()
        .map(Locale::toLanguageTag)
        .filter(tag -> LOCALE.matcher(tag).matches())
        .ifPresent(tag -> experience.put("locale", tag));
    experience.put("shipping_preference", "NO_SHIPPING");
    return experience;
  }

  /** How a wallet is kept. Two customers of ours may share one account of PayPal's. */
  static Map<String, Object> keeping(Optional<Agreement> agreement) {
    Map<String, Object> keeping = new LinkedHashMap<>();
    keeping.put("usage_type", "MERCHANT");
    keeping.put("customer_type", "CONSUMER");
    keeping.put("permit_multiple_payment_tokens", true);
    agreement.ifPresent(agreed -> keeping.put("usage_pattern", pattern(agreed)));
    return keeping;
  }

  private static String pattern(Agreement agreement) {
    return switch (agreement.use()) {
      case RECURRING -> "RECURRING_PREPAID";
      case UNSCHEDULED -> "DEFERRED";
    };
  }

  /** A stored wallet as the source of an order that is there already. */
  static Map<String, Object> paidWith(String wallet, ChargeRequest request) {
    Map<String, Object> credential = new LinkedHashMap<>();
    boolean isAway = request.initiator() == Initiator.MERCHANT;
    credential.put("payment_initiator", isAway ? "MERCHANT" : "CUSTOMER");
    credential.put("usage", "SUBSEQUENT");
    request.agreement().ifPresent(agreement -> credential.put("usage_pattern", pattern(agreement)));
    return Map.of(
        "payment_source",
        Map.of("paypal", Map.of("vault_id", wallet, "stored_credential", credential)));
  }
}
