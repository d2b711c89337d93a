package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.ForeignText;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a gateway sees of one payment at one moment. It is open-world: what is not in it is not
 * denied, except in the lists that it calls {@linkplain #complete() complete}.
 *
 * @param facts what was seen
 * @param complete the lists that hold everything that the provider knows
 */
public record Snapshot(PaymentFacts facts, Set<FactList> complete) {

  /** Copies the set; refuses missing parts, and facts about our sends. */
  public Snapshot {
    if (!required("facts", facts).sends().isEmpty()) {
      throw new InvalidInputException(
          new Problem(
              "facts",
              "snapshot.sends",
              "says what became of our sends, which a provider can't see",
              "say so by the outcome, and leave it to the engine"));
    }
    required("complete", complete).forEach(list -> required("list", list));
    complete = Set.copyOf(complete);
  }

  /** A snapshot of nothing. */
  public static Snapshot empty() {
    return new Snapshot(PaymentFacts.none(), Set.of());
  }

  /** Starts a snapshot. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects what was seen. Not thread-safe. Seeing the same id twice joins what was seen of it.
   */
  public static final class Builder {
    private Flat<String> reference = Flat.unknown();
    private Flat<String> account = Flat.unknown();
    private Flat<Mode> mode = Flat.unknown();
    private Flat<CurrencyUnit> currency = Flat.unknown();
    private final SortedSet<ProviderId> providerIds = new TreeSet<>();
    private final SortedMap<String, Attempt> attempts = new TreeMap<>();
    private final SortedMap<String, Authorization> authorizations = new TreeMap<>();
    private final SortedMap<String, Movement> movements = new TreeMap<>();
    private final SortedMap<String, Dispute> disputes = new TreeMap<>();
    private final SortedMap<TotalKey, Counter> totals = new TreeMap<>();
    private final SortedMap<String, Credential> credentials = new TreeMap<>();
    private final Set<FactList> complete = EnumSet.noneOf(FactList.class);

    private Builder() {}

    /** Our reference, as the provider echoes it. */
    public Builder reference(String seen) {
      reference = reference.join(Flat.of(seen));
      return this;
    }

    /** The provider's account that the money belongs to. */
    public Builder account(String seen) {
      account = account.join(Flat.of(seen));
      return this;
    }

    /** Live or test. */
    public Builder mode(Mode seen) {
      mode = mode.join(Flat.of(seen));
      return this;
    }

    /** The payment's currency. */
    public Builder currency(CurrencyUnit seen) {
      currency = currency.join(Flat.of(seen));
      return this;
    }

    /** An id that the provider gave to the payment as a whole. */
    public Builder providerId(String kind, String id) {
      providerIds.add(new ProviderId(kind, id));
      return this;
    }

    /** An attempt (a charge). */
    public Builder attempt(String id, Attempt seen) {
      attempts.merge(ForeignText.id("attempt", id), required("attempt", seen), Attempt::join);
      return this;
    }

    /** An authorisation. */
    public Builder authorization(String id, Authorization seen) {
      authorizations.merge(
          ForeignText.id("authorization", id),
          required("authorization", seen),
          Authorization::join);
      return this;
    }

    /** A movement of money. */
    public Builder movement(String id, Movement seen) {
      movements.merge(ForeignText.id("movement", id), required("movement", seen), Movement::join);
      return this;
    }

    /** A dispute. */
    public Builder dispute(String id, Dispute seen) {
      disputes.merge(ForeignText.id("dispute", id), required("dispute", seen), Dispute::join);
      return this;
    }

    /**
     * A running total that comes without ids and can't fall, such as "captured so far".
     *
     * @throws dev.gatehouse.error.InvalidInputException if it is negative, or more minor units than
     *     a {@code long} holds
     */
    public Builder total(MovementKind kind, String charge, Money total) {
      totals.merge(
          new TotalKey(kind, charge, required("total", total).getCurrencyUnit()),
          new Counter(Amounts.minor("total", total)),
          Counter::join);
      return this;
    }

    /**
     * A stored payment method, by the id under which it is charged.
     *
     * @see Attempt#storing
     */
    public Builder credential(String id, Credential seen) {
      credentials.merge(
          ForeignText.id("credential", id), required("credential", seen), Credential::join);
      return this;
    }

    /** The list holds everything that the provider knows. */
    public Builder complete(FactList... lists) {
      Collections.addAll(complete, lists);
      return this;
    }

    /** The snapshot. */
    public Snapshot build() {
      return new Snapshot(
          new PaymentFacts(
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
              Collections.emptySortedMap(),
              credentials),
          complete);
    }
  }
}
