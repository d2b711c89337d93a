package dev.gatehouse.json;

import dev.gatehouse.payment.Payment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * What a document must hold of a value: a component of a record; of a payment, which is none since
 * it also keeps what it derived, a field that is not transient.
 */
record Part(String name, Type type, Method accessor) {

  static boolean areIn(Class<?> type) {
    return type.isRecord() || type == Payment.class;
  }

  static List<Part> of(Class<?> owner) {
    return owner.isRecord()
        ? Arrays.stream(owner.getRecordComponents()).map(Part::component).toList()
        : Arrays.stream(owner.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .filter(field -> !Modifier.isTransient(field.getModifiers()))
            .map(field -> field(owner, field))
            .toList();
  }

  private static Part component(RecordComponent component) {
    return new Part(component.getName(), component.getGenericType(), component.getAccessor());
  }

  private static Part field(Class<?> owner, Field field) {
    try {
      Method accessor = owner.getMethod(field.getName());
      return new Part(field.getName(), field.getGenericType(), accessor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The part of this value. */
  Object in(Object value) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
