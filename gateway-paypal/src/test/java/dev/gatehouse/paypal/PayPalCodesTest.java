package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PayPal publishes, line by line, and what it is to us. */
class PayPalCodesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Bench bench = new Bench();

  static List<String> published() {
    try (InputStream table =
        Objects.requireNonNull(PayPalCodesTest.class.getResourceAsStream("/paypal-codes.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> codes(String kind) {
    return published().stream()
        .map(line -> line.split(" "))
        .filter(words -> words[0].equals(kind))
        .map(words -> words[1])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("published")
  void every_published_code_is_what_the_table_says(String line) {
    String[] words = line.split(" ");
    String code = words[1];
    switch (words[0]) {
      case "issue" -> {
        assertThat(PayPalDeclines.ofIssue(code)).isEqualTo(decline(words[3]));
        if (words[3].equals("-")) {
          assertThat(PayPalErrors.category(code)).isEqualTo(ErrorCategory.valueOf(words[2]));
        }
      }
      case "processor" -> assertThat(PayPalDeclines.ofProcessor(code)).isEqualTo(decline(words[2]));
      case "avs" -> assertThat(PayPalDeclines.ofAvs(code)).isEqualTo(decline(words[2]));
      case "cvv" -> assertThat(PayPalDeclines.ofCvv(code)).isEqualTo(decline(words[2]));
      case "advice" ->
          assertThat(PayPalDeclines.advice(code)).isEqualTo(DeclineAdvice.valueOf(words[2]));
      default -> throw new AssertionError("a line of no known kind: " + line);
    }
  }

  private static Optional<DeclineCode> decline(String name) {
    return name.equals("-") ? Optional.empty() : Optional.of(DeclineCode.valueOf(name));
  }

  @Test
  void the_table_names_each_code_once() {
    assertThat(published().stream().map(line -> line.replaceFirst("^(\\S+ \\S+) .*", "$1")))
        .doesNotHaveDuplicates();
    assertThat(codes("issue")).hasSize(230);
    assertThat(codes("processor")).hasSize(154);
  }

  /** The descriptions are read anew: what is new there has to be told apart before this passes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkout_orders_v2.json",
        "payments_payment_v2.json",
        "vault_payment_tokens_v3.json"
      })
  void no_code_of_a_description_is_missing_in_the_table(String file) throws IOException {
    JsonNode description = JSON.readTree(Files.readAllBytes(Specs.path(file)));
    Set<String> found = new TreeSet<>();
    collect(description, found);

    assertThat(found).contains("RESOURCE_NOT_FOUND");
    assertThat(codes("issue")).containsAll(found);
    JsonNode processor = description.path("components").path("schemas").path("processor_response");
    Map.of(
            "response_code", "processor",
            "avs_code", "avs",
            "cvv_code", "cvv",
            "payment_advice_code", "advice")
        .forEach(
            (field, kind) ->
                assertThat(codes(kind))
                    .containsAll(
                        values(processor.path("properties").path(field)).stream()
                            // Words of the description's author, not codes.
                            .filter(code -> !code.contains(" "))
                            .toList()));
  }

  /** The issues, and the names of errors, wherever they stand. */
  private static void collect(JsonNode node, Set<String> into) {
    into.addAll(values(node.path("issue")));
    if (node.has("debug_id")) {
      into.addAll(values(node.path("name")));
    }
    node.forEach(inner -> collect(inner, into));
  }

  private static List<String> values(JsonNode property) {
    return property.isString()
        ? List.of(property.stringValue())
        : property.path("enum").valueStream().map(JsonNode::stringValue).toList();
  }

  /** No published reason ends as generic by falling through: the few that are, say nothing. */
  @Test
  void generic_are_only_those_that_give_no_reason() {
    assertThat(published().stream().filter(line -> line.endsWith(" GENERIC_DECLINE")))
        .hasSize(19)
        .contains("issue INSTRUMENT_DECLINED - GENERIC_DECLINE", "processor 5100 GENERIC_DECLINE");
  }

  /** PayPal answers the capture of an order, and this is what it is to us. */
  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST, INVALID_PARAMETER_SYNTAX, NotSent, VALIDATION",
    "400, INVALID_REQUEST, , NotSent, VALIDATION",
    "401, NOT_AUTHORIZED, INVALID_ACCOUNT_STATUS, NotSent, AUTHENTICATION",
    "403, NOT_AUTHORIZED, PERMISSION_DENIED, NotSent, AUTHENTICATION",
    "404, RESOURCE_NOT_FOUND, INVALID_RESOURCE_ID, NotSent, NOT_FOUND",
    "409, RESOURCE_CONFLICT, PREVIOUS_REQUEST_IN_PROGRESS, Unknown, UNKNOWN_OUTCOME",
    "409, RESOURCE_CONFLICT, SOMETHING_NEW, Unknown, UNKNOWN_OUTCOME",
    "415, UNSUPPORTED_MEDIA_TYPE, , NotSent, VALIDATION",
    "422, UNPROCESSABLE_ENTITY, SOMETHING_NEW, NotSent, VALIDATION",
    "422, UNPROCESSABLE_ENTITY, ORDER_NOT_APPROVED, NotSent, INVALID_STATE",
    "422, UNPROCESSABLE_ENTITY, ORDER_IS_PENDING_APPROVAL, NotSent, UNAVAILABLE",
    "422, UNPROCESSABLE_ENTITY, PAYEE_ACCOUNT_RESTRICTED, NotSent, AUTHENTICATION",
    "422, UNPROCESSABLE_ENTITY, ORDER_ALREADY_CAPTURED, Unknown, DUPLICATE",
    "422, UNPROCESSABLE_ENTITY, ORDER_COMPLETED_OR_VOIDED, Unknown, INVALID_STATE",
    "422, UNPROCESSABLE_ENTITY, INSTRUMENT_DECLINED, Declined, SOFT_DECLINE",
    "422, UNPROCESSABLE_ENTITY, PAYER_ACTION_REQUIRED, Declined, AUTHENTICATION_REQUIRED",
    "422, UNPROCESSABLE_ENTITY, PAYEE_BLOCKED_TRANSACTION, Declined, FRAUD_BLOCKED",
    "429, RATE_LIMIT_REACHED, , NotSent, RATE_LIMITED",
    "500, INTERNAL_SERVER_ERROR, , Unknown, UNKNOWN_OUTCOME",
    "503, SERVICE_UNAVAILABLE, , Unknown, UNKNOWN_OUTCOME",
  })
  void every_kind_of_error_is_certain_or_is_not_and_keeps_its_debug_id(
      int status, String name, String issue, String outcome, ErrorCategory category) {
    Outcome answer = answered(status, error(name, issue, ""));

    assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(category(answer)).isEqualTo(category);
    assertThat(message(answer)).contains("90957fca61718");
  }

  private Outcome answered(int status, String body) {
    String order = bench.approved(Bench.sale("pay-1"));
    bench.door.answer("/capture", status, "application/json", body);
    return bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));
  }

  private static String error(String name, String issue, String field) {
    String detail =
        issue == null ? "" : "{\"issue\":\"" + issue + "\",\"description\":\"words\"" + field + "}";
    return "{\"name\":\""
        + name
        + "\",\"message\":\"m\",\"debug_id\":\"90957fca61718\",\"details\":["
        + detail
        + "]}";
  }

  private static ErrorCategory category(Outcome outcome) {
    return outcome instanceof Outcome.Declined declined
        ? declined.decline().code().category()
        : failure(outcome).category();
  }

  private static String message(Outcome outcome) {
    return outcome instanceof Outcome.Declined declined
        ? declined.decline().rawMessage()
        : failure(outcome).message();
  }

  private static Failure failure(Outcome outcome) {
    return outcome instanceof Outcome.NotSent refused
        ? refused.failure()
        : ((Outcome.Unknown) outcome).failure();
  }

  @Test
  void a_page_of_paypals_keeps_the_debug_id_of_its_header_and_nothing_that_is_none() {
    String order = bench.approved(Bench.sale("pay-1"));
    for (String id : List.of("f1a2b3", "<script>")) {
      HttpHeaders headers =
          HttpHeaders.none().with("content-type", "text/html").with("Paypal-Debug-Id", id);
      bench.door.answer("/capture", 502, headers, "<h1>Bad gateway</h1>");

      Outcome answer =
          bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));

      assertThat(message(answer).contains("debug id")).isEqualTo(id.equals("f1a2b3"));
      assertThat(message(answer)).doesNotContain("script");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/purchase_units/@reference_id=='default'/amount/value, amount",
    "/purchase_units/0/amount/breakdown/item_total/currency_code, amount",
    "/purchase_units/0/description, description",
    "/application_context/return_url, returnUrl",
  })
  void a_refusal_names_our_field(String field, String ours) {
    bench.door.answer(
        "POST /v2/checkout/orders",
        422,
        "application/json",
        error("UNPROCESSABLE_ENTITY", "INVALID_PARAMETER", ",\"field\":\"" + field + "\""));

    Outcome refused = bench.gateway.charge(Bench.sale("pay-1"));

    assertThat(message(refused)).startsWith("'" + ours + "': words");
  }

  @ParameterizedTest
  @CsvSource({
    "5120, , , , INSUFFICIENT_FUNDS, NONE, 5120",
    "5100, N, , , ADDRESS_MISMATCH, NONE, 5100/avs N",
    "5100, N, N, , INCORRECT_CVC, NONE, 5100/cvv N/avs N",
    "0500, N, N, 03, DO_NOT_HONOR, DO_NOT_TRY_AGAIN, 0500/cvv N/avs N",
    "M00N, Y, M, 02, GENERIC_DECLINE, TRY_AGAIN_LATER, M00N/cvv M/avs Y",
    ", , , , GENERIC_DECLINE, NONE, DECLINED",
  })
  void the_processors_code_decides_and_its_checks_where_it_gives_no_reason(
      String response,
      String avs,
      String cvv,
      String advice,
      DeclineCode code,
      DeclineAdvice advised,
      String raw) {
    Map<String, String> processor = new HashMap<>();
    Stream.of(
            new String[] {"response_code", response},
            new String[] {"avs_code", avs},
            new String[] {"cvv_code", cvv},
            new String[] {"payment_advice_code", advice})
        .filter(field -> field[1] != null)
        .forEach(field -> processor.put(field[0], field[1]));

    Decline decline =
        PayPalDeclines.of(new Node(Map.of("status", "DECLINED", "processor_response", processor)));

    assertThat(decline).isEqualTo(new Decline(code, advised, raw, ""));
  }
}
