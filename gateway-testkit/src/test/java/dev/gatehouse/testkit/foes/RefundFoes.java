package dev.gatehouse.testkit.foes;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.joda.money.Money;

/** Wrong about money that goes back. */
final class RefundFoes {
  private RefundFoes() {}

  /** The second refund of a capture gives all that is left. */
  public static final class SecondRefundGivesTheRest extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public SecondRefundGivesTheRest() {
      super(
          "foe-30",
          "Refunds: several down to zero (each for its amount)",
          "Send the amount with every refund.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      Map<String, Money> given = new ConcurrentHashMap<>();
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          Optional<Money> captured =
              Optional.ofNullable(request.trace().known().movements().get(request.capture()))
                  .map(Movement::amount)
                  .flatMap(amount -> amount.value());
          Money before = given.get(request.capture());
          Money amount = request.amount();
          if (before != null && captured.isPresent() && captured.get().isGreaterThan(before)) {
            amount = captured.get().minus(before);
          }
          Outcome outcome =
              super.refund(
                  new RefundRequest(
                      request.trace(),
                      request.idempotencyKey(),
                      request.capture(),
                      amount,
                      request.reason()));
          if (outcome instanceof Outcome.Succeeded) {
            given.put(request.capture(), before == null ? amount : before.plus(amount));
          }
          return outcome;
        }
      };
    }
  }

  /** The key of a refund is made of what is refunded. */
  public static final class RefundKeyOfItsContent extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RefundKeyOfItsContent() {
      super(
          "foe-31",
          "Refunds: two equal partials under two keys are two refunds",
          "Send the idempotency key that the request brings, never one made of its content.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        if (!Wire.isRefund(request)) {
          return next.send(request);
        }
        String body = Wire.text(request);
        String path = request.uri().getPath();
        String content = path + Wire.field(body, "amount") + Wire.field(body, "currency");
        return next.send(
            Wire.underKey(request, "refund-" + Integer.toHexString(content.hashCode())));
      };
    }
  }

  /** Has no id of the provider's for a refund, and makes one of its capture. */
  public static final class RefundIdOfItsCapture extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RefundIdOfItsCapture() {
      super(
          "foe-32",
          "Refunds: ids distinct",
          "Report every refund under the id that the provider gave it.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          Wire.with(
              next.send(request),
              b ->
                  b.replaceAll(
                      "(\"object\":\"refund\",\"id\":\")[^\"]+(\",\"status\":\"[a-z]+\",\"capture\""
                          + ":\")([^\"]+)\"",
                      "$1re_$3$2$3\""));
    }
  }

  /** A refund that was taken on is done. */
  public static final class PendingRefundIsDone extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public PendingRefundIsDone() {
      super(
          "foe-33",
          "Refunds: pending that later succeeds, or fails",
          "Answer Pending while the provider works on a refund.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          Outcome outcome = super.refund(request);
          return outcome instanceof Outcome.Pending pending
              ? new Outcome.Succeeded(pending.snapshot())
              : outcome;
        }
      };
    }
  }

  /** A refund that failed is still on its way, whoever looks it up. */
  public static final class FailedRefundStaysPending extends SaleFoes.OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public FailedRefundStaysPending() {
      super(
          "foe-34",
          "Refunds: a failed refund restores what can be refunded",
          "Report a refund that failed as NEVER.",
          b -> Wire.refundStatus(b, "failed", "pending"));
    }
  }

  /** Somebody refunded it already, it seems; so it is refunded. */
  public static final class TooMuchToRefundIsDone extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public TooMuchToRefundIsDone() {
      super("foe-35", "Refunds: over-refund refused", "Pass the provider's refusal on as NotSent.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome refund(RefundRequest request) {
          Outcome outcome = super.refund(request);
          return outcome instanceof Outcome.NotSent not
                  && not.failure().code().equals("amount_too_large")
              ? Outcomes.fine()
              : outcome;
        }
      };
    }
  }

  /** Refunds do not name the operation of ours. */
  public static final class RefundsAreNobodys extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RefundsAreNobodys() {
      super(
          "foe-36",
          "writing-a-gateway: refunds, and captures of held money, need causedBy; without it, one"
              + " whose answer was lost can't be recognised",
          "Have the key echoed by the provider, and report causedBy for refunds.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isRefund(request)
                  ? Wire.with(
                      request, b -> b.replaceFirst("\"metadata\":\\{[^}]*\\}", "\"metadata\":{}"))
                  : request);
    }
  }

  /** Money in yen is written in hundredths, for refunds only. */
  public static final class YenRefundedInSen extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public YenRefundedInSen() {
      super(
          "foe-37",
          "Currency: JPY, USD, KWD, CLF both ways",
          "Write refunds by the currency's decimals, too; JPY has none.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isRefund(request) && Wire.text(request).contains("\"JPY\"")
                  ? Wire.with(
                      request,
                      b -> b.replaceFirst("\"amount\":\"(?<yen>[0-9]+)", "\"amount\":\"${yen}00"))
                  : request);
    }
  }
}
