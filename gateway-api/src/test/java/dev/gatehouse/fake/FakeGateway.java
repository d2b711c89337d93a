package dev.gatehouse.fake;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.LinksToDashboard;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.RemovesMethods;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.SetsUpMethods;
import dev.gatehouse.spi.TakesReports;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes every call, and answers, throws or returns null as its script says. */
public class FakeGateway implements PaymentGateway {
  /** What to do on a call. */
  @FunctionalInterface
  public interface Script {
    /** The answer, which may be missing or no answer at all. */
    @Nullable Object on(String call, Object request) throws Throwable;
  }

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Script script;

  /** A gateway that approves every charge and knows nothing else. */
  public FakeGateway() {
    script = FakeGateway::approving;
  }

  /** A gateway that does as the script says. */
  public FakeGateway(Script script) {
    this.script = script;
  }

  /** The names of the calls so far, {@code close} included. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** From now on it does as this script says. */
  public void now(Script next) {
    script = next;
  }

  /** Every charge is captured at once; nothing else gets an answer. */
  public static @Nullable Object approving(String call, Object request) {
    if (!(request instanceof ChargeRequest charge)) {
      return null;
    }
    String attempt = charge.reference() + "-charge";
    return new Outcome.Succeeded(
        Snapshot.builder()
            .reference(charge.reference())
            .currency(charge.amount().getCurrencyUnit())
            .attempt(
                attempt,
                Attempt.at(AttemptStep.SUCCEEDED)
                    .with(charge.amount())
                    .causedBy(charge.idempotencyKey()))
            .movement(
                charge.reference() + "-capture",
                Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                    .with(charge.amount())
                    .ofCharge(attempt)
                    .causedBy(charge.idempotencyKey()))
            .build());
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return play("charge", request);
  }

  @Override
  public Lookup lookup(Trace trace) {
    return play("lookup", trace);
  }

  @Override
  public void close() {
    play("close", "");
  }

  /** Plays the script; whatever it throws comes out, declared or not. */
  @SuppressWarnings("unchecked")
  protected final <T> T play(String call, Object request) {
    calls.add(call);
    try {
      return (T) script.on(call, request);
    } catch (Throwable thrown) {
      throw FakeGateway.<RuntimeException>undeclared(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X undeclared(Throwable thrown) throws X {
    throw (X) thrown;
  }

  /** A failure to answer with. */
  public static Failure failure() {
    return Failure.of(ErrorCategory.UNAVAILABLE, "down", "the provider is down");
  }

  /** One that implements every capability. */
  public static final class Full extends FakeGateway
      implements CapturesPayments,
          VoidsPayments,
          RefundsPayments,
          CompletesActions,
          ReceivesWebhooks,
          ListsChanges,
          LinksToDashboard,
          TakesReports,
          SetsUpMethods,
          RemovesMethods {
    /** A gateway that approves every charge and knows nothing else. */
    public Full() {}

    /** A gateway that does as the script says. */
    public Full(Script script) {
      super(script);
    }

    @Override
    public Outcome setUp(SetUpRequest request) {
      return play("setUp", request);
    }

    @Override
    public Lookup lookupSetUp(Trace trace) {
      return play("lookupSetUp", trace);
    }

    @Override
    public Outcome remove(RemoveRequest request) {
      return play("remove", request);
    }

    @Override
    public Outcome capture(CaptureRequest request) {
      return play("capture", request);
    }

    @Override
    public Outcome voidAuthorization(VoidRequest request) {
      return play("void", request);
    }

    @Override
    public Outcome refund(RefundRequest request) {
      return play("refund", request);
    }

    @Override
    public Outcome complete(CompleteRequest request) {
      return play("complete", request);
    }

    @Override
    public WebhookAnswer receive(WebhookRequest request) {
      return play("receive", request);
    }

    @Override
    public Changes changesSince(Instant since) {
      return play("changes", since);
    }

    @Override
    public Optional<URI> paymentPage(Trace trace) {
      return play("page", trace);
    }

    @Override
    public Snapshot report(OperatorReport report) {
      return play("report", report);
    }
  }
}
