package dev.gatehouse.validation;

import dev.gatehouse.error.Problem;
import jakarta.validation.constraints.Size;
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
  private Lengths() {}

  static List<Problem> exceeded(Object bean, @Nullable Locale locale, Messages messages) {
    List<Problem> problems = new ArrayList<>();
    RecordComponent[] components = bean.getClass().getRecordComponents();
    if (components != null) {
      for (RecordComponent component : components) {
        Size size = component.getAccessor().getAnnotation(Size.class);
        if (size != null && length(bean, component) > size.max()) {
          Map<String, ?> limits = Map.of("max", size.max());
          problems.add(
              messages.problem(component.getName(), "size", "size.at-most", locale, limits));
        }
      }
    }
    return problems;
  }

  /** A record that can't be read here is left to the provider, which says so. */
  private static int length(Object bean, RecordComponent component) {
    try {
      return component.getAccessor().invoke(bean) instanceof Collection<?> entries
          ? entries.size()
          : 0;
    } catch (ReflectiveOperationException unreadable) {
      return 0;
    }
  }
}
