package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostedPageTest {
  private static final String EVIL = "\"'><script>alert(1)</script>&amp;";

  private final List<String> decided = new ArrayList<>();
  private Optional<URI> back = Optional.of(URI.create("https://shop.test/back?order=1&x=%22"));

  private final Router router = new Router(e -> Answers.json(404, Map.of()));

  HostedPageTest() {
    new HostedPage(EVIL, new Payers()).on(router, "/pay/{id}");
  }

  private final class Payers implements HostedPage.Customers {
    @Override
    public List<String> shown(String id) {
      demand(id);
      return List.of("EUR 10.00", EVIL);
    }

    @Override
    public void approve(String id) {
      decide(id, "approve");
    }

    @Override
    public void reject(String id) {
      decide(id, "reject");
    }

    @Override
    public void leave(String id) {
      decide(id, "leave");
    }

    @Override
    public Optional<URI> returnTo(String id) {
      return back;
    }

    private void decide(String id, String what) {
      demand(id);
      decided.add(what);
    }

    private void demand(String id) {
      if (!id.equals("act_1")) {
        throw new InvalidStateException(new Problem("id", "x", "it does not wait", "look"));
      }
    }
  }

  private HttpResponse ask(String method, String id, String body) {
    return router.handle(
        new HttpRequest(
            method,
            URI.create("https://bank.test/pay/" + id),
            HttpHeaders.none(),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_page_shows_what_is_paid_and_three_buttons() {
    assertThat(ask("GET", "act_1", "").bodyAsUtf8())
        .contains("EUR 10.00", "value=\"approve\"", "value=\"reject\"", "value=\"leave\"");
  }

  @Test
  void what_it_shows_is_text_and_nothing_can_run() {
    HttpResponse page = ask("GET", "act_1", "");

    assertThat(page.bodyAsUtf8())
        .doesNotContain("<script")
        .contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");
    assertThat(page.headers().first("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
  }

  @Test
  void each_button_is_told_and_leads_back_to_the_shop() {
    for (String button : List.of("approve", "reject", "leave")) {
      HttpResponse answer = ask("POST", "act_1", "decision=" + button);

      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.headers().first("location"))
          .contains("https://shop.test/back?order=1&x=%22");
    }
    assertThat(decided).containsExactly("approve", "reject", "leave");
  }

  @Test
  void without_an_address_to_return_to_the_customer_may_close_the_page() {
    back = Optional.empty();

    assertThat(ask("POST", "act_1", "decision=approve").bodyAsUtf8()).contains("close this page");
  }

  @Test
  void what_does_not_wait_and_what_is_no_button_changes_nothing() {
    assertThat(ask("GET", EVIL.replaceAll("[^a-z]", ""), "").status()).isEqualTo(409);
    assertThat(ask("POST", "act_2", "decision=approve").status()).isEqualTo(409);
    assertThat(ask("POST", "act_1", "decision=paid").status()).isEqualTo(400);
    assertThat(decided).isEmpty();
  }
}
