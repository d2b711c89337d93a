package dev.gatehouse.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.ConvertGroup;
import jakarta.validation.groups.Default;
import jakarta.validation.valueextraction.Unwrapping;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
          "\u2003",
          "\u0001",
          "a",
          "ab",
          "abc",
          "abcd",
          "ABC",
          "xabc",
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
          2,
          3,
          4,
          100_000,
          100_001,
          new PaymentMethod.Token("card", "tok_1"),
          new PaymentMethod.Token("", "4242424242424242"),
          new PaymentMethod.Token("card", "\u2003"),
          new PaymentMethod.Stored("card", "pm_1"),
          new PaymentMethod.Stored("c d", ".."),
          CustomerDetails.none(),
          new CustomerDetails(Optional.of("two\nlines"), Optional.of("no"), Optional.empty()),
          ChargeLine.of("A thing", 1, TEN),
          ChargeLine.of("", 0, TEN.negated()),
          new Agreement(Agreement.Use.RECURRING, "Gold, each month", Instant.EPOCH),
          new Agreement(Agreement.Use.RECURRING, "", Instant.EPOCH),
          new Trace(
              Optional.of("two words"), Instant.EPOCH, Optional.empty(), PaymentFacts.none()));

  /** Every rule that is read here, and is not ours, with bounds on both sides. */
  record Rules(
      @NotBlank String visible,
      @Pattern(regexp = "[a-c]{2,3}") String few,
      @Pattern(regexp = "a|abc") String either,
      @Size(min = 2, max = 3) String sized,
      @Size(min = 2, max = 3) List<String> some,
      @Min(2) @Max(3) int number,
      Optional<@NotNull String> present,
      List<@NotNull @Size(max = 1) String> each,
      List<@Valid Agreement> agreed) {}

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
    Trace trace =
        new Trace(Optional.of("pay_1"), Instant.EPOCH, Optional.empty(), PaymentFacts.none());
    return Stream.of(
        new Rules(
            "a",
            "ab",
            "a",
            "ab",
            List.of("a", "b"),
            2,
            Optional.of("a"),
            List.of("a", "b"),
            List.of(agreed, agreed)),
        new CaptureRequest(trace, "pay_1.capture.1", "hold_1", TEN, true),
        new CompleteRequest(trace, "pay_1.complete.1", "ch_1", sale.capture()),
        new VoidRequest(trace, "pay_1.void.1", "hold_1"),
        new RefundRequest(trace, "pay_1.refund.1", "ch_1", TEN, Optional.of("broken")),
        new SetUpRequest("pay_1", "pay_1.set_up.1", card, agreed, Optional.empty(), details),
        new RemoveRequest("pay_1.remove.1", "pm_1", Optional.of("cus_1"), Optional.empty()),
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
        }
        if (value == null || fits(inner, value)) {
          values.addAll(
              type == Optional.class ? List.of(Optional.ofNullable(value)) : lists(value));
        }
      } else if (value == null ? !type.isPrimitive() : fits(type, value)) {
        values.add(value);
      }
    }
    return values;
  }

  /** Some of it, and one at the end of others of its type. */
  private static List<Object> lists(Object value) {
    List<Object> lists = new ArrayList<>();
    for (int size = 0; size <= 4; size++) {
      lists.add(Collections.nCopies(size, value));
    }
    for (Object other : VALUES) {
      if (value != null && value.getClass().isInstance(other)) {
        lists.add(List.of(other, value));
      }
    }
    return lists;
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

  record Grouped(@NotNull(groups = Grouped.class) String later, @NotNull String now) {}

  record Flagged(@Pattern(regexp = "a b", flags = Pattern.Flag.COMMENTS) String text) {}

  record Converted(
      @Valid @ConvertGroup(from = Default.class, to = Grouped.class) Grouped grouped) {}

  record Unwrapped(@NotNull(payload = Unwrapping.Unwrap.class) Optional<String> text) {}

  record Mapped(Map<String, @NotNull String> texts) {}

  record Sized(@Size(max = 3) Integer number) {}

  record Matched(@Pattern(regexp = "a") Integer number) {}

  record Getter(@Size(max = 3) String text) {
    @NotNull
    public String getText() {
      return null;
    }
  }

  @NotNull
  @Constraint(validatedBy = Fine.class)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Composed {
    String message() default "composed";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
  }

  static class Fine implements ConstraintValidator<Composed, String> {
    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      return true;
    }
  }

  record OfComposed(@Composed String text) {}

  @Constraint(validatedBy = Never.class)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Whole {
    String message() default "whole";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
  }

  static class Never implements ConstraintValidator<Whole, OfWhole> {
    @Override
    public boolean isValid(OfWhole value, ConstraintValidatorContext context) {
      return false;
    }
  }

  @Whole
  record OfWhole(@NotNull String text) {}

  static Stream<Object> odd() {
    return Stream.of(
        new Flagged("a b"),
        new Converted(new Grouped(null, "now")),
        new Unwrapped(Optional.empty()),
        new Mapped(Collections.singletonMap("key", null)),
        new Sized(null),
        new Matched(null),
        new Getter("abc"),
        new OfComposed(null),
        new OfWhole("text"));
  }

  /** A rule where it can't stand makes the provider throw: that, too, must come to light. */
  @ParameterizedTest
  @MethodSource("odd")
  void only_the_provider_knows_what_is_wrong_with_odd_rules(Object bean) {
    assertThatThrownBy(
            () -> assertThat(PROVIDER.validate(bean)).isEmpty(), "the provider finds nothing")
        .isNotNull();
    assertThat(EVIDENT.isValid(bean)).isFalse();
  }

  static class NoRecord {
    @NotNull String text = "here";
  }

  @Test
  void what_is_not_understood_is_the_providers() {
    assertThat(EVIDENT.isValid(new Grouped("a", "b"))).isFalse();
    assertThat(EVIDENT.isValid(new NoRecord())).isFalse();
    assertThat(EVIDENT.isValid("text")).isFalse();
  }
}
