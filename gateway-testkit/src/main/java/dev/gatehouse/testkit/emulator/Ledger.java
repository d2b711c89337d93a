package dev.gatehouse.testkit.emulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What the provider really did up to one moment: the truth that tests compare with. Providers of
 * the simulator tell theirs in the same words, which are given with each status. Immutable.
 *
 * @param charges every charge, oldest first
 * @param requestsByEndpoint how many requests came, by method and path, such as {@code GET
 *     /v1/charges/{id}}
 * @param requestsByKey how many requests came under an idempotency key, repeats among them
 * @param setUps every method that was to be stored without a charge, oldest first
 * @param methods every stored method, oldest first
 */
public record Ledger(
    List<Charge> charges,
    Map<String, Integer> requestsByEndpoint,
    Map<String, Integer> requestsByKey,
    List<SetUp> setUps,
    List<Method> methods) {

  /** Of a provider that stores no methods. */
  public Ledger(
      List<Charge> charges,
      Map<String, Integer> requestsByEndpoint,
      Map<String, Integer> requestsByKey) {
    this(charges, requestsByEndpoint, requestsByKey, List.of(), List.of());
  }

  /** Copies the collections. */
  public Ledger {
    charges = List.copyOf(charges);
    requestsByEndpoint = Map.copyOf(requestsByEndpoint);
    requestsByKey = Map.copyOf(requestsByKey);
    setUps = List.copyOf(setUps);
    methods = List.copyOf(methods);
  }

  /**
   * A method that was to be stored without a charge.
   *
   * @param id the provider's id
   * @param reference our reference, if it was told
   * @param key the idempotency key
   * @param status as that of a charge
   * @param storedMethod the method that it stored
   * @param action the id of the customer's action, while it waits for that
   */
  public record SetUp(
      String id,
      Optional<String> reference,
      Optional<String> key,
      String status,
      Optional<String> storedMethod,
      Optional<String> action) {}

  /**
   * A stored method.
   *
   * @param id the provider's id
   * @param owner the provider's id of the customer that it is stored for
   * @param isRemoved whether it is stored no more
   */
  public record Method(String id, Optional<String> owner, boolean isRemoved) {}

  /** The set-ups with this reference of ours, oldest first. */
  public List<SetUp> setUpsOf(String reference) {
    return setUps.stream()
        .filter(s -> s.reference().filter(reference::equals).isPresent())
        .toList();
  }

  /** The stored method with this id. */
  public Optional<Method> method(String id) {
    return methods.stream().filter(method -> method.id().equals(id)).findFirst();
  }

  /**
   * One charge and all that belongs to it.
   *
   * @param id the provider's id
   * @param account the account's id
   * @param reference our reference, if it was told
   * @param key the idempotency key; empty for what the console did
   * @param completionKey the key under which it was completed
   * @param status {@code requires_action} while it waits for the customer, {@code approved} while
   *     it waits for us to complete it, {@code processing}, {@code succeeded} if money was taken or
   *     is held, {@code failed}, or {@code unheard_of} if it is one that no gateway knows
   * @param amount what it is for
   * @param createdAt when it was made
   * @param decline the provider's own code if it failed
   * @param storedMethod the method that it stored
   * @param action the id of the customer's action, while the charge waits for it
   * @param authorization the hold, if it is one
   * @param captures money taken
   * @param refunds money given back, or about to be
   * @param disputes what was disputed
   */
  public record Charge(
      String id,
      String account,
      Optional<String> reference,
      Optional<String> key,
      Optional<String> completionKey,
      String status,
      Money amount,
      Instant createdAt,
      Optional<String> decline,
      Optional<String> storedMethod,
      Optional<String> action,
      Optional<Authorization> authorization,
      List<Capture> captures,
      List<Refund> refunds,
      List<Dispute> disputes) {

    /** Money taken, whether or not it went back since. */
    public Money captured() {
      return sum(captures.stream().map(Capture::amount));
    }

    /** Money given back that stayed given back. */
    public Money refunded() {
      return sum(refunds.stream().filter(r -> r.status().equals("succeeded")).map(Refund::amount));
    }

    /** Money that disputes took and have not given back. */
    public Money disputed() {
      return sum(disputes.stream().filter(d -> !d.reinstated()).map(Dispute::amount));
    }

    /** What is left with the merchant. */
    public Money kept() {
      return captured().minus(refunded()).minus(disputed());
    }

    private Money sum(Stream<Money> amounts) {
      return amounts.reduce(Money.zero(amount.getCurrencyUnit()), Money::plus);
    }
  }

  /**
   * A hold.
   *
   * @param id the provider's id
   * @param amount what was held at first, whatever was taken since
   * @param expiresAt when it ends by itself
   * @param status {@code open} while money can be captured; then for good {@code voided} (released
   *     by us), {@code expired} (ended by itself, or by the bank), or {@code exhausted} (captured
   *     as a whole, or in part and finally, so that the rest is released)
   * @param voidKey the key under which it was voided
   */
  public record Authorization(
      String id, Money amount, Instant expiresAt, String status, Optional<String> voidKey) {}

  /** Money taken, and the key under which. A sale's has the charge's or its completion's key. */
  public record Capture(String id, Money amount, Optional<String> key) {}

  /**
   * Money given back.
   *
   * @param id the provider's id
   * @param capture the id of the capture that it goes out of
   * @param amount how much
   * @param status {@code pending} while it is under way; {@code succeeded} when it has arrived;
   *     {@code failed} if it never did, {@code reversed} if it arrived and came back, and then the
   *     money can be given back once more
   * @param key the key under which; empty for what the console did
   */
  public record Refund(
      String id, String capture, Money amount, String status, Optional<String> key) {}

  /**
   * A dispute; its money is withdrawn until it is reinstated.
   *
   * @param status {@code needs_response}, {@code under_review}, {@code won} or {@code lost}; the
   *     simulator goes by {@code reinstated} alone
   */
  public record Dispute(String id, Money amount, String status, boolean reinstated) {}

  /** The charge with this id. */
  public Optional<Charge> charge(String id) {
    return charges.stream().filter(charge -> charge.id().equals(id)).findFirst();
  }

  /** The charges with this reference of ours, oldest first. */
  public List<Charge> chargesOf(String reference) {
    return charges.stream()
        .filter(c -> c.reference().filter(reference::equals).isPresent())
        .toList();
  }

  /** The charges made under this key. */
  public List<Charge> chargesByKey(String key) {
    return charges.stream().filter(c -> c.key().filter(key::equals).isPresent()).toList();
  }

  /** The captures made under this key; a sale's own capture among them. */
  public List<Capture> capturesByKey(String key) {
    return all(Charge::captures).filter(c -> c.key().filter(key::equals).isPresent()).toList();
  }

  /** The refunds made under this key. */
  public List<Refund> refundsByKey(String key) {
    return all(Charge::refunds).filter(r -> r.key().filter(key::equals).isPresent()).toList();
  }

  /** The authorisations voided under this key. */
  public List<Authorization> voidsByKey(String key) {
    return charges.stream()
        .flatMap(charge -> charge.authorization().stream())
        .filter(a -> a.voidKey().filter(key::equals).isPresent())
        .toList();
  }

  /**
   * How many things were done under this key: charges, completions, captures of authorised money,
   * voids and refunds. More than one is a double effect.
   */
  public int effectsOf(String key) {
    long completions =
        charges.stream().filter(c -> c.completionKey().filter(key::equals).isPresent()).count();
    long captures =
        charges.stream()
            .filter(charge -> charge.authorization().isPresent())
            .flatMap(charge -> charge.captures().stream())
            .filter(c -> c.key().filter(key::equals).isPresent())
            .count();
    return (int) (completions + captures)
        + chargesByKey(key).size()
        + voidsByKey(key).size()
        + refundsByKey(key).size();
  }

  /** Money taken for this reference in this currency. */
  public Money captured(String reference, CurrencyUnit currency) {
    return sum(reference, currency, Charge::captured);
  }

  /** Money given back for this reference in this currency. */
  public Money refunded(String reference, CurrencyUnit currency) {
    return sum(reference, currency, Charge::refunded);
  }

  /** Money that disputes hold for this reference in this currency. */
  public Money disputed(String reference, CurrencyUnit currency) {
    return sum(reference, currency, Charge::disputed);
  }

  /** What is left with the merchant for this reference in this currency. */
  public Money kept(String reference, CurrencyUnit currency) {
    return sum(reference, currency, Charge::kept);
  }

  /** How many requests came to an endpoint, such as {@code POST}, {@code /v1/charges}. */
  public int requests(String method, String path) {
    return requestsByEndpoint.getOrDefault(method + " " + path, 0);
  }

  /** How many requests came in all. */
  public int requests() {
    return requestsByEndpoint.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many requests came under a key. */
  public int requestsWithKey(String key) {
    return requestsByKey.getOrDefault(key, 0);
  }

  private <T> Stream<T> all(Function<Charge, List<T>> list) {
    return charges.stream().flatMap(charge -> list.apply(charge).stream());
  }

  private Money sum(String reference, CurrencyUnit currency, Function<Charge, Money> of) {
    return chargesOf(reference).stream()
        .filter(charge -> charge.amount().getCurrencyUnit().equals(currency))
        .map(of)
        .reduce(Money.zero(currency), Money::plus);
  }
}
