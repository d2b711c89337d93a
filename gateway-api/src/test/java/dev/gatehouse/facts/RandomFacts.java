package dev.gatehouse.facts;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Facts drawn from a seed out of very few values, so that they often meet and contradict. */
final class RandomFacts {
  private final Random random;

  RandomFacts(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  Flat<String> flat() {
    return flat(this::text);
  }

  <S extends Enum<S> & Step<S>> Chain<S> chain(S[] steps) {
    return random.nextInt(4) == 0 ? Chain.unknown() : Chain.at(any(steps));
  }

  Counter counter() {
    return new Counter(random.nextInt(4));
  }

  Register<String> register() {
    return register(this::text);
  }

  Attempt attempt() {
    return new Attempt(
        chain(AttemptStep.values()),
        flat(this::money),
        flat(() -> Decline.of(any(DeclineCode.values()))),
        flat(),
        flat(),
        register(this::action),
        flat());
  }

  Authorization authorization() {
    return new Authorization(
        register(this::terms),
        flat(this::money),
        flat(() -> any(AuthorizationEnd.values())),
        flat(),
        flat());
  }

  Movement movement() {
    return new Movement(
        flat(() -> any(MovementKind.values())),
        chain(MovementStep.values()),
        flat(this::money),
        flat(),
        flat(),
        flat(),
        flat(this::money));
  }

  Dispute dispute() {
    return new Dispute(
        register(() -> any(DisputeStatus.values())), flat(this::money), flat(), flat());
  }

  private Credential credential() {
    MethodDetails details = MethodDetails.none().brand(text()).lastDigits(text());
    return new Credential(details, flat(), flat(), random.nextInt(3) == 0);
  }

  PaymentFacts facts() {
    return new PaymentFacts(
        flat(),
        flat(),
        flat(() -> any(Mode.values())),
        flat(() -> any(CurrencyUnit.USD, CurrencyUnit.EUR)),
        new TreeSet<>(List.of(new ProviderId(text(), text()))),
        map(this::text, this::attempt),
        map(this::text, this::authorization),
        map(this::text, this::movement),
        map(this::text, this::dispute),
        map(this::totalKey, this::counter),
        map(this::text, () -> chain(SendStep.values())),
        map(this::text, this::credential));
  }

  private <T> Flat<T> flat(Supplier<T> value) {
    return random.nextInt(4) == 0 ? Flat.unknown() : Flat.of(value.get());
  }

  private <T> Register<T> register(Supplier<T> value) {
    return switch (random.nextInt(4)) {
      case 0 -> Register.unknown();
      case 1 -> Register.unstamped(value.get());
      default -> Register.updatedAt(Instant.ofEpochMilli(random.nextInt(3)), value.get());
    };
  }

  private <K, V> SortedMap<K, V> map(Supplier<K> key, Supplier<V> value) {
    SortedMap<K, V> map = new TreeMap<>();
    for (int size = random.nextInt(3); size > 0; size--) {
      map.put(key.get(), value.get());
    }
    return map;
  }

  private TotalKey totalKey() {
    CurrencyUnit currency = any(CurrencyUnit.USD, CurrencyUnit.EUR);
    return new TotalKey(any(MovementKind.CAPTURE, MovementKind.REFUND), text(), currency);
  }

  private CustomerAction action() {
    return random.nextBoolean()
        ? new CustomerAction.ClientToken(text())
        : CustomerAction.Redirect.to(URI.create("https://bank.example/" + text()));
  }

  private Authorization.Terms terms() {
    return new Authorization.Terms(money(), Optional.empty());
  }

  private Money money() {
    return Money.ofMinor(any(CurrencyUnit.USD, CurrencyUnit.EUR), random.nextInt(2));
  }

  private String text() {
    return any("a", "b", "c");
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }
}
