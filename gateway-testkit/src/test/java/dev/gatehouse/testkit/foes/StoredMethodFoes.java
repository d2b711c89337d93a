package dev.gatehouse.testkit.foes;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.time.Instant;
import java.util.List;

/** Wrong about stored methods, and about what happens at the provider without us. */
final class StoredMethodFoes {
  private StoredMethodFoes() {}

  /** Renewals are sent as if the customer were there. */
  public static final class CustomerIsAlwaysThere extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CustomerIsAlwaysThere() {
      super(
          "foe-88",
          "Stored methods: charge without the customer, with the right initiator flags",
          "Tell the provider when the merchant starts a charge.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.with(
                  request,
                  b -> b.replace("\"initiator\":\"merchant\"", "\"initiator\":\"customer\"")));
    }
  }

  /** A method that the customer revoked is worth another try. */
  public static final class RevokedIsTriedAgain extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public RevokedIsTriedAgain() {
      super(
          "foe-89",
          "Stored methods: revoked: refused",
          "Map the provider's revocation to REVOCATION_OF_AUTHORIZATION.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return outcome instanceof Outcome.Declined no
                  && no.decline().code() == DeclineCode.REVOCATION_OF_AUTHORIZATION
              ? new Outcome.Declined(no.snapshot(), Decline.of(DeclineCode.TRY_AGAIN_LATER))
              : outcome;
        }
      };
    }
  }

  /** A method is only known by the answer that stored it. */
  public static final class LookupsForgetTheMethod extends SaleFoes.OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public LookupsForgetTheMethod() {
      super(
          "foe-90",
          "Stored methods: set up, then charge without the customer (report under which id the"
              + " attempt stored it)",
          "Report Attempt.storing in lookups, too.",
          b -> b.replaceAll("\"stored_method\":\"[^\"]*\"", "\"stored_method\":null"));
    }
  }

  /** Every card is stored, asked or not. */
  public static final class StoresEveryCard extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public StoresEveryCard() {
      super(
          "foe-91",
          "SPI: storeMethod - whether the method is to be stored",
          "Store a method only if storeMethod is set.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(Wire.with(request, b -> b.replace("\"store\":false", "\"store\":true")));
    }
  }

  /** Does not know of disputes. */
  public static final class DisputesAreLeftOut extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public DisputesAreLeftOut() {
      super(
          "foe-92",
          "Stored methods: provider-side changes arrive as facts",
          "Report disputes and the money that they take.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          Wire.with(
              next.send(request),
              b -> b.replaceAll("\"disputes\":\\[[^\\]]*\\]", "\"disputes\":[]"));
    }
  }

  /** The list of changes is said to reach up to our own clock's time. */
  public static final class ChangesUpToOurClock extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ChangesUpToOurClock() {
      super(
          "foe-93",
          "writing-a-gateway: upTo - take it from the provider's clock, less what the list may lag",
          "Take upTo from the provider's answer, less the list's lag.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Changes changesSince(Instant since) {
          Changes changes = super.changesSince(since);
          return changes instanceof Changes.Listed listed
              ? new Changes.Listed(listed.hints(), listed.from(), env.clock().instant())
              : changes;
        }
      };
    }
  }

  /** Lists only what happened to payments that we started. */
  public static final class ChangesOfOursOnly extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public ChangesOfOursOnly() {
      super(
          "foe-94",
          "SPI ListsChanges: payments that we did not start among them (Stored methods:"
              + " provider-side changes arrive as facts)",
          "List payments without a reference of ours, too.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Changes changesSince(Instant since) {
          Changes changes = super.changesSince(since);
          return changes instanceof Changes.Listed listed
              ? new Changes.Listed(
                  listed.hints().stream().filter(h -> h.reference().isPresent()).toList(),
                  listed.from(),
                  listed.upTo())
              : changes;
        }
      };
    }
  }

  /** A list of changes that can't be had is empty. */
  public static final class NoChangesWhenDown extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public NoChangesWhenDown() {
      super(
          "foe-95",
          "Architecture: Absence is never a fact (SPI Changes.CannotTell: the gateway could not"
              + " find out)",
          "Answer CannotTell if the list could not be read.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Changes changesSince(Instant since) {
          Changes changes = super.changesSince(since);
          return changes instanceof Changes.CannotTell
              ? new Changes.Listed(List.of(), since, env.clock().instant())
              : changes;
        }
      };
    }
  }
}
