package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final Router router =
      new Router(e -> Answers.json(400, Map.of("code", e.problems().get(0).code())))
          .on("GET", "/payments/{id}", call -> Answers.json(200, Map.of("id", call.path("id"))))
          .on("POST", "/payments", RouterTest::echo)
          .on("POST", "/form", call -> text(call.form().required("a b")))
          .on("GET", "/list", call -> text(call.query().text("after").orElse("none")))
          .on("DELETE", "/list", call -> refuse());

  private static HttpResponse echo(Call call) {
    Fields body = call.json();
    return text(
        body.required("amount.value")
            + body.text("items.1").orElse("-")
            + body.flag("store")
            + body.text("nothing").isPresent());
  }

  private static HttpResponse refuse() {
    throw new Refusal(text("no"));
  }

  private static HttpResponse text(String text) {
    return Answers.body(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse ask(String method, String path, String body) {
    return router.handle(
        new HttpRequest(
            method,
            URI.create("https://bank.test" + path),
            HttpHeaders.none(),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_name_in_braces_is_what_stands_in_the_path_decoded() {
    assertThat(ask("GET", "/payments/a%2Fb+c", "").bodyAsUtf8()).isEqualTo("{\"id\":\"a/b+c\"}");
  }

  @Test
  void a_json_body_is_read_by_paths() {
    String body =
        "{\"amount\":{\"value\":\"1.50\"},\"items\":[1,\"x\"],\"store\":true,\"nothing\":null}";

    assertThat(ask("POST", "/payments", body).bodyAsUtf8()).isEqualTo("1.50xtruefalse");
  }

  @Test
  void forms_and_queries_are_decoded() {
    assertThat(ask("POST", "/form", "a+b=%C3%A4%26").bodyAsUtf8()).isEqualTo("ä&");
    assertThat(ask("GET", "/list?x=1&after=7", "").bodyAsUtf8()).isEqualTo("7");
    assertThat(ask("GET", "/list", "").bodyAsUtf8()).isEqualTo("none");
  }

  @Test
  void what_goes_wrong_is_answered_in_one_place() {
    assertThat(codes(List.of("GET /nowhere", "GET /payments/", "PUT /list", "POST /form")))
        .containsExactly(Router.PATH, Router.PATH, Router.METHOD, Router.BODY);
    assertThat(ask("POST", "/payments", "[1]").bodyAsUtf8()).contains(Router.BODY);
    assertThat(ask("POST", "/payments", "{\"amount\":").bodyAsUtf8()).contains(Router.BODY);
    assertThat(ask("POST", "/payments", "{\"a\":1,\"a\":2}").bodyAsUtf8()).contains(Router.BODY);
    assertThat(ask("POST", "/form", "a+b=%zz").bodyAsUtf8()).contains(Router.BODY);
  }

  private List<String> codes(List<String> requests) {
    return requests.stream()
        .map(each -> ask(each.split(" ")[0], each.split(" ")[1], "").bodyAsUtf8())
        .map(body -> body.split("\"")[3])
        .toList();
  }

  @Test
  void a_refusal_has_its_answer_already() {
    assertThat(ask("DELETE", "/list", "").bodyAsUtf8()).isEqualTo("no");
  }

  @Test
  void requests_are_counted_by_address() {
    ask("GET", "/payments/1", "");
    ask("GET", "/payments/2", "");

    assertThat(router.requests()).isEqualTo(Map.of("GET /payments/{id}", 2));
  }

  @Test
  void optional_fields_of_an_answer_are_left_out_when_empty() {
    HttpResponse answer =
        Answers.json(
            200, Map.of("list", List.of(Map.of("a", Optional.of(1), "b", Optional.empty()))));

    assertThat(answer.bodyAsUtf8()).isEqualTo("{\"list\":[{\"a\":1}]}");
  }
}
