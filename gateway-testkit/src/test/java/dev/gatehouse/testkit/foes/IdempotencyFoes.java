package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.util.UUID;

/** Wrong about keys. */
final class IdempotencyFoes {
  private IdempotencyFoes() {}

  /** Voids need no key: they can be done once only. */
  public static final class FreshKeyPerVoid extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public FreshKeyPerVoid() {
      super(
          "foe-45",
          "Idempotency: the key is sent on every mutating request, and is identical on each retry",
          "Send the request's key with voids.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isVoid(request)
                  ? Wire.underKey(request, UUID.randomUUID().toString())
                  : request);
    }
  }

  /** Refunds go out under a new key each time. */
  public static final class FreshKeyPerRefund extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public FreshKeyPerRefund() {
      super(
          "foe-46",
          "Idempotency: the key is sent on every mutating request, and is identical on each retry",
          "Send the request's key with refunds.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isRefund(request)
                  ? Wire.underKey(request, UUID.randomUUID().toString())
                  : request);
    }
  }

  /** Keys have a prefix of this instance of the shop: after a restart they are others. */
  public static final class KeysOfThisProcess extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeysOfThisProcess() {
      super(
          "foe-47",
          "Idempotency: a fresh instance after a restart still dedupes",
          "Put nothing into the key that a restart changes.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      String process = UUID.randomUUID().toString().substring(0, 8);
      return (request, next) ->
          next.send(
              Wire.isGet(request)
                  ? request
                  : Wire.underKey(request, process + "-" + Wire.key(request)));
    }
  }

  /** The provider's field takes 36 characters, as a UUID has. */
  public static final class KeyCutAt36 extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeyCutAt36() {
      super(
          "foe-48",
          "Idempotency: the same base key on two operations does not collide",
          "Send the whole key, up to 100 characters; hash it if the provider takes less.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> next.send(cut(request));
    }

    private static HttpRequest cut(HttpRequest request) {
      String key = Wire.key(request);
      return key.length() > 36 ? Wire.underKey(request, key.substring(0, 36)) : request;
    }
  }

  /** Tells the customer of a conflict of keys as if the bank had declined. */
  public static final class KeyConflictIsADecline extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeyConflictIsADecline() {
      super(
          "foe-49",
          "Idempotency: same key, other parameters: conflict",
          "Answer NotSent of category IDEMPOTENCY_CONFLICT.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return Outcomes.isNotSent(outcome, ErrorCategory.IDEMPOTENCY_CONFLICT)
              ? Outcomes.declined(DeclineCode.PROCESSING_ERROR)
              : outcome;
        }
      };
    }
  }

  /** One key per order: the second try with another card gets the first one's decline. */
  public static final class KeyOfTheReference extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public KeyOfTheReference() {
      super(
          "foe-50",
          "Architecture: idempotency key (payment + operation + attempt; never a hash of the"
              + " payload)",
          "Send the key that the request brings; each attempt has its own.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isCharge(request)
                  ? Wire.underKey(request, "order-" + Wire.field(Wire.text(request), "reference"))
                  : request);
    }
  }

  /** A capture's content changes with the time at which it is sent. */
  public static final class CaptureSaysWhenItWasSent extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CaptureSaysWhenItWasSent() {
      super(
          "foe-51",
          "writing-a-gateway: sent again is the same to the letter: same key, same content"
              + " (Authorise: repeated with the same key: same result, one effect)",
          "Make nothing up that changes from send to send.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isCapture(request)
                  ? Wire.with(
                      request,
                      b -> b.replaceFirst("\\{", "{\"sent_at\":\"" + System.nanoTime() + "\","))
                  : request);
    }
  }
}
