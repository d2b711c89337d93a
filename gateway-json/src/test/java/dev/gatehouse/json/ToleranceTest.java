package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.Problem;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What another version wrote, or a database arranged anew, is read for what it says. */
class ToleranceTest {
  static List<Sample<?>> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void fields_that_are_not_known_are_skipped_wherever_they_stand(Sample<?> sample) {
    JsonNode tree = Trees.of(sample);
    Trees.objects(
        tree,
        (path, object) ->
            object
                .put("laterText", "x")
                .put("laterNumber", 1.5e300)
                .putNull("laterNothing")
                .putArray("laterList")
                .addObject()
                .put("type", "y")
                .put("v", 7));

    assertThat(sample.form().read(Trees.bytes(tree))).isEqualTo(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_order_of_fields_means_nothing(Sample<?> sample) {
    JsonNode tree = Trees.of(sample);
    Trees.objects(tree, (path, object) -> reverse(object));

    assertThat(Trees.bytes(tree)).isNotEqualTo(sample.bytes());
    assertThat(sample.form().read(Trees.bytes(tree))).isEqualTo(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void white_space_means_nothing(Sample<?> sample) {
    byte[] wide = Trees.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(Trees.of(sample));

    assertThat(sample.form().read(wide)).isEqualTo(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void escapes_mean_the_characters_that_they_stand_for(Sample<?> sample) {
    assertThat(sample.form().read(utf8(escaped(sample.text())))).isEqualTo(sample.value());
  }

  /** A later version adds a field: what was written before has to be read as if it had it. */
  @Test
  void a_field_says_what_stands_for_it_where_it_is_missing() {
    var f = new Fields<Decline>();
    var code = f.add("code", Decline::code, Scalars.word(DeclineCode.class));
    var advice =
        f.add(
            "advice",
            Decline::advice,
            Scalars.word(DeclineAdvice.class).orElse(DeclineAdvice.NONE));
    Shape<Decline> shape = f.to(v -> new Decline(v.get(code), v.get(advice), "", ""));

    assertThat(read(shape, "{\"code\":\"LOST_CARD\"}"))
        .isEqualTo(Decline.of(DeclineCode.LOST_CARD));
    assertThat(Jackson.text(shape, Decline.of(DeclineCode.LOST_CARD)))
        .isEqualTo("{\"code\":\"LOST_CARD\"}");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_missing_field_is_read_as_empty_or_named(Sample<?> sample) {
    Set<String> named = new TreeSet<>();
    for (Trees.Place of : Trees.places(Trees.of(sample))) {
      JsonNode tree = Trees.of(sample);
      Trees.Place place = same(of, tree);
      if (place.holder() instanceof ObjectNode object) {
        object.remove((String) place.key());
        try {
          assertThat(sample.form().read(Trees.bytes(tree)))
              .as("without %s", place.path())
              .isNotEqualTo(sample.value());
        } catch (UnreadableJsonException e) {
          assertThat(problem(e).code()).isEqualTo("json.missing");
          assertThat(problem(e).field()).isEqualTo(place.path());
          named.add(place.path());
        }
      }
    }
    assertThat(named).contains("$.v");
  }

  @Test
  void an_event_of_a_newer_version_is_read_as_far_as_it_is_known() {
    Sample<?> sample = event(PaymentCaptured.class.getSimpleName());

    assertThat(Json.EVENT.read(utf8(sample.text().replace("\"v\":1", "\"v\":2"))))
        .isEqualTo(sample.value());
  }

  @Test
  void a_record_of_a_newer_version_is_refused_for_writing_it_back_would_lose_something() {
    for (Sample<?> sample : Samples.records()) {
      int version = Trees.of(sample).get("v").intValue();
      byte[] newer = utf8(sample.text().replace("{\"v\":" + version, "{\"v\":" + (version + 1)));

      assertThatThrownBy(() -> sample.form().read(newer))
          .isInstanceOfSatisfying(
              UnreadableJsonException.class,
              e -> {
                assertThat(problem(e).code()).isEqualTo("json.newer");
                assertThat(problem(e).field()).isEqualTo("$.v");
                assertThat(e).hasMessageContaining("(" + sample.form() + ")");
              });
    }
  }

  private static Sample<?> event(String type) {
    return Samples.all().stream()
        .filter(sample -> sample.name().equals("event-" + type))
        .findFirst()
        .orElseThrow();
  }

  private static <T> T read(Codec<T> codec, String json) {
    try (var in = Jackson.parser(utf8(json))) {
      in.nextToken();
      return codec.read(in);
    }
  }

  private static Trees.Place same(Trees.Place place, JsonNode tree) {
    return Trees.places(tree).stream()
        .filter(p -> p.path().equals(place.path()) && p.key().equals(place.key()))
        .findFirst()
        .orElseThrow();
  }

  private static void reverse(ObjectNode object) {
    List<String> names = new ArrayList<>(object.propertyNames());
    Collections.reverse(names);
    for (String name : names) {
      object.set(name, object.remove(name));
    }
  }

  /** Every character of every text and name as an escape, those that are escaped already left. */
  private static String escaped(String json) {
    StringBuilder escaped = new StringBuilder();
    boolean inText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        inText = !inText;
        escaped.append(c);
      } else if (c == '\\') {
        escaped.append(c).append(json.charAt(++i));
      } else {
        escaped.append(inText ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return escaped.toString();
  }

  private static Problem problem(UnreadableJsonException e) {
    return e.problems().get(0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
