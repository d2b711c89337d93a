package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.ArchiveEvents;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Pay;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.operations.Page;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes on, and what does not, once a customer was erased. */
class ErasureScenariosTest {
  private static final GatewayInstanceId SCRIPTED = new GatewayInstanceId("scripted");
  private static final String WHY = "I am Ann Smith and I am ill";
  private static final Failure LOST = Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "lost", "lost");

  private final Shop shop = new Shop();
  private final Scripted gateway = new Scripted();
  private final List<ChargeRequest> sent = new ArrayList<>();

  @Test
  void what_was_erased_is_not_written_back_by_a_hook_that_comes_late() {
    List<Boolean> kept = new ArrayList<>();
    shop.with(
        Hook.named("crm")
            .on(
                PaymentCaptured.class,
                (event, context) ->
                    kept.add(context.putCustomerMetadata("crm_contact_id", "ann@example.org"))));
    shop.paid10();
    shop.erase(Shop.ANN);

    shop.work();

    assertThat(kept).containsExactly(false);
    assertThat(shop.house().customer(Shop.ANN).metadata()).isEmpty();
    assertThat(shop.house().customer(Shop.ANN).isErased()).isTrue();
    assertThat(shop.house().operations().parked(Page.first())).isEmpty();
  }

  @Test
  void a_charge_that_was_not_sent_is_closed_and_not_sent_with_other_content() {
    CheckoutView checkout = payScripted(new Outcome.NotSent(Scripted.FAIL));

    shop.erase(Shop.ANN);
    shop.pass(Duration.ofHours(1), 60);

    assertThat(sent).singleElement().satisfies(r -> assertThat(r.customer().name()).isPresent());
    assertThat(charge(checkout).closed()).isTrue();
    assertThat(charge(checkout).failure().map(Failure::code)).contains("customer.erased");
    assertThat(shop.payment(checkout)).isFailed();
    assertThat(shop.view(checkout)).isFailed();
    assertThatEvents(shop.events())
        .containsOnce(PaymentFailed.class)
        .containsNo(OperationLeftToPerson.class);
  }

  @Test
  void a_charge_in_doubt_that_only_a_replay_could_settle_is_left_to_a_person() {
    gateway.recovery = Recovery.none().orReplayWithin(Duration.ofDays(1));
    CheckoutView checkout = payScripted(new Outcome.Unknown(LOST));

    shop.erase(Shop.ANN);
    shop.pass(Duration.ofHours(2), 120);

    assertThat(sent).hasSize(1);
    assertThat(charge(checkout).leftToPerson()).isTrue();
    assertThat(charge(checkout).sends()).isEqualTo(2);
    assertThat(shop.payment(checkout)).isInDoubt();
    assertThatEvents(shop.events())
        .containsOnce(OperationLeftToPerson.class)
        .containsNo(PaymentFailed.class);
  }

  @Test
  void a_charge_in_doubt_of_a_customer_who_is_known_is_replayed_with_the_same_content() {
    gateway.recovery = Recovery.none().orReplayWithin(Duration.ofDays(1));
    payScripted(new Outcome.Unknown(LOST));

    shop.pass(Duration.ofHours(1), 60);

    assertThat(sent).hasSizeGreaterThan(1);
    assertThat(sent).containsOnly(sent.get(0));
  }

  @Test
  void a_charge_in_doubt_that_can_be_looked_up_is_found_though_its_customer_was_erased() {
    CheckoutView checkout = payScripted(new Outcome.Unknown(LOST));
    Snapshot paid = Charged.of(sent.get(0));
    gateway.lookup = trace -> new Lookup.Found(paid);

    shop.erase(Shop.ANN);
    shop.pass(Duration.ofMinutes(10), 60);

    assertThat(sent).hasSize(1);
    assertThat(shop.view(checkout)).isCompleted();
    assertThatEvents(shop.events()).containsNo(OperationLeftToPerson.class);
  }

  @Test
  void the_first_send_of_a_charge_of_an_erased_customer_tells_the_provider_nothing() {
    CheckoutView checkout = scripted().start10();
    shop.erase(Shop.ANN);
    gateway.charge =
        request -> {
          sent.add(request);
          return new Outcome.Succeeded(Charged.of(request));
        };

    assertThat(pay(checkout)).isCompleted();

    assertThat(sent)
        .singleElement()
        .satisfies(r -> assertThat(r.customer().name()).isEqualTo(Optional.empty()));
  }

  /** It is in the member's own words, and may say anything. */
  @Test
  void why_a_member_left_is_in_no_event_and_gone_after_the_erasure() {
    Membership member =
        shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE).membership().orElseThrow();
    assertThat(leave(member)).isCancelledBecause(WHY);
    assertThat(shop.events()).asString().doesNotContain(WHY);

    shop.erase(Shop.ANN);

    Membership known = shop.store.membership(member.id()).orElseThrow();
    assertThat(known).isCancelled();
    assertThat(known.cancelReason()).isEmpty();
    assertThat(shop.erase(Shop.ANN)).as("once more").isEqualTo(customer());
  }

  /** Events lead to nothing any more that they told of. */
  @Test
  void why_a_member_left_is_gone_after_the_erasure_though_old_events_were_archived_before() {
    Membership member =
        shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE).membership().orElseThrow();
    leave(member);
    shop.work();
    Instant now = shop.clock.instant().plusSeconds(1);
    shop.house().operations().archive(new ArchiveEvents(now, "Olga", "retention"), event -> {});
    assertThat(shop.store.timeline(Shop.ANN.value())).isEmpty();

    shop.erase(Shop.ANN);

    assertThat(shop.store.membership(member.id()).orElseThrow().cancelReason()).isEmpty();
  }

  @Test
  void why_a_member_left_is_not_kept_of_somebody_who_is_erased_before_or_at_the_same_time() {
    Meanwhile meanwhile = new Meanwhile();
    shop.with(store -> meanwhile.before(commit -> !commit.memberships().isEmpty(), store));
    Membership one =
        shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE).membership().orElseThrow();
    Membership other =
        shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE).membership().orElseThrow();
    meanwhile.doOnce(() -> shop.erase(Shop.ANN));

    for (Membership member : List.of(one, other)) {
      leave(member);
      Membership known = shop.store.membership(member.id()).orElseThrow();
      assertThat(known).isCancelled();
      assertThat(known.cancelReason()).isEmpty();
    }
  }

  @Test
  void a_customer_and_a_membership_print_nothing_personal() {
    Membership member =
        shop.pay(shop.startGold(Shop.ANN), TestToken.APPROVE).membership().orElseThrow();

    assertThat(leave(member).toString()).contains("gold", "CANCELLED").doesNotContain(WHY);
    assertThat(customer().with("crm_mail", "ann@example.org").toString())
        .contains("ann", "crm_mail")
        .doesNotContain("example.org");
  }

  private Membership leave(Membership member) {
    return shop.house().cancelMembership(new CancelMembership(member.id(), WHY));
  }

  private Customer customer() {
    return shop.house().customer(Shop.ANN);
  }

  private Shop scripted() {
    return shop.with(gateway, new GatewayConfig(SCRIPTED, "scripted", Mode.TEST, Map.of()));
  }

  private CheckoutView payScripted(Outcome answer) {
    gateway.charge =
        request -> {
          sent.add(request);
          return answer;
        };
    return pay(scripted().start10());
  }

  private CheckoutView pay(CheckoutView checkout) {
    PaymentMethod token = new PaymentMethod.Token("card", "tok_1");
    return shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), SCRIPTED, token));
  }

  private Operation charge(CheckoutView checkout) {
    return shop.payment(checkout).operations().get(0);
  }
}
