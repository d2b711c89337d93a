package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.event.LifecycleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of a version is settled: it is made once with {@code -Dgatehouse.fixtures=write}, and
 * after that only its descriptions change; the run after that one finds it. If a record changes:
 * raise the version of its form in {@code EventForms}, and make the schema of the new one.
 */
class EventCatalogueTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/gatehouse/json/event");
  private static final String REPAIR =
      "a version never changes: raise it in EventForms; then, or if only words of comments changed,"
          + " run mvn -pl gateway-json -am test -Dtest='FixturesTest,EventCatalogueTest'"
          + " -Dgatehouse.fixtures=write -Dsurefire.failIfNoSpecifiedTests=false";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @BeforeAll
  static void write() throws IOException {
    if (!"write".equals(System.getProperty("gatehouse.fixtures"))) {
      return;
    }
    Files.createDirectories(FOLDER);
    for (Class<?> event : events().toList()) {
      Path file = file(event.getSimpleName(), EventCatalogue.version(event.getSimpleName()));
      ObjectNode schema = EventSchemas.of(event);
      if (!Files.exists(file) || Compatibility.isSame(Trees.MAPPER.readTree(file), schema)) {
        Files.writeString(file, text(schema));
      }
    }
  }

  static Stream<Class<?>> events() {
    return Arrays.stream(LifecycleEvent.class.getPermittedSubclasses());
  }

  @Test
  void every_type_of_event_is_in_the_catalogue() {
    assertThat(EventCatalogue.types())
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(events().map(Class::getSimpleName).toList());
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_schema_of_a_version_is_what_it_ever_was(Class<?> event) {
    String type = event.getSimpleName();

    assertThat(EventCatalogue.schema(type, EventCatalogue.version(type)))
        .as(REPAIR)
        .isEqualTo(text(EventSchemas.of(event)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void a_later_version_has_all_that_the_earlier_one_had(Class<?> event) {
    String type = event.getSimpleName();

    assertThat(IntStream.range(1, EventCatalogue.version(type)).boxed().toList())
        .allSatisfy(
            earlier ->
                assertThat(Compatibility.lost(settled(type, earlier), settled(type, earlier + 1)))
                    .isEmpty());
  }

  @Test
  void no_schema_is_left_over_and_none_is_missing() throws IOException {
    List<Path> wanted =
        EventCatalogue.types().stream()
            .flatMap(
                type ->
                    IntStream.rangeClosed(1, EventCatalogue.version(type))
                        .mapToObj(version -> file(type, version)))
            .toList();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @Test
  void a_field_that_is_lost_retyped_or_no_longer_sure_is_found() {
    JsonNode before = settled("CheckoutCompleted", 1);

    assertThat(Compatibility.lost(before, before)).isEmpty();
    assertThat(lost("/properties", object -> object.remove("total"))).containsExactly("$.total");
    assertThat(lost("/properties/total", object -> object.put("type", "string")))
        .contains("$.total: type");
    assertThat(lost("/properties/header/properties/at", object -> object.remove("format")))
        .containsExactly("$.header.at: format");
    assertThat(lost("/properties/lines/items/properties", object -> object.remove("quantity")))
        .containsExactly("$.lines[].quantity");
    assertThat(lost("", object -> object.putArray("required").add("type")))
        .contains("$: always has total");
    assertThat(
            lost("/properties/header/properties/mode", object -> object.putArray("enum").add("X")))
        .containsExactly("$.header.mode: LIVE", "$.header.mode: TEST");
    assertThat(lost("/properties", object -> object.putObject("more").put("type", "string")))
        .as("what is added takes nothing away")
        .isEmpty();
  }

  private static List<String> lost(String place, Consumer<ObjectNode> change) {
    JsonNode before = settled("CheckoutCompleted", 1);
    JsonNode after = before.deepCopy();
    change.accept((ObjectNode) after.at(place));
    assertThat(Compatibility.isSame(before, after)).isFalse();
    return Compatibility.lost(before, after);
  }

  @Test
  void other_words_of_a_description_change_no_version() {
    JsonNode before = settled("CheckoutCompleted", 1);
    JsonNode after = before.deepCopy();
    ((ObjectNode) after.at("/properties/total")).put("description", "in other words");

    assertThat(Compatibility.isSame(before, after)).isTrue();
  }

  static List<Sample<?>> samples() {
    return Samples.all().stream().filter(sample -> sample.form() == Json.EVENT).toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void an_event_is_as_its_schema_says(Sample<?> sample) {
    LifecycleEvent event = (LifecycleEvent) sample.value();
    for (int version = 1; version <= EventCatalogue.version(event.type()); version++) {
      assertThat(schema(event.type(), version).validate(Trees.of(sample))).isEmpty();
    }
  }

  /** Each place is taken away and is something else: whoever reads refuses it, and so it does. */
  @ParameterizedTest
  @MethodSource("samples")
  void the_schema_refuses_what_the_form_refuses_and_lets_pass_what_it_reads(Sample<?> sample) {
    String type = ((LifecycleEvent) sample.value()).type();
    Schema schema = schema(type, EventCatalogue.version(type));
    int count = 0;
    for (int place = 0; place < Trees.places(Trees.of(sample)).size(); place++) {
      for (JsonNode other : others()) {
        JsonNode changed = Trees.of(sample);
        Trees.Place where = Trees.places(changed).get(place);
        if (other.isMissingNode() && where.holder() instanceof ObjectNode object) {
          object.remove((String) where.key());
        } else if (!other.isMissingNode()) {
          where.put(other);
        }
        boolean isRead = isRead(changed);
        assertThat(schema.validate(changed).isEmpty())
            .as("%s of %s as %s", where.path(), sample, other)
            .isEqualTo(isRead);
        count += isRead ? 0 : 1;
      }
    }
    assertThat(count).isGreaterThan(10);
  }

  private static List<JsonNode> others() {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return List.of(
        make.missingNode(),
        make.nullNode(),
        make.numberNode(-7),
        make.booleanNode(true),
        make.arrayNode().add(make.numberNode(1)),
        make.objectNode());
  }

  private static boolean isRead(JsonNode event) {
    try {
      Json.EVENT.read(Trees.bytes(event));
      return true;
    } catch (UnreadableJsonException e) {
      return false;
    }
  }

  @Test
  void what_is_not_in_the_catalogue_is_told_so() {
    assertThatThrownBy(() -> EventCatalogue.version("NothingHappened"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> EventCatalogue.schema("CheckoutCompleted", 0))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> EventCatalogue.schema("CheckoutCompleted", 99))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no such version");
  }

  private static Schema schema(String type, int version) {
    return REGISTRY.getSchema(EventCatalogue.schema(type, version));
  }

  private static JsonNode settled(String type, int version) {
    return Trees.MAPPER.readTree(EventCatalogue.schema(type, version));
  }

  private static Path file(String type, int version) {
    return FOLDER.resolve(type + ".v" + version + ".json");
  }

  private static String text(JsonNode schema) {
    return Trees.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }
}
