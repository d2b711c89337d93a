package dev.gatehouse.testkit.scenario;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A gateway that lists what it is told to list, and remembers since when it was asked. */
final class ListingGateway implements GatewayProvider {
  static final Failure DOWN = Failure.of(ErrorCategory.UNAVAILABLE, "down", "the provider is down");

  final List<Instant> asked = new ArrayList<>();
  final Set<String> unclear = new HashSet<>();
  final Set<String> broken = new HashSet<>();
  final Map<String, String> references = new HashMap<>();
  Function<Instant, Changes> list = since -> new Changes.CannotTell(DOWN);

  /** Lists these charges, up to this time. */
  void lists(Instant upTo, String... charges) {
    List<PaymentHint> hints = List.of(charges).stream().map(ListingGateway::hint).toList();
    list = since -> new Changes.Listed(hints, since, upTo);
  }

  private static PaymentHint hint(String charge) {
    return new PaymentHint(Optional.empty(), Set.of(new ProviderId("charge", charge)));
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "listing";
  }

  @Override
  public GatewayDescription describe() {
    return GatewayDescription.builder("Listing", "1")
        .method(MethodSpec.withToken("card"))
        .can(Capability.CHANGES)
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new Opened();
  }

  private final class Opened implements PaymentGateway, ListsChanges {
    @Override
    public Outcome charge(ChargeRequest request) {
      return new Outcome.NotSent(DOWN);
    }

    @Override
    public Lookup lookup(Trace trace) {
      String charge = trace.providerId("charge").orElseThrow();
      if (broken.contains(charge)) {
        throw new AssertionError("broken");
      }
      if (unclear.contains(charge)) {
        return new Lookup.CannotTell(DOWN);
      }
      Snapshot.Builder seen =
          Snapshot.builder()
              .mode(Mode.TEST)
              .providerId("charge", charge)
              .attempt(charge, Attempt.at(AttemptStep.SUCCEEDED));
      Optional.ofNullable(references.get(charge)).ifPresent(seen::reference);
      return new Lookup.Found(seen.build());
    }

    @Override
    public synchronized Changes changesSince(Instant since) {
      asked.add(since);
      return list.apply(since);
    }

    @Override
    public void close() {}
  }
}
