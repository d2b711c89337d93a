package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.emulator.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists of what changed at the provider. */
final class ChangeRules {
  private static final Instant BEGIN = Bench.START.minusSeconds(1);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration SETTLED = Duration.ofHours(1);

  /** Servers' clocks are that much off now and then. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  /** Longer than providers keep what they list. */
  private static final Duration LONG_AGO = Duration.ofDays(45);

  private ChangeRules() {}

  static List<Rule> all() {
    return List.of(
        rule("GW-CHANGE-01")
            .rule("What somebody charges or refunds at the provider is in the list of changes.")
            .why("Money that moved without the shop is missing from its books for good.")
            .remedy("Hint at every payment of the account, whether or not it has our reference.")
            .by(ChangeRules::console),
        rule("GW-CHANGE-02")
            .rule(
                "Nothing is lost between two lists: whoever goes on from upTo gets what was listed"
                    + " late, whatever our clock says.")
            .why("What falls between two lists is never asked for again, and nobody knows.")
            .remedy(
                "Take upTo from the provider's clock, less what its list may lag; never ours. What"
                    + " happened at the time that is asked for belongs to the list.")
            .by(ChangeRules::nothingLost),
        rule("GW-CHANGE-03")
            .rule("A list of changes that can't be read is CannotTell, whatever went wrong.")
            .why("An empty list up to now says that nothing happened while the provider was down.")
            .remedy("Answer Changes.CannotTell for whatever is no clear answer of the provider's.")
            .by(ChangeRules::failing),
        rule("GW-CHANGE-04")
            .rule("A list that breaks off is CannotTell, or says up to when it was read.")
            .why("What stood on the pages that were not read would be skipped by the next list.")
            .remedy("Set upTo to the end of what was read without a gap, or answer CannotTell.")
            .by(ChangeRules::breaksOff),
        rule("GW-CHANGE-05")
            .rule("Listing what changed changes nothing at the provider.")
            .why("The list is read every few minutes, by several processes at once.")
            .remedy("Send nothing but reading requests from changesSince().")
            .by(ChangeRules::actsNot),
        rule("GW-CHANGE-06")
            .rule("A list that does not reach back as far as was asked says from when it does.")
            .why("After a long outage a person must be told that a part can't be listed.")
            .remedy("Set from to the oldest time that the provider still lists.")
            .by(ChangeRules::reach));
  }

  private static Rule.Builder rule(String id) {
    return Rule.must(id, Group.CHANGES).needs(Capability.CHANGES);
  }

  private static ListsChanges lists(PaymentGateway gateway) {
    return Bench.as(gateway, ListsChanges.class);
  }

  private static void console(Bench bench) {
    RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
    bench.clock.advance(SETTLED);
    ListsChanges lists = lists(bench.another());
    ChangeReader reader = new ChangeReader(bench, BEGIN);
    reader.readAll(lists);
    reader.forget();
    boolean refunded = bench.provider.consoleRefund(sold.capture(), bench.money(3));
    boolean charged = bench.provider.consoleCharge(bench.ten());
    if (!refunded && !charged) {
      throw new NotVerifiable("nobody can refund or charge at the target's provider");
    }
    bench.clock.advance(SETTLED);
    reader.readAll(lists);
    Expect.that(
        !refunded || reader.has(sold.request(), sold.facts()),
        "The list of changes lacks a refund that was made at the provider.");
    for (Ledger.Charge charge : bench.ledger().charges()) {
      boolean ours = charge.reference().filter(sold.request().reference()::equals).isPresent();
      Expect.that(
          ours || reader.has(charge),
          "The list of changes lacks the charge " + charge.id() + ", made at the provider.");
    }
  }

  private static void nothingLost(Bench bench) {
    try (Bench fresh = bench.fresh()) {
      fromThatVeryMoment(fresh);
    }
    for (Duration skew : List.of(Duration.ZERO, SKEW, SKEW.negated())) {
      // The provider's clock is the bench's.
      ListsChanges lists = lists(bench.another(Clock.offset(bench.clock, skew)));
      ChangeReader reader = new ChangeReader(bench, bench.clock.instant().minus(MOMENT));
      Map<ChargeRequest, PaymentFacts> made = changes(bench, 6, Optional.of(lists), reader);
      bench.clock.advance(SETTLED);
      reader.readAll(lists);
      demandAll(reader, made, "Read again and again with a clock that is off by " + skew);
    }
  }

  /** Whatever happened at the end of one list is in it or in the next. */
  private static void fromThatVeryMoment(Bench bench) {
    Instant moment = bench.clock.instant();
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    bench.clock.advance(SETTLED);
    ChangeReader reader = new ChangeReader(bench, moment);
    reader.readAll(lists(bench.another()));
    demandAll(reader, Map.of(sale, facts), "Asked for what was since the moment of a charge");
  }

  /** So many charges, a moment apart; each is followed by a look at the list, if there is one. */
  private static Map<ChargeRequest, PaymentFacts> changes(
      Bench bench, int many, Optional<ListsChanges> lists, ChangeReader reader) {
    Map<ChargeRequest, PaymentFacts> made =
        new TreeMap<>((a, b) -> a.reference().compareTo(b.reference()));
    for (int i = 0; i < many; i++) {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      made.put(sale, bench.charge(sale).snapshot().facts());
      bench.clock.advance(MOMENT);
      lists.ifPresent(reader::read);
    }
    return made;
  }

  private static void demandAll(
      ChangeReader reader, Map<ChargeRequest, PaymentFacts> made, String how) {
    List<String> missing =
        made.entrySet().stream()
            .filter(one -> !reader.has(one.getKey(), one.getValue()))
            .map(one -> one.getKey().reference())
            .collect(Collectors.toList());
    Expect.that(
        missing.isEmpty(),
        how
            + ", the lists of changes lack "
            + missing.size()
            + " of "
            + made.size()
            + " payments: "
            + missing
            + ".");
  }

  private static void failing(Bench bench) {
    bench.charge(bench.sale(Script.APPROVE));
    bench.clock.advance(SETTLED);
    for (Fault fault : Fault.values()) {
      bench.network.strikeEvery(fault);
      Changes changes = Bench.told("changesSince", lists(bench.gateway()).changesSince(BEGIN));
      Expect.that(
          changes instanceof Changes.CannotTell,
          "Where every request met "
              + fault
              + ", the list of changes said "
              + changes.getClass().getSimpleName()
              + ".");
      bench.network.strikeNoMore();
    }
  }

  private static void breaksOff(Bench bench) {
    int many = bench.provider.listsInPagesOf(5) ? 12 : 120;
    ChangeReader none = new ChangeReader(bench, BEGIN);
    Map<ChargeRequest, PaymentFacts> made = changes(bench, many, Optional.empty(), none);
    bench.clock.advance(SETTLED);
    for (int good = 1; good <= 3; good++) {
      ListsChanges lists = lists(bench.gateway());
      ChangeReader reader = new ChangeReader(bench, BEGIN);
      bench.network.strikeAfter(good, Fault.FAILS_BEFORE);
      reader.read(lists);
      bench.network.strikeNoMore();
      reader.readAll(lists);
      demandAll(reader, made, "Broken off after " + good + " requests and gone on with");
    }
  }

  private static void actsNot(Bench bench) {
    bench.charge(bench.sale(Script.APPROVE));
    bench.clock.advance(SETTLED);
    int before = bench.network.acting().size();
    List<Ledger.Charge> books = bench.ledger().charges();
    new ChangeReader(bench, BEGIN).readAll(lists(bench.gateway()));
    new ChangeReader(bench, BEGIN).readAll(lists(bench.another()));
    Expect.equal(
        "How many requests of lists of changes may change something",
        0,
        bench.network.acting().size() - before);
    Expect.equal("What the provider's books say after it", books, bench.ledger().charges());
  }

  private static void reach(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    bench.clock.advance(LONG_AGO);
    Changes changes = Bench.told("changesSince", lists(bench.another()).changesSince(BEGIN));
    if (!(changes instanceof Changes.Listed first)) {
      throw new AssertionError("The list of changes since " + BEGIN + " could not be told.");
    }
    if (first.from().isAfter(Bench.START)) {
      // It says itself that it does not reach back so far.
      return;
    }
    ChangeReader reader = new ChangeReader(bench, BEGIN);
    reader.readAll(lists(bench.another()));
    demandAll(reader, Map.of(sale, facts), "Asked for the last " + LONG_AGO.toDays() + " days");
  }
}
