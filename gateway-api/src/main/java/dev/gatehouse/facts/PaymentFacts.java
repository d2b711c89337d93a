package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Everything that was ever seen of one payment, kept as maps by the provider's ids.
 *
 * <p>{@link #join} puts two sightings together, key by key: the order, repetition and grouping of
 * sightings do not matter. What is not in here was not seen; that is never a fact. Totals and
 * states are derived from facts and never joined. Immutable.
 *
 * @param reference our reference, as the provider echoes it
 * @param account the provider's account that the money belongs to
 * @param mode live or test
 * @param currency the payment's currency
 * @param providerIds every id that the provider gave to the payment as a whole
 * @param attempts provider charges, by id
 * @param authorizations holds, by id
 * @param movements captures, refunds and the money side of disputes, by id
 * @param disputes disputes, by id
 * @param totals the provider's running totals that come without ids
 * @param sends what became of each send of ours, by {@code operation key + '#' + number}
 * @param credentials stored payment methods, by id
 */
public record PaymentFacts(
    Flat<String> reference,
    Flat<String> account,
    Flat<Mode> mode,
    Flat<CurrencyUnit> currency,
    SortedSet<ProviderId> providerIds,
    SortedMap<String, Attempt> attempts,
    SortedMap<String, Authorization> authorizations,
    SortedMap<String, Movement> movements,
    SortedMap<String, Dispute> disputes,
    SortedMap<TotalKey, Counter> totals,
    SortedMap<String, Chain<SendStep>> sends,
    SortedMap<String, Credential> credentials)
    implements Joinable<PaymentFacts> {

  private static final PaymentFacts NONE =
      new PaymentFacts(
          Flat.unknown(),
          Flat.unknown(),
          Flat.unknown(),
          Flat.unknown(),
          Collections.emptySortedSet(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  /** Copies the collections, so that no caller can change them later; refuses missing parts. */
  public PaymentFacts {
    required("reference", reference);
    required("account", account);
    required("mode", mode);
    required("currency", currency);
    providerIds = frozen(providerIds);
    attempts = frozen(attempts);
    authorizations = frozen(authorizations);
    movements = frozen(movements);
    disputes = frozen(disputes);
    totals = frozen(totals);
    sends = frozen(sends);
    credentials = frozen(credentials);
  }

  /** Without stored payment methods, as it was in version 1 of the SPI. */
  public PaymentFacts(
      Flat<String> reference,
      Flat<String> account,
      Flat<Mode> mode,
      Flat<CurrencyUnit> currency,
      SortedSet<ProviderId> providerIds,
      SortedMap<String, Attempt> attempts,
      SortedMap<String, Authorization> authorizations,
      SortedMap<String, Movement> movements,
      SortedMap<String, Dispute> disputes,
      SortedMap<TotalKey, Counter> totals,
      SortedMap<String, Chain<SendStep>> sends) {
    this(
        reference,
        account,
        mode,
        currency,
        providerIds,
        attempts,
        authorizations,
        movements,
        disputes,
        totals,
        sends,
        Collections.emptySortedMap());
  }

  /** Nothing seen. */
  public static PaymentFacts none() {
    return NONE;
  }

  /** One thing known: how far a send of ours came. */
  public static PaymentFacts ofSend(String sendKey, SendStep step) {
    return new PaymentFacts(
        NONE.reference,
        NONE.account,
        NONE.mode,
        NONE.currency,
        NONE.providerIds,
        NONE.attempts,
        NONE.authorizations,
        NONE.movements,
        NONE.disputes,
        NONE.totals,
        new TreeMap<>(Map.of(sendKey, Chain.at(step))));
  }

  /** One thing known: our reference as the provider echoes it. */
  public static PaymentFacts ofReference(Flat<String> reference) {
    return new PaymentFacts(
        reference,
        NONE.account,
        NONE.mode,
        NONE.currency,
        NONE.providerIds,
        NONE.attempts,
        NONE.authorizations,
        NONE.movements,
        NONE.disputes,
        NONE.totals,
        NONE.sends);
  }

  @Override
  public PaymentFacts join(PaymentFacts other) {
    return new PaymentFacts(
        reference.join(other.reference),
        account.join(other.account),
        mode.join(other.mode),
        currency.join(other.currency),
        union(providerIds, other.providerIds),
        keyByKey(attempts, other.attempts),
        keyByKey(authorizations, other.authorizations),
        keyByKey(movements, other.movements),
        keyByKey(disputes, other.disputes),
        keyByKey(totals, other.totals),
        keyByKey(sends, other.sends),
        keyByKey(credentials, other.credentials));
  }

  /** These facts as fetch number {@code fetch} saw them: registers without a date get it. */
  public PaymentFacts stamped(long fetch) {
    return mapRegisters(
        new Registers() {
          @Override
          public <T> Register<T> apply(Register<T> register) {
            return register.stamped(fetch);
          }
        });
  }

  /**
   * These facts without the registers that no one dated: what a response, which may be a replay, or
   * a fetch that was overtaken by another can vouch for.
   */
  public PaymentFacts withoutUnstamped() {
    return mapRegisters(
        new Registers() {
          @Override
          public <T> Register<T> apply(Register<T> register) {
            return register.version() == Register.UNSTAMPED ? Register.unknown() : register;
          }
        });
  }

  /**
   * These facts without the versions of their registers: two of these that are equal say the same.
   */
  public PaymentFacts withoutVersions() {
    return mapRegisters(
        new Registers() {
          @Override
          public <T> Register<T> apply(Register<T> register) {
            return new Register<>(Register.NONE, register.values());
          }
        });
  }

  /**
   * These facts without what customers must do: providers make a fresh token or address at each
   * look, which is no news.
   */
  public PaymentFacts withoutActions() {
    return new PaymentFacts(
        reference,
        account,
        mode,
        currency,
        providerIds,
        mapped(attempts, a -> a.withAction(Register.unknown())),
        authorizations,
        movements,
        disputes,
        totals,
        sends,
        credentials);
  }

  /** These facts with other attempts, holds and movements. */
  public PaymentFacts with(
      SortedMap<String, Attempt> otherAttempts,
      SortedMap<String, Authorization> otherHolds,
      SortedMap<String, Movement> otherMovements) {
    return new PaymentFacts(
        reference,
        account,
        mode,
        currency,
        providerIds,
        otherAttempts,
        otherHolds,
        otherMovements,
        disputes,
        totals,
        sends,
        credentials);
  }

  /**
   * The currency as it was seen, or else the one that all captures and holds are in, or else all
   * attempts; empty if none. What went back may be shown in the currency of an account.
   */
  public Optional<CurrencyUnit> agreedCurrency() {
    if (!currency.isUnknown()) {
      return currency.value();
    }
    Set<CurrencyUnit> seen = new HashSet<>();
    authorizations.values().forEach(hold -> addCurrencies(seen, hold.amount()));
    movements.values().stream()
        .filter(movement -> movement.is(MovementKind.CAPTURE))
        .forEach(capture -> addCurrencies(seen, capture.amount()));
    totals.keySet().stream()
        .filter(key -> key.kind() == MovementKind.CAPTURE)
        .forEach(key -> seen.add(key.currency()));
    if (seen.isEmpty()) {
      attempts.values().forEach(attempt -> addCurrencies(seen, attempt.amount()));
    }
    return new Flat<>(seen).value();
  }

  private static void addCurrencies(Set<CurrencyUnit> seen, Flat<Money> amount) {
    amount.values().forEach(money -> seen.add(money.getCurrencyUnit()));
  }

  /** Whether nothing was seen. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  private interface Registers {
    <T> Register<T> apply(Register<T> register);
  }

  private PaymentFacts mapRegisters(Registers change) {
    var newAttempts = mapped(attempts, a -> a.withAction(change.apply(a.action())));
    var newHolds = mapped(authorizations, a -> a.with(change.apply(a.terms())));
    var newDisputes = mapped(disputes, d -> d.with(change.apply(d.status())));
    boolean same = newAttempts == attempts && newHolds == authorizations && newDisputes == disputes;
    return same
        ? this
        : new PaymentFacts(
            reference,
            account,
            mode,
            currency,
            providerIds,
            newAttempts,
            newHolds,
            movements,
            newDisputes,
            totals,
            sends,
            credentials);
  }

  /** The same map if nothing in it changes. */
  private static <V> SortedMap<String, V> mapped(
      SortedMap<String, V> map, UnaryOperator<V> change) {
    SortedMap<String, V> changed = map;
    for (Map.Entry<String, V> entry : map.entrySet()) {
      V value = change.apply(entry.getValue());
      if (value != entry.getValue()) {
        changed = changed == map ? new TreeMap<>(map) : changed;
        changed.put(entry.getKey(), value);
      }
    }
    return changed;
  }

  private static <K, V extends Joinable<V>> SortedMap<K, V> keyByKey(
      SortedMap<K, V> one, SortedMap<K, V> other) {
    if (other.isEmpty()) {
      return one;
    }
    if (one.isEmpty()) {
      return other;
    }
    SortedMap<K, V> joined = new TreeMap<>(one);
    other.forEach((key, value) -> joined.merge(key, value, Joinable::join));
    return joined;
  }

  private static <T> SortedSet<T> union(SortedSet<T> one, SortedSet<T> other) {
    if (one.containsAll(other)) {
      return one;
    }
    SortedSet<T> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }

  /** A copy in natural order: one that kept the order of another would join by that order. */
  private static <K, V> SortedMap<K, V> frozen(SortedMap<K, V> map) {
    if (required("facts", map).isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<K, V> copy = new TreeMap<>();
    copy.putAll(map);
    return Collections.unmodifiableSortedMap(copy);
  }

  private static <T> SortedSet<T> frozen(SortedSet<T> set) {
    if (required("facts", set).isEmpty()) {
      return Collections.emptySortedSet();
    }
    SortedSet<T> copy = new TreeSet<>();
    copy.addAll(set);
    return Collections.unmodifiableSortedSet(copy);
  }
}
