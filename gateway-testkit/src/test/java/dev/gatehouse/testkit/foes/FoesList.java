package dev.gatehouse.testkit.foes;

import dev.gatehouse.spi.GatewayProvider;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every foe. */
public final class FoesList {
  private FoesList() {}

  /** One of each kind, by number. */
  public static List<Foe> all() {
    return Stream.of(
            DiscoveryFoes.class,
            ConfigurationFoes.class,
            SaleFoes.class,
            HoldFoes.class,
            RefundFoes.class,
            ActionFoes.class,
            IdempotencyFoes.class,
            DoubtFoes.class,
            WebhookFoes.class,
            MoneyFoes.class,
            StoredMethodFoes.class,
            InstanceFoes.class,
            LocaleFoes.class)
        .flatMap(file -> Stream.of(file.getDeclaredClasses()))
        .filter(type -> GatewayProvider.class.isAssignableFrom(type))
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .map(FoesList::made)
        .sorted(Comparator.comparingInt(FoesList::number))
        .toList();
  }

  private static int number(Foe foe) {
    return Integer.parseInt(foe.id().substring(4));
  }

  private static Foe made(Class<?> type) {
    try {
      return (Foe) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
