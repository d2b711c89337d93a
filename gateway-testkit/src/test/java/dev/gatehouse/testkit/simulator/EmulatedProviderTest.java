package dev.gatehouse.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Answers;
import dev.gatehouse.testkit.emulator.Call;
import dev.gatehouse.testkit.emulator.Happened;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.Order;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.emulator.Router;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** A provider of two addresses, on the base. */
class EmulatedProviderTest {
  private static final Money TEN = Money.parse("EUR 10.00");

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final Tiny tiny = new Tiny(clock);

  private static final class Tiny extends EmulatedProvider<String> {
    Tiny(Clock clock) {
      super(clock, Duration.ofHours(24));
      lag(Duration.ofSeconds(2));
    }

    @Override
    protected Router route() {
      Router router =
          new Router(e -> Answers.json(400, Map.of("error", e.problems().get(0).code())));
      page("Tiny", anything -> Optional.of(URI.create("https://shop.test/" + anything)))
          .on(router, "/act/{id}");
      return router
          .on("POST", "/pay", call -> keys().once(key(call), call.request(), () -> pay(call)))
          .on("GET", "/list", call -> list());
    }

    private String key(Call call) {
      return key(call.request()).orElseThrow();
    }

    private HttpResponse pay(Call call) {
      String id =
          books()
              .begin(
                  Order.sale(
                      "acct", call.form().text("ref"), key(call.request()), TEN, "anything"));
      if (call.form().flag("ask")) {
        books().ask(id, Duration.ofHours(1), "given_up", () -> books().succeed(id));
      } else {
        books().process(id, Duration.ofHours(1), Optional.empty());
      }
      return Answers.json(200, Map.of("id", id));
    }

    private HttpResponse list() {
      List<String> ids = listed().stream().map(Ledger.Charge::id).limit(entriesOf(20)).toList();
      return Answers.json(200, Map.of("ids", ids));
    }

    @Override
    protected Optional<Notice> notice(String id, Happened happened) {
      byte[] body = happened.charge().getBytes(StandardCharsets.UTF_8);
      return Optional.of(new Notice(id, happened.what().name(), body));
    }

    @Override
    protected PendingWebhook signed(Notice notice) {
      return new PendingWebhook(
          "acct",
          notice.id(),
          notice.type(),
          "POST",
          URI.create("https://shop.test/hook"),
          HttpHeaders.none().with("sig", agenda().now().toString()),
          notice.body());
    }

    @Override
    protected String codeOf(Happening what) {
      return "because_" + what;
    }

    @Override
    public Optional<String> key(HttpRequest request) {
      return request.headers().first("key");
    }

    @Override
    public GatewayProvider gateway() {
      return new ReferenceGatewayProvider();
    }

    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public List<CurrencyUnit> currencies() {
      return List.of(CurrencyUnit.EUR);
    }

    @Override
    public PaymentMethod method(Random random) {
      return new PaymentMethod.OfType("any");
    }
  }

  private static HttpRequest request(String method, String path, String body) {
    return new HttpRequest(
        method,
        URI.create("https://tiny.test" + path),
        HttpHeaders.none().with("key", "k-" + body),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private String pay(String body) {
    HttpRequest request = request("POST", "/pay", body);
    HttpResponse first = tiny.handle(request);
    assertThat(tiny.handle(request)).isEqualTo(first);
    return first.bodyAsUtf8().split("\"")[3];
  }

  private String status(String id) {
    return tiny.ledger().charge(id).orElseThrow().status();
  }

  @Test
  void what_was_asked_for_is_in_the_ledger_with_what_came_under_which_key() {
    String id = pay("ref=r1");
    Ledger ledger = tiny.ledger();

    assertThat(ledger.chargesOf("r1")).extracting(Ledger.Charge::id).containsExactly(id);
    assertThat(ledger.requests("POST", "/pay")).isEqualTo(2);
    assertThat(ledger.requestsWithKey("k-ref=r1")).isEqualTo(2);
  }

  @Test
  void it_goes_on_by_itself_when_it_is_looked_at() {
    String id = pay("ref=r1");
    clock.advance(Duration.ofHours(1));

    assertThat(status(id)).isEqualTo("succeeded");
  }

  @Test
  void only_what_is_not_read_acts_and_it_is_for_its_key() {
    assertThat(tiny.acts(request("POST", "/pay", ""))).isTrue();
    assertThat(tiny.acts(request("GET", "/list", ""))).isFalse();
    assertThat(tiny.operation(request("POST", "/pay", "x"))).contains("k-x");
    assertThat(tiny.operation(request("GET", "/list", "x"))).isEmpty();
  }

  @Test
  void a_list_that_lags_lacked_what_had_happened() {
    pay("ref=r1");
    HttpRequest list = request("GET", "/list", "");
    HttpResponse early = tiny.handle(list);

    assertThat(early.bodyAsUtf8()).isEqualTo("{\"ids\":[]}");
    assertThat(tiny.lacked(list, early)).isTrue();
    clock.advance(Duration.ofSeconds(2));
    HttpResponse later = tiny.handle(list);
    assertThat(later.bodyAsUtf8()).isEqualTo("{\"ids\":[\"ch_1\"]}");
    assertThat(tiny.lacked(list, later)).isFalse();
  }

  @Test
  void a_page_has_no_more_entries_than_was_said() {
    pay("n=1");
    pay("n=2");
    clock.advance(Duration.ofSeconds(2));
    assertThat(tiny.handle(request("GET", "/list", "")).bodyAsUtf8()).contains("ch_1", "ch_2");

    assertThat(tiny.listsInPagesOf(1)).isTrue();

    assertThat(tiny.handle(request("GET", "/list", "")).bodyAsUtf8()).doesNotContain("ch_2");
  }

  @Test
  void another_body_is_signed_as_that_notice() {
    pay("n=1");
    PendingWebhook webhook = tiny.takeWebhooks().get(0);

    PendingWebhook other = tiny.signedNow(webhook, new byte[] {1}).orElseThrow();

    assertThat(other.eventId()).isEqualTo(webhook.eventId());
    assertThat(other.body()).containsExactly(1);
    assertThat(other.headers()).isEqualTo(webhook.headers());
  }

  @Test
  void notices_are_taken_once_and_signed_when_they_are_wanted() {
    pay("ref=r1");
    List<PendingWebhook> taken = tiny.takeWebhooks();
    clock.advance(Duration.ofMinutes(5));

    assertThat(taken).extracting(PendingWebhook::type).containsExactly("PROCESSING");
    assertThat(tiny.takeWebhooks()).isEmpty();
    PendingWebhook again = tiny.signedNow(taken.get(0));
    assertThat(again.headers().first("sig")).contains("2026-03-01T12:05:00Z");
    assertThat(again.body()).isEqualTo(taken.get(0).body());
  }

  @Test
  void customers_and_banks_decide_and_what_they_can_not_is_said() {
    String refused = pay("ask=true&n=1");
    String approved = pay("ask=true&n=2");
    String failed = pay("n=3");

    assertThat(tiny.happens(Happening.CUSTOMER_REJECTS, refused)).isTrue();
    assertThat(tiny.happens(Happening.CUSTOMER_APPROVES, approved)).isTrue();
    assertThat(tiny.happens(Happening.CHARGE_FAILS, failed)).isTrue();
    assertThat(tiny.happens(Happening.METHOD_REVOKED, failed)).isFalse();

    assertThat(tiny.ledger().charge(refused).orElseThrow().decline())
        .contains("because_CUSTOMER_REJECTS");
    assertThat(status(approved)).isEqualTo("succeeded");
    assertThat(status(failed)).isEqualTo("failed");
    assertThatThrownBy(() -> tiny.happens(Happening.CHARGE_SETTLES, approved))
        .isInstanceOf(InvalidStateException.class);
    assertThatThrownBy(() -> tiny.happens(Happening.DISPUTED, "nothing"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void customers_decide_at_the_page_by_the_id_of_what_they_have_to_do() {
    String id = pay("ask=true");
    String page = "/act/" + tiny.ledger().charge(id).orElseThrow().action().orElseThrow();
    assertThat(tiny.handle(request("GET", page, "")).bodyAsUtf8()).contains("acct", "EUR 10.00");
    assertThat(tiny.handle(request("GET", "/act/" + id, "")).status()).isEqualTo(409);

    HttpResponse back = tiny.handle(request("POST", page, "decision=reject"));

    assertThat(back.headers().first("location")).contains("https://shop.test/anything");
    assertThat(tiny.ledger().charge(id).orElseThrow().decline())
        .contains("because_CUSTOMER_REJECTS");
    assertThat(tiny.handle(request("POST", page, "decision=approve")).status()).isEqualTo(409);
  }

  @Test
  void money_goes_back_and_is_disputed_as_at_any_provider() {
    String id = pay("ask=true");
    tiny.happens(Happening.CUSTOMER_APPROVES, id);
    String capture = tiny.ledger().charge(id).orElseThrow().captures().get(0).id();

    assertThat(tiny.consoleRefund(capture, Money.parse("EUR 3.00"))).isTrue();
    assertThat(tiny.happens(Happening.DISPUTED, id)).isTrue();

    Ledger.Charge charge = tiny.ledger().charge(id).orElseThrow();
    assertThat(charge.refunded()).isEqualTo(Money.parse("EUR 3.00"));
    assertThat(charge.disputed()).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(tiny.happens(Happening.DISPUTE_WON, charge.disputes().get(0).id())).isTrue();
    assertThat(tiny.happens(Happening.REFUND_UNDONE, charge.refunds().get(0).id())).isTrue();
    assertThat(tiny.ledger().charge(id).orElseThrow().kept()).isEqualTo(TEN);
  }
}
