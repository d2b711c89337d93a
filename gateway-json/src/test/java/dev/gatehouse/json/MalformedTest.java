package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is no document of ours is refused with its place, and never shown. */
class MalformedTest {
  private static final int MUTATIONS = Integer.getInteger("gatehouse.mutations", 10_000);

  /** Our own names and numbers. */
  private static final Pattern PATH = Pattern.compile("\\$(\\.[a-zA-Z]+|\\[\\d+])*");

  private static final String CURSOR =
      "{'v':1,'gateway':'g','version':1,'upTo':'2026-03-01T12:00:00Z',"
          + "'nextAt':'2026-03-01T12:00:00Z'}";

  static List<Sample<?>> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void bytes_changed_by_chance_are_read_or_refused_and_nothing_else(Sample<?> sample) {
    byte[] bytes = sample.bytes();
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] mutant = mutated(bytes, new Random(seed * 0x9E3779B97F4A7C15L));
      try {
        assertCanBeKept(sample.form(), sample.form().read(mutant));
      } catch (UnreadableJsonException e) {
        refused++;
        assertThat(problem(e).field()).as("seed %d", seed).matches(PATH);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            sample + ", seed " + seed + ": " + new String(mutant, StandardCharsets.UTF_8), e);
      }
    }
    assertThat(refused).isGreaterThan(MUTATIONS / 3);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void another_value_at_any_place_is_read_or_refused_there(Sample<?> sample) {
    List<String> others =
        List.of(
            "null",
            "true",
            "1.5",
            "-1",
            "123456789012345678901234567890",
            "''",
            "'secret-7'",
            "[]",
            "['secret-7']",
            "{}",
            "{'secret-7':'secret-7'}",
            "{'type':'secret-7'}");
    int places = Trees.places(Trees.of(sample)).size();
    for (int i = 0; i < places; i++) {
      for (String other : others) {
        JsonNode tree = Trees.of(sample);
        Trees.Place place = Trees.places(tree).get(i);
        place.put(Trees.MAPPER.readTree(quoted(other)));
        try {
          assertCanBeKept(sample.form(), sample.form().read(Trees.bytes(tree)));
        } catch (UnreadableJsonException e) {
          assertThat(isWithin(problem(e).field(), place.path()))
              .as("%s for %s at %s", problem(e).field(), other, place.path())
              .isTrue();
          assertThat(e).hasMessageNotContaining("secret-7").hasNoCause();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "json.type       | $.version   | 'version':1 | 'version':'1'",
        "json.type       | $.version   | 'version':1 | 'version':1.0",
        "json.type       | $.version   | 'version':1 | 'version':null",
        "json.range      | $.version   | 'version':1 | 'version':9223372036854775808",
        "json.missing    | $.version   | 'version':1 | 'versions':1",
        "json.duplicate  | $.version   | 'version':1 | 'version':1,'version':1",
        "json.duplicate  | $.v         | 'v':1       | 'v':1,'v':1",
        "json.range      | $.v         | 'v':1       | 'v':0",
        "json.newer      | $.v         | 'v':1       | 'v':2",
        "json.type       | $.v         | 'v':1       | 'v':'1'",
        "json.missing    | $.v         | 'v':1,      | #",
        "json.type       | $.gateway   | 'g'         | 7",
        "json.value      | $.gateway   | 'g'         | 'no id'",
        "json.value      | $.upTo      | 12:00:00Z   | 25:00:00Z",
        "json.malformed  | $           | 'v':1,      | 'v':1,,",
        "json.malformed  | $           | 'version':1 | 'version':01",
        "json.malformed  | $           | 'version':1 | 'version':NaN",
        "json.malformed  | $           | 'v':1,      | /* no */'v':1,",
      })
  void a_fault_is_told_by_its_code_and_its_place(
      String code, String path, String before, String after) {
    String json = CURSOR.replaceFirst(before, after == null ? "" : after.replace("#", ""));

    assertRefused(Json.CURSOR, quoted(json), code, path);
  }

  @Test
  void an_unknown_word_is_an_error_that_names_its_place_and_never_a_null() {
    String payment = new String(Json.PAYMENT.write(PaymentSamples.full()), StandardCharsets.UTF_8);

    assertRefused(
        Json.PAYMENT,
        payment.replace("\"VOIDED\"", "\"LENT_OUT\""),
        "json.unknown-word",
        "$.facts.authorizations[0].end[0]");
    assertRefused(
        Json.PAYMENT,
        payment.replace("\"type\":\"Instructions\"", "\"type\":\"Dance\""),
        "json.unknown-word",
        "$.facts.attempts[1].action.values[0].type");
  }

  @Test
  void an_event_of_an_unknown_type_is_an_error() {
    assertRefused(Json.EVENT, quoted("{'type':'MoonLanded','v':1}"), "json.unknown-word", "$.type");
    assertRefused(Json.EVENT, quoted("{'v':1,'type':'MoonLanded'}"), "json.unknown-word", "$.type");
    assertRefused(Json.EVENT, quoted("{'v':1}"), "json.missing", "$.type");
    assertRefused(Json.EVENT, "{}", "json.missing", "$.type");
    assertRefused(
        Json.EVENT,
        quoted("{'type':'CheckoutExpired','v':1,'type':'CheckoutExpired'}"),
        "json.duplicate",
        "$.type");
    assertRefused(
        Json.EVENT,
        quoted("{'v':1,'type':'CheckoutExpired','type':'CheckoutExpired'}"),
        "json.duplicate",
        "$.type");
  }

  @Test
  void a_key_that_is_there_twice_is_refused() {
    String payment = new String(Json.PAYMENT.write(PaymentSamples.full()), StandardCharsets.UTF_8);
    String customer = new String(Json.CUSTOMER.write(Samples.customer()), StandardCharsets.UTF_8);

    assertRefused(
        Json.PAYMENT,
        payment.replace("{\"id\":\"ch_1\"", "{\"id\":\"ch_0\""),
        "json.duplicate",
        "$.facts.attempts[1]");
    assertRefused(
        Json.PAYMENT, payment.replace("\"TEST\"", "\"LIVE\""), "json.duplicate", "$.facts.mode[1]");
    assertRefused(
        Json.CUSTOMER,
        customer.replace("\"segment\"", "\"crm_contact_id\""),
        "json.duplicate",
        "$.metadata[1]");
  }

  @Test
  void an_amount_with_an_exponent_that_would_fill_the_memory_is_refused() {
    String plan = new String(Json.CHECKOUT.write(Samples.checkout()), StandardCharsets.UTF_8);

    for (String amount : List.of("1E999999999", "1e5", "0x10", "", "-", "1.2.3", "10.001", "١")) {
      assertRefused(
          Json.CHECKOUT,
          plan.replaceFirst(
              "\"total\":\\{\"amount\":\"14.00\"", "\"total\":{\"amount\":\"" + amount + "\""),
          "json.value",
          amount.equals("10.001") ? "$.total" : "$.total.amount");
    }
  }

  @Test
  void what_is_nested_too_deeply_is_refused_known_or_not() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);

    assertRefused(
        Json.CURSOR,
        quoted(CURSOR).replaceFirst(",", ",\"x\":" + deep + ","),
        "json.too-large",
        "$");
    assertRefused(Json.CURSOR, deep, "json.type", "$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "7", "\"x\"", "[]", "{", "{\"v\":1", "\u0000", "x"})
  void what_is_no_object_is_refused(String json) {
    for (Json<?> form : List.of(Json.EVENT, Json.CURSOR, Json.PAYMENT)) {
      assertThatThrownBy(() -> form.read(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              UnreadableJsonException.class, e -> assertThat(problem(e).field()).isEqualTo("$"));
    }
  }

  @Test
  void what_follows_a_document_is_refused() {
    assertRefused(Json.CURSOR, quoted(CURSOR) + "{}", "json.malformed", "$");
    assertRefused(Json.CURSOR, quoted(CURSOR) + " x", "json.malformed", "$");
    assertThat(Json.CURSOR.read((quoted(CURSOR) + " \n").getBytes(StandardCharsets.UTF_8)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"})
  void what_is_not_in_utf_8_is_refused(String charset) {
    String json =
        quoted("{'v':1,'gateway':'g','notice':'é','version':0,'type':'t','hint':{},")
            + quoted("'receivedAt':'2026-03-01T12:00:00Z','tries':0}");
    assertThat(Json.INBOX_ITEM.read(json.getBytes(StandardCharsets.UTF_8)).notice()).isEqualTo("é");

    assertRefused(Json.INBOX_ITEM, json.getBytes(Charset.forName(charset)), "json.malformed", "$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C0AF", "EDA080", "F4908080", "80", "C3", "FF", "E282", "EFBBBF"})
  void bytes_that_are_no_utf_8_are_refused(String hex) {
    byte[] json = quoted(CURSOR.replace("'g'", "'~'")).getBytes(StandardCharsets.ISO_8859_1);
    int at = new String(json, StandardCharsets.ISO_8859_1).indexOf('~');
    byte[] bad = HexFormat.of().parseHex(hex);
    byte[] all = Arrays.copyOf(json, json.length + bad.length);
    System.arraycopy(bad, 0, all, at, bad.length);
    System.arraycopy(json, at, all, at + bad.length, json.length - at);

    if (!hex.equals("EFBBBF")) {
      assertRefused(Json.CURSOR, all, "json.malformed", "$");
    }
    assertRefused(Json.CURSOR, concat(bad, quoted(CURSOR)), "json.malformed", "$");
  }

  @Test
  void what_a_constructor_refuses_is_refused_at_its_place() {
    String payment = new String(Json.PAYMENT.write(PaymentSamples.full()), StandardCharsets.UTF_8);

    assertRefused(
        Json.PAYMENT,
        payment.replace("https://bank.example/3ds", "javascript:secret/"),
        "json.value",
        "$.facts.attempts[0].action.values[1]");
    assertRefused(
        Json.PAYMENT,
        payment.replace(
            "\"kind\":\"REFUND\",\"charge\":\"ch_1\",\"total\":{\"amount\":\"500\"",
            "\"kind\":\"REFUND\",\"charge\":\"ch_1\",\"total\":{\"amount\":\"-500\""),
        "json.value",
        "$.facts.totals[1]");
  }

  @Test
  void nothing_at_all_is_told_as_bad_input() {
    assertThatThrownBy(() -> Json.CURSOR.write(nothing()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("value");
    assertThatThrownBy(() -> Json.CURSOR.read(nothing()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("json");
    assertThatThrownBy(() -> Json.writeDelivery(nothing()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("delivery");
    assertThatThrownBy(() -> Json.readDelivery(new byte[0], nothing()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("event");
  }

  /** What was read can be written, and is then read as the same. */
  private static <T> void assertCanBeKept(Json<T> form, Object read) {
    @SuppressWarnings("unchecked")
    byte[] again = form.write((T) read);
    assertThat(form.read(again)).isEqualTo(read);
  }

  private static void assertRefused(Json<?> form, String json, String code, String path) {
    assertRefused(form, json.getBytes(StandardCharsets.UTF_8), code, path);
  }

  private static void assertRefused(Json<?> form, byte[] json, String code, String path) {
    try {
      form.read(json);
    } catch (UnreadableJsonException e) {
      assertThat(problem(e).code() + " " + problem(e).field()).isEqualTo(code + " " + path);
      assertThat(e.document()).isEqualTo(form.toString());
      assertThat(e).hasNoCause();
      return;
    }
    fail("was read: %s", new String(json, StandardCharsets.UTF_8));
  }

  /** Whether a place is the other one, around it, or in it. */
  private static boolean isWithin(String field, String place) {
    return place.startsWith(field) || field.startsWith(place);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutant = bytes;
    for (int changes = 1 + random.nextInt(3); changes > 0 && mutant.length > 1; changes--) {
      int from = random.nextInt(mutant.length);
      int to = Math.min(mutant.length, from + 1 + random.nextInt(8));
      byte[] head = Arrays.copyOf(mutant, from);
      byte[] part = Arrays.copyOfRange(mutant, from, to);
      byte[] tail = Arrays.copyOfRange(mutant, to, mutant.length);
      mutant =
          switch (random.nextInt(8)) {
            case 0 -> concat(head, tail);
            case 1 -> concat(head, part, part, tail);
            case 2 -> head;
            case 3 -> concat(head, random(part.length, random), tail);
            case 4 -> concat(head, new byte[] {(byte) random.nextInt(256)}, part, tail);
            case 5 -> concat(head, piece(bytes, random), tail);
            default -> concat(head, ofJson(random), tail);
          };
    }
    return mutant;
  }

  private static byte[] ofJson(Random random) {
    List<String> pieces =
        List.of("\"", "{", "}", "[", "]", ",", ":", "null", "1e9", "-", "\\", "\\ud800", "0", "é");
    return pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] piece(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(40)));
  }

  private static byte[] random(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(byte[] bytes, String text) {
    return concat(bytes, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static Problem problem(UnreadableJsonException e) {
    return e.problems().get(0);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return (T) null;
  }
}
