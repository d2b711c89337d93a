package dev.gatehouse.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceWebhooksTest {
  private static final String HEADER = "reference-signature";

  private final Bench bench = new Bench();
  private PendingWebhook notice;

  @BeforeEach
  void charge() {
    bench.gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    notice = bench.provider.takeWebhooks().get(0);
  }

  @Test
  void a_genuine_notice_says_where_to_look() {
    WebhookAnswer answer = bench.gateway.receive(notice.toWebhookRequest());
    assertThat(answer).isInstanceOf(WebhookAnswer.Verified.class);
    assertThat(((WebhookAnswer.Verified) answer).notices())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).contains("evt_1");
              assertThat(one.type()).isEqualTo("charge.succeeded");
              assertThat(one.hint().reference()).contains("pay-1");
              assertThat(one.hint().providerIds()).hasSize(1);
            });
    assertThat(bench.provider.takeWebhooks()).isEmpty();
    assertThat(bench.ledger().requests()).as("verifying sends nothing").isEqualTo(1);
  }

  @Test
  void the_header_is_found_in_any_case() {
    assertVerified(request(Map.of("REFERENCE-Signature", List.of(signature())), notice.body()));
  }

  @Test
  void every_flipped_byte_of_the_body_is_rejected() {
    byte[] body = notice.body();
    for (int i = 0; i < body.length; i++) {
      byte[] flipped = body.clone();
      flipped[i] ^= 1;
      assertRejected(request(Map.of(HEADER, List.of(signature())), flipped));
    }
  }

  @Test
  void missing_and_doubled_headers_are_rejected() {
    assertRejected(request(Map.of(), notice.body()));
    assertRejected(request(Map.of(HEADER, List.of(signature(), signature())), notice.body()));
    assertRejected(
        request(
            Map.of(HEADER, List.of(signature()), "Reference-Signature", List.of(signature())),
            notice.body()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "t=,v1=",
        "v1=00",
        "t=1772366400",
        "t=x,v1=00",
        "t=-1,v1=00",
        "t=99999999999999999999,v1=00",
        "t=1772366400,v1=zz",
        "t=1772366400,t=1772366400,v1=00",
        "t=1772366400;v1=00",
        "t=1772366400,v1=0000000000000000000000000000000000000000000000000000000000000000"
      })
  void malformed_and_foreign_signatures_are_rejected(String header) {
    assertRejected(request(Map.of(HEADER, List.of(header)), notice.body()));
  }

  @Test
  void the_time_is_tolerated_for_five_minutes_either_way() {
    bench.clock.advance(Duration.ofMinutes(5));
    assertVerified(notice.toWebhookRequest());
    bench.clock.advance(Duration.ofSeconds(1));
    assertRejected(notice.toWebhookRequest());
    bench.clock.advance(Duration.ofMinutes(-10).minusSeconds(1));
    assertVerified(notice.toWebhookRequest());
    bench.clock.advance(Duration.ofSeconds(-1));
    assertRejected(notice.toWebhookRequest());
  }

  @Test
  void an_old_notice_is_signed_anew_when_it_is_delivered_again() {
    bench.clock.advance(Duration.ofHours(3));
    assertVerified(bench.provider.webhookAgain("evt_1").toWebhookRequest());
  }

  @Test
  void either_of_two_secrets_is_enough_while_they_are_rotated() {
    ReferenceAccount rotating =
        new ReferenceAccount(
            "acct_r", "sk_test_r", List.of("whsec_new", "whsec_old"), notice.uri());
    ReferenceAccount behind =
        new ReferenceAccount("acct_r", "sk_test_r", List.of("whsec_old"), notice.uri());
    var provider =
        new ReferenceProvider(bench.clock, ReferenceOptions.defaults(), List.of(rotating));
    provider.controls().foreignCharge("acct_r", Bench.TEN, Optional.empty());
    WebhookRequest request = provider.takeWebhooks().get(0).toWebhookRequest();

    for (ReferenceAccount account : List.of(rotating, behind)) {
      assertThat(bench.open(account, new ReferenceTransport(provider)).receive(request))
          .isInstanceOf(WebhookAnswer.Verified.class);
    }
    // And the other way round: we know both, the provider still signs with the old one.
    var old = new ReferenceProvider(bench.clock, ReferenceOptions.defaults(), List.of(behind));
    old.controls().foreignCharge("acct_r", Bench.TEN, Optional.empty());
    assertThat(
            bench
                .open(rotating, new ReferenceTransport(old))
                .receive(old.takeWebhooks().get(0).toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @Test
  void another_accounts_notice_is_rejected() {
    var theirs = bench.open(bench.other, new ReferenceTransport(bench.provider));
    assertThat(theirs.receive(notice.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void signed_nonsense_is_rejected_within_bounds() {
    assertRejected(signed("[".repeat(100_000)));
    assertRejected(signed("{\"id\":\"evt_1\",\"id\":\"evt_2\",\"type\":\"a\",\"livemode\":false}"));
    assertRejected(signed("{}"));
    assertRejected(signed(""));
    assertRejected(signed("{\"id\":7,\"type\":[],\"livemode\":0}"));
    assertRejected(signed("x".repeat(256 * 1024 + 1)));
  }

  @Test
  void notices_of_no_payment_and_of_the_other_mode_are_verified_and_empty() {
    assertEmpty(signed("{\"id\":\"evt_9\",\"type\":\"report.ready\",\"livemode\":false}"));
    assertEmpty(
        signed(
            "{\"id\":\"evt_9\",\"type\":\"charge.failed\",\"livemode\":true,"
                + "\"data\":{\"charge\":\"ch_1\"}}"));
  }

  @Test
  void a_get_is_rejected() {
    WebhookRequest genuine = notice.toWebhookRequest();
    assertRejected(new WebhookRequest("GET", genuine.uri(), genuine.headers(), genuine.body()));
  }

  private WebhookRequest signed(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String time = Long.toString(bench.clock.instant().getEpochSecond());
    String hex =
        HexFormat.of().formatHex(Signatures.of(bench.account.webhookSecrets().get(0), time, body));
    return request(Map.of(HEADER, List.of("t=" + time + ",v1=" + hex)), body);
  }

  private String signature() {
    return notice.headers().first(HEADER).orElseThrow();
  }

  private static WebhookRequest request(Map<String, List<String>> headers, byte[] body) {
    return new WebhookRequest("POST", URI.create("https://shop.test/hook"), headers, body);
  }

  private void assertVerified(WebhookRequest request) {
    assertThat(bench.gateway.receive(request)).isInstanceOf(WebhookAnswer.Verified.class);
  }

  private void assertEmpty(WebhookRequest request) {
    assertThat(((WebhookAnswer.Verified) bench.gateway.receive(request)).notices()).isEmpty();
  }

  private void assertRejected(WebhookRequest request) {
    assertThat(bench.gateway.receive(request)).isInstanceOf(WebhookAnswer.Rejected.class);
  }
}
