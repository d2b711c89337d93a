package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.StripeError;
import com.stripe.net.ApiResource;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Stripe publishes, line by line, and what it is to us. */
class StripeCodesTest {
  private static List<String> published() {
    try (InputStream table =
        Objects.requireNonNull(StripeCodesTest.class.getResourceAsStream("/stripe-codes.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<String[]> kind(String kind) {
    return published().stream().map(line -> line.split(" ")).filter(w -> w[0].equals(kind));
  }

  static Stream<String> lines() {
    return published().stream();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void every_published_code_is_what_the_table_says(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "error" -> {
        assertThat(StripeErrors.category(words[1])).isEqualTo(ErrorCategory.valueOf(words[2]));
        assertThat(StripeDeclines.ofStripe(words[1])).isEqualTo(decline(words[3]));
      }
      case "card", "debit", "former", "partner" ->
          assertThat(StripeDeclines.ofStripe(words[1])).isEqualTo(decline(words[2]));
      default -> assertThat(StripeDeclines.ofNetwork(words[1])).isEqualTo(decline(words[2]));
    }
  }

  private static Optional<DeclineCode> decline(String name) {
    return name.equals("-") ? Optional.empty() : Optional.of(DeclineCode.valueOf(name));
  }

  @Test
  void the_table_has_all_that_is_published_once() {
    assertThat(published()).doesNotHaveDuplicates();
    assertThat(kind("error")).hasSize(196);
    assertThat(kind("card")).hasSize(50);
    assertThat(kind("partner")).hasSize(18);
    assertThat(kind("debit")).hasSize(12);
    assertThat(kind("network")).hasSizeGreaterThan(90);
  }

  /** No published reason ends as generic by falling through: the few that are, say nothing. */
  @Test
  void generic_are_only_those_that_give_no_reason() {
    assertThat(
            Stream.of("card", "debit", "partner", "network")
                .flatMap(StripeCodesTest::kind)
                .filter(words -> words[2].equals("GENERIC_DECLINE"))
                .map(words -> words[1]))
        .containsExactly("generic_decline", "generic_could_not_process", "partner_generic_decline");
  }

  @ParameterizedTest
  @CsvSource({
    "generic_decline, 51, GENERIC_DECLINE, generic_decline/51",
    "moon_in_the_wrong_phase, 51, INSUFFICIENT_FUNDS, moon_in_the_wrong_phase/51",
    "moon_in_the_wrong_phase, ZZ, GENERIC_DECLINE, moon_in_the_wrong_phase/ZZ",
    "moon_in_the_wrong_phase, , GENERIC_DECLINE, moon_in_the_wrong_phase",
  })
  void the_networks_word_counts_where_stripes_is_new_and_both_are_kept(
      String stripes, String network, DeclineCode code, String raw) {
    String codes = network == null ? "" : ",\"network_decline_code\":\"" + network + "\"";
    Decline ofError =
        StripeErrors.decline(
            ApiResource.GSON.fromJson(
                "{\"code\":\"card_declined\",\"decline_code\":\"" + stripes + "\"" + codes + "}",
                StripeError.class));
    Decline ofCharge =
        StripeErrors.decline(
            ApiResource.GSON.fromJson(
                "{\"object\":\"charge\",\"failure_code\":\"card_declined\",\"outcome\":{\"reason\":\""
                    + stripes
                    + "\""
                    + codes
                    + "}}",
                Charge.class));

    assertThat(ofError.code()).isEqualTo(code);
    assertThat(ofError.rawCode()).isEqualTo(raw);
    assertThat(ofCharge).isEqualTo(ofError);
  }

  @ParameterizedTest
  @CsvSource({
    "try_again_later, 03, TRY_AGAIN_LATER",
    "confirm_card_data, , CONFIRM_DATA",
    "do_not_try_again, , DO_NOT_TRY_AGAIN",
    ", 01, CONFIRM_DATA",
    ", 02, TRY_AGAIN_LATER",
    ", 03, DO_NOT_TRY_AGAIN",
    ", 21, DO_NOT_TRY_AGAIN",
    ", 24, TRY_AGAIN_LATER",
    ", 30, TRY_AGAIN_LATER",
    ", 41, DO_NOT_TRY_AGAIN",
    ", 40, NONE",
    "something_new, 03, DO_NOT_TRY_AGAIN",
    ", , NONE",
  })
  void advice_is_stripes_and_else_the_networks(
      String stripes, String network, DeclineAdvice advice) {
    assertThat(StripeDeclines.advice(stripes, network)).isEqualTo(advice);
  }

  /** Stripe answers, and this is what the charge is to us. */
  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, parameter_missing, NotSent, VALIDATION",
    "400, invalid_request_error, , NotSent, VALIDATION",
    "400, idempotency_error, , NotSent, IDEMPOTENCY_CONFLICT",
    "401, invalid_request_error, , NotSent, AUTHENTICATION",
    "401, authentication_error, api_key_expired, NotSent, AUTHENTICATION",
    "402, card_error, card_declined, Declined, SOFT_DECLINE",
    "402, invalid_request_error, , Unknown, UNKNOWN_OUTCOME",
    "402, something_new, , Unknown, UNKNOWN_OUTCOME",
    "403, invalid_request_error, , NotSent, AUTHENTICATION",
    "404, invalid_request_error, resource_missing, NotSent, NOT_FOUND",
    "409, idempotency_error, idempotency_key_in_use, Unknown, UNKNOWN_OUTCOME",
    "409, invalid_request_error, , Unknown, UNKNOWN_OUTCOME",
    "424, api_error, , Unknown, UNKNOWN_OUTCOME",
    "429, invalid_request_error, rate_limit, NotSent, RATE_LIMITED",
    "429, rate_limit_error, rate_limit, NotSent, RATE_LIMITED",
    "429, invalid_request_error, lock_timeout, NotSent, RATE_LIMITED",
    "500, api_error, , Unknown, UNKNOWN_OUTCOME",
    "502, api_error, , Unknown, UNKNOWN_OUTCOME",
    "503, api_error, , Unknown, UNKNOWN_OUTCOME",
    "504, api_error, , Unknown, UNKNOWN_OUTCOME",
  })
  void every_type_of_error_is_certain_or_is_not(
      int status, String type, String code, String outcome, ErrorCategory category) {
    Bench bench = new Bench();
    bench.door.answerInstead(
        status,
        "{\"error\":{\"type\":\""
            + type
            + "\",\"message\":\"m\""
            + (code == null ? "" : ",\"code\":\"" + code + "\"")
            + "}}");

    Outcome answer = bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA));

    assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(category(answer)).isEqualTo(category);
  }

  private static ErrorCategory category(Outcome outcome) {
    if (outcome instanceof Outcome.NotSent refused) {
      return refused.failure().category();
    }
    return outcome instanceof Outcome.Unknown unknown
        ? unknown.failure().category()
        : ((Outcome.Declined) outcome).decline().code().category();
  }

  @ParameterizedTest
  @CsvSource({
    "amount, amount",
    "amount_to_capture, amount",
    "currency, amount",
    "line_items[0][price_data][unit_amount], amount",
    "payment_method, method",
    "return_url, returnUrl",
    "success_url, returnUrl",
    "description, description",
    "receipt_email, customer.email",
    "customer, customer",
    "confirmation_token, method",
    "mandate_data, method",
    "statement_descriptor_suffix, statement-descriptor-suffix",
  })
  void a_refusal_names_our_field(String param, String field) {
    Bench bench = new Bench();
    bench.door.answerInstead(
        400,
        "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"is wrong\",\"param\":\""
            + param
            + "\"}}");

    Outcome.NotSent refused =
        (Outcome.NotSent) bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA));

    assertThat(refused.failure().message()).startsWith("'" + field + "': ");
  }
}
