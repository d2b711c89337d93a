package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.conformance.BentTarget.Bending;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where customers are always sent to the provider first, the checks about taking money look at the
 * call that takes it, too.
 */
class CompletionMutantsTest {
  private static final List<String> CHECKS =
      List.of(
          "GW-SALE-01",
          "GW-SALE-02",
          "GW-SALE-03",
          "GW-SALE-08",
          "GW-SALE-10",
          "GW-VALID-01",
          "GW-VALID-02",
          "GW-VALID-03",
          "GW-VALID-04",
          "GW-REFUND-01",
          "GW-REFUND-04",
          "GW-REFUND-06",
          "GW-REFUND-08",
          "GW-IDEM-01",
          "GW-IDEM-02",
          "GW-IDEM-03",
          "GW-IDEM-04",
          "GW-IDEM-05",
          "GW-IDEM-06",
          "GW-CURR-03",
          "GW-CURR-04",
          "GW-CURR-05",
          "GW-DOUBT-01",
          "GW-DOUBT-02",
          "GW-DOUBT-05",
          "GW-DOUBT-07",
          "GW-DOUBT-10",
          "GW-DOUBT-11",
          "GW-DOUBT-12",
          "GW-DOUBT-13",
          "GW-DOUBT-14",
          "GW-CONC-01",
          "GW-CONC-02",
          "GW-LOCALE-03");

  static Stream<Arguments> mutants() {
    return Stream.of(
        completing("GW-SALE-01", "Pending", done -> new Outcome.Pending(Snapshot.empty())),
        completing("GW-SALE-10", "instead of Unknown", CompletionMutantsTest::declined),
        completing("GW-DOUBT-02", "instead of Unknown", CompletionMutantsTest::declined),
        completing("GW-DOUBT-01", "instead of NotSent", CompletionMutantsTest::declined),
        Arguments.of(
            "GW-IDEM-03",
            "The keys of the second send",
            (Bending)
                (straight, here) ->
                    new MutantGateway(straight) {
                      @Override
                      public Outcome complete(CompleteRequest request) {
                        return super.complete(under(request, UUID.randomUUID().toString()));
                      }
                    }),
        Arguments.of(
            "GW-IDEM-04",
            "is 2 instead of 1",
            (Bending)
                (straight, here) ->
                    new MutantGateway(straight) {
                      @Override
                      public Outcome complete(CompleteRequest request) {
                        Outcome outcome = super.complete(request);
                        return outcome instanceof Outcome.Unknown
                            ? super.complete(request)
                            : outcome;
                      }
                    }),
        Arguments.of(
            "GW-DOUBT-14",
            "AbsentAsOf",
            (Bending)
                (straight, here) ->
                    new MutantGateway(straight) {
                      @Override
                      public Lookup lookup(Trace trace) {
                        Lookup lookup = super.lookup(trace);
                        return lookup instanceof Lookup.CannotTell
                            ? new Lookup.AbsentAsOf(here.clock().instant(), true)
                            : lookup;
                      }
                    }));
  }

  private static Arguments completing(String check, String seen, UnaryOperator<Outcome> change) {
    Bending bending =
        (straight, here) ->
            new MutantGateway(straight) {
              @Override
              public Outcome complete(CompleteRequest request) {
                return change.apply(super.complete(request));
              }
            };
    return Arguments.of(check, seen, bending);
  }

  private static Outcome declined(Outcome outcome) {
    boolean good = outcome instanceof Outcome.Succeeded;
    return good
        ? outcome
        : new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.GENERIC_DECLINE));
  }

  private static CompleteRequest under(CompleteRequest request, String key) {
    return new CompleteRequest(request.trace(), key, request.attempt(), request.capture());
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void a_mistake_in_the_completion_is_found(String check, String seen, Bending bending) {
    Result result = ConformanceKit.of(BentTarget.ofWallet(bending)).run(check);
    assertThat(result.verdict()).isInstanceOf(Verdict.Failed.class);
    assertThat(result.explanation()).contains(seen);
  }

  @Test
  void a_completion_without_mistakes_passes() {
    ConformanceKit kit =
        ConformanceKit.of(BentTarget.ofWallet((straight, here) -> new MutantGateway(straight)));
    assertThat(CHECKS)
        .allSatisfy(
            check -> {
              Result result = kit.run(check);
              assertThat(result.verdict())
                  .as(result.explanation())
                  .isInstanceOf(Verdict.Passed.class);
            });
  }
}
