package dev.gatehouse.testkit.simulator;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.EventCatalogue;
import dev.gatehouse.json.Json;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** Holds every event that is committed against its schema, as it is told outside. Thread-safe. */
public final class EventsAsTold {
  private static final Map<String, Schema> SCHEMAS = schemas();

  private final Set<String> types = new ConcurrentSkipListSet<>();

  private static Map<String, Schema> schemas() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    return EventCatalogue.types().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                type -> type,
                type ->
                    registry.getSchema(EventCatalogue.schema(type, EventCatalogue.version(type)))));
  }

  /** A store in memory that holds events against their schemas. */
  public static SimulatedStore inMemory() {
    SimulatedStore plain = SimulatedStore.inMemory();
    Store store = new EventsAsTold().in(plain.of("all"));
    return new SimulatedStore() {
      @Override
      public Store of(String process) {
        return store;
      }

      @Override
      public void died(String process) {
        plain.died(process);
      }

      @Override
      public void close() {
        plain.close();
      }
    };
  }

  /** This store, of which every commit is looked at first. */
  Store in(Store behind) {
    return (Store)
        Proxy.newProxyInstance(
            EventsAsTold.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit")) {
                ((Commit) arguments[0]).events().forEach(added -> hold(added.event()));
              }
              try {
                return method.invoke(behind, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void hold(LifecycleEvent event) {
    types.add(event.type());
    String json = new String(Json.EVENT.write(event), StandardCharsets.UTF_8);
    SCHEMAS
        .get(event.type())
        .validate(json, InputFormat.JSON)
        .forEach(
            error -> {
              throw new AssertionError(event.type() + " is not as its schema says: " + error);
            });
  }

  /** The types of which there was one. */
  Set<String> types() {
    return types;
  }
}
