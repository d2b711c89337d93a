package dev.gatehouse.json;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.InboxItem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every type that a document can hold, found through the components of records. */
final class Reached {
  static final List<Class<?>> ROOTS =
      List.of(
          LifecycleEvent.class,
          Customer.class,
          Checkout.class,
          Payment.class,
          Membership.class,
          InboxItem.class,
          Cursor.class,
          Delivery.class);

  private final Set<Class<?>> types = new LinkedHashSet<>();

  private Reached() {}

  static Set<Class<?>> from(List<Class<?>> roots) {
    Reached reached = new Reached();
    roots.forEach(reached::walk);
    return reached.types;
  }

  static List<Class<?>> records() {
    return from(ROOTS).stream().filter(Part::areIn).toList();
  }

  /** Every constant of every enum, with the enum's name. */
  static List<String> words() {
    return from(ROOTS).stream()
        .filter(Class::isEnum)
        .sorted(Comparator.comparing(Class::getName))
        .flatMap(
            type ->
                Stream.of(type.getEnumConstants())
                    .map(word -> type.getSimpleName() + "." + ((Enum<?>) word).name()))
        .toList();
  }

  private void walk(Type type) {
    if (type instanceof ParameterizedType generic) {
      walk(generic.getRawType());
      for (Type argument : generic.getActualTypeArguments()) {
        walk(argument);
      }
    } else if (type instanceof Class<?> plain && types.add(plain)) {
      if (Part.areIn(plain)) {
        Part.of(plain).forEach(part -> walk(part.type()));
      }
      if (plain.isSealed()) {
        for (Class<?> permitted : plain.getPermittedSubclasses()) {
          walk(permitted);
        }
      }
    }
  }
}
