package dev.gatehouse.testkit.foes.second;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every slip. */
final class SlipList {
  private SlipList() {}

  /** One target for each, by name. */
  static Map<String, SlipProvider> all() {
    Map<String, SlipProvider> all = new TreeMap<>();
    Stream.of(
            Opening.class,
            Charging.class,
            Holding.class,
            Returning.class,
            Doubting.class,
            Telling.class,
            Placing.class)
        .flatMap(file -> Stream.of(file.getDeclaredClasses()))
        .filter(type -> !Modifier.isPrivate(type.getModifiers()))
        .forEach(type -> all.put(type.getSimpleName(), target(type)));
    return all;
  }

  private static SlipProvider target(Class<?> type) {
    return Slip.class.isAssignableFrom(type)
        ? new SlipProvider(() -> (Slip) made(type))
        : (SlipProvider) made(type);
  }

  private static Object made(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
