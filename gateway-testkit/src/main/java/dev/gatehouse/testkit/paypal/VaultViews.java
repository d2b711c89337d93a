package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.VaultEntries.SetUp;
import dev.gatehouse.testkit.paypal.VaultEntries.Storing;
import dev.gatehouse.testkit.paypal.VaultEntries.Vaulted;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the vault keeps, as PayPal writes it. */
final class VaultViews {
  private VaultViews() {}

  static ObjectNode setUp(SetUp setUp) {
    ObjectNode node = Json.object().put("id", setUp.id);
    customer(node, setUp.storing);
    node.put("status", setUp.status);
    ObjectNode wallet = wallet(node, setUp.storing);
    if (!setUp.is("PAYER_ACTION_REQUIRED")) {
      payer(wallet);
    }
    ArrayNode links = node.putArray("links");
    link(links, setUp.app, "/v3/vault/setup-tokens/" + setUp.id, "self", "GET");
    if (setUp.is("PAYER_ACTION_REQUIRED")) {
      links.addObject().put("href", payerPage(setUp)).put("rel", "approve").put("method", "GET");
    } else if (setUp.is("APPROVED")) {
      link(links, setUp.app, "/v3/vault/payment-tokens", "confirm", "POST");
    }
    return node;
  }

  /** Where the payer agrees that the wallet is kept. */
  private static String payerPage(SetUp setUp) {
    String site = setUp.app.live() ? "www.paypal.com" : "www.sandbox.paypal.com";
    return "https://" + site + "/agreements/approve?approval_session_id=" + setUp.id;
  }

  static ObjectNode vaulted(Vaulted vaulted) {
    ObjectNode node = Json.object().put("id", vaulted.id);
    customer(node, vaulted.storing);
    payer(wallet(node, vaulted.storing));
    ArrayNode links = node.putArray("links");
    link(links, vaulted.app, path(vaulted), "self", "GET");
    link(links, vaulted.app, path(vaulted), "delete", "DELETE");
    return node;
  }

  /** As its notices show it: with the order that it was kept with. */
  static ObjectNode told(Vaulted vaulted) {
    ObjectNode node = vaulted(vaulted);
    if (vaulted.order != null) {
      node.putObject("metadata").put("order_id", vaulted.order);
    }
    return node;
  }

  static ObjectNode list(PayPalApp app, String customer, List<Vaulted> page, int all, int pages) {
    ObjectNode node = Json.object();
    if (all > 0) {
      node.put("total_items", all).put("total_pages", pages);
    }
    node.putObject("customer").put("id", customer);
    ArrayNode tokens = node.putArray("payment_tokens");
    page.forEach(vaulted -> tokens.add(vaulted(vaulted)));
    String path = "/v3/vault/payment-tokens?customer_id=" + customer;
    link(node.putArray("links"), app, path, "self", "GET");
    return node;
  }

  /** What the order shows of the wallet that is kept with it. */
  static void ofOrder(ObjectNode wallet, Entries.Order order) {
    Storing storing = order.stores;
    if (storing == null) {
      return;
    }
    ObjectNode vault = wallet.putObject("attributes").putObject("vault");
    Vaulted vaulted = order.vaulted;
    if (vaulted == null) {
      vault.put("status", "APPROVED");
    } else {
      vault.put("id", vaulted.id).put("status", "VAULTED");
    }
    customer(vault, storing);
    if (vaulted != null) {
      link(vault.putArray("links"), vaulted.app, path(vaulted), "self", "GET");
    }
  }

  private static String path(Vaulted vaulted) {
    return "/v3/vault/payment-tokens/" + vaulted.id;
  }

  private static void customer(ObjectNode node, Storing storing) {
    node.putObject("customer").put("id", storing.customer());
  }

  private static ObjectNode wallet(ObjectNode node, Storing storing) {
    ObjectNode wallet = node.putObject("payment_source").putObject("paypal");
    if (storing.description() != null) {
      wallet.put("description", storing.description());
    }
    return wallet.put("usage_type", "MERCHANT").put("customer_type", "CONSUMER");
  }

  private static void payer(ObjectNode wallet) {
    wallet.put("email_address", "payer@example.com").put("payer_id", Views.PAYER);
    wallet.putObject("name").put("given_name", "Pat").put("surname", "Payer");
    wallet.put("account_id", Views.PAYER);
  }

  private static void link(ArrayNode links, PayPalApp app, String path, String rel, String method) {
    links
        .addObject()
        .put("href", "https://" + app.host() + path)
        .put("rel", rel)
        .put("method", method);
  }
}
