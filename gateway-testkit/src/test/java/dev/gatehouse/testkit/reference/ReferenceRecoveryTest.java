package dev.gatehouse.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.reference.LosingTransport.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceRecoveryTest {
  private final Bench bench = new Bench();
  private final LosingTransport door = new LosingTransport(new ReferenceTransport(bench.provider));
  private final ReferenceGateway gateway = bench.open(bench.account, door);

  @Test
  void the_same_key_gives_the_same_answer_and_one_charge() {
    Outcome first = gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    Outcome again =
        bench
            .open(bench.account, new ReferenceTransport(bench.provider))
            .charge(Bench.sale("pay-1", TestToken.APPROVE));
    assertThat(again).isEqualTo(first);
    assertThat(bench.ledger().chargesOf("pay-1")).hasSize(1);
    assertThat(bench.ledger().requests("POST", "/v1/charges")).isEqualTo(2);
  }

  @Test
  void the_same_key_with_another_amount_is_a_conflict_and_no_charge() {
    gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    Outcome other =
        gateway.charge(
            Bench.charge(
                "pay-1", Money.parse("EUR 11.00"), CaptureMode.AUTOMATIC, "tok_approve", false));
    assertThat(category(other)).isEqualTo(ErrorCategory.IDEMPOTENCY_CONFLICT);
    assertThat(bench.ledger().effectsOf("pay-1:charge:1")).isEqualTo(1);
  }

  @Test
  void a_key_is_forgotten_after_its_life_and_then_charges_again() {
    gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    bench.clock.advance(Duration.ofHours(24));
    gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    assertThat(bench.ledger().effectsOf("pay-1:charge:1")).isEqualTo(2);
  }

  @Test
  void a_refused_connection_is_not_sent() {
    door.next(Fault.REFUSED_CONNECTION);
    Outcome outcome = gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    assertThat(category(outcome)).isEqualTo(ErrorCategory.NOT_SENT);
    assertThat(bench.ledger().requests()).isZero();
  }

  @Test
  void a_lost_response_is_unknown_and_found_by_our_reference_once_the_list_has_it() {
    door.next(Fault.LOST_RESPONSE);
    Instant sentAt = bench.clock.instant();
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.Unknown.class);

    // The list lags behind, so this absence proves nothing yet.
    Lookup early = gateway.lookup(Bench.chargeInDoubt("pay-1", sentAt));
    assertThat(early).isEqualTo(new Lookup.AbsentAsOf(sentAt, false));

    bench.clock.advance(ReferenceGatewayProvider.SETTLES);
    Lookup late = gateway.lookup(Bench.chargeInDoubt("pay-1", sentAt));
    assertThat(late).isInstanceOf(Lookup.Found.class);
    assertThat(((Lookup.Found) late).snapshot().complete())
        .containsExactlyInAnyOrder(FactList.values());
    assertThat(bench.ledger().requests("POST", "/v1/charges")).isEqualTo(1);
  }

  @Test
  void a_lost_request_is_unknown_and_absent_for_certain_only_after_the_settle_time() {
    door.next(Fault.LOST_REQUEST);
    Instant sentAt = bench.clock.instant();
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.Unknown.class);

    bench.clock.advance(ReferenceGatewayProvider.SETTLES.minusMillis(1));
    assertThat(gateway.lookup(Bench.chargeInDoubt("pay-1", sentAt)))
        .isEqualTo(new Lookup.AbsentAsOf(bench.clock.instant(), false));
    bench.clock.advance(Duration.ofMillis(1));
    assertThat(gateway.lookup(Bench.chargeInDoubt("pay-1", sentAt)))
        .isEqualTo(new Lookup.AbsentAsOf(bench.clock.instant(), true));
    assertThat(bench.ledger().charges()).isEmpty();
  }

  @Test
  void a_lost_refund_is_found_by_its_key() {
    Outcome sold = gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    door.next(Fault.LOST_RESPONSE);
    String capture = sold.snapshot().facts().movements().firstKey();
    assertThat(gateway.refund(bench.refund("pay-1", "r-1", capture, "EUR 2.00")))
        .isInstanceOf(Outcome.Unknown.class);

    var found = (Lookup.Found) gateway.lookup(bench.trace("pay-1", sold.snapshot().facts()));
    assertThat(found.snapshot().facts().movements().values())
        .anyMatch(movement -> movement.operation().has("r-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|{\"error\":{\"type\":\"api_error\"}}",
        "502|<html>Bad gateway</html>",
        "503|''",
        "200|''",
        "200|<html>Welcome</html>",
        "200|{\"object\":\"charge\",\"id\":\"ch_1\",\"sta",
        "200|{\"object\":\"charge\",\"id\":\"ch_1\"}",
        "200|{\"object\":\"charge\",\"error\":{\"type\":\"invalid_request\"}}",
        "200|{\"error\":{\"type\":\"declined\",\"code\":\"expired_card\"}}",
        "302|''",
        "404|<html>Not found</html>",
        "402|<html>Pay up</html>"
      })
  void an_answer_that_proves_nothing_is_unknown(int status, String body) {
    door.answerInstead(status, body);
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.Unknown.class);
    door.answerInstead(status, body);
    assertThat(gateway.lookup(bench.trace("pay-1"))).isInstanceOf(Lookup.CannotTell.class);
  }

  @Test
  void an_error_beside_a_whole_charge_makes_it_unknown() {
    String charge =
        "{\"object\":\"charge\",\"id\":\"ch_1\",\"account\":\"a\",\"livemode\":false,"
            + "\"status\":\"succeeded\",\"amount\":\"10.00\",\"currency\":\"EUR\","
            + "\"captures\":[],\"refunds\":[],\"disputes\":[]";
    door.answerInstead(200, charge + "}");
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.Succeeded.class);
    door.answerInstead(200, charge + ",\"error\":{\"type\":\"api_error\"}}");
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({"401,AUTHENTICATION", "403,AUTHENTICATION", "429,RATE_LIMITED"})
  void a_refusal_at_the_door_is_not_sent(int status, ErrorCategory category) {
    door.answerInstead(status, "<html>No</html>");
    assertThat(category(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE))))
        .isEqualTo(category);
  }

  @Test
  void two_accounts_do_not_see_or_disturb_each_other() {
    Outcome mine = gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    ReferenceGateway theirs = bench.open(bench.other, new ReferenceTransport(bench.provider));
    bench.clock.advance(ReferenceGatewayProvider.SETTLES);

    assertThat(theirs.lookup(bench.trace("pay-1", mine.snapshot().facts())))
        .isInstanceOf(Lookup.AbsentAsOf.class);
    assertThat(theirs.charge(Bench.sale("pay-1", TestToken.APPROVE)).snapshot().facts().account())
        .satisfies(account -> assertThat(account.value()).contains("acct_other"));
    assertThat(bench.ledger().chargesByKey("pay-1:charge:1")).hasSize(2);
  }

  @Test
  void changes_name_every_payment_once_and_those_that_we_did_not_start() {
    Instant start = bench.clock.instant();
    gateway.charge(Bench.sale("pay-1", TestToken.ACTION));
    bench.controls().reject("ch_1");
    bench.controls().foreignCharge("acct_main", Bench.TEN, Optional.empty());
    assertThat(((Changes.Listed) gateway.changesSince(start)).hints()).isEmpty();

    bench.clock.advance(Duration.ofSeconds(2));

    Changes.Listed listed = (Changes.Listed) gateway.changesSince(start);
    assertThat(listed.hints()).hasSize(2);
    assertThat(listed.hints().get(0).reference()).contains("pay-1");
    assertThat(listed.hints().get(1).reference()).isEmpty();
    assertThat(listed.upTo()).isEqualTo(start);
  }

  @Test
  void changes_go_on_over_many_pages() {
    Instant start = bench.clock.instant();
    for (int i = 0; i < 250; i++) {
      gateway.charge(Bench.sale("pay-" + i, TestToken.APPROVE));
    }
    bench.clock.advance(Duration.ofSeconds(2));
    assertThat(((Changes.Listed) gateway.changesSince(start)).hints()).hasSize(250);
  }

  @Test
  void an_amount_or_an_id_that_cannot_be_sent_is_not_sent() {
    assertThat(
            category(
                gateway.charge(
                    Bench.charge(
                        "pay-1",
                        Money.parse("XAU 1"),
                        CaptureMode.AUTOMATIC,
                        "tok_approve",
                        false))))
        .isEqualTo(ErrorCategory.VALIDATION);
    assertThat(category(gateway.voidAuthorization(bench.release("pay-1", "a b"))))
        .isEqualTo(ErrorCategory.VALIDATION);
    assertThat(bench.ledger().requests()).isZero();
  }

  @Test
  void a_closed_gateway_sends_nothing() {
    gateway.close();
    gateway.close();
    assertThat(gateway.charge(Bench.sale("pay-1", TestToken.APPROVE)))
        .isInstanceOf(Outcome.NotSent.class);
    assertThat(gateway.lookup(bench.trace("pay-1"))).isInstanceOf(Lookup.CannotTell.class);
    assertThat(bench.ledger().requests()).isZero();
  }

  private static ErrorCategory category(Outcome outcome) {
    return ((Outcome.NotSent) outcome).failure().category();
  }
}
