package dev.gatehouse.testkit.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vault by hand, and what orders are made of. */
class PayPalVaultTest {
  private static final String SETUP_TOKENS = "/v3/vault/setup-tokens";
  private static final String PAYMENT_TOKENS = "/v3/vault/payment-tokens";
  private static final String WALLET =
      "{'customer':{'id':'ann-1'},'payment_source':{'paypal':{'description':'set-1',"
          + "'usage_type':'MERCHANT','experience_context':{'return_url':'https://shop.test/r',"
          + "'cancel_url':'https://shop.test/c'}}}}";

  private final Caller caller = new Caller().as(PayPalApp.sandbox());

  @AfterEach
  void everything_fits_paypals_description() {
    caller.http.assertThatAllFits();
  }

  @Test
  void a_setup_token_waits_for_its_payer_and_becomes_one_payment_token() {
    Caller.Answer made = caller.post(SETUP_TOKENS, "set-1", WALLET);
    String id = made.at("/id");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/status")).isEqualTo("PAYER_ACTION_REQUIRED");
    assertThat(made.at("/links/1/rel")).isEqualTo("approve");
    assertThat(keep(id, "keep-0").status()).isEqualTo(422);

    caller.paypal.controls().approveSetUp(id);
    assertThat(caller.get(SETUP_TOKENS + "/" + id).at("/status")).isEqualTo("APPROVED");
    Caller.Answer kept = keep(id, "keep-1");

    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.at("/customer/id")).isEqualTo("ann-1");
    assertThat(kept.at("/payment_source/paypal/description")).isEqualTo("set-1");
    assertThat(keep(id, "keep-1").at("/id")).isEqualTo(kept.at("/id"));
    assertThat(keep(id, "keep-2").status()).isEqualTo(422);
    assertThat(caller.post(SETUP_TOKENS, "set-1", WALLET).at("/status")).isEqualTo("VAULTED");
    assertThat(caller.paypal.ledger().kept()).hasSize(1);
    assertThat(caller.paypal.takeWebhooks())
        .extracting(PayPalWebhook::type)
        .containsExactly("VAULT.PAYMENT-TOKEN.CREATED");
  }

  @Test
  void request_ids_are_kept_for_three_hours_and_setup_tokens_for_three_days() {
    String id = caller.post(SETUP_TOKENS, "set-1", WALLET).at("/id");
    caller.clock.advance(Duration.ofHours(3));
    assertThat(caller.post(SETUP_TOKENS, "set-1", WALLET).at("/id")).isNotEqualTo(id);

    caller.clock.advance(Duration.ofDays(3));
    caller.as(PayPalApp.sandbox());

    assertThat(caller.get(SETUP_TOKENS + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void tokens_are_listed_by_customer_in_pages_and_gone_when_deleted_for_everybody() {
    for (int number = 1; number <= 7; number++) {
      kept("set-" + number);
    }
    String list = PAYMENT_TOKENS + "?customer_id=customer-1&page_size=5&page=";
    assertThat(caller.get(list + 1).body().at("/payment_tokens")).hasSize(5);
    assertThat(caller.get(list + 2).body().at("/payment_tokens")).hasSize(2);
    String id = caller.get(list + 2).at("/payment_tokens/0/id");
    assertThat(caller.as(Caller.other()).get(PAYMENT_TOKENS + "/" + id).status()).isEqualTo(404);

    caller.as(PayPalApp.sandbox());
    assertThat(caller.delete(PAYMENT_TOKENS + "/" + id).status()).isEqualTo(204);
    assertThat(caller.delete(PAYMENT_TOKENS + "/" + id).status()).isEqualTo(204);

    assertThat(caller.get(PAYMENT_TOKENS + "/" + id).status()).isEqualTo(404);
    assertThat(caller.get(list + 2).body().at("/payment_tokens")).hasSize(1);
  }

  @Test
  void an_order_is_paid_with_what_is_kept_and_with_nothing_else() {
    String id = kept("set-1");
    String order = caller.order("CAPTURE", "inv-1");
    String path = "/v2/checkout/orders/" + order + "/capture";
    String source = "{'payment_source':{'paypal':{'vault_id':'%s'}}}";
    assertThat(caller.post(path, "k", source.formatted("nobodys")).issue())
        .isEqualTo("TOKEN_ID_NOT_FOUND");

    assertThat(caller.post(path, "k", source.formatted(id)).at("/status")).isEqualTo("COMPLETED");
    assertThat(caller.paypal.ledger().orders().get(0).captures()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'item_total':9.00|1|9.00||AMOUNT_MISMATCH",
        "'item_total':10.00|1|9.00||ITEM_TOTAL_MISMATCH",
        "'item_total':10.00|2|5.00||",
        "'item_total':9.00,'tax_total':1.00|1|9.00||TAX_TOTAL_MISMATCH",
        "'item_total':9.00,'tax_total':1.00|1|9.00|1.00|",
        "'item_total':12.00,'discount':3.00,'shipping':1.00|3|4.00||"
      })
  void what_an_order_is_made_of_adds_up_to_the_cent(
      String sums, String quantity, String price, String tax, String issue) {
    String breakdown = sums.replaceAll("([0-9.]+)", "{'currency_code':'USD','value':'$1'}");
    String item =
        "{'name':'Book','quantity':'%s','unit_amount':{'currency_code':'USD','value':'%s'}%s}"
            .formatted(
                quantity,
                price,
                tax == null ? "" : ",'tax':{'currency_code':'USD','value':'" + tax + "'}");

    Caller.Answer answer =
        caller.post(
            "/v2/checkout/orders",
            "{'intent':'CAPTURE','purchase_units':[{'items':["
                + item
                + "],'amount':"
                + "{'currency_code':'USD','value':'10.00','breakdown':{"
                + breakdown
                + "}}}]}");

    assertThat(answer.status()).isEqualTo(issue == null ? 201 : 422);
    assertThat(answer.status() == 201 ? null : answer.issue()).isEqualTo(issue);
  }

  private Caller.Answer keep(String setupToken, String key) {
    return caller.post(
        PAYMENT_TOKENS,
        key,
        "{'payment_source':{'token':{'id':'" + setupToken + "','type':'SETUP_TOKEN'}}}");
  }

  /** A wallet that is kept for customer-1. */
  private String kept(String key) {
    String id = caller.post(SETUP_TOKENS, key, WALLET.replace("ann-1", "customer-1")).at("/id");
    caller.paypal.controls().approveSetUp(id);
    return keep(id, key).at("/id");
  }
}
