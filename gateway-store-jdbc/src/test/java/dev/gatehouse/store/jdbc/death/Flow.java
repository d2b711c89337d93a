package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.jdbc.death.Said.Kind;
import dev.gatehouse.testkit.reference.TestToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * What one customer does, from the registration to the end. The same lane and number do the same,
 * under the same keys: whoever got no answer begins again.
 */
final class Flow {
  static final String START = "start";
  static final Money TOTAL = Money.parse("EUR 10.00");

  private final Gatehouse house;
  private final Consumer<Said> say;
  private final String lane;
  private final int number;
  private final CustomerId customer;

  Flow(Gatehouse house, Consumer<Said> say, String lane, int number) {
    this.house = house;
    this.say = say;
    this.lane = lane;
    this.number = number;
    this.customer = customer(lane, number);
  }

  static CustomerId customer(String lane, int number) {
    return new CustomerId(lane + "-" + number);
  }

  void run() {
    Random random = new Random(customer.value().hashCode() * 0x9E3779B97F4A7C15L);
    Optional<CheckoutView> checkout = command(this::begin);
    checkout.ifPresent(
        view -> {
          switch (random.nextInt(6)) {
            case 0 -> pay(view.id(), "pay", TestToken.PENDING, false);
            case 1 -> {
              pay(view.id(), "pay", TestToken.DECLINE_UNKNOWN, false);
              pay(view.id(), "pay-again", TestToken.APPROVE, false);
            }
            case 2 -> pay(view.id(), "pay", TestToken.APPROVE, true).ifPresent(this::capture);
            case 3 -> cancel(view.id());
            case 4 -> pay(view.id(), "pay", TestToken.SERVER_ERROR_AFTER_EFFECT, false);
            default ->
                pay(view.id(), "pay", TestToken.APPROVE, false)
                    .ifPresent(
                        payment -> {
                          refund(payment, "back-1", "EUR 3.00");
                          refund(payment, "back-2", "EUR 4.00");
                        });
          }
        });
    tell(Kind.DONE, lane, Integer.toString(number));
  }

  private CheckoutView begin() {
    house.register(
        new RegisterCustomer(
            customer, new Person("Ann", customer.value() + "@example.org", Locale.ENGLISH)));
    tell(Kind.REGISTERED, customer.value());
    CheckoutView started =
        house.startCheckout(
            StartCheckout.forLines(customer, START, List.of(Line.of("A thing", 1, TOTAL))));
    tell(Kind.STARTED, customer.value(), started.id().value());
    return started;
  }

  private Optional<PaymentId> pay(CheckoutId checkout, String key, TestToken token, boolean hold) {
    PaymentMethod card = new PaymentMethod.Token("card", token.value());
    Pay sale = Pay.sale(checkout, key, ShopProcess.GATEWAY, card);
    return command(() -> house.pay(hold ? sale.holdOnly() : sale))
        .map(
            view -> {
              PaymentId payment = view.lastPayment().orElseThrow().id();
              tell(Kind.PAID, checkout.value(), view.state().name(), payment.value());
              return payment;
            });
  }

  private void capture(PaymentId payment) {
    moved(payment, "take", () -> house.capture(new Capture(payment, "take", TOTAL, true)));
  }

  private void refund(PaymentId payment, String key, String amount) {
    moved(payment, key, () -> house.refund(Refund.of(payment, key, Money.parse(amount))));
  }

  private void moved(PaymentId payment, String key, Supplier<Payment> move) {
    command(move).ifPresent(done -> tell(Kind.MOVED, payment.value(), key));
  }

  private void cancel(CheckoutId checkout) {
    command(() -> house.cancelCheckout(checkout))
        .ifPresent(view -> tell(Kind.CANCELLED, checkout.value(), view.state().name()));
  }

  /** Refusals are part of the life: an outcome in doubt lets nothing follow at once. */
  private <T> Optional<T> command(Supplier<T> command) {
    try {
      return Optional.of(command.get());
    } catch (GatehouseException e) {
      tell(Kind.REFUSED, lane, Integer.toString(number), e.problems().get(0).code());
      return Optional.empty();
    }
  }

  private void tell(Kind kind, String... fields) {
    say.accept(Said.of(kind, fields));
  }
}
