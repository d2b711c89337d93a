package dev.gatehouse.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.PaymentMethod;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is evident is what the provider finds; what is valid is evident. */
class EvidentTest {
  private static final Validator PROVIDER =
      Validation.byDefaultProvider()
          .configure()
          .ignoreXmlConfiguration()
          .messageInterpolator(new Untouched())
          .buildValidatorFactory()
          .getValidator();
  private static final Evident EVIDENT = new Evident(PROVIDER);
  private static final Money TEN = Money.parse("EUR 10.00");

  /** Each stands for a text, an address or a sum that some rule may refuse. */
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          "",
          " ",
          "\u0001",
          "plain",
          "with:colon",
          "two\nlines",
          "4242424242424242",
          "a".repeat(64),
          "a".repeat(65),
          "a".repeat(101),
          "a".repeat(300),
          "a".repeat(2_000),
          "ann@example.org",
          "<ann@example.org>",
          "Żółć 山田",
          "\u202egnp.exe",
          URI.create("https://shop.example/back"),
          URI.create("http://shop.example/back"),
          URI.create("javascript:alert(1)"),
          TEN,
          TEN.negated(),
          Money.parse("EUR 0.00"),
          Money.ofMinor(TEN.getCurrencyUnit(), Long.MAX_VALUE),
          0,
          1,
          -1,
          100_000,
          100_001,
          new PaymentMethod.Token("card", "tok_1"),
          new PaymentMethod.Token("", "4242424242424242"),
          new PaymentMethod.Stored("card", "pm_1"),
          new PaymentMethod.Stored("c d", ".."),
          CustomerDetails.none(),
          new CustomerDetails(Optional.of("two\nlines"), Optional.of("no"), Optional.empty()),
          ChargeLine.of("A thing", 1, TEN),
          ChargeLine.of("", 0, TEN.negated()),
          new Agreement(Agreement.Use.RECURRING, "Gold, each month", Instant.EPOCH),
          new Agreement(Agreement.Use.RECURRING, "", Instant.EPOCH));

  static Stream<Record> valid() {
    GatewayInstanceId main = new GatewayInstanceId("main");
    PaymentMethod card = new PaymentMethod.Token("card", "tok_1");
    Agreement agreed = new Agreement(Agreement.Use.RECURRING, "Gold, each month", Instant.EPOCH);
    Person ann = new Person("Ann", "ann@example.org", Locale.ENGLISH);
    CustomerDetails details =
        new CustomerDetails(
            Optional.of("Ann"),
            Optional.of("ann@example.org"),
            Optional.of(Locale.ENGLISH),
            Optional.of("ann"),
            Optional.of("cus_1"));
    ChargeRequest sale = ChargeRequest.sale("pay_1", "pay_1.charge.1", TEN, card);
    return Stream.of(
        sale,
        sale.describedAs("A year").returningTo(URI.create("https://shop.example/back")),
        new ChargeRequest(
            "pay_1",
            "pay_1.charge.1",
            TEN,
            sale.capture(),
            new PaymentMethod.Stored("card", "pm_1"),
            true,
            sale.initiator(),
            Optional.of("A year"),
            Optional.empty(),
            details,
            Optional.of(agreed),
            List.of(ChargeLine.of("A thing", 1, TEN), ChargeLine.of("Another", 2, TEN))),
        details,
        ChargeLine.of("A thing", 1, TEN),
        agreed,
        ann,
        Line.of("A thing", 1, TEN),
        Pay.sale(new CheckoutId("chk_1"), "key", main, card).storingMethod(agreed),
        new RegisterCustomer(new CustomerId("ann"), ann),
        StartCheckout.forLines(new CustomerId("ann"), "key", List.of(Line.of("A thing", 1, TEN))),
        Refund.of(new PaymentId("pay_1"), "key", TEN));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void what_the_provider_finds_valid_is_evident(Record bean) {
    assertThat(PROVIDER.validate(bean)).isEmpty();
    assertThat(EVIDENT.isValid(bean)).isTrue();
  }

  /** Each component gets each value that fits, alone, in an optional and in a list. */
  @ParameterizedTest
  @MethodSource("valid")
  void nothing_is_evident_in_which_the_provider_finds_a_fault(Record bean) throws Exception {
    int refused = 0;
    int beans = 0;
    RecordComponent[] components = bean.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      for (Object value : valuesFor(components[i])) {
        Optional<Object> other = with(bean, components, i, value);
        if (other.isPresent()) {
          boolean isValid = PROVIDER.validate(other.get()).isEmpty();
          assertThat(EVIDENT.isValid(other.get()))
              .as("%s = %s", components[i].getName(), value)
              .isEqualTo(isValid);
          refused += isValid ? 0 : 1;
          beans++;
        }
      }
    }
    assertThat(beans).isPositive();
    assertThat(refused).as("refused of %d", beans).isPositive();
  }

  private static List<Object> valuesFor(RecordComponent component) {
    List<Object> values = new ArrayList<>();
    Class<?> type = component.getType();
    for (Object value : VALUES) {
      if (component.getGenericType() instanceof ParameterizedType generic) {
        Class<?> inner = (Class<?>) generic.getActualTypeArguments()[0];
        if (value == null) {
          values.add(null);
        } else if (fits(inner, value)) {
          values.add(type == Optional.class ? Optional.of(value) : List.of(value));
        }
      } else if (value == null ? !type.isPrimitive() : fits(type, value)) {
        values.add(value);
      }
    }
    return values;
  }

  private static boolean fits(Class<?> type, Object value) {
    return type.isInstance(value) || type == int.class && value instanceof Integer;
  }

  /** Empty if the record itself does not take it. */
  private static Optional<Object> with(
      Record bean, RecordComponent[] components, int index, Object value) throws Exception {
    Object[] parts = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      components[i].getAccessor().setAccessible(true);
      parts[i] = i == index ? value : components[i].getAccessor().invoke(bean);
      types[i] = components[i].getType();
    }
    Constructor<?> constructor = bean.getClass().getDeclaredConstructor(types);
    try {
      return Optional.of(constructor.newInstance(parts));
    } catch (java.lang.reflect.InvocationTargetException refused) {
      return Optional.empty();
    }
  }

  record Odd(@NotNull(groups = Odd.class) String later, @NotNull String now) {}

  static class NoRecord {
    @NotNull String text = "here";
  }

  @Test
  void what_is_not_understood_is_the_providers() {
    assertThat(EVIDENT.isValid(new Odd("a", "b"))).isFalse();
    assertThat(EVIDENT.isValid(new NoRecord())).isFalse();
    assertThat(EVIDENT.isValid("text")).isFalse();
  }
}
