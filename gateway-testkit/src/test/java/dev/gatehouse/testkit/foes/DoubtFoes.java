package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Wrong where nobody knows what happened. */
final class DoubtFoes {
  private DoubtFoes() {}

  /** A capture that timed out did not happen. */
  public static final class CaptureTimeoutIsNotSent extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CaptureTimeoutIsNotSent() {
      super(
          "foe-52",
          "Unknown outcome: read timeout: Unknown",
          "Answer Unknown for captures, too, whose answer was lost.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome capture(CaptureRequest request) {
          Outcome outcome = super.capture(request);
          boolean lost =
              outcome instanceof Outcome.Unknown unknown
                  && !unknown.failure().code().matches("http\\.[0-9]+|answer\\..*");
          return lost
              ? Outcomes.notSent(ErrorCategory.NOT_SENT, ((Outcome.Unknown) outcome).failure())
              : outcome;
        }
      };
    }
  }

  /** Who answers "service unavailable" did nothing. */
  public static final class ServiceUnavailableDidNothing extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ServiceUnavailableDidNothing() {
      super(
          "foe-53",
          "Unknown outcome: 500, 502, 503, 504 (are Unknown)",
          "Answer Unknown for a 503: a gateway on the way may have sent it after the effect.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return Outcomes.isUnknown(outcome, "http.503")
              ? Outcomes.notSent(ErrorCategory.UNAVAILABLE, ((Outcome.Unknown) outcome).failure())
              : outcome;
        }
      };
    }
  }

  /** A 500 to a refund is taken for a no. */
  public static final class ServerErrorDeclinesRefunds extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ServerErrorDeclinesRefunds() {
      super(
          "foe-54",
          "Unknown outcome: 500, 502, 503, 504 (are Unknown)",
          "Answer Unknown for a 500, refunds included.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          Outcome outcome = super.refund(request);
          return Outcomes.isUnknown(outcome, "http.500")
              ? Outcomes.declined(DeclineCode.PROCESSING_ERROR)
              : outcome;
        }
      };
    }
  }

  /** Sends once more if no answer came. */
  public static final class LostAnswersAreSentAgain extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public LostAnswersAreSentAgain() {
      super(
          "foe-55",
          "Unknown outcome: no blind retry",
          "Send once; answer Unknown and leave the rest to the engine.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        try {
          return next.send(request);
        } catch (TransportException.Unknown e) {
          return next.send(request);
        }
      };
    }
  }

  /** Sends once more at a 502, captures only. */
  public static final class CaptureRetriesBadGateway extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CaptureRetriesBadGateway() {
      super(
          "foe-56",
          "Unknown outcome: no blind retry",
          "Send once; answer Unknown and leave the rest to the engine.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        HttpResponse answer = next.send(request);
        return answer.status() == 502 && Wire.isCapture(request) ? next.send(request) : answer;
      };
    }
  }

  /** Reads the provider's seconds as milliseconds. */
  public static final class RetryAfterInMilliseconds extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RetryAfterInMilliseconds() {
      super("foe-57", "Unknown outcome: 429 with Retry-After", "Read Retry-After as seconds.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          if (outcome instanceof Outcome.NotSent not) {
            Failure f = not.failure();
            return new Outcome.NotSent(
                new Failure(
                    f.category(),
                    f.code(),
                    f.message(),
                    f.retryAfter().map(wait -> Duration.ofMillis(wait.toSeconds()))));
          }
          return outcome;
        }
      };
    }
  }

  /** An empty answer under status 200 is a good one. */
  public static final class EmptyAnswerIsSuccess extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public EmptyAnswerIsSuccess() {
      super(
          "foe-58",
          "Unknown outcome: truncated, HTML, empty body",
          "Answer Unknown for whatever is not clearly the provider's own answer.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        HttpResponse answer = next.send(request);
        return answer.status() == 200 && answer.body().length == 0 && Wire.isCharge(request)
            ? new HttpResponse(299, answer.headers(), answer.body())
            : answer;
      };
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return Outcomes.isUnknown(outcome, "http.299") ? Outcomes.fine() : outcome;
        }
      };
    }
  }

  /** Any status from 400 to 499 is the provider's no. */
  public static final class PageOfAProxyIsARefusal extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public PageOfAProxyIsARefusal() {
      super(
          "foe-59",
          "writing-a-gateway: a page of some machine on the way proves nothing (Unknown outcome:"
              + " truncated, HTML, empty body)",
          "Take a 4xx for a refusal only if its body is the provider's own error.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return outcome instanceof Outcome.Unknown unknown
                  && unknown.failure().code().matches("http\\.4[0-9]{2}")
              ? Outcomes.notSent(ErrorCategory.VALIDATION, unknown.failure())
              : outcome;
        }
      };
    }
  }

  /** Clears the interrupt of who called. */
  public static final class SwallowsInterrupts extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public SwallowsInterrupts() {
      super(
          "foe-60",
          "Unknown outcome: an interrupt is preserved, and is Unknown once sent",
          "Leave the thread's interrupt flag set.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          Thread.interrupted();
          return outcome;
        }
      };
    }
  }

  /** Gives every request the time that it likes. */
  public static final class TimeLimitOfItsOwn extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public TimeLimitOfItsOwn() {
      super(
          "foe-61",
          "Unknown outcome: the whole deadline is kept",
          "Hand environment.deadline() of the call to the transport with each request.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      HttpTransport http = environment.http();
      return (request, next) -> http.send(request, Duration.ofMinutes(2));
    }
  }

  /** A list that can't be had is taken for an empty one. */
  public static final class FailedListIsEmpty extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public FailedListIsEmpty() {
      super(
          "foe-62",
          "Unknown outcome: a failing lookup leaves Unknown",
          "Answer CannotTell if the provider could not be asked.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Lookup lookup(Trace trace) {
          Instant asOf = env.clock().instant();
          Lookup answer = super.lookup(trace);
          return answer instanceof Lookup.CannotTell no ? absent(no, asOf) : answer;
        }

        private Lookup absent(Lookup.CannotTell no, Instant asOf) {
          return no.failure().code().startsWith("http.5") ? new Lookup.AbsentAsOf(asOf, true) : no;
        }
      };
    }
  }

  /** What can't be found is sent once more. */
  public static final class LookupSendsAgain extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public LookupSendsAgain() {
      super(
          "foe-63",
          "Unknown outcome: lookup executes nothing",
          "Only read in lookup; never replay a mutating request.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      Map<String, ChargeRequest> sent = new ConcurrentHashMap<>();
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          sent.put(request.reference(), request);
          return super.charge(request);
        }

        @Override
        public Lookup lookup(Trace trace) {
          Lookup answer = super.lookup(trace);
          ChargeRequest before = sent.get(trace.reference().orElse(""));
          if (answer instanceof Lookup.AbsentAsOf && before != null) {
            return new Lookup.Found(super.charge(before).snapshot());
          }
          return answer;
        }
      };
    }
  }

  /** Finds only payments whose id it knows. */
  public static final class LooksUpByItsIdOnly extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public LooksUpByItsIdOnly() {
      super(
          "foe-64",
          "Unknown outcome: lookup by every route that is declared, our reference alone among them",
          "Find payments by our reference alone, or do not declare byListing for CHARGE.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Lookup lookup(Trace trace) {
          return trace.known().attempts().isEmpty() && trace.known().providerIds().isEmpty()
              ? new Lookup.CannotTell(
                  Failure.of(ErrorCategory.NOT_FOUND, "no-id", "the charge's id is not known"))
              : super.lookup(trace);
        }
      };
    }
  }

  /** Reads the first page of lists. */
  public static final class FirstPageOnly extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public FirstPageOnly() {
      super(
          "foe-65",
          "writing-a-gateway: half a list must not look like a whole one (Unknown outcome: lookup"
              + " by every route that is declared)",
          "Read every page, or answer CannotTell.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          Wire.isGet(request)
              ? Wire.with(
                  next.send(request), b -> b.replace("\"has_more\":true", "\"has_more\":false"))
              : next.send(request);
    }
  }

  /** Takes the time of absence from the machine, and after the answer. */
  public static final class AbsentByTheMachinesClock extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public AbsentByTheMachinesClock() {
      super(
          "foe-66",
          "Unknown outcome: absence is reported only after the declared settle time (SPI: asOf is"
              + " the time right before the provider was asked; uses this clock and no other)",
          "Take asOf from environment.clock(), before asking.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Lookup lookup(Trace trace) {
          Lookup answer = super.lookup(trace);
          return answer instanceof Lookup.AbsentAsOf
              ? new Lookup.AbsentAsOf(Clock.systemUTC().instant(), true)
              : answer;
        }
      };
    }
  }

  /** Takes a refused connection for a lost answer. */
  public static final class RefusedConnectionIsUnknown extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RefusedConnectionIsUnknown() {
      super(
          "foe-67",
          "Unknown outcome: refused connection and DNS failure: NotSent",
          "Answer NotSent where the transport says so.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          Outcome outcome = super.refund(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.NOT_SENT)
              ? new Outcome.Unknown(((Outcome.NotSent) outcome).failure())
              : outcome;
        }
      };
    }
  }

  /** The answer to a refund is said to show every refund there is. */
  public static final class AnswersAreCalledComplete extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public AnswersAreCalledComplete() {
      super(
          "foe-68",
          "writing-a-gateway: Never say complete of a response, which may be a replay"
              + " (Architecture: Absence is never a fact)",
          "Call lists complete in lookups only.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          Outcome outcome = super.refund(request);
          return outcome instanceof Outcome.Succeeded
              ? new Outcome.Succeeded(
                  new Snapshot(outcome.snapshot().facts(), Set.of(FactList.REFUNDS)))
              : outcome;
        }
      };
    }
  }

  /** A list that lags is said to be complete. */
  public static final class LaggingListIsComplete extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public LaggingListIsComplete() {
      super(
          "foe-69",
          "writing-a-gateway: settles must cover a request that is still on its way and lists that"
              + " lag (Unknown outcome: absence is reported only after the declared settle time)",
          "Declare a settle time that covers the list's lag.");
    }

    @Override
    public dev.gatehouse.spi.GatewayDescription describe() {
      return super.describe().toBuilder()
          .recovers(
              dev.gatehouse.spi.OperationKind.CHARGE,
              dev.gatehouse.spi.Recovery.byListing(Duration.ZERO)
                  .orReplayWithin(Duration.ofHours(24)))
          .build();
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Lookup lookup(Trace trace) {
          Lookup answer = super.lookup(trace);
          return answer instanceof Lookup.AbsentAsOf absent
              ? new Lookup.AbsentAsOf(absent.asOf(), true)
              : answer;
        }
      };
    }
  }

  /** Reads an answer that was cut short as far as it goes. */
  public static final class CutAnswerIsMended extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CutAnswerIsMended() {
      super(
          "foe-70",
          "Unknown outcome: truncated, HTML, empty body",
          "Parse the whole answer before believing any of it.");
    }

    /** Mends an answer that was cut short, as a lenient parser does. */
    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        HttpResponse answer = next.send(request);
        String body = answer.bodyAsUtf8();
        boolean cut = Wire.isCharge(request) && body.startsWith("{") && !body.endsWith("}");
        return cut ? mended(request, answer) : answer;
      };
    }

    private static HttpResponse mended(HttpRequest request, HttpResponse cut) {
      String sent = Wire.text(request);
      String body =
          "{\"object\":\"charge\",\"id\":\""
              + Wire.field(cut.bodyAsUtf8() + "\"", "id")
              + "\",\"account\":\"acct_sim\",\"livemode\":false,\"reference\":\""
              + Wire.field(sent, "reference")
              + "\",\"status\":\"succeeded\",\"amount\":\""
              + Wire.field(sent, "amount")
              + "\",\"currency\":\""
              + Wire.field(sent, "currency")
              + "\",\"captures\":[],\"refunds\":[],\"disputes\":[]}";
      return Wire.with(new HttpResponse(200, HttpHeaders.none(), new byte[0]), b -> body);
    }
  }
}
