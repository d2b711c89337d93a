package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.Mutant.bent;
import static dev.gatehouse.testkit.conformance.MutantMeans.changed;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.under;

import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.VoidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong with threads, resources and the words of a server. */
final class MutantsOfServers {
  private MutantsOfServers() {}

  static List<Mutant> all() {
    return Stream.of(together(), resources(), locales()).flatMap(List::stream).toList();
  }

  private static List<Mutant> together() {
    return List.of(
        bent(
            "GW-CONC-01",
            "KeepsTheRequestInAField",
            "It keeps the request at hand in a field that all threads share.",
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
        bent(
            "GW-CONC-02",
            "MakesKeysUpForEachThread",
            "Its keys have the thread's number in them.",
            "charges instead of 1",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    long thread = Thread.currentThread().getId();
                    return super.charge(under(request, request.idempotencyKey() + "." + thread));
                  }
                }),
        bent(
            "GW-CONC-02",
            "SharesADigest",
            "Its keys are digests, and all threads share the one that makes them.",
            "charges instead of 1",
            (straight, here) -> digesting(straight)),
        bent(
            "GW-CONC-03",
            "TakesEveryVoidForDone",
            "It believes that every void and every capture was done.",
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

  private static PaymentGateway digesting(PaymentGateway straight) {
    CRC32C digest = new CRC32C();
    return new MutantGateway(straight) {
      @Override
      public Outcome charge(ChargeRequest request) {
        digest.reset();
        Thread.yield();
        digest.update(request.idempotencyKey().getBytes(StandardCharsets.UTF_8));
        Thread.yield();
        return super.charge(under(request, "key-" + Long.toHexString(digest.getValue())));
      }
    };
  }

  private static List<Mutant> resources() {
    return List.of(
        bent(
            "GW-RSRC-01",
            "WorksOnWhenClosed",
            "It goes on when it is closed.",
            "Succeeded instead of NotSent",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public void close() {
                    // Forgotten.
                  }
                }),
        bent(
            "GW-RSRC-02",
            "ThrowsWhenClosedTwice",
            "It throws when it is closed while another is open.",
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
        bent(
            "GW-RSRC-03",
            "LeavesAThreadBehind",
            "Each instance leaves a thread behind.",
            "200 threads more are alive, such as leaked",
            (straight, here) -> {
              LEAKED.leak();
              return straight;
            }));
  }

  static final Leak LEAKED = new Leak();

  /** Threads that nobody ends but this test. */
  static final class Leak {
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

  private static List<Mutant> locales() {
    return List.of(
        bent(
            "GW-LOCALE-01",
            "SpeaksTurkish",
            "It writes small letters as the server's language does.",
            "A request where the server speaks tr-TR",
            (straight, here) -> describing(straight, "Invoice"::toLowerCase)),
        bent(
            "GW-LOCALE-01",
            "CountsInArabic",
            "It writes numbers as the server's language does.",
            "A request where the server speaks ar-EG",
            (straight, here) -> describing(straight, () -> String.format("Number %d", 12))),
        Mutant.of(
            "ReadsInTurkish",
            "It compares the provider's words in capitals of the server's language.",
            reads("charge", MutantsOfServers::inCapitals),
            "GW-LOCALE-01"),
        bent(
            "GW-LOCALE-02",
            "WritesLatinOnly",
            "It writes what is not Latin as question marks.",
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
        bent(
            "GW-LOCALE-03",
            "WantsTimeToGoOn",
            "It throws where the clock goes backwards.",
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

  private static void inCapitals(ObjectNode charge) {
    String status = charge.path("status").asString("").toUpperCase(Locale.getDefault());
    charge.put("status", status.toLowerCase(Locale.ROOT));
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
}
