package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.PaymentMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatehouseLanguageTest {
  private static final Money TEN = Money.parse("USD 10");

  private final Bench bench = new Bench();

  /** By its code, each problem that a customer may cause, from validation and from the engine. */
  private Map<String, Consumer<Gatehouse>> complaints() {
    Map<String, Consumer<Gatehouse>> all = new LinkedHashMap<>();
    StartCheckout ten = StartCheckout.forLines(Bench.ANN, "k", List.of(Line.of("x", 1, TEN)));
    all.put(
        "not-blank",
        g -> g.register(new RegisterCustomer(new CustomerId("bob"), Bench.person(" "))));
    all.put(
        "customer.exists", g -> g.register(new RegisterCustomer(Bench.ANN, Bench.person("Bob"))));
    all.put(
        "checkout.empty", g -> g.startCheckout(StartCheckout.forLines(Bench.ANN, "k", List.of())));
    all.put("checkout.discount", g -> g.startCheckout(ten.lessDiscount(TEN.plus(1))));
    all.put(
        "checkout.lifetime",
        g ->
            g.startCheckout(
                new StartCheckout(
                    Bench.ANN,
                    "k",
                    Optional.empty(),
                    ten.lines(),
                    Optional.empty(),
                    Optional.of(Duration.ZERO))));
    all.put(
        "customer.unknown",
        g -> g.startCheckout(StartCheckout.forLines(new CustomerId("nobody"), "k", ten.lines())));
    all.put(
        "checkout.other-content",
        g -> g.startCheckout(StartCheckout.forLines(Bench.ANN, "open", ten.lines())));
    all.put("checkout.free", g -> g.pay(Pay.sale(bench.free, "k", Bench.FAKE, Bench.TOKEN)));
    all.put("checkout.not-free", g -> g.completeFree(bench.open));
    all.put("checkout.pay", g -> g.pay(Pay.sale(bench.paid, "k", Bench.FAKE, Bench.TOKEN)));
    all.put("checkout.money-taken", g -> g.cancelCheckout(bench.paid));
    all.put("checkout.unknown", g -> g.checkout(new CheckoutId("nothing")));
    all.put("key.other-content", g -> g.pay(Pay.sale(bench.paid, "pay", Bench.BARE, Bench.TOKEN)));
    all.put(
        "gateway.unknown",
        g -> g.pay(Pay.sale(bench.open, "k", new GatewayInstanceId("nowhere"), Bench.TOKEN)));
    all.put("gateway.off", g -> g.pay(Pay.sale(bench.open, "k", Bench.OFF, Bench.TOKEN)));
    all.put("gateway.refused", g -> g.pay(Pay.sale(bench.open, "k", Bench.REFUSED, Bench.TOKEN)));
    all.put(
        "method.unknown",
        g -> g.pay(Pay.sale(bench.open, "k", Bench.FAKE, new PaymentMethod.OfType("giro"))));
    all.put(
        "method.needs-token",
        g -> g.pay(Pay.sale(bench.open, "k", Bench.FAKE, new PaymentMethod.OfType("card"))));
    all.put(
        "method.takes-no-token",
        g ->
            g.pay(
                Pay.sale(
                    bench.open,
                    "k",
                    Bench.MANUAL,
                    new PaymentMethod.Token("bank_transfer", "tok_1"))));
    all.put(
        "return-url.missing",
        g -> g.pay(Pay.sale(bench.open, "k", Bench.BARE, new PaymentMethod.OfType("wallet"))));
    all.put(
        "capability.undeclared",
        g -> g.pay(Pay.sale(bench.open, "k", Bench.BARE, Bench.TOKEN).holdOnly()));
    all.put(
        "method.not-stored",
        g ->
            g.pay(Pay.sale(bench.open, "k", Bench.FAKE, new PaymentMethod.Stored("card", "pm_1"))));
    all.put(
        "customer.erased",
        g ->
            g.importStoredMethod(
                new ImportStoredMethod(
                    Bench.EVE, Bench.FAKE, new PaymentMethod.Stored("card", "pm_1"))));
    all.put(
        "key.reserved", g -> g.pay(Pay.sale(bench.open, "gatehouse:k", Bench.FAKE, Bench.TOKEN)));
    all.put("money.over-refund", g -> g.refund(Refund.of(bench.payment, "k", TEN.plus(1))));
    all.put(
        "money.other-currency", g -> g.refund(Refund.of(bench.payment, "k", Money.parse("EUR 1"))));
    all.put("payment.refund", g -> g.refund(Refund.of(bench.transfer, "k", TEN)));
    all.put("payment.capture", g -> g.capture(new Capture(bench.payment, "k", TEN, true)));
    all.put("payment.void", g -> g.voidPayment(new VoidPayment(bench.payment, "k")));
    all.put("payment.unknown", g -> g.payment(new PaymentId("nothing")));
    all.put(
        "membership.unknown",
        g -> g.cancelMembership(new CancelMembership(new MembershipId("nothing"), "why")));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "fr", "de-AT", "nl-BE"})
  void every_complaint_that_a_customer_may_see_is_in_the_language_asked_for(String tag) {
    Gatehouse translated = bench.gatehouse.in(Locale.forLanguageTag(tag));
    complaints()
        .forEach(
            (code, call) -> {
              GatehouseException english = refusal(bench.gatehouse, call);
              GatehouseException other = refusal(translated, call);
              assertThat(other).as(code).hasSameClassAs(english);
              Problem said = other.problems().get(0);
              assertThat(said.code()).isEqualTo(code);
              assertThat(english.problems().get(0).code()).isEqualTo(code);
              assertThat(said.field()).isEqualTo(english.problems().get(0).field());
              assertThat(said.limits()).isEqualTo(english.problems().get(0).limits());
              assertThat(said.message()).as(code).isNotEqualTo(english.problems().get(0).message());
              assertThat(said.remedy()).as(code).isNotEqualTo(english.problems().get(0).remedy());
              assertThat(said.describe()).as(code).doesNotContain("{");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "en, use at most USD 10.00",
    "es, use como máximo USD 10.00",
    "fr, utilisez au plus USD 10.00",
    "de, verwenden Sie höchstens USD 10.00",
    "nl, gebruik hoogstens USD 10.00",
    "ja, use at most USD 10.00"
  })
  void a_refund_that_is_too_large_names_what_is_left(String tag, String remedy) {
    Gatehouse gatehouse = bench.gatehouse.in(Locale.forLanguageTag(tag));
    assertThat(refusal(gatehouse, complaints().get("money.over-refund")).problems())
        .extracting(Problem::remedy)
        .containsExactly(remedy);
  }

  @Test
  void another_language_is_another_view_of_the_same_records() {
    Gatehouse german = bench.gatehouse.in(Locale.GERMAN);
    assertThat(german.checkout(bench.paid)).isEqualTo(bench.gatehouse.checkout(bench.paid));
    assertThat(refusal(bench.gatehouse, complaints().get("checkout.free")).getMessage())
        .contains("there is nothing to pay");
  }

  private static GatehouseException refusal(Gatehouse gatehouse, Consumer<Gatehouse> call) {
    GatehouseException refused =
        catchThrowableOfType(GatehouseException.class, () -> call.accept(gatehouse));
    assertThat(refused).as("refusal").isNotNull();
    return refused;
  }
}
