package dev.gatehouse.docs;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.json.EventCatalogue;
import dev.gatehouse.json.Json;
import dev.gatehouse.testkit.conformance.HookKit;
import java.net.URI;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What an event of each type looks like outside. */
final class EventPayloads {
  private static final JsonMapper MAPPER = new JsonMapper();

  private EventPayloads() {}

  static String all() {
    return EventCatalogue.types().stream()
        .map(type -> payload(sample(type)))
        .collect(Collectors.joining("\n"));
  }

  private static LifecycleEvent sample(String type) {
    return HookKit.samples().stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no sample of " + type));
  }

  private static String payload(LifecycleEvent event) {
    String version = "v" + EventCatalogue.version(event.type());
    return "### "
        + event.type()
        + "\n\n"
        + SourceComments.of(event.getClass())
        + " [Schema "
        + version
        + "](../gateway-json/src/main/resources/dev/gatehouse/json/event/"
        + event.type()
        + "."
        + version
        + ".json).\n\n"
        + fenced(Json.EVENT.write(event));
  }

  /** One event in its envelope. */
  static String envelope() {
    return fenced(
        CloudEventForm.from(URI.create("https://shop.example")).write(sample("CustomerCreated")));
  }

  private static String fenced(byte[] json) {
    String pretty =
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json));
    return "```json\n" + pretty + "\n```\n";
  }
}
