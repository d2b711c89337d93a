package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;

/** Wrong in how they are found, configured, and kept. */
final class Opening {
  private Opening() {}

  /** Names its settings in lower case of the machine's language. */
  static final class LowersNamesInTheMachinesLanguage extends Slip {
    @Override
    GatewayDescription described(GatewayDescription right) {
      List<SettingSpec> specs =
          right.settings().stream()
              .map(
                  s ->
                      new SettingSpec(
                          s.name().toUpperCase(Locale.ROOT).toLowerCase(Locale.getDefault()),
                          s.kind(),
                          s.required(),
                          s.fallback(),
                          s.isPublic(),
                          s.description()))
              .toList();
      return new GatewayDescription(
          right.name(),
          right.version(),
          right.methods(),
          right.gatewayCapabilities(),
          right.currencies(),
          right.recovery(),
          specs,
          right.descriptionLimit());
    }
  }

  /** Warms something up in a thread while it is described. */
  static final class WarmsUpWhileDescribed extends Slip {
    @Override
    GatewayDescription described(GatewayDescription right) {
      Thread thread = new Thread(() -> Locale.getAvailableLocales().clone(), "warm-up");
      thread.setDaemon(true);
      thread.start();
      return right;
    }
  }

  /** Finds its resources through the thread's loader, and fails where there is none. */
  static final class AsksTheThreadForItsLoader extends Slip {
    @Override
    GatewayDescription described(GatewayDescription right) {
      Thread.currentThread().getContextClassLoader().getResource("reference.properties");
      return right;
    }
  }

  /** Declares holds for wallets, which are charged at once. */
  static final class DeclaresHoldsOfWallets extends Slip {
    @Override
    GatewayDescription described(GatewayDescription right) {
      return right.toBuilder()
          .method(
              MethodSpec.withoutToken(
                  "wallet",
                  Capability.AUTHORIZE,
                  Capability.CAPTURE,
                  Capability.VOID,
                  Capability.REFUND,
                  Capability.PARTIAL_REFUND,
                  Capability.CUSTOMER_ACTION,
                  Capability.COMPLETION))
          .build();
    }
  }

  /** Describes itself otherwise once it was opened. */
  static final class ProviderThatLearns extends SlipProvider {
    private boolean opened;

    ProviderThatLearns() {
      super(Slip::new);
    }

    @Override
    public GatewayDescription describe() {
      return opened ? super.describe().toBuilder().descriptionLimit(127).build() : super.describe();
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      opened = true;
      return super.open(settings, environment);
    }
  }

  /** Checks for test keys in live mode, and not for live keys in test mode. */
  static final class TakesLiveKeysInTestMode extends Slip {
    @Override
    Slip open(GatewaySettings given, GatewayEnvironment around) {
      Map<String, String> values = new HashMap<>();
      given.names().forEach(n -> values.put(n, given.required(n)));
      if (around.mode() == Mode.TEST) {
        values.computeIfPresent("secret-key", (n, v) -> v.replaceFirst("^sk_live_", "sk_test_"));
      }
      return super.open(GatewaySettings.of(values), around);
    }
  }

  /** Stops at the first thing that is wrong with two keys. */
  static final class ReportsTheFirstProblem extends Slip {
    @Override
    Slip open(GatewaySettings given, GatewayEnvironment around) {
      try {
        return super.open(given, around);
      } catch (ConfigurationException e) {
        throw new ConfigurationException(e.problems().get(0));
      }
    }
  }

  /** Shows the last characters of a key that is wrong. */
  static final class ShowsTheTailOfAWrongKey extends Slip {
    @Override
    Slip open(GatewaySettings given, GatewayEnvironment around) {
      try {
        return super.open(given, around);
      } catch (ConfigurationException e) {
        String key = given.text("secret-key").orElse("");
        throw new ConfigurationException(
            e.problems().stream()
                .map(
                    p ->
                        new Problem(
                            p.field(),
                            p.code(),
                            p.message()
                                + " (ends in "
                                + key.substring(Math.max(0, key.length() - 10))
                                + ")",
                            p.remedy()))
                .toList());
      }
    }
  }

  /** Keeps the webhook secrets of the first instance at an address for all of them. */
  static final class SharesWebhookSecrets extends Slip {
    private static final Map<String, String> SECRETS = new ConcurrentHashMap<>();

    @Override
    Slip open(GatewaySettings given, GatewayEnvironment around) {
      Map<String, String> values = new HashMap<>();
      given.names().forEach(n -> values.put(n, given.required(n)));
      String secret = values.get("webhook-secret");
      if (secret != null) {
        values.put(
            "webhook-secret",
            SECRETS.computeIfAbsent(String.valueOf(values.get("base-url")), u -> secret));
      }
      return super.open(GatewaySettings.of(values), around);
    }
  }

  /** Takes a refused key for a declined refund. */
  static final class DeclinesRefundsWithABadKey extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      Outcome outcome = super.refund(request);
      return outcome instanceof Outcome.NotSent n
              && n.failure().category() == dev.gatehouse.error.ErrorCategory.AUTHENTICATION
          ? new Outcome.Declined(
              dev.gatehouse.facts.Snapshot.empty(),
              dev.gatehouse.facts.Decline.of(dev.gatehouse.facts.DeclineCode.GENERIC_DECLINE))
          : outcome;
    }
  }

  /** Logs the header by which it authenticates, in Base64, when a call fails. */
  static final class LogsTheHeaderOfFailedCalls extends Slip {
    private static final Logger LOG = Logger.getLogger("slip.calls");

    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      if (response.status() >= 500) {
        String basic =
            Base64.getEncoder()
                .encodeToString(
                    (settings.required("secret-key") + ":").getBytes(StandardCharsets.UTF_8));
        LOG.fine(
            () ->
                request.method()
                    + " "
                    + request.uri().getPath()
                    + " failed, authorization: Basic "
                    + basic);
      }
      return response;
    }
  }

  /** Logs what it signs with when a signature does not match. */
  static final class LogsTheSecretOfABadSignature extends Slip {
    private static final Logger LOG = Logger.getLogger("slip.notices");

    @Override
    public WebhookAnswer receive(WebhookRequest request) {
      WebhookAnswer answer = super.receive(request);
      if (answer instanceof WebhookAnswer.Rejected) {
        String secret = settings.text("webhook-secret").orElse("");
        LOG.finest(() -> "rejected; the secret in use is " + secret);
      }
      return answer;
    }
  }

  /** Says in the failure of a refused charge what was sent, the token with it. */
  static final class QuotesTheTokenInRefusals extends Slip {
    @Override
    public Outcome charge(ChargeRequest request) {
      Outcome outcome = super.charge(request);
      return outcome instanceof Outcome.NotSent n
              && request.method() instanceof PaymentMethod.Token t
          ? new Outcome.NotSent(
              new Failure(
                  n.failure().category(),
                  n.failure().code(),
                  n.failure().message() + " for source " + t.token(),
                  n.failure().retryAfter()))
          : outcome;
    }
  }

  /** Keeps a pool of threads for each refund. */
  static final class LeavesAThreadPerRefund extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      ExecutorService pool =
          Executors.newFixedThreadPool(
              1,
              r -> {
                Thread t = new Thread(r, "refund-audit");
                t.setDaemon(true);
                return t;
              });
      pool.execute(() -> {});
      return super.refund(request);
    }
  }

  /** Remembers every body of a lookup in a cache that nothing ends. */
  static final class RemembersAllThatItRead extends Slip {
    private static final Map<String, byte[]> CACHE = new ConcurrentHashMap<>();

    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      CACHE.put(request.uri() + "/" + CACHE.size(), Arrays.copyOf(response.body(), 8192));
      return response;
    }
  }

  /** Keeps a shutdown hook for each instance, closed or not. */
  static final class HooksIntoTheShutdown extends Slip {
    private Thread hook;

    @Override
    Slip open(GatewaySettings given, GatewayEnvironment around) {
      super.open(given, around);
      hook = new Thread(() -> good.close(), "close-" + around.instance());
      Runtime.getRuntime().addShutdownHook(hook);
      return this;
    }
  }

  /** Leaves itself in the threads that call it. */
  public static final class LeavesAThreadLocal extends SlipProvider {
    /** For a loader of its own. */
    public LeavesAThreadLocal() {
      super(Leaving::new);
    }
  }

  private static final class Leaving extends Slip {
    private static final ThreadLocal<Object> BUFFER = new ThreadLocal<>();

    @Override
    HttpResponse send(HttpRequest request, Duration limit, HttpTransport line) {
      BUFFER.set(this);
      return super.send(request, limit, line);
    }
  }

  /** Throws when it is asked something after it was closed, but for charges. */
  static final class ThrowsWhenAskedAfterClose extends Slip {
    private volatile boolean closed;

    @Override
    public void close() {
      closed = true;
      super.close();
    }

    @Override
    public Outcome voidAuthorization(VoidRequest request) {
      if (closed) {
        throw new IllegalStateException("Connection pool shut down");
      }
      return super.voidAuthorization(request);
    }
  }

  /** Goes on looking after it was closed. */
  static final class LooksUpAfterClose extends Slip {
    private PaymentGateway second;

    @Override
    Slip open(GatewaySettings given, GatewayEnvironment around) {
      super.open(given, around);
      second = new Slip().open(given, around);
      return this;
    }

    @Override
    public Lookup lookup(Trace trace) {
      return second.lookup(trace);
    }
  }
}
