package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** Wrong about what customers have to do. */
final class ActionFoes {
  private ActionFoes() {}

  /** Customers who come back later can't go on. */
  public static final class LookupsForgetTheAction extends SaleFoes.OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public LookupsForgetTheAction() {
      super(
          "foe-38",
          "writing-a-gateway: report the attempt as ACTION_NEEDED, in lookups together with the"
              + " action (Customer action: carries an https URL or client token)",
          "Report the action in lookups, too.",
          b -> b.replaceAll(",\"action\":\\{[^}]*\\}", ""));
    }
  }

  /** Knows of authentication with sales only. */
  public static final class HoldsAskForNothing extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public HoldsAskForNothing() {
      super(
          "foe-39",
          "Customer action: carries an https URL or client token, method and fields",
          "Answer ActionRequired for holds, too.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return outcome instanceof Outcome.ActionRequired
                  && request.capture() == CaptureMode.MANUAL
              ? new Outcome.Pending(outcome.snapshot())
              : outcome;
        }
      };
    }
  }

  /** Who comes back has paid. */
  public static final class ReturnIsPayment extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ReturnIsPayment() {
      super(
          "foe-40",
          "Customer action: the outcome comes from the provider, not from the URL",
          "Answer complete by what the provider says of the charge.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome complete(CompleteRequest request) {
          Outcome outcome = super.complete(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.INVALID_STATE)
              ? Outcomes.fine()
              : outcome;
        }
      };
    }
  }

  /** Every completion goes out under a key of its own. */
  public static final class FreshKeyPerCompletion extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public FreshKeyPerCompletion() {
      super(
          "foe-41",
          "Idempotency: the key is sent on every mutating request, sub-steps included",
          "Send the request's key with completions.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isComplete(request)
                  ? Wire.underKey(request, UUID.randomUUID().toString())
                  : request);
    }
  }

  /** A customer who cancelled is waited for. */
  public static final class CancelledIsWaitedFor extends SaleFoes.OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public CancelledIsWaitedFor() {
      super(
          "foe-42",
          "Customer action: cancelled by the customer; abandoned, then expired",
          "Report a charge that the customer gave up as FAILED.",
          b ->
              b.contains("\"code\":\"abandoned\"")
                  ? Wire.chargeStatus(b, "failed", "processing")
                      .replaceAll(",\"decline\":\\{[^}]*\\}", "")
                  : b);
    }
  }

  /** Customers have no way back to the shop. */
  public static final class ReturnAddressLeftOut extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ReturnAddressLeftOut() {
      super(
          "foe-43",
          "SPI: returnUrl - where the customer comes back to after an action elsewhere",
          "Send the return address to the provider.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(Wire.with(request, b -> b.replaceFirst(",\"return_url\":\"[^\"]*\"", "")));
    }
  }

  /** Sends every customer to the bank's front page. */
  public static final class ActionAtTheFrontPage extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ActionAtTheFrontPage() {
      super(
          "foe-44",
          "Customer action: carries an https URL (the one of this charge)",
          "Hand out the address that the provider gave for this charge.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          if (outcome instanceof Outcome.ActionRequired must
              && must.action() instanceof CustomerAction.Redirect page) {
            URI front = page.url().resolve("/");
            return new Outcome.ActionRequired(
                must.snapshot(), new CustomerAction.Redirect(front, "POST", Map.of()));
          }
          return outcome;
        }
      };
    }
  }
}
