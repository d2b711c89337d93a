package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessagesTest {
  private static final URI URI_OK = URI.create("https://api.example.com/v1/charges");
  private static final String SECRET = "sk_live_do_not_show";

  private static List<String> problemsOf(String method, URI uri, HttpHeaders headers, byte[] body) {
    InvalidInputException thrown =
        catchThrowableOfType(
            InvalidInputException.class, () -> new HttpRequest(method, uri, headers, body));
    assertThat(thrown).as("refused").isNotNull();
    assertThat(thrown.getMessage()).doesNotContain(SECRET).doesNotContainPattern("[\\r\\n]");
    return thrown.problems().stream().map(Problem::code).toList();
  }

  private static List<String> problemsOf(HttpHeaders headers) {
    return problemsOf("POST", URI_OK, headers, new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "\u007f", "naïve", "日本", "a\u2028b"})
  void a_header_value_that_could_start_another_line_is_refused(String value) {
    assertThat(problemsOf(HttpHeaders.none().with("X-Note", SECRET + value)))
        .containsExactly("http.header-value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X Y", "X:", "X\r\nY", SECRET + "\n", "é", ":authority"})
  void a_header_name_that_is_no_token_is_refused(String name) {
    assertThat(problemsOf(HttpHeaders.none().with(name, "v"))).containsExactly("http.header-name");
  }

  @Test
  void of_all_characters_only_those_of_rfc_9110_make_a_header() {
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      HttpHeaders named = HttpHeaders.none().with("x" + (char) c, "v");
      HttpHeaders valued = HttpHeaders.none().with("x", "v" + (char) c);
      names.append(isTaken(named) ? (char) c : "");
      values.append(isTaken(valued) ? (char) c : "");
    }
    assertThat(names.toString())
        .isEqualTo("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
    assertThat(values.toString())
        .isEqualTo(
            "\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                + "abcdefghijklmnopqrstuvwxyz{|}~");
  }

  @Test
  void a_header_name_has_at_most_200_characters() {
    assertThat(isTaken(HttpHeaders.none().with("x".repeat(200), ""))).isTrue();
    assertThat(isTaken(HttpHeaders.none().with("x".repeat(201), ""))).isFalse();
  }

  private static boolean isTaken(HttpHeaders headers) {
    return RequestRules.problems("POST", URI_OK, headers, new byte[0]).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "TRANSFER-ENCODING", "Connection", "Expect"})
  void a_header_that_frames_the_message_is_refused(String name) {
    assertThat(problemsOf(HttpHeaders.none().with(name, "v")))
        .containsExactly("http.header-reserved");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "get", "GET /", "POST\r\n", "CONNECT", "TRACE"})
  void a_method_that_is_malformed_or_dangerous_is_refused(String method) {
    assertThat(problemsOf(method, URI_OK, HttpHeaders.none(), new byte[0]))
        .containsExactly("http.method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.com", "file:///etc/passwd", "/v1", "mailto:a@b.c"})
  void a_uri_that_is_not_http_is_refused(String uri) {
    assertThat(problemsOf("GET", URI.create(uri), HttpHeaders.none(), new byte[0]))
        .containsExactly("http.scheme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https:/v1",
        "https:opaque",
        "https://under_score/",
        "https://a:0",
        "https://a:65536"
      })
  void a_uri_without_a_valid_host_and_port_is_refused(String uri) {
    assertThat(problemsOf("GET", URI.create(uri), HttpHeaders.none(), new byte[0]))
        .containsExactly("http.host");
  }

  @Test
  void credentials_and_fragments_in_a_uri_are_refused() {
    URI uri = URI.create("https://" + SECRET + ":x@example.com/#" + SECRET);

    assertThat(problemsOf("GET", uri, HttpHeaders.none(), new byte[0]))
        .containsExactly("http.user-info", "http.fragment");
  }

  @Test
  void every_problem_of_a_request_is_reported_at_once() {
    HttpHeaders headers = HttpHeaders.none().with("ok", "v").with("bad name", "v").with("x", "\n");

    assertThat(problemsOf("get", null, headers, null))
        .containsExactly(
            "http.method", "http.missing", "http.header-name", "http.header-value", "http.missing");
    assertThat(problemsOf("GET", URI_OK, null, new byte[0])).containsExactly("http.missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "http://10.0.0.1/",
        "HTTP://example.com/",
        "http://0.0.0.0/",
        "http://[::2]/",
        "http://[::ffff:10.0.0.1]/"
      })
  void plain_http_is_refused_off_loopback(String uri) {
    ConfigurationException thrown =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> new HttpRequest("GET", URI.create(uri), HttpHeaders.none(), new byte[0]));

    assertThat(thrown.problems()).extracting(Problem::code).containsExactly("http.plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/",
        "http://LOCALHOST:1/",
        "http://127.0.0.1/",
        "http://127.9.9.9/",
        "http://[::1]:8080/",
        "https://api.example.com/",
        "HTTPS://api.example.com:8443/"
      })
  void plain_http_is_allowed_on_loopback_and_https_everywhere(String uri) {
    HttpRequest request = new HttpRequest("GET", URI.create(uri), HttpHeaders.none(), new byte[0]);

    assertThat(request.uri()).hasToString(uri);
  }

  @Test
  void nothing_shows_a_secret_as_text() {
    HttpHeaders headers =
        HttpHeaders.none().with("Authorization", SECRET).with("X-Api-Key", SECRET);
    URI uri = URI.create("https://api.example.com/v1/charges?key=" + SECRET);
    HttpRequest request = new HttpRequest("POST", uri, headers, SECRET.getBytes(UTF_8));
    HttpResponse response = new HttpResponse(200, headers, SECRET.getBytes(UTF_8));

    assertThat(request)
        .hasToString(
            "POST https://api.example.com/v1/charges?… [Authorization, X-Api-Key] 19 bytes");
    assertThat(response).hasToString("200 [Authorization, X-Api-Key] 19 bytes");
    assertThat(headers.fields().toString()).isEqualTo("[Authorization, X-Api-Key]");
  }

  @Test
  void a_hostile_header_name_of_an_answer_stays_on_one_short_line() {
    HttpHeaders headers = HttpHeaders.none().with("a\r\nb\u001b" + "x".repeat(500), "v");

    assertThat(headers.toString()).startsWith("[a??b?xxx").hasSize(103);
  }

  @Test
  void headers_keep_their_order_and_do_not_care_about_case() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    map.put("B", List.of("1", "2"));
    map.put("a", List.of("3"));
    HttpHeaders headers = HttpHeaders.of(map).with("b", "4");

    assertThat(headers.all("b")).containsExactly("1", "2", "4");
    assertThat(headers.first("A")).contains("3");
    assertThat(headers.first("c")).isEmpty();
    assertThat(headers.fields())
        .extracting(HttpHeaders.Field::value)
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void missing_parts_are_refused_with_a_typed_error() {
    Map<String, List<String>> noValue =
        Collections.singletonMap("a", Collections.singletonList(null));
    List<Throwable> thrown =
        Arrays.asList(
            catchThrowable(() -> HttpHeaders.of(null)),
            catchThrowable(() -> HttpHeaders.of(noValue)),
            catchThrowable(() -> HttpHeaders.of(Collections.singletonMap("a", null))),
            catchThrowable(() -> HttpHeaders.none().with(null, "v")),
            catchThrowable(() -> HttpHeaders.none().with("n", null)),
            catchThrowable(() -> new HttpResponse(200, null, new byte[0])),
            catchThrowable(() -> new HttpResponse(200, HttpHeaders.none(), null)));

    assertThat(thrown).hasOnlyElementsOfType(InvalidInputException.class);
  }

  @Test
  void a_message_keeps_its_body_whatever_happens_to_the_array() {
    byte[] body = {1, 2};
    HttpRequest request = new HttpRequest("POST", URI_OK, HttpHeaders.none(), body);
    HttpResponse response = new HttpResponse(200, HttpHeaders.none(), body);
    body[0] = 9;
    request.body()[0] = 9;
    response.body()[0] = 9;

    assertThat(request.body()).containsExactly(1, 2);
    assertThat(response.body()).containsExactly(1, 2);
    assertThat(request)
        .isEqualTo(new HttpRequest("POST", URI_OK, HttpHeaders.none(), new byte[] {1, 2}))
        .isNotEqualTo(new HttpRequest("POST", URI_OK, HttpHeaders.none(), new byte[] {9, 2}));
    assertThat(response)
        .isEqualTo(new HttpResponse(200, HttpHeaders.none(), new byte[] {1, 2}))
        .isNotEqualTo(new HttpResponse(200, HttpHeaders.none(), new byte[] {9, 2}));
  }

  @Test
  void options_report_every_wrong_setting_at_once() {
    GatehouseException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> new HttpOptions(Duration.ZERO, 0));

    assertThat(thrown.problems())
        .extracting(Problem::field)
        .containsExactly("http.connect-timeout", "http.max-response-bytes");
    assertThat(catchThrowable(() -> HttpOptions.defaults().withConnectTimeout(null)))
        .isInstanceOf(ConfigurationException.class);
    assertThat(catchThrowable(() -> HttpOptions.defaults().withMaxResponseBytes(Integer.MAX_VALUE)))
        .isInstanceOf(ConfigurationException.class);
  }
}
