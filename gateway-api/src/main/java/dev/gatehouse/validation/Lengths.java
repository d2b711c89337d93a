package dev.gatehouse.validation;

import dev.gatehouse.error.Problem;
import jakarta.validation.constraints.Size;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses lists that are too long before their entries are looked at. A provider looks at every
 * entry, and for each violation at the whole record again: ten thousand bad lines would keep it
 * busy for most of a minute.
 */
final class Lengths {
  /** Looked up once for each type: reading annotations costs more than all the rest. */
  private static final ClassValue<List<Limit>> LIMITS =
      new ClassValue<>() {
        @Override
        protected List<Limit> computeValue(Class<?> type) {
          return limits(type);
        }
      };

  /** A component that holds several, and how many at most. */
  private record Limit(String component, Method accessor, int max) {}

  private Lengths() {}

  static List<Problem> exceeded(Object bean, @Nullable Locale locale, Messages messages) {
    List<Problem> problems = new ArrayList<>();
    for (Limit limit : LIMITS.get(bean.getClass())) {
      if (length(bean, limit.accessor()) > limit.max()) {
        Map<String, ?> limits = Map.of("max", limit.max());
        problems.add(messages.problem(limit.component(), "size", "size.at-most", locale, limits));
      }
    }
    return problems;
  }

  private static List<Limit> limits(Class<?> type) {
    List<Limit> limits = new ArrayList<>();
    RecordComponent[] components = type.getRecordComponents();
    if (components != null) {
      for (RecordComponent component : components) {
        Method accessor = component.getAccessor();
        Size size = accessor.getAnnotation(Size.class);
        if (size != null && Collection.class.isAssignableFrom(component.getType())) {
          limits.add(new Limit(component.getName(), accessor, size.max()));
        }
      }
    }
    return List.copyOf(limits);
  }

  /** A record that can't be read here is left to the provider, which says so. */
  private static int length(Object bean, Method accessor) {
    try {
      return accessor.invoke(bean) instanceof Collection<?> entries ? entries.size() : 0;
    } catch (ReflectiveOperationException unreadable) {
      return 0;
    }
  }
}
