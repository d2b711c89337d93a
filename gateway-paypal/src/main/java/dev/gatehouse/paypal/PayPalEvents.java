package dev.gatehouse.paypal;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.PaymentHint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where to look, by what an event says. Its resource is never evidence: the signature covers only a
 * checksum that anybody can match.
 */
final class PayPalEvents {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** How the types begin that are about payments. */
  private static final List<String> OURS =
      List.of(
          "CHECKOUT.ORDER.",
          "CUSTOMER.DISPUTE.",
          "PAYMENT.AUTHORIZATION.",
          "PAYMENT.CAPTURE.",
          "PAYMENT.REFUND.",
          "VAULT.PAYMENT-TOKEN.");

  private PayPalEvents() {}

  /** Whether a webhook should be told of events of this type. */
  static boolean matters(String type) {
    return OURS.stream().anyMatch(type::startsWith);
  }

  /** Empty for what is not about a payment, or does not say about which one. */
  static Optional<PaymentHint> hint(Node event) {
    Node resource = event.inner("resource");
    String type = event.text("event_type");
    Set<ProviderId> ids = new HashSet<>();
    Optional<String> reference = Optional.empty();
    if (type.startsWith("CHECKOUT.ORDER.")) {
      add(ids, PayPalSnapshots.ORDER, resource.optional("id"));
      List<Node> units = resource.list("purchase_units");
      reference = units.isEmpty() ? reference : units.get(0).optional("custom_id");
    } else if (type.startsWith("CUSTOMER.DISPUTE.")) {
      add(ids, PayPalSnapshots.DISPUTE, resource.optional("dispute_id"));
      for (Node transaction : resource.list("disputed_transactions")) {
        add(ids, PayPalSnapshots.CAPTURE, transaction.optional("seller_transaction_id"));
      }
    } else if (type.startsWith("PAYMENT.AUTHORIZATION.")) {
      add(ids, PayPalSnapshots.AUTHORIZATION, resource.optional("id"));
      reference = resource.optional("custom_id");
    } else if (type.startsWith("PAYMENT.CAPTURE.") || type.startsWith("PAYMENT.REFUND.")) {
      Optional<String> refunded = PayPalSnapshots.parent(resource, "captures");
      // A refund has an id of its own, and perhaps a key of ours where its capture has a reference.
      add(ids, PayPalSnapshots.CAPTURE, refunded.or(() -> resource.optional("id")));
      reference = refunded.isPresent() ? reference : resource.optional("custom_id");
    }
    if (type.startsWith("VAULT.PAYMENT-TOKEN.")) {
      // What is stored without an order is known by its setup token, which no event names.
      add(ids, PayPalSnapshots.ORDER, resource.inner("metadata").optional("order_id"));
    }
    add(
        ids,
        PayPalSnapshots.ORDER,
        resource.inner("supplementary_data").inner("related_ids").optional("order_id"));
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PaymentHint(reference.filter(text -> REFERENCE.matcher(text).matches()), ids));
  }

  private static void add(Set<ProviderId> ids, String kind, Optional<String> id) {
    id.filter(text -> ID.matcher(text).matches())
        .ifPresent(text -> ids.add(new ProviderId(kind, text)));
  }
}
