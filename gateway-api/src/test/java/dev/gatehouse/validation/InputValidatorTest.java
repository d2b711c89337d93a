package dev.gatehouse.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputValidatorTest {
  private static final String SECRET = "sk_live_${7*7}{max}";
  private static final Money ONE = Money.parse("EUR 1.00");
  private static final InputValidator VALIDATOR = OpenedPackage.validator();

  record Line(@NotNull @SingleLine String name, @NotNull @PositiveAmount Money amount) {}

  record Order(
      @NotNull @Identifier String id,
      @NotEmpty List<@NotNull @Valid Line> lines,
      @NotNull @Valid Customer customer,
      Optional<@NonNegativeAmount Money> tip) {}

  record Customer(@NotNull @EmailAddress @Nullable String email, List<@Identifier String> tags) {}

  private static final Customer ANN = new Customer("ann@b.example", List.of("vip"));
  private static final Line BOOK = new Line("Book", ONE);

  @Test
  void no_expression_language_is_on_the_class_path() {
    assertThatThrownBy(() -> Class.forName("jakarta.el.ExpressionFactory"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void good_input_is_handed_back() {
    Order order = new Order("o-1", List.of(BOOK), ANN, Optional.of(ONE));
    assertThat(VALIDATOR.check(order, Locale.ENGLISH)).isSameAs(order);
    assertThat(VALIDATOR.problems(order, Locale.ENGLISH)).isEmpty();
  }

  @Test
  void all_problems_are_reported_with_their_places() {
    Order order =
        new Order(
            "bad id",
            List.of(new Line("", ONE.negated()), BOOK),
            new Customer(null, List.of("ok", "not ok")),
            Optional.of(ONE.negated()));
    assertThat(places(order))
        .containsExactly(
            "customer.email required",
            "customer.tags[1] identifier",
            "id identifier",
            "lines[0].amount money.positive",
            "lines[0].name not-blank",
            "tip money.non-negative");
  }

  @Test
  void an_empty_list_and_a_missing_element_are_problems() {
    assertThat(places(new Order("o", List.of(), ANN, Optional.empty())))
        .containsExactly("lines not-empty");
    assertThat(places(new Order("o", Collections.singletonList(null), ANN, Optional.empty())))
        .containsExactly("lines[0] required");
  }

  @Test
  void the_second_line_comes_before_the_tenth() {
    List<Line> lines = new ArrayList<>();
    IntStream.range(0, 12).forEach(index -> lines.add(new Line("", ONE.negated())));
    List<String> places = places(new Order("o", lines, ANN, Optional.empty()));
    assertThat(places).hasSize(24).startsWith("lines[0].amount money.positive");
    assertThat(places.indexOf("lines[2].amount money.positive"))
        .isLessThan(places.indexOf("lines[10].amount money.positive"));
  }

  @Test
  void nothing_at_all_is_a_problem_too() {
    assertThat(thrown(null, Locale.GERMAN).problems())
        .containsExactly(new Problem("input", "required", "fehlt", "ergänzen Sie die Angabe"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en|must be an amount greater than zero|enter an amount above zero",
        "es|debe ser un importe mayor que cero|indique un importe superior a cero",
        "fr|doit être un montant supérieur à zéro|saisissez un montant supérieur à zéro",
        "de|muss ein Betrag größer als null sein|geben Sie einen Betrag über null ein",
        "nl|moet een bedrag groter dan nul zijn|voer een bedrag boven nul in",
        "ja|must be an amount greater than zero|enter an amount above zero"
      })
  void problems_speak_the_callers_language(String tag, String message, String remedy) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(thrown(new Line("x", ONE.negated()), Locale.forLanguageTag(tag)).problems())
          .containsExactly(new Problem("amount", "money.positive", message, remedy));
    } finally {
      Locale.setDefault(before);
    }
  }

  record Standard(
      @NotBlank String blank,
      @Size(min = 2, max = 3) String size,
      @Size(max = 3) String atMost,
      @Size(min = 2) List<String> atLeast,
      @Pattern(regexp = "[a-z]+") String pattern,
      @Email String email,
      @Positive int positive,
      @PositiveOrZero int positiveOrZero,
      @Negative int negative,
      @NegativeOrZero int negativeOrZero,
      @Min(5) int min,
      @Max(7) int max,
      @DecimalMin("0.5") BigDecimal decimalMin,
      @Digits(integer = 1, fraction = 2) BigDecimal digits,
      @Past Instant past,
      @PastOrPresent Instant pastOrPresent,
      @Future Instant future,
      @FutureOrPresent Instant futureOrPresent,
      @AssertTrue boolean asserted) {}

  @Test
  void the_standard_constraints_have_codes_and_limits_of_ours() {
    Standard bad =
        new Standard(
            " ",
            "x",
            "xxxx",
            List.of(),
            "1",
            "nobody",
            0,
            -1,
            0,
            1,
            4,
            8,
            BigDecimal.ZERO,
            new BigDecimal("12.345"),
            Instant.MAX,
            Instant.MAX,
            Instant.EPOCH,
            Instant.EPOCH,
            false);
    assertThat(VALIDATOR.problems(bad, Locale.ENGLISH))
        .extracting(problem -> problem.field() + " " + problem.code() + " " + problem.message())
        .containsExactly(
            "asserted invalid is not valid",
            "atLeast size has a length below 2",
            "atMost size has a length above 3",
            "blank not-blank is blank",
            "decimalMin min is below the minimum of 0.5",
            "digits digits has too many digits",
            "email email is not an e-mail address",
            "future future is not in the future",
            "futureOrPresent future-or-present is in the past",
            "max max is above the maximum of 7",
            "min min is below the minimum of 5",
            "negative negative must be less than zero",
            "negativeOrZero negative-or-zero must not be above zero",
            "past past is not in the past",
            "pastOrPresent past-or-present is in the future",
            "pattern pattern does not have the expected form",
            "positive positive must be greater than zero",
            "positiveOrZero positive-or-zero must not be below zero",
            "size size has a length outside 2 to 3");
    assertThat(VALIDATOR.problems(bad, Locale.FRENCH))
        .allSatisfy(
            problem -> assertThat(problem.message() + problem.remedy()).doesNotContain("{", "}"));
  }

  record Metadata(Map<@Identifier String, @NotNull @SingleLine String> entries) {}

  @Test
  void a_key_is_shown_only_if_it_is_a_short_plain_name() {
    assertThat(places(new Metadata(Map.of("colour", "\n"))))
        .containsExactly("entries[colour] not-blank", "entries[colour] single-line");
    assertThat(places(new Metadata(Map.of(SECRET, "x"))))
        .containsExactly("entries[*].key identifier");
    assertThat(places(new Metadata(Map.of("4111111111111111", ""))))
        .containsExactly("entries[*] not-blank", "entries[*].key card-number");
    assertThat(places(new Metadata(Map.of("x".repeat(65), ""))))
        .containsExactly("entries[*] not-blank");
    assertThat(places(new Metadata(Map.of("a\n", "x", "b\n", "x"))))
        .containsExactly("entries[*].key identifier");
  }

  record Tags(Set<@Identifier String> tags) {}

  @Test
  void an_element_of_a_set_has_no_index() {
    assertThat(places(new Tags(Set.of(SECRET)))).containsExactly("tags[] identifier");
  }

  @Test
  void no_message_shows_the_offending_value_or_evaluates_it() {
    String hostile = SECRET + "\u0000\r\n\u202E" + "4111111111111111 " + "x".repeat(1_000_000);
    Order order =
        new Order(
            hostile,
            List.of(new Line(hostile, ONE)),
            new Customer(hostile, List.of(hostile)),
            Optional.empty());
    InvalidInputException refused = thrown(order, Locale.ENGLISH);
    assertThat(refused.problems()).extracting(Problem::code).contains("card-number", "single-line");
    assertThat(refused.toString())
        .hasSizeLessThan(2_000)
        .doesNotContain("sk_live", "49", "4111", "${", "{max}", "\u0000", "\n", "\u202E");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Constraint(validatedBy = Chatty.Rule.class)
  @interface Chatty {
    String message() default "must be quiet";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    boolean aloud() default false;

    /** Refuses everything; aloud, it puts the value into its message, as it should not. */
    final class Rule implements ConstraintValidator<Chatty, String> {
      private boolean aloud;

      @Override
      public void initialize(Chatty constraint) {
        aloud = constraint.aloud();
      }

      @Override
      public boolean isValid(String value, ConstraintValidatorContext context) {
        if ("boom".equals(value)) {
          throw new IllegalStateException(value);
        }
        if (aloud) {
          context.disableDefaultConstraintViolation();
          context.buildConstraintViolationWithTemplate(value).addConstraintViolation();
        }
        return false;
      }
    }
  }

  record Own(
      @Chatty String plain,
      @Chatty(message = "{acme.code}") String coded,
      @Chatty(message = "{required}") String shared,
      @Chatty(aloud = true) String leaking) {}

  @Test
  void a_constraint_of_an_author_speaks_for_itself_but_not_with_the_value() {
    assertThat(VALIDATOR.problems(new Own("x", "x", "x", SECRET), Locale.ENGLISH))
        .extracting(problem -> problem.field() + " " + problem.code() + " " + problem.message())
        .containsExactly(
            "coded acme.code is not valid",
            "leaking invalid is not valid",
            "plain invalid must be quiet",
            "shared required is missing");
    assertThat(VALIDATOR.problems(new Own("x", "x", "x", "{sk_live}"), Locale.ENGLISH).toString())
        .doesNotContain("sk_live");
  }

  record Twice(@Size(min = 3) @Size(min = 5) @Size(max = 0) String text) {}

  @Test
  void two_problems_of_one_code_keep_their_order() {
    for (int round = 0; round < 20; round++) {
      assertThat(InputValidator.create().problems(new Twice("x"), Locale.ENGLISH))
          .extracting(Problem::message)
          .containsExactly("has a length below 3", "has a length below 5", "has a length above 0");
    }
  }

  record Misdeclared(@PositiveAmount String amount) {}

  record Throwing(@Chatty(aloud = true) String text) {}

  @Test
  void a_constraint_on_the_wrong_type_is_the_authors_mistake() {
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> VALIDATOR.check(new Misdeclared("sk_live"), Locale.ENGLISH));
    assertThat(failure.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo(Misdeclared.class.getName());
              assertThat(problem.code()).isEqualTo("validation.not-checkable");
              assertThat(problem.describe()).doesNotContain("sk_live");
            });
  }

  @Test
  void a_rule_that_fails_is_a_typed_error_without_the_value() {
    assertThatThrownBy(() -> VALIDATOR.check(new Throwing("boom"), Locale.ENGLISH))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("boom")
        .hasNoCause();
    assertThat(places(new Throwing(null))).containsExactly("text invalid");
  }

  @Test
  void without_a_provider_the_remedy_names_one() {
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> InputValidator.create(Validation.byDefaultProvider().providerResolver(List::of)));
    assertThat(failure.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.remedy()).contains("hibernate-validator"));
  }

  @Test
  void other_code_raises_problems_from_the_same_texts() {
    assertThat(
            VALIDATOR.problem("lines", "too-long", Locale.forLanguageTag("nl"), Map.of("max", 9)))
        .isEqualTo(
            new Problem(
                "lines",
                "too-long",
                "heeft meer dan 9 tekens",
                "maak dit korter, tot hoogstens 9 tekens"));
  }

  private static InvalidInputException thrown(@Nullable Object bean, Locale locale) {
    return catchThrowableOfType(InvalidInputException.class, () -> VALIDATOR.check(bean, locale));
  }

  private static List<String> places(Object bean) {
    return VALIDATOR.problems(bean, Locale.ENGLISH).stream()
        .map(problem -> problem.field() + " " + problem.code())
        .toList();
  }
}
