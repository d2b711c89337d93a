package dev.gatehouse.testkit.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.spec.SpecException.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that holding against a description can fail, with forms. */
class StripeSpecTest {
  private static final String CREATE = "/v1/payment_intents";

  private final ApiSpec spec = Specs.load(StripeSpec.FILE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount=100&currency=usd",
        "amount=100&currency=usd&metadata[order]=7&expand[]=latest_charge&expand[]=customer",
        "amount=100&currency=usd&off_session=true",
        "amount=100&currency=usd&off_session=one_off",
        "amount=100&currency=usd&automatic_payment_methods[enabled]=true",
        "amount=100&currency=usd&payment_method_types[0]=card&payment_method_types[1]=ideal",
        "amount=100&currency=usd&description=caf%C3%A9+%26+more",
      })
  void a_right_form_is_accepted(String form) {
    assertThat(spec.requestProblems(post(CREATE, form))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "currency=usd, amount",
    "amount=1.5&currency=usd, amount",
    "amount=100&currency=usd&surprise=1, surprise",
    "amount=100&currency=usd&confirm=yes, confirm",
    "amount=100&currency=usd&capture_method=sometime, capture_method",
    "amount=100&currency=usd&expand=latest_charge, expand",
    "amount=100&currency=usd&automatic_payment_methods[allow_redirects]=never, enabled",
    "amount=100&currency=usd&automatic_payment_methods[enabled]=1, enabled",
    "amount=100&amount=200&currency=usd, again",
    "amount=100&currency=usd&metadata[a[b]]=1, malformed",
    "amount=100&currency=usd&off_session=perhaps, off_session",
  })
  void a_wrong_form_is_rejected_by_name(String form, String name) {
    assertThat(spec.requestProblems(post(CREATE, form)))
        .isNotEmpty()
        .anySatisfy(problem -> assertThat(problem).contains(name));
  }

  @Test
  void a_wrong_content_type_path_or_method_is_rejected() {
    assertThat(spec.requestProblems(request("POST", CREATE, "application/json", "{}")))
        .singleElement()
        .asString()
        .contains("content-type");
    assertThat(spec.requestProblems(post("/v1/payment_intent", "")))
        .singleElement()
        .asString()
        .contains("no such operation");
    assertThat(spec.requestProblems(request("PUT", CREATE, "", ""))).isNotEmpty();
  }

  @Test
  void a_query_is_held_against_its_parameters() {
    assertThat(spec.requestProblems(get(CREATE + "?limit=5&created[gte]=17"))).isEmpty();
    assertThat(spec.requestProblems(get(CREATE + "?created=17"))).isEmpty();
    assertThat(spec.requestProblems(get(CREATE + "?limit=some"))).isNotEmpty();
    assertThat(spec.requestProblems(get(CREATE + "?created[gte]=now"))).isNotEmpty();
    assertThat(spec.requestProblems(get(CREATE + "?page=2"))).isNotEmpty();
  }

  @Test
  void an_answer_is_held_against_the_description_of_its_status() {
    HttpRequest asked = get("/v1/refunds/re_1");
    String right =
        "{'id':'re_1','object':'refund','amount':5,'currency':'usd','created':17,'charge':null,"
            + "'payment_intent':'pi_1','status':'succeeded','metadata':null}";

    assertThat(spec.responseProblems(asked, answer(200, right))).isEmpty();
    assertThat(spec.responseProblems(asked, answer(200, right.replace("'amount':5,", ""))))
        .anySatisfy(problem -> assertThat(problem).contains("amount"));
    assertThat(spec.responseProblems(asked, answer(200, right.replace("17", "'now'"))))
        .anySatisfy(problem -> assertThat(problem).contains("created"));
    assertThat(spec.responseProblems(asked, answer(200, right.replace("'pi_1'", "7"))))
        .isNotEmpty();
    assertThat(spec.responseProblems(asked, answer(200, "[]"))).isNotEmpty();
    assertThat(spec.responseProblems(asked, answer(200, "{"))).isNotEmpty();
    assertThat(spec.responseProblems(asked, answer(404, right))).isNotEmpty();
    assertThat(
            spec.responseProblems(
                asked, answer(404, "{'error':{'type':'invalid_request_error','code':'gone'}}")))
        .isEmpty();
  }

  @Test
  void an_exception_lets_one_parameter_through_and_is_reported_when_unused() {
    SpecException newer =
        new SpecException(
            Part.REQUEST_BODY, "POST " + CREATE, List.of("surprise", "card"), "for this test");
    ApiSpec allowing = spec.allowing(List.of(newer));

    assertThat(allowing.unusedExceptions()).containsExactly(newer);
    assertThat(allowing.requestProblems(post(CREATE, "amount=1&currency=usd&other[card]=1")))
        .isNotEmpty();
    assertThat(
            allowing.requestProblems(
                post(CREATE, "amount=1&currency=usd&surprise[card]=1&surprise[cash]=1")))
        .isNotEmpty();
    assertThat(allowing.unusedExceptions()).isEmpty();
  }

  private static HttpRequest get(String path) {
    return request("GET", path.replace("[", "%5B").replace("]", "%5D"), "", "");
  }

  private static HttpRequest post(String path, String form) {
    return request("POST", path, "application/x-www-form-urlencoded;charset=UTF-8", form);
  }

  private static HttpRequest request(String method, String path, String type, String body) {
    HttpHeaders headers = HttpHeaders.none();
    return new HttpRequest(
        method,
        URI.create("https://api.stripe.com" + path),
        type.isEmpty() ? headers : headers.with("Content-Type", type),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse answer(int status, String json) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", "application/json"),
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
