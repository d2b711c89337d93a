package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.util.List;

/** Wrong with their settings. */
final class ConfigurationFoes {
  private ConfigurationFoes() {}

  /** Throws at the first setting that is wrong. */
  public static final class StopsAtTheFirstProblem extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public StopsAtTheFirstProblem() {
      super(
          "foe-05",
          "Configuration: all errors at once",
          "Collect what is wrong with every setting, then throw once.");
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      try {
        return super.open(settings, environment);
      } catch (ConfigurationException e) {
        throw new ConfigurationException(e.problems().get(0));
      }
    }
  }

  /** Shows what was set, so that the operator sees the slip of the pen. */
  public static final class QuotesTheBadSetting extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public QuotesTheBadSetting() {
      super(
          "foe-06",
          "Configuration: no secret in any error",
          "Name the setting; never quote its value.");
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      try {
        return super.open(settings, environment);
      } catch (ConfigurationException e) {
        List<Problem> quoting =
            e.problems().stream()
                .map(
                    p ->
                        new Problem(
                            p.field(),
                            p.code(),
                            p.message() + ": " + settings.text(p.field()).orElse("nothing"),
                            p.remedy()))
                .toList();
        throw new ConfigurationException(quoting);
      }
    }
  }

  /** Takes a test key for live payments: goods are shipped for play money. */
  public static final class TestKeyGoesLive extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public TestKeyGoesLive() {
      super(
          "foe-07",
          "Configuration: test key in live mode refused and the reverse",
          "Refuse in open a key that is not one of the mode that is asked for.");
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      if (settings.text("secret-key").filter(key -> key.startsWith("sk_test_")).isEmpty()) {
        return super.open(settings, environment);
      }
      return super.open(
          settings,
          new GatewayEnvironment(
              environment.instance(),
              Mode.TEST,
              environment.http(),
              environment.clock(),
              environment.timeLimit()));
    }
  }

  /** The SDK's static key is set by whoever is opened last; refunds go by it. */
  public static final class LastOpenedKeyPaysRefunds extends Foe {
    private static volatile String lastKey = "";

    /** For {@link java.util.ServiceLoader}. */
    public LastOpenedKeyPaysRefunds() {
      super(
          "foe-08",
          "Configuration: two instances with other credentials never cross-talk",
          "Keep the credentials in the instance, not in a static.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      lastKey = settings.text("secret-key").orElse("");
      return (request, next) ->
          Wire.isRefund(request)
              ? next.send(Wire.withHeader(request, "authorization", "Bearer " + lastKey))
              : next.send(request);
    }
  }

  /** The same for everything: one static client. */
  public static final class LastOpenedKeyPaysAll extends Foe {
    private static volatile String lastKey = "";

    /** For {@link java.util.ServiceLoader}. */
    public LastOpenedKeyPaysAll() {
      super(
          "foe-09",
          "Configuration: two instances with other credentials never cross-talk",
          "Keep the credentials in the instance, not in a static.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      lastKey = settings.text("secret-key").orElse("");
      return (request, next) ->
          next.send(Wire.withHeader(request, "authorization", "Bearer " + lastKey));
    }
  }

  /** Tells customers that their card was declined, because our own key is wrong. */
  public static final class BadKeyIsADecline extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public BadKeyIsADecline() {
      super(
          "foe-10",
          "Configuration: bad credentials are a configuration error, not a decline",
          "Answer a 401 with NotSent of category AUTHENTICATION.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.AUTHENTICATION)
              ? Outcomes.declined(DeclineCode.TRANSACTION_NOT_PERMITTED)
              : outcome;
        }
      };
    }
  }

  /** A 403, which a key without a permission gets, passes for a provider that is down. */
  public static final class ForbiddenIsTriedAgain extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ForbiddenIsTriedAgain() {
      super(
          "foe-11",
          "Configuration: bad credentials are a configuration error, not a decline",
          "Answer a 403, too, with category AUTHENTICATION.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return outcome instanceof Outcome.NotSent not && not.failure().code().equals("http.403")
              ? Outcomes.notSent(ErrorCategory.UNAVAILABLE, not.failure())
              : outcome;
        }
      };
    }
  }
}
