package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wrong with threads, secrets and what an instance owns. */
final class InstanceFoes {
  private InstanceFoes() {}

  /** Keeps the request at hand in a field. */
  public static final class RequestInAField extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RequestInAField() {
      super(
          "foe-96",
          "Concurrency: 64 parallel payments, no cross-talk",
          "Keep what belongs to a call in its local variables.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        private volatile ChargeRequest current;

        @Override
        public Outcome charge(ChargeRequest request) {
          current = request;
          Thread.yield();
          return super.charge(current);
        }
      };
    }
  }

  /** Keeps the answer at hand in a field, for refunds. */
  public static final class RefundAnswerInAField extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RefundAnswerInAField() {
      super(
          "foe-97",
          "Concurrency: 64 parallel payments, no cross-talk",
          "Keep what belongs to a call in its local variables.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        private volatile Outcome answer;

        @Override
        public Outcome refund(RefundRequest request) {
          answer = super.refund(request);
          Thread.yield();
          return answer;
        }
      };
    }
  }

  /** Shows its settings, the key among them. */
  public static final class KeyInToString extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeyInToString() {
      super(
          "foe-98",
          "Secrets: canary key never in logs, exceptions, toString, results, events",
          "Show no secret in toString.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public String toString() {
          return "Gateway[key=" + settings.required("secret-key") + "]";
        }
      };
    }
  }

  /** Says which key the provider did not like. */
  public static final class KeyInTheRefusal extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeyInTheRefusal() {
      super(
          "foe-99",
          "Secrets: canary key never in logs, exceptions, toString, results, events",
          "Name the setting in the failure, not its value.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.AUTHENTICATION)
              ? new Outcome.NotSent(
                  Failure.of(
                      ErrorCategory.AUTHENTICATION,
                      "http.401",
                      "key "
                          + settings.required("secret-key")
                          + " in setting 'secret-key' was refused"))
              : outcome;
        }
      };
    }
  }

  /** Says with which secret a signature did not match. */
  public static final class SecretInTheRejection extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public SecretInTheRejection() {
      super(
          "foe-100",
          "Secrets: webhook secret never in logs, exceptions, toString, results, events",
          "Say that the signature is wrong, and nothing of the secret.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public WebhookAnswer receive(WebhookRequest request) {
          WebhookAnswer answer = super.receive(request);
          return answer instanceof WebhookAnswer.Rejected no
                  && no.reason().startsWith("no signature")
              ? new WebhookAnswer.Rejected("not signed with " + settings.required("webhook-secret"))
              : answer;
        }
      };
    }
  }

  /** Traces its requests with all headers. */
  public static final class KeyInTheTrace extends Foe {
    private static final Logger LOG = Logger.getLogger("foe.wire");

    /** For {@link java.util.ServiceLoader}. */
    public KeyInTheTrace() {
      super("foe-101", "Secrets: canary key never in logs at TRACE", "Log header names only.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        LOG.log(Level.FINEST, "> {0}", request.headers().first("authorization").orElse(""));
        return next.send(request);
      };
    }
  }

  /** Prints its requests to the console. */
  public static final class KeyOnTheConsole extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeyOnTheConsole() {
      super(
          "foe-102", "Secrets: canary key never in logs", "Print nothing; log header names only.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        System.err.println("> " + request.headers().first("authorization").orElse(""));
        return next.send(request);
      };
    }
  }

  /** Each instance has a thread that outlives it. */
  public static final class ThreadOutlivesClose extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ThreadOutlivesClose() {
      super(
          "foe-103",
          "Resources: threads, sockets and heap back to baseline after 1,000 calls and 100"
              + " open/close",
          "Shut the executor down in close.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      ExecutorService pool =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread thread = new Thread(work, "foe-pool");
                thread.setDaemon(true);
                return thread;
              });
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          pool.execute(() -> {});
          return super.charge(request);
        }
      };
    }
  }

  /** A closed gateway still looks up. */
  public static final class LooksUpWhenClosed extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public LooksUpWhenClosed() {
      super(
          "foe-104",
          "Resources: use after close is typed",
          "Send nothing after close, lookups included.");
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      PaymentGateway second = super.open(settings, environment);
      return new GoodGateway(super.open(settings, environment)) {
        @Override
        public Lookup lookup(Trace trace) {
          return second.lookup(trace);
        }
      };
    }
  }

  /** Refunds throw what comes to hand once it is closed. */
  public static final class RefundThrowsWhenClosed extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RefundThrowsWhenClosed() {
      super("foe-105", "Resources: use after close is typed", "Answer NotSent after close.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      AtomicBoolean closed = new AtomicBoolean();
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          if (closed.get()) {
            throw new IllegalStateException("closed");
          }
          return super.refund(request);
        }

        @Override
        public void close() {
          closed.set(true);
          super.close();
        }
      };
    }
  }

  /** Can be closed once. */
  public static final class SecondCloseThrows extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public SecondCloseThrows() {
      super("foe-106", "Resources: close twice", "Let a second close do nothing.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      AtomicBoolean closed = new AtomicBoolean();
      return new GoodGateway(good) {
        @Override
        public void close() {
          if (!closed.compareAndSet(false, true)) {
            throw new IllegalStateException("closed already");
          }
          super.close();
        }
      };
    }
  }

  /** Closes what it was lent. */
  public static final class ClosesTheTransport extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ClosesTheTransport() {
      super(
          "foe-107",
          "SPI PaymentGateway.close: The transport is not the gateway's to close",
          "Leave the transport open.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public void close() {
          super.close();
          env.http().close();
        }
      };
    }
  }

  /** Keeps every answer it ever got. */
  public static final class KeepsEveryAnswer extends Foe {
    private static final List<byte[]> SEEN = new CopyOnWriteArrayList<>();

    /** For {@link java.util.ServiceLoader}. */
    public KeepsEveryAnswer() {
      super(
          "foe-108",
          "Resources: heap back to baseline after 1,000 calls",
          "Keep nothing from call to call.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        HttpResponse answer = next.send(request);
        SEEN.add(java.util.Arrays.copyOf(answer.body(), 20_000));
        return answer;
      };
    }
  }

  /** Each instance has a hook in the JVM's shutdown. */
  public static final class ShutdownHookPerInstance extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ShutdownHookPerInstance() {
      super(
          "foe-109",
          "Resources: class loader collectable",
          "Register nothing with the JVM, or take it away in close.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      Runtime.getRuntime().addShutdownHook(new Thread(good::close, "foe-shutdown"));
      return super.around(good, settings, env);
    }
  }
}
