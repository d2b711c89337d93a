package dev.gatehouse.json;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.Counter;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Step;
import dev.gatehouse.facts.TotalKey;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeLine.Kind;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.InboxItem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Records drawn from a seed, with texts, times and amounts that nobody should write, but may. */
final class RandomRecords {
  private static final List<String> PIECES =
      List.of(
          "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u0000", "\u001f", "\u007f", "é", "ß",
          "山", "\u2028", "\ufeff", "\uffff", "😀", "\ud800", "\udc00", "{", "}", "[", ",", ":");

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  Payment payment() {
    return new Payment(
        new PaymentId(id()),
        random.nextLong(),
        new GatewayInstanceId(id()),
        any(Mode.values()),
        maybe(() -> new CheckoutId(id())),
        maybe(() -> new CustomerId(id())),
        maybe(this::terms),
        facts(),
        list(this::operation),
        new TreeSet<>(list(this::text)),
        list(() -> new Note(time(), text(), text(), text(), maybe(this::text))),
        time(),
        maybe(this::time),
        random.nextInt());
  }

  Checkout checkout() {
    return new Checkout(
        new CheckoutId(id()),
        random.nextLong(),
        text(),
        new CustomerId(id()),
        maybe(() -> new Plan(new PlanId(id()), text(), money())),
        list(() -> new Line(any(Kind.values()), text(), random.nextInt(), money(), money())),
        money(),
        maybe(() -> new MembershipId(id())),
        any(CheckoutState.values()),
        list(() -> new PaymentId(id())),
        maybe(() -> new PaymentId(id())),
        new TreeSet<>(list(this::text)),
        time(),
        time(),
        maybe(this::time));
  }

  Customer customer() {
    Map<String, String> metadata = new HashMap<>();
    list(this::text).forEach(name -> metadata.put(name, text()));
    return new Customer(
        new CustomerId(id()),
        random.nextLong(),
        maybe(() -> new Person(text(), text(), language())),
        new TreeMap<>(metadata),
        new TreeSet<>(list(this::storedMethod)),
        list(() -> new Attributed(new CheckoutId(id()), attribution())),
        new TreeSet<>(list(this::text)),
        time());
  }

  private Attribution attribution() {
    TreeSet<Purpose> granted = new TreeSet<>(list(() -> any(Purpose.values())));
    TreeSet<Purpose> denied = new TreeSet<>(List.of(Purpose.values()));
    denied.removeAll(granted);
    return new Attribution(maybe(this::text), maybe(this::text), granted, denied);
  }

  private StoredMethod storedMethod() {
    return new StoredMethod(
        new GatewayInstanceId(id()),
        text(),
        maybe(this::text),
        details(),
        maybe(this::text),
        maybe(this::text),
        maybe(this::agreement));
  }

  private MethodDetails details() {
    return MethodDetails.none()
        .brand(text())
        .lastDigits(String.valueOf(random.nextInt(20_000)))
        .fingerprint(text())
        .expiring(YearMonth.of(1 + random.nextInt(12_000), 1 + random.nextInt(12)));
  }

  private Agreement agreement() {
    return new Agreement(any(Agreement.Use.values()), text(), time());
  }

  InboxItem inboxItem() {
    return new InboxItem(
        new GatewayInstanceId(id()),
        text(),
        random.nextLong(),
        text(),
        new PaymentHint(maybe(this::text), Set.copyOf(new TreeSet<>(list(this::providerId)))),
        time(),
        random.nextInt(),
        maybe(this::time));
  }

  private Credential credential() {
    return new Credential(details(), flat(this::text), flat(this::text), random.nextBoolean());
  }

  PaymentFacts facts() {
    return new PaymentFacts(
        flat(this::text),
        flat(this::text),
        flat(() -> any(Mode.values())),
        flat(this::currency),
        new TreeSet<>(list(this::providerId)),
        map(this::text, this::attempt),
        map(this::text, this::authorization),
        map(this::text, this::movement),
        map(this::text, this::dispute),
        map(
            () -> new TotalKey(any(MovementKind.values()), text(), currency()),
            () -> new Counter(random.nextLong() >>> 1)),
        map(this::text, () -> chain(SendStep.values())),
        map(this::text, this::credential));
  }

  private Attempt attempt() {
    return new Attempt(
        chain(AttemptStep.values()),
        flat(this::money),
        flat(
            () ->
                new Decline(
                    any(DeclineCode.values()), any(DeclineAdvice.values()), text(), text())),
        flat(this::text),
        flat(this::text),
        register(this::action),
        flat(this::text));
  }

  private Authorization authorization() {
    return new Authorization(
        register(() -> new Authorization.Terms(money(), maybe(this::time))),
        flat(this::money),
        flat(() -> any(AuthorizationEnd.values())),
        flat(this::text),
        flat(this::text));
  }

  private Movement movement() {
    return new Movement(
        flat(() -> any(MovementKind.values())),
        chain(MovementStep.values()),
        flat(this::money),
        flat(this::text),
        flat(this::text),
        flat(this::text),
        flat(this::money));
  }

  private Dispute dispute() {
    return new Dispute(
        register(() -> any(DisputeStatus.values())),
        flat(this::money),
        flat(this::text),
        flat(this::text));
  }

  private ChargeTerms terms() {
    return new ChargeTerms(
        money(),
        any(CaptureMode.values()),
        method(),
        random.nextBoolean(),
        any(Initiator.values()),
        maybe(this::text),
        maybe(() -> URI.create("https://shop.example/" + id())),
        maybe(this::agreement));
  }

  private PaymentMethod method() {
    return switch (random.nextInt(3)) {
      case 0 -> new PaymentMethod.Token(text(), text());
      case 1 -> new PaymentMethod.Stored(text(), text());
      default -> new PaymentMethod.OfType(text());
    };
  }

  private Operation operation() {
    return new Operation(
        text(),
        any(OperationKind.values()),
        text(),
        maybe(this::money),
        text(),
        random.nextBoolean(),
        maybe(this::text),
        time(),
        random.nextInt(),
        time(),
        maybe(this::time),
        random.nextBoolean(),
        random.nextBoolean(),
        maybe(
            () -> new Failure(any(ErrorCategory.values()), text(), text(), maybe(this::duration))),
        maybe(this::action),
        maybe(this::text));
  }

  private CustomerAction action() {
    return switch (random.nextInt(3)) {
      case 0 -> {
        Map<String, String> fields = new HashMap<>();
        list(this::text).forEach(name -> fields.put(name, text()));
        yield new CustomerAction.Redirect(
            URI.create("https://bank.example/" + id()), "POST", fields);
      }
      case 1 -> new CustomerAction.ClientToken(text());
      default -> new CustomerAction.Instructions(list(this::text));
    };
  }

  private ProviderId providerId() {
    return new ProviderId(foreignId(), foreignId());
  }

  private <S extends Enum<S> & Step<S>> Chain<S> chain(S[] steps) {
    return new Chain<>(new LinkedHashSet<>(list(() -> any(steps))));
  }

  private <T> Flat<T> flat(Supplier<T> value) {
    return new Flat<>(new LinkedHashSet<>(list(value)));
  }

  private <T> Register<T> register(Supplier<T> value) {
    long version = any(Register.NONE, Register.UNSTAMPED, 0L, random.nextLong(), Long.MAX_VALUE);
    return new Register<>(version, new LinkedHashSet<>(list(value)));
  }

  private <T> List<T> list(Supplier<T> value) {
    return Stream.generate(value).limit(Math.max(0, random.nextInt(6) - 2)).toList();
  }

  private <K, V> TreeMap<K, V> map(Supplier<K> key, Supplier<V> value) {
    TreeMap<K, V> map = new TreeMap<>();
    list(key).forEach(k -> map.put(k, value.get()));
    return map;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private Instant time() {
    return switch (random.nextInt(8)) {
      case 0 -> Instant.MIN;
      case 1 -> Instant.MAX;
      case 2 -> Instant.EPOCH;
      case 3 -> Instant.ofEpochSecond(random.nextInt(), 0);
      case 4 -> Instant.ofEpochSecond(random.nextLong() >> 12, random.nextInt(1_000_000_000));
      default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    };
  }

  private Duration duration() {
    return Duration.ofSeconds(random.nextInt(), random.nextInt());
  }

  private Money money() {
    CurrencyUnit currency = currency();
    BigInteger minor =
        random.nextInt(20) == 0
            ? new BigInteger(400, random)
            : BigInteger.valueOf(random.nextInt(9));
    return Money.of(currency, new BigDecimal(minor, currency.getDecimalPlaces()));
  }

  private CurrencyUnit currency() {
    return CurrencyUnit.of(any("EUR", "JPY", "KWD", "USD"));
  }

  private String id() {
    return any("a", "pay_1", "X.y-z_9", "q".repeat(64));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
      text.append(PIECES.get(random.nextInt(random.nextInt(3) == 0 ? PIECES.size() : 8)));
    }
    return text.toString();
  }

  /** Anything that a provider may take for an id: no control characters, and not blank. */
  private String foreignId() {
    return "id " + text().replaceAll("[\\p{Cntrl}\\p{Cs}]", "");
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** As its BCP 47 tag says it; the JDK has one locale, for old Norwegian, that no tag says. */
  private Locale language() {
    return Locale.forLanguageTag(any(Locale.getAvailableLocales()).toLanguageTag());
  }
}
