package dev.gatehouse.testkit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.TestClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * That the portal demands and answers what HubSpot's description of contacts, version 3, says is
 * required, in its schemas of batches, contacts and errors.
 */
class HubSpotEmulatorTest {
  private static final String ONE =
      "{\"inputs\":[{\"idProperty\":\"email\",\"id\":\"a@b.example\",\"objectWriteTraceId\":\"7\","
          + "\"properties\":{\"email\":\"a@b.example\",\"%s\":\"x\"}}]}";

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final HubSpotEmulator hubspot = new HubSpotEmulator(clock, "sesame");

  private HttpResponse post(String path, String body) {
    return hubspot.handle(
        new HttpRequest(
            "POST",
            URI.create("https://hubspot.test/crm/v3/objects/contacts" + path),
            HttpHeaders.none().with("authorization", "Bearer sesame"),
            body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode json(HttpResponse response) {
    return HubSpotForms.MAPPER.readTree(response.body());
  }

  private static void demand(JsonNode shown, String... required) {
    assertThat(List.of(required)).as(shown.toString()).allMatch(shown::has);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/batch/read|{'inputs':[{'id':'1'}],'properties':[]}",
        "/batch/read|{'inputs':[{}],'properties':[],'propertiesWithHistory':[]}",
        "/batch/read|{'properties':[],'propertiesWithHistory':[]}",
        "/batch/upsert|{'inputs':[{'id':'a@b.example'}]}",
        "/batch/upsert|{'inputs':[]}",
        "/batch/update|{'inputs':[{'properties':{}}]}",
        "/batch/update|{'inputs':[{'id':'1','properties':{}},{'id':'1','properties':{}}]}",
        "/gdpr-delete|{}",
        "/gdpr-delete|no JSON"
      })
  void what_lacks_something_is_refused_as_a_whole(String path, String body) {
    HttpResponse refused = post(path, body);

    assertThat(refused.status()).isEqualTo(400);
    demand(json(refused), "category", "correlationId", "message");
  }

  @Test
  void batches_contacts_and_errors_have_what_is_required() {
    JsonNode made = json(post("/batch/upsert", ONE.formatted("firstname")));
    demand(made, "completedAt", "results", "startedAt", "status");
    demand(made.path("results").path(0), "createdAt", "id", "new", "properties", "updatedAt");
    assertThat(made.path("results").path(0).path("new").asBoolean()).isTrue();
    JsonNode again = json(post("/batch/upsert", ONE.formatted("firstname")));
    assertThat(again.path("results").path(0).path("new").asBoolean()).isFalse();

    HttpResponse refused = post("/batch/upsert", ONE.formatted("nothing"));
    assertThat(refused.status()).isEqualTo(207);
    JsonNode error = json(refused).path("errors").path(0);
    demand(error, "category", "context", "errors", "links", "message", "status");
    demand(error.path("errors").path(0), "message");
    assertThat(error.path("context").path("objectWriteTraceId").path(0).asString()).isEqualTo("7");

    HttpResponse read =
        post(
            "/batch/read",
            "{'inputs':[{'id':'a@b.example'},{'id':'c@d.example'}],'idProperty':'email',"
                + "'properties':['email'],'propertiesWithHistory':[]}");
    assertThat(read.status()).isEqualTo(207);
    demand(json(read).path("results").path(0), "createdAt", "id", "properties", "updatedAt");
    assertThat(json(read).path("errors").path(0).path("context").path("ids").toString())
        .isEqualTo("[\"c@d.example\"]");
  }

  @Test
  void what_is_left_of_a_limit_is_shown_and_what_is_beyond_names_its_policy() {
    hubspot.limit(2, 3, ZoneOffset.UTC);
    HttpResponse first = post("/gdpr-delete", "{'objectId':'1'}");
    assertThat(first.headers().first("x-hubspot-ratelimit-remaining")).contains("1");
    assertThat(first.headers().first("x-hubspot-ratelimit-daily-remaining")).contains("2");
    post("/gdpr-delete", "{'objectId':'1'}");
    HttpResponse many = post("/gdpr-delete", "{'objectId':'1'}");
    assertThat(many.status()).isEqualTo(429);
    assertThat(json(many).path("policyName").asString()).isEqualTo("TEN_SECONDLY_ROLLING");

    clock.advance(Duration.ofSeconds(10));
    assertThat(post("/gdpr-delete", "{'objectId':'1'}").status()).isEqualTo(404);
    assertThat(json(post("/gdpr-delete", "{}")).path("policyName").asString()).isEqualTo("DAILY");
    clock.advance(Duration.ofHours(12));
    assertThat(post("/gdpr-delete", "{'objectId':'1'}").status()).isEqualTo(404);
    assertThat(hubspot.refusals()).isEqualTo(2);
  }
}
