package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.VoidRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.joda.money.Money;

/** Wrong about holds and what is captured of them. */
final class HoldFoes {
  private HoldFoes() {}

  /** A stored method is always charged at once. */
  public static final class HoldOfStoredMethodIsASale extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public HoldOfStoredMethodIsASale() {
      super(
          "foe-22",
          "Authorise: authorising does not capture (provider's ledger)",
          "Send what CaptureMode says, with stored methods too.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.text(request).contains("\"stored\":\"")
                  ? Wire.with(request, b -> b.replace("\"manual\"", "\"automatic\""))
                  : request);
    }
  }

  /** What can't be voided any more is gone anyway; so voiding it went well. */
  public static final class VoidOfTheCapturedWentWell extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public VoidOfTheCapturedWentWell() {
      super(
          "foe-23",
          "Authorise: capture after void, void after capture: invalid state",
          "Answer the provider's refusal with NotSent of category INVALID_STATE.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome voidAuthorization(VoidRequest request) {
          Outcome outcome = super.voidAuthorization(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.INVALID_STATE)
              ? Outcomes.fine()
              : outcome;
        }
      };
    }
  }

  /** Takes "already voided" for a decline of the bank. */
  public static final class CaptureOfTheVoidedIsADecline extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CaptureOfTheVoidedIsADecline() {
      super(
          "foe-24",
          "Authorise: capture after void, void after capture: invalid state",
          "Answer the provider's refusal with NotSent of category INVALID_STATE.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome capture(CaptureRequest request) {
          Outcome outcome = super.capture(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.INVALID_STATE)
              ? Outcomes.declined(DeclineCode.DO_NOT_HONOR)
              : outcome;
        }
      };
    }
  }

  /** Does not know that holds expire. */
  public static final class ExpiredHoldStaysAlive extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ExpiredHoldStaysAlive() {
      super(
          "foe-25",
          "Authorise: expiry of the authorisation mapped",
          "Report a hold that the provider calls expired as ended(EXPIRED).");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          Wire.with(
              next.send(request), b -> b.replace("\"status\":\"expired\"", "\"status\":\"open\""));
    }
  }

  /** Every capture is the last. */
  public static final class EveryCaptureIsFinal extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public EveryCaptureIsFinal() {
      super(
          "foe-26",
          "Partial capture: several sum up",
          "Send isFinal as asked, or do not declare MULTIPLE_CAPTURES.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(Wire.with(request, b -> b.replace("\"final\":false", "\"final\":true")));
    }
  }

  /** No capture is the last: the rest stays held on the customer's card. */
  public static final class NoCaptureIsFinal extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public NoCaptureIsFinal() {
      super(
          "foe-27",
          "Partial capture: final-capture flag honoured",
          "Send isFinal, so that the rest is released.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(Wire.with(request, b -> b.replace("\"final\":true", "\"final\":false")));
    }
  }

  /** Takes what is there if more is asked for. */
  public static final class OverCaptureTakesWhatIsThere extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public OverCaptureTakesWhatIsThere() {
      super(
          "foe-28",
          "Partial capture: over-capture refused",
          "Send the amount that was asked for, and pass the provider's refusal on.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      Map<String, Money> held = new ConcurrentHashMap<>();
      return new GoodGateway(good) {
        @Override
        public Outcome charge(dev.gatehouse.spi.ChargeRequest request) {
          Outcome outcome = super.charge(request);
          outcome
              .snapshot()
              .facts()
              .authorizations()
              .keySet()
              .forEach(id -> held.put(id, request.amount()));
          return outcome;
        }

        @Override
        public Outcome capture(CaptureRequest request) {
          Money most = held.getOrDefault(request.authorization(), request.amount());
          return request.amount().isSameCurrency(most) && request.amount().isGreaterThan(most)
              ? super.capture(
                  new CaptureRequest(
                      request.trace(),
                      request.idempotencyKey(),
                      request.authorization(),
                      most,
                      request.isFinal()))
              : super.capture(request);
        }
      };
    }
  }

  /** The amount's number goes to the provider, in the currency of the hold. */
  public static final class CaptureInTheHoldsCurrency extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CaptureInTheHoldsCurrency() {
      super(
          "foe-29",
          "Partial capture: other currency refused",
          "Send the currency that was asked for, or refuse it before sending.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      Map<String, Money> held = new ConcurrentHashMap<>();
      return new GoodGateway(good) {
        @Override
        public Outcome charge(dev.gatehouse.spi.ChargeRequest request) {
          Outcome outcome = super.charge(request);
          outcome
              .snapshot()
              .facts()
              .authorizations()
              .keySet()
              .forEach(id -> held.put(id, request.amount()));
          return outcome;
        }

        @Override
        public Outcome capture(CaptureRequest request) {
          Money most = held.getOrDefault(request.authorization(), request.amount());
          return request.amount().isSameCurrency(most)
              ? super.capture(request)
              : super.capture(
                  new CaptureRequest(
                      request.trace(),
                      request.idempotencyKey(),
                      request.authorization(),
                      Money.ofMinor(most.getCurrencyUnit(), request.amount().getAmountMinorLong()),
                      request.isFinal()));
        }
      };
    }
  }
}
