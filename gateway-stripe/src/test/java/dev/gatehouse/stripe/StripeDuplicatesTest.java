package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same card stored twice: two payment methods of Stripe's with one fingerprint. */
class StripeDuplicatesTest {
  private static final GatewayInstanceId STRIPE = new GatewayInstanceId("stripe");
  private static final CustomerId ADA = new CustomerId("ada");
  private static final CustomerId BEN = new CustomerId("ben");
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));

  private final Bench bench = new Bench();
  private final Gatehouse gatehouse = bench.shop();

  @BeforeEach
  void register() {
    for (CustomerId one : List.of(ADA, BEN)) {
      gatehouse.register(
          new RegisterCustomer(
              one, new Person(one.value(), one.value() + "@example.org", Locale.UK)));
    }
  }

  @AfterEach
  void all_that_was_said_fits_the_description() {
    gatehouse.close();
    assertThat(bench.held.problems()).isEmpty();
  }

  @Test
  void a_card_stored_twice_is_known_again_however_it_was_stored() {
    StoredMethod first = store(ADA, "store-1", StripeToken.VISA);
    StoredMethod other = store(ADA, "store-2", StripeToken.MASTERCARD);
    store(BEN, "store-3", StripeToken.VISA);
    assertThat(duplicatesOf(first)).isEmpty();

    StoredMethod again = store(ADA, "store-4", StripeToken.VISA);
    StoredMethod paidWith = payAndStore();

    assertThat(List.of(first, again, paidWith))
        .extracting(StoredMethod::method)
        .doesNotHaveDuplicates();
    assertThat(duplicatesOf(first)).containsExactlyInAnyOrder(again, paidWith);
    assertThat(duplicatesOf(paidWith)).containsExactlyInAnyOrder(first, again);
    assertThat(duplicatesOf(other)).isEmpty();
  }

  @Test
  void nothing_is_removed_by_itself_and_the_one_that_is_kept_can_be_charged() {
    StoredMethod first = store(ADA, "store-1", StripeToken.VISA);
    StoredMethod again = store(ADA, "store-2", StripeToken.VISA);
    assertThat(gatehouse.storedMethods(ADA)).containsExactlyInAnyOrder(first, again);

    for (StoredMethod older : duplicatesOf(again)) {
      gatehouse.removeStoredMethod(new RemoveStoredMethod(ADA, older.gateway(), older.method()));
    }

    assertThat(gatehouse.storedMethods(ADA)).containsExactly(again);
    assertThat(duplicatesOf(again)).isEmpty();
    assertThat(bench.ledger().method(first.method()).orElseThrow().isRemoved()).isTrue();
    assertThat(bench.ledger().method(again.method()).orElseThrow().isRemoved()).isFalse();
    PaymentMethod kept = new PaymentMethod.Stored("card", again.method());
    assertThat(gatehouse.pay(Pay.sale(checkout().id(), "renewal", STRIPE, kept)).isCompleted())
        .isTrue();
  }

  private List<StoredMethod> duplicatesOf(StoredMethod method) {
    return gatehouse.customer(ADA).duplicatesOf(method);
  }

  private StoredMethod store(CustomerId customer, String key, StripeToken token) {
    Collection<StoredMethod> before = gatehouse.storedMethods(customer);
    PaymentMethod card = new PaymentMethod.Token("card", token.id());
    assertThat(gatehouse.storeMethod(new StoreMethod(customer, key, STRIPE, card, AGREED)).state())
        .isEqualTo(PaymentState.DONE);
    return added(customer, before);
  }

  private StoredMethod payAndStore() {
    Collection<StoredMethod> before = gatehouse.storedMethods(ADA);
    PaymentMethod card = new PaymentMethod.Token("card", StripeToken.VISA.id());
    gatehouse.pay(Pay.sale(checkout().id(), "first", STRIPE, card).storingMethod());
    return added(ADA, before);
  }

  private StoredMethod added(CustomerId customer, Collection<StoredMethod> before) {
    List<StoredMethod> now =
        gatehouse.storedMethods(customer).stream().filter(one -> !before.contains(one)).toList();
    assertThat(now).hasSize(1);
    return now.get(0);
  }

  private CheckoutView checkout() {
    List<Line> lines = List.of(Line.of("A book", 1, Bench.TEN));
    String key = "order-" + bench.ledger().methods().size();
    return gatehouse.startCheckout(StartCheckout.forLines(ADA, key, lines));
  }
}
