package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A little of everything, from the beginning, to be held against the same at another place.
 *
 * @param requests what went over the wire
 * @param shown the facts that were shown
 */
record Recorded(List<String> requests, List<String> shown) {
  static Recorded of(Bench like, Instant begin) {
    try (Bench bench = like.fresh()) {
      bench.clock.set(begin);
      ChargeRequest sale =
          bench.sale(Script.APPROVE, bench.money(1234).plus(bench.cents(56))).by(customer("Iris"));
      PaymentFacts facts = bench.charge(sale).snapshot().facts();
      bench.settle();
      List<String> shown = new ArrayList<>();
      shown.add(shown(bench.lookup(bench.gateway(), sale, facts)));
      // Not each is at its end, and the words that providers have for that have many letters.
      for (Script script : List.of(Script.DECLINE_FUNDS, Script.PENDING, Script.ACTION)) {
        if (bench.target.paying(script).isPresent()) {
          Outcome outcome = bench.charge(bench.sale(script));
          shown.add(Words.of(outcome) + " " + outcome.snapshot().facts());
        }
      }
      if (bench.capabilities().contains(Capability.AUTHORIZE)) {
        HoldRules.Held held = HoldRules.hold(bench);
        shown.add(held.facts().toString());
        HoldRules.release(bench, held);
      }
      if (bench.capabilities().contains(Capability.CAPTURE)) {
        HoldRules.Held held = HoldRules.hold(bench);
        HoldRules.capture(bench, held, held.request().amount(), true);
      }
      if (bench.capabilities().contains(Capability.PARTIAL_REFUND)) {
        RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
        RefundRules.refund(bench, sold, bench.newKey(), bench.cents(123));
      }
      if (bench.capabilities().contains(Capability.STORED_METHODS)) {
        bench.charge(StoredMethodRules.renewal(bench, StoredMethodRules.store(bench)));
      }
      bench.lookup(bench.another(), sale, PaymentFacts.none());
      if (bench.capabilities().contains(Capability.CHANGES)) {
        bench.as(ListsChanges.class).changesSince(begin);
      }
      return new Recorded(bench.network.sent().stream().map(Recorded::text).toList(), shown);
    }
  }

  static CustomerDetails customer(String name) {
    return new CustomerDetails(
        Optional.of(name), Optional.of("iris@shop.example"), Optional.of(Locale.GERMANY));
  }

  private static String text(HttpRequest request) {
    List<String> headers = new ArrayList<>();
    request.headers().fields().forEach(field -> headers.add(field.name() + ": " + field.value()));
    return request.method()
        + " "
        + request.uri()
        + " "
        + headers
        + " "
        + new String(request.body(), StandardCharsets.UTF_8);
  }

  private static String shown(Lookup lookup) {
    return lookup instanceof Lookup.Found found
        ? found.snapshot().facts().toString()
        : Words.of(lookup);
  }
}
