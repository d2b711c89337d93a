package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.event.LifecycleEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nothing is forgotten: neither a record, nor a component, nor an event. */
class CoverageTest {
  /** What is named otherwise, and why. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "v", "the version of the shape",
          "currency", "of money",
          "amount", "of money",
          "total", "a running total: key and counter in one");

  @Test
  void every_component_of_every_record_is_filled_in_some_fixture() {
    Set<String> filled = new TreeSet<>();
    Samples.all().forEach(sample -> note(sample.value(), filled));
    note(Samples.delivery(), filled);
    Set<String> all =
        Reached.records().stream()
            .flatMap(CoverageTest::components)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(Reached.records()).hasSizeGreaterThan(55);
    assertThat(all).hasSizeGreaterThan(200);
    all.removeAll(filled);
    assertThat(all).as("never filled").isEmpty();
  }

  @Test
  void names_are_those_of_the_components() {
    Set<String> known =
        Reached.records().stream()
            .flatMap(type -> Part.of(type).stream())
            .map(Part::name)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(OTHER_NAMES.keySet());
    Set<String> written = new TreeSet<>();
    Samples.all().forEach(sample -> names(Trees.of(sample), written));

    assertThat(written).hasSizeGreaterThan(80);
    assertThat(known).containsAll(written);
  }

  @Test
  void every_type_of_event_has_a_form_under_its_own_name() {
    Set<Class<?>> types = new HashSet<>(List.of(LifecycleEvent.class.getPermittedSubclasses()));

    assertThat(EventForms.EVENT.variants().stream().map(Union.Variant::type))
        .hasSize(types.size())
        .allMatch(types::contains);
    assertThat(EventSamples.all().stream().map(Object::getClass)).hasSameSizeAs(types);
    assertThat(EventSamples.all())
        .hasSize(EventForms.EVENT.variants().size())
        .allSatisfy(
            event ->
                assertThat(Trees.MAPPER.readTree(Json.EVENT.write(event)).get("type").stringValue())
                    .isEqualTo(event.type()));
  }

  private static Stream<String> components(Class<?> type) {
    return Part.of(type).stream().map(part -> type.getName() + "." + part.name());
  }

  /** Notes which components hold something in this value and in what it is made of. */
  private static void note(Object value, Set<String> filled) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> note(inner, filled));
    } else if (value instanceof Collection<?> many) {
      many.forEach(inner -> note(inner, filled));
    } else if (value instanceof Map<?, ?> map) {
      note(map.keySet(), filled);
      note(map.values(), filled);
    } else if (Part.areIn(value.getClass())) {
      for (Part part : Part.of(value.getClass())) {
        Object inner = part.in(value);
        if (!isEmpty(inner)) {
          filled.add(value.getClass().getName() + "." + part.name());
        }
        note(inner, filled);
      }
    }
  }

  private static boolean isEmpty(Object value) {
    return value.equals(Optional.empty())
        || (value instanceof Collection<?> many && many.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof Number number && number.longValue() == 0)
        || value.equals(false)
        || value.equals("");
  }

  private static void names(JsonNode node, Set<String> names) {
    node.propertyStream()
        .forEach(
            field -> {
              names.add(field.getKey());
              names(field.getValue(), names);
            });
    if (node.isArray()) {
      node.forEach(item -> names(item, names));
    }
  }
}
