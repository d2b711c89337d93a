package dev.gatehouse.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsTest {
  private static final String VISA = "4111111111111111";
  private static final InputValidator VALIDATOR = OpenedPackage.validator();

  record Amounts(@PositiveAmount @Nullable Money price, @NonNegativeAmount @Nullable Money tax) {}

  record Id(@Identifier @Nullable String id) {}

  record Key(@IdempotencyKey @Nullable String key) {}

  record Theirs(@ForeignId(max = 20) @Nullable String id) {}

  record ShortId(@Identifier(max = 4) String id) {}

  record Name(@SingleLine(max = 10) @Nullable String name) {}

  record Note(@SingleLine(max = 2_000_000) String note) {}

  record Free(@NoCardNumber @Nullable String text) {}

  record Link(@HttpsUrl @Nullable String url) {}

  record ShortLink(@HttpsUrl(max = 20) @Nullable URI url) {}

  record Mail(@EmailAddress @Nullable String email) {}

  @Test
  void every_constraint_accepts_null() {
    assertThat(codes(new Amounts(null, null))).isEmpty();
    assertThat(codes(new Id(null))).isEmpty();
    assertThat(codes(new Key(null))).isEmpty();
    assertThat(codes(new Theirs(null))).isEmpty();
    assertThat(codes(new Name(null))).isEmpty();
    assertThat(codes(new Free(null))).isEmpty();
    assertThat(codes(new Link(null))).isEmpty();
    assertThat(codes(new ShortLink(null))).isEmpty();
    assertThat(codes(new Mail(null))).isEmpty();
  }

  @Test
  void a_price_is_above_zero_and_a_tax_is_not_below_it_in_every_currency() {
    for (String currency : List.of("EUR", "JPY", "KWD")) {
      Money zero = Money.parse(currency + " 0");
      Money one = Money.ofMinor(zero.getCurrencyUnit(), 1);
      assertThat(codes(new Amounts(one, zero))).isEmpty();
      assertThat(codes(new Amounts(zero, one))).containsExactly("money.positive");
      assertThat(codes(new Amounts(one.negated(), one.negated())))
          .containsExactly("money.positive", "money.non-negative");
    }
  }

  @Test
  void no_amount_is_greater_than_providers_can_be_told() {
    Money cent = Money.parse("EUR 0.01");
    Money most = Money.ofMinor(cent.getCurrencyUnit(), Long.MAX_VALUE);
    assertThat(codes(new Amounts(most, most))).isEmpty();
    assertThat(codes(new Amounts(most.plus(cent), most.plus(cent))))
        .containsExactly("money.overflow", "money.overflow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "order-1", "A.b_c:d-9", "1234567890123456", "id" + VISA, "1." + VISA})
  void plain_identifiers_are_accepted(String id) {
    assertThat(codes(new Id(id))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\n", "ä", "a/b", "\u0000", "${x}", "{max}", "a\u202Eb", "１"})
  void an_identifier_with_other_characters_is_refused(String id) {
    assertThat(codes(new Id(id))).containsExactly("identifier");
  }

  @Test
  void an_identifier_is_as_long_as_its_maximum_allows() {
    assertThat(codes(new Id("x".repeat(255)))).isEmpty();
    assertThat(codes(new Id("x".repeat(256)))).containsExactly("identifier");
    assertThat(codes(new ShortId("abcd"))).isEmpty();
    assertThat(codes(new ShortId("abcde"))).containsExactly("identifier");
  }

  @ParameterizedTest
  @ValueSource(strings = {VISA, "4111-1111-1111-1111", "4111.1111.1111.1111", "378282246310005"})
  void an_identifier_that_is_a_card_number_as_a_whole_is_refused(String id) {
    assertThat(codes(new Id(id))).containsExactly("card-number");
  }

  @Test
  void a_callers_key_is_an_identifier_that_stands_for_no_operation_of_ours() {
    assertThat(codes(new Key("order-1:gatehouse:2"))).isEmpty();
    assertThat(codes(new Key("gatehouse"))).isEmpty();
    assertThat(codes(new Key("x".repeat(255)))).isEmpty();
    assertThat(codes(new Key("gatehouse:"))).containsExactly("key.reserved");
    assertThat(codes(new Key("gatehouse:excess:cap:1"))).containsExactly("key.reserved");
    assertThat(codes(new Key(VISA))).containsExactly("card-number");
    for (String other : List.of("", " ", "a b", "a\n", "ä", "x".repeat(256), "x".repeat(1 << 20))) {
      assertThat(codes(new Key(other))).containsExactly("identifier");
    }
  }

  @Test
  void a_providers_id_is_whatever_the_provider_makes_up_on_one_visible_word() {
    for (String id : List.of("ch_1", "dHJhbnNfMQ==", "a/b+c~{}", VISA, "8515131751004933")) {
      assertThat(codes(new Theirs(id))).as(id).isEmpty();
    }
    for (String id : List.of("", " ", "a b", "a\r\nb", "\u0000", "\u007F", "é", "x".repeat(21))) {
      assertThat(codes(new Theirs(id))).as(id).containsExactly("pattern");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O'Brien",
        "株式会社",
        "مرحبا\u200F",
        "می\u200Cخواهم",
        "👨\u200D👩\u200D👧",
        "😀😀😀😀😀😀😀😀😀😀",
        "{max}",
        "${1+1}"
      })
  void names_in_every_script_and_emoji_are_accepted(String name) {
    assertThat(codes(new Name(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\rb",
        "a\nb",
        "a\r\nb",
        "a\u0000b",
        "a\tb",
        "a\u001Bb",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u202Eb",
        "a\u202Db",
        "a\uD800b",
        "\uDC00"
      })
  void control_characters_and_halves_of_characters_are_refused(String name) {
    assertThat(codes(new Name(name))).containsExactly("single-line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00A0", "\u3000", "\u200B\u200D", "\uFEFF"})
  void a_name_that_shows_nothing_is_blank(String name) {
    assertThat(codes(new Name(name))).containsExactly("not-blank");
  }

  @Test
  void the_length_of_a_line_counts_code_points() {
    assertThat(codes(new Name("😀".repeat(10)))).isEmpty();
    assertThat(codes(new Name("😀".repeat(11)))).containsExactly("too-long");
  }

  @Test
  void all_that_is_wrong_with_a_line_is_reported_at_once() {
    assertThat(codes(new Name("Ann\n" + VISA)))
        .containsExactly("card-number", "single-line", "too-long");
  }

  @Test
  void a_megabyte_is_checked_to_its_end() {
    assertThat(codes(new Note("x ".repeat(500_000)))).isEmpty();
    assertThat(codes(new Note("7 ".repeat(500_000) + "x " + VISA))).contains("card-number");
    assertThat(codes(new Note("7".repeat(1_000_000)))).isEmpty();
    assertThat(codes(new Name("x".repeat(1_000_000)))).containsExactly("too-long");
    assertThat(codes(new Id("x".repeat(1_000_000)))).containsExactly("identifier");
    assertThat(codes(new Link("https://a/" + "x".repeat(1_000_000)))).containsExactly("https-url");
    assertThat(codes(new Mail("x".repeat(1_000_000) + "@a.b"))).containsExactly("email");
  }

  @Test
  void free_text_may_have_lines_but_no_card_number() {
    assertThat(codes(new Free("first line\r\nsecond line"))).isEmpty();
    assertThat(codes(new Free("my card:\n" + VISA + "\nthanks"))).containsExactly("card-number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "HTTPS://example.com/a?b=c#d",
        "https://example.com:8443/%E2%82%AC",
        "https://xn--bcher-kva.example/",
        "https://[2001:db8::1]/",
        "http://localhost:8080/back",
        "http://127.0.0.1/",
        "http://127.255.0.9:1/",
        "http://[::1]:8080/"
      })
  void secure_addresses_and_plain_loopback_ones_are_accepted(String url) {
    assertThat(codes(new Link(url))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "#top",
        "/path",
        "//example.com/",
        "https:",
        "https:example.com",
        "https://",
        "https:///path",
        "https://#top",
        "http://example.com/",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.256/",
        "http://localhost.example.com/",
        "http://10.0.0.1/",
        "ftp://example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user@example.com/",
        "https://user:pw@example.com/",
        "https://@example.com/",
        "https://example.com\\@evil.example/",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com/a b",
        "https://example.com/a\r\nX: y",
        "https://example.com/\u0000",
        "https://example.com/\u202Egpj",
        "https://exämple.com/",
        "https://${host}/",
        "https://{host}/"
      })
  void every_other_address_is_refused(String url) {
    assertThat(codes(new Link(url))).containsExactly("https-url");
  }

  @Test
  void a_uri_obeys_the_same_rule_as_a_text() {
    assertThat(codes(new ShortLink(URI.create("https://a.example/")))).isEmpty();
    assertThat(codes(new ShortLink(URI.create("http://a.example/")))).containsExactly("https-url");
    assertThat(codes(new ShortLink(URI.create("https://a.example/xyz"))))
        .containsExactly("https-url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b.example", "ann.o'hara+tag@mail.example", "用户@例子.example", "a@localhost"})
  void usual_and_international_mail_addresses_are_accepted(String email) {
    assertThat(codes(new Mail(email))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@",
        "a@",
        "@b.example",
        "a@@b.example",
        "a@b@c.example",
        "a b@c.example",
        "a\u00A0b@c.example",
        "a@b.example\r\nBcc: c@d.example",
        "a\u0000@b.example",
        "a\u200B@b.example",
        "Ann <a@b.example>",
        "a,b@c.example",
        "a@.example",
        "a@b..example",
        "a@b.example.",
        "a@-b.example",
        "a@b-.example",
        "a@b\uD800.example"
      })
  void every_other_mail_address_is_refused(String email) {
    assertThat(codes(new Mail(email))).containsExactly("email");
  }

  @Test
  void a_mail_address_is_bounded_in_all_its_parts() {
    String domain = ("d".repeat(61) + ".").repeat(3) + "example"; // 193 characters
    assertThat(codes(new Mail("a".repeat(60) + "@" + domain))).isEmpty(); // 254
    assertThat(codes(new Mail("a".repeat(61) + "@" + domain))).containsExactly("email");
    assertThat(codes(new Mail("a".repeat(64) + "@b.example"))).isEmpty();
    assertThat(codes(new Mail("a".repeat(65) + "@b.example"))).containsExactly("email");
    assertThat(codes(new Mail("a@" + "b".repeat(63) + ".example"))).isEmpty();
    assertThat(codes(new Mail("a@" + "b".repeat(64) + ".example"))).containsExactly("email");
  }

  private static List<String> codes(Object bean) {
    return VALIDATOR.problems(bean, Locale.ENGLISH).stream().map(Problem::code).toList();
  }
}
