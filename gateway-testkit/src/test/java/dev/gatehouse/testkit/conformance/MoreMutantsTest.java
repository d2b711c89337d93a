package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.testkit.conformance.BentTarget.Bending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check of the later groups fails for a gateway that makes the mistake it is about. */
class MoreMutantsTest {
  static final Set<Group> GROUPS =
      Set.of(
          Group.CUSTOMER_ACTION,
          Group.STORED_METHODS,
          Group.CONCURRENCY,
          Group.RESOURCES,
          Group.LOCALE);

  private static final PaymentMethod APPROVED =
      new ReferenceTarget().paying(Script.APPROVE).orElseThrow();

  /**
   * A mistake.
   *
   * @param name the bug
   * @param check the check that has to find it
   * @param seen a part of what its author is told
   */
  private record Mutant(String name, String check, String seen, Bending bending) {
    @Override
    public String toString() {
      return check + " " + name;
    }
  }

  private static Mutant mutant(String check, String name, String seen, Bending bending) {
    return new Mutant(name, check, seen, bending);
  }

  /** The checks that are found to fail here. */
  static Set<String> killed() {
    return mutants().map(Mutant::check).collect(Collectors.toSet());
  }

  static Stream<Mutant> mutants() {
    return Stream.of(actions(), stored(), together(), resources(), locales()).flatMap(s -> s);
  }

  private static Stream<Mutant> actions() {
    return Stream.of(
        mutant(
            "GW-ACTION-01",
            "HidesTheAction",
            "Pending instead of ActionRequired",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    Outcome outcome = super.charge(request);
                    return outcome instanceof Outcome.ActionRequired required
                        ? new Outcome.Pending(required.snapshot())
                        : outcome;
                  }
                }),
        mutant(
            "GW-ACTION-02",
            "NeverCompletes",
            "Pending instead of Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome complete(CompleteRequest request) {
                    return new Outcome.Pending(Snapshot.empty());
                  }
                }),
        mutant(
            "GW-ACTION-03",
            "TakesRefusalForApproval",
            "that was refused by the customer",
            (straight, here) -> showing(straight, AttemptStep.FAILED, AttemptStep.APPROVED)),
        mutant(
            "GW-ACTION-04",
            "WaitsForEver",
            "does not show the attempt as FAILED",
            (straight, here) -> showing(straight, AttemptStep.FAILED, AttemptStep.ACTION_NEEDED)),
        mutant(
            "GW-ACTION-05",
            "CompletesByChargingAnew",
            "2 charges instead of 1",
            (straight, here) ->
                new MutantGateway(straight) {
                  private int sends;

                  @Override
                  public Outcome complete(CompleteRequest request) {
                    Outcome first = super.complete(request);
                    return sends++ == 0 ? first : chargeAnew(this, request);
                  }
                }),
        mutant(
            "GW-ACTION-06",
            "TrustsReturnUrl",
            "what nobody approved was answered with Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome complete(CompleteRequest request) {
                    super.complete(request);
                    return new Outcome.Succeeded(Snapshot.empty());
                  }
                }),
        mutant(
            "GW-ACTION-07",
            "TakesTheFirstAnswerForAll",
            "Succeeded instead of ActionRequired",
            (straight, here) ->
                believing(showing(straight, AttemptStep.ACTION_NEEDED, AttemptStep.APPROVED))),
        mutant(
            "GW-ACTION-08",
            "TakesApprovalForMoney",
            "Succeeded instead of Declined",
            (straight, here) -> believing(straight)));
  }

  /** Takes whatever comes of a completion for a success. */
  private static PaymentGateway believing(PaymentGateway straight) {
    return new MutantGateway(straight) {
      @Override
      public Outcome complete(CompleteRequest request) {
        super.complete(request);
        return new Outcome.Succeeded(Snapshot.empty());
      }
    };
  }

  private static Outcome chargeAnew(PaymentGateway gateway, CompleteRequest request) {
    String reference = request.trace().reference().orElseThrow();
    return gateway.charge(
        ChargeRequest.sale(
            reference,
            request.idempotencyKey() + ".anew",
            request
                .trace()
                .known()
                .attempts()
                .get(request.attempt())
                .amount()
                .value()
                .orElseThrow(),
            APPROVED));
  }

  /** Lookups that show attempts at this step as being at that one. */
  private static PaymentGateway showing(
      PaymentGateway straight, AttemptStep step, AttemptStep instead) {
    return new MutantGateway(straight) {
      @Override
      public Lookup lookup(Trace trace) {
        return super.lookup(trace) instanceof Lookup.Found found
            ? new Lookup.Found(
                changed(
                    found.snapshot(),
                    "",
                    attempt -> attempt.step().isAt(step) ? Attempt.at(instead) : attempt))
            : new Lookup.CannotTell(nothing());
      }
    };
  }

  private static Failure nothing() {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "mutant", "nobody knows");
  }

  private interface Change {
    Attempt of(Attempt attempt);
  }

  /** A snapshot with other attempts and, unless it is blank, another reference. */
  private static Snapshot changed(Snapshot seen, String reference, Change change) {
    PaymentFacts facts = seen.facts();
    Snapshot.Builder other = Snapshot.builder();
    facts.attempts().forEach((id, attempt) -> other.attempt(id, change.of(attempt)));
    facts.movements().forEach(other::movement);
    facts.authorizations().forEach(other::authorization);
    if (!reference.isBlank()) {
      other.reference(reference);
    }
    return other.build();
  }

  private static Stream<Mutant> stored() {
    return Stream.of(
        mutant(
            "GW-STORE-01",
            "ForgetsTheStoredId",
            "The id of the stored method is ''",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    Outcome outcome = super.charge(request);
                    return outcome instanceof Outcome.Succeeded done
                        ? new Outcome.Succeeded(
                            changed(done.snapshot(), "", a -> Attempt.at(AttemptStep.SUCCEEDED)))
                        : outcome;
                  }
                }),
        mutant(
            "GW-STORE-02",
            "AlwaysStores",
            "The method that was stored",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return super.charge(request.storingMethod());
                  }
                }),
        mutant(
            "GW-STORE-03",
            "AsksTheCustomerAtNight",
            "ActionRequired instead of Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return request.initiator() == Initiator.MERCHANT
                        ? super.charge(with(request, token(Script.ACTION)))
                        : super.charge(request);
                  }
                }),
        mutant(
            "GW-STORE-04",
            "TakesRevokedForUnclear",
            "revoked was answered with Unknown",
            (straight, here) -> unsureOfDeclines(straight)),
        mutant(
            "GW-STORE-05",
            "ChargesWhateverIsThere",
            "that nobody knows was answered with Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return request.method() instanceof PaymentMethod.Stored
                        ? super.charge(with(request, APPROVED))
                        : super.charge(request);
                  }
                }));
  }

  private static PaymentMethod token(Script script) {
    return new ReferenceTarget().paying(script).orElseThrow();
  }

  private static PaymentGateway unsureOfDeclines(PaymentGateway straight) {
    return new MutantGateway(straight) {
      @Override
      public Outcome charge(ChargeRequest request) {
        Outcome outcome = super.charge(request);
        return outcome instanceof Outcome.Declined ? new Outcome.Unknown(nothing()) : outcome;
      }
    };
  }

  private static ChargeRequest with(ChargeRequest request, PaymentMethod method) {
    return new ChargeRequest(
        request.reference(),
        request.idempotencyKey(),
        request.amount(),
        request.capture(),
        method,
        request.storeMethod(),
        request.initiator(),
        request.description(),
        request.returnUrl(),
        request.customer());
  }

  private static ChargeRequest under(ChargeRequest request, String key) {
    return new ChargeRequest(
        request.reference(),
        key,
        request.amount(),
        request.capture(),
        request.method(),
        request.storeMethod(),
        request.initiator(),
        request.description(),
        request.returnUrl(),
        request.customer());
  }

  private static Stream<Mutant> together() {
    return Stream.of(
        mutant(
            "GW-CONC-01",
            "KeepsTheRequestInAField",
            "The reference in an answer",
            (straight, here) ->
                new MutantGateway(straight) {
                  private volatile String reference = "";

                  @Override
                  public Outcome charge(ChargeRequest request) {
                    reference = request.reference();
                    Outcome outcome = super.charge(request);
                    return outcome instanceof Outcome.Succeeded done
                        ? new Outcome.Succeeded(changed(done.snapshot(), reference, a -> a))
                        : outcome;
                  }
                }),
        mutant(
            "GW-CONC-02",
            "MakesKeysUpForEachThread",
            "charges instead of 1",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    long thread = Thread.currentThread().getId();
                    return super.charge(under(request, request.idempotencyKey() + "." + thread));
                  }
                }),
        mutant(
            "GW-CONC-03",
            "TakesEveryVoidForDone",
            "the void with Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome voidAuthorization(VoidRequest request) {
                    Thread.yield();
                    super.voidAuthorization(request);
                    return new Outcome.Succeeded(Snapshot.empty());
                  }

                  @Override
                  public Outcome capture(CaptureRequest request) {
                    super.capture(request);
                    return new Outcome.Succeeded(Snapshot.empty());
                  }
                }));
  }

  private static Stream<Mutant> resources() {
    return Stream.of(
        mutant(
            "GW-RSRC-01",
            "WorksOnWhenClosed",
            "Succeeded instead of NotSent",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public void close() {
                    // Forgotten.
                  }
                }),
        mutant(
            "GW-RSRC-02",
            "ThrowsWhenClosedTwice",
            "already closed",
            (straight, here) ->
                new MutantGateway(straight) {
                  private boolean closed;

                  @Override
                  public void close() {
                    if (closed) {
                      // Other checks close what was closed, too.
                      throw new IllegalStateException("already closed");
                    }
                    closed = true;
                    super.close();
                  }
                }),
        mutant(
            "GW-RSRC-03",
            "LeavesAThreadBehind",
            "100 threads more are alive, such as leaked",
            (straight, here) -> {
              LEAKED.leak();
              return straight;
            }));
  }

  private static final Leak LEAKED = new Leak();

  /** Threads that nobody ends but this test. */
  private static final class Leak {
    private final CountDownLatch end = new CountDownLatch(1);

    void leak() {
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "leaked");
      thread.setDaemon(true);
      thread.start();
    }

    void end() {
      end.countDown();
    }
  }

  private static Stream<Mutant> locales() {
    return Stream.of(
        mutant(
            "GW-LOCALE-01",
            "SpeaksTurkish",
            "A request where the server speaks tr-TR",
            (straight, here) -> describing(straight, "Invoice"::toLowerCase)),
        mutant(
            "GW-LOCALE-01",
            "CountsInArabic",
            "A request where the server speaks ar-EG",
            (straight, here) -> describing(straight, () -> String.format("Number %d", 12))),
        mutant(
            "GW-LOCALE-02",
            "WritesLatinOnly",
            "texts that were sent arrived as they were written",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    String text = request.description().orElseThrow();
                    return super.charge(
                        request.describedAs(
                            new String(
                                text.getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.ISO_8859_1)));
                  }
                }),
        mutant(
            "GW-LOCALE-03",
            "WantsTimeToGoOn",
            "the clock went backwards",
            (straight, here) ->
                new MutantGateway(straight) {
                  private Instant last = Instant.MIN;

                  @Override
                  public Outcome charge(ChargeRequest request) {
                    if (here.clock().instant().isBefore(last)) {
                      throw new IllegalStateException("the clock went backwards");
                    }
                    last = here.clock().instant();
                    return super.charge(request);
                  }
                }));
  }

  private interface Words {
    String now();
  }

  private static PaymentGateway describing(PaymentGateway straight, Words words) {
    return new MutantGateway(straight) {
      @Override
      public Outcome charge(ChargeRequest request) {
        return super.charge(request.describedAs(words.now()));
      }
    };
  }

  @AfterAll
  static void end_what_was_leaked() {
    LEAKED.end();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void a_mistake_is_found_and_its_author_is_told(Mutant mutant) {
    Result result = ConformanceKit.of(new BentTarget(mutant.bending())).run(mutant.check());
    assertThat(result.verdict()).isInstanceOf(Verdict.Failed.class);
    assertThat(result.explanation()).contains(mutant.seen());
  }

  @Test
  void the_gateway_that_is_not_bent_passes() {
    ConformanceKit kit =
        ConformanceKit.of(new BentTarget((straight, here) -> new MutantGateway(straight)));
    List<String> failed =
        kit.runAll().stream()
            .filter(result -> GROUPS.contains(result.check().group()))
            // One whose class is local here can't be made once more; this JVM has one charset.
            .filter(result -> !Set.of("GW-RSRC-07", "GW-LOCALE-07").contains(result.check().id()))
            .filter(result -> !(result.verdict() instanceof Verdict.Passed))
            .map(Result::explanation)
            .toList();
    assertThat(failed).isEmpty();
  }
}
