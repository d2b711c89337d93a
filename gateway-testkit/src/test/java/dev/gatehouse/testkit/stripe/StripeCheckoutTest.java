package dev.gatehouse.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The emulated Checkout: sessions over the API, and their page in a browser. */
class StripeCheckoutTest {
  private static final String SESSIONS = "/v1/checkout/sessions";
  private static final String FORM =
      "mode=payment&success_url=https://shop.test/done&cancel_url=https://shop.test/cart"
          + "&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur"
          + "&line_items[0][price_data][unit_amount]=1000"
          + "&line_items[0][price_data][product_data][name]=A+plan+%3Cb%3E"
          + "&metadata[order]=7&payment_intent_data[metadata][order]=7";

  private final Caller caller = new Caller();

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(caller.held.problems()).isEmpty();
  }

  private JsonNode session() {
    return caller.post(SESSIONS, FORM);
  }

  private JsonNode again(JsonNode session) {
    return caller.get(SESSIONS + "/" + session.path("id").asString());
  }

  private HttpResponse browser(String method, String url, String form) {
    return caller.stripe.handle(
        new HttpRequest(
            method, URI.create(url), HttpHeaders.none(), form.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> events() {
    return caller.stripe.takeWebhooks().stream().map(one -> one.type()).toList();
  }

  @Test
  void a_customer_pays_on_the_page_and_is_sent_back() {
    JsonNode session = session();
    String url = session.path("url").asString();
    assertThat(session.path("status").asString()).isEqualTo("open");
    assertThat(session.path("payment_intent").isNull()).isTrue();
    assertThat(browser("GET", url, "").bodyAsUtf8()).contains("A plan &lt;b&gt;", "EUR 10.00");

    HttpResponse paid = browser("POST", url, "pay=pm_card_visa");

    assertThat(paid.headers().first("location")).contains("https://shop.test/done");
    JsonNode done = again(session);
    assertThat(done.path("status").asString()).isEqualTo("complete");
    assertThat(done.path("payment_status").asString()).isEqualTo("paid");
    assertThat(done.path("url").isNull()).isTrue();
    String intent = done.path("payment_intent").asString();
    assertThat(caller.get("/v1/payment_intents/" + intent).path("metadata").path("order"))
        .isEqualTo(done.path("metadata").path("order"));
    JsonNode listed = caller.get(SESSIONS + "?payment_intent=" + intent);
    assertThat(listed.path("data").path(0).path("id")).isEqualTo(session.path("id"));
    assertThat(events())
        .containsExactly(
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "checkout.session.completed");
  }

  @Test
  void a_declined_card_leaves_the_page_open_for_another_one_that_must_be_authenticated() {
    JsonNode session = session();
    String url = session.path("url").asString();

    HttpResponse declined = browser("POST", url, "pay=pm_card_visa_chargeDeclined");
    HttpResponse asked = browser("POST", url, "pay=pm_card_threeDSecure2Required");
    String page = asked.headers().first("location").orElseThrow();
    HttpResponse back = browser("POST", page + "/complete", "");

    assertThat(declined.bodyAsUtf8()).contains("declined");
    assertThat(back.headers().first("location").orElseThrow()).startsWith(url);
    assertThat(browser("GET", url, "").headers().first("location"))
        .contains("https://shop.test/done");
    assertThat(again(session).path("status").asString()).isEqualTo("complete");
    assertThat(caller.stripe.ledger().charges())
        .singleElement()
        .matches(charge -> charge.status().equals("succeeded"));
  }

  @Test
  void a_debit_completes_the_page_and_is_decided_days_later() {
    JsonNode paid = session();
    JsonNode bounced = session();
    browser("POST", paid.path("url").asString(), "pay=debit");
    browser("POST", bounced.path("url").asString(), "pay=debit");
    JsonNode waiting = again(paid);
    assertThat(waiting.path("status").asString()).isEqualTo("complete");
    assertThat(waiting.path("payment_status").asString()).isEqualTo("unpaid");
    JsonNode intent = caller.get(SESSIONS + "/" + bounced.path("id").asString());
    assertThat(events()).contains("charge.pending", "checkout.session.completed");

    caller.stripe.controls().settleDebit(intent.path("payment_intent").asString(), false);
    caller.clock.advance(Duration.ofDays(3));

    assertThat(again(paid).path("payment_status").asString()).isEqualTo("paid");
    assertThat(again(bounced).path("payment_status").asString()).isEqualTo("unpaid");
    assertThat(events())
        .contains(
            "checkout.session.async_payment_failed", "checkout.session.async_payment_succeeded");
    assertThat(caller.get("/v1/charges").path("data")).hasSize(2);
  }

  @Test
  void a_page_expires_after_a_day_or_when_told_to_and_ends_what_was_begun_on_it() {
    JsonNode left = session();
    JsonNode tried = session();
    String id = tried.path("id").asString();
    caller.stripe.controls().payCheckout(id, StripeToken.INSUFFICIENT_FUNDS);

    JsonNode expired = caller.post(SESSIONS + "/" + id + "/expire", "expand[]=payment_intent");
    caller.clock.advance(Duration.ofHours(24));

    assertThat(expired.path("status").asString()).isEqualTo("expired");
    assertThat(expired.path("payment_intent").path("status").asString()).isEqualTo("canceled");
    assertThat(again(left).path("status").asString()).isEqualTo("expired");
    assertThat(browser("GET", left.path("url").asString(), "").status()).isEqualTo(410);
    assertThat(caller.send("POST", SESSIONS + "/" + id + "/expire", "", "").status())
        .isEqualTo(400);
    assertThatThrownBy(() -> caller.stripe.controls().payCheckout(id, StripeToken.VISA))
        .isInstanceOf(InvalidStateException.class);
    assertThat(caller.stripe.ledger().charges()).allMatch(c -> c.status().equals("failed"));
  }

  @Test
  void money_can_be_held_on_the_page_but_not_by_a_debit() {
    JsonNode session = caller.post(SESSIONS, FORM + "&payment_intent_data[capture_method]=manual");
    String id = session.path("id").asString();
    assertThatThrownBy(() -> caller.stripe.controls().debitCheckout(id))
        .isInstanceOf(InvalidStateException.class);

    caller.stripe.controls().payCheckout(id, StripeToken.VISA);

    JsonNode held = caller.get(SESSIONS + "/" + id + "?expand[]=payment_intent");
    assertThat(held.path("payment_intent").path("status").asString()).isEqualTo("requires_capture");
    assertThat(held.path("payment_status").asString()).isEqualTo("unpaid");
  }

  @Test
  void a_page_that_makes_no_sense_is_refused() {
    for (String wrong :
        List.of(
            FORM.replace("mode=payment", "mode=subscription"),
            FORM.replace("unit_amount]=1000", "unit_amount]=10"),
            FORM.replace("=https://shop.test/done", "=shop"),
            FORM.replaceAll("&line_items[^&]*name[^&]*", ""),
            FORM.replaceAll("&line_items[^&]*", ""),
            FORM + "&expires_at=" + caller.clock.instant().plusSeconds(60).getEpochSecond())) {
      assertThat(caller.stripe.handle(post(wrong)).status()).as(wrong).isEqualTo(400);
    }
    assertThat(caller.stripe.ledger().charges()).isEmpty();
  }

  private HttpRequest post(String form) {
    return new HttpRequest(
        "POST",
        URI.create("https://stripe.test" + SESSIONS),
        HttpHeaders.none().with("authorization", "Bearer " + caller.secretKey),
        form.getBytes(StandardCharsets.UTF_8));
  }
}
