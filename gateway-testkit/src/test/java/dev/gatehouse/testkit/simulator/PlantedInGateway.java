package dev.gatehouse.testkit.simulator;

import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bugs that a gateway could have. */
final class PlantedInGateway {
  private PlantedInGateway() {}

  /** "Not found" is taken for "did not happen" at once. */
  static final class NotFoundIsCertain extends GatewayAround {
    NotFoundIsCertain(PaymentGateway behind) {
      super(behind);
    }

    @Override
    public Lookup lookup(Trace trace) {
      Lookup answer = behind.lookup(trace);
      return answer instanceof Lookup.AbsentAsOf absent
          ? new Lookup.AbsentAsOf(absent.asOf(), true)
          : answer;
    }

    static GatewayDescription settlesAtOnce(GatewayDescription d) {
      return d.toBuilder()
          .recovers(
              OperationKind.CHARGE,
              Recovery.byListing(Duration.ZERO).orReplayWithin(Duration.ofHours(24)))
          .build();
    }
  }

  /** Makes up keys of its own, so that a process that starts again does not know them. */
  static final class KeysOfItsOwn extends GatewayAround {
    private final int life;

    KeysOfItsOwn(PaymentGateway behind, int life) {
      super(behind);
      this.life = life;
    }

    private String own(String key) {
      return life < 2 ? key : key + "-" + life;
    }

    @Override
    public Outcome charge(ChargeRequest r) {
      return behind.charge(under(own(r.idempotencyKey()), r));
    }

    @Override
    public Outcome refund(RefundRequest r) {
      return super.refund(
          new RefundRequest(
              r.trace(), own(r.idempotencyKey()), r.capture(), r.amount(), r.reason()));
    }
  }

  private static ChargeRequest under(String key, ChargeRequest r) {
    return new ChargeRequest(
        r.reference(),
        key,
        r.amount(),
        r.capture(),
        r.method(),
        r.storeMethod(),
        r.initiator(),
        r.description(),
        r.returnUrl(),
        r.customer());
  }

  /** Charges a stored method once more if it hears no answer: the customer is away. */
  static final class RenewsOnceMore extends GatewayAround {
    RenewsOnceMore(PaymentGateway behind) {
      super(behind);
    }

    @Override
    public Outcome charge(ChargeRequest r) {
      Outcome outcome = behind.charge(r);
      boolean away = r.initiator() == Initiator.MERCHANT;
      return away && outcome instanceof Outcome.Unknown
          ? behind.charge(under(r.idempotencyKey() + "-2", r))
          : outcome;
    }
  }

  /** Believes webhooks that it can't verify. */
  static final class BelievesEveryWebhook extends GatewayAround {
    private static final Pattern ID = Pattern.compile("\"id\":\"(evt_[0-9]+)\"");
    private static final Pattern CHARGE = Pattern.compile("\"charge\":\"(ch_[0-9]+)\"");

    BelievesEveryWebhook(PaymentGateway behind) {
      super(behind);
    }

    @Override
    public WebhookAnswer receive(WebhookRequest request) {
      WebhookAnswer answer = super.receive(request);
      String body = new String(request.body(), StandardCharsets.UTF_8);
      Matcher id = ID.matcher(body);
      Matcher charge = CHARGE.matcher(body);
      if (!(answer instanceof WebhookAnswer.Rejected) || !id.find() || !charge.find()) {
        return answer;
      }
      PaymentHint hint =
          new PaymentHint(Optional.empty(), Set.of(new ProviderId("charge", charge.group(1))));
      return new WebhookAnswer.Verified(
          List.of(WebhookNotice.of(id.group(1), "charge", hint)), WebhookReply.status(200));
    }
  }

  /** Shows lookups changed. */
  private abstract static class Shows extends GatewayAround {
    Shows(PaymentGateway behind) {
      super(behind);
    }

    abstract PaymentFacts shown(PaymentFacts facts);

    @Override
    public Lookup lookup(Trace trace) {
      Lookup answer = behind.lookup(trace);
      return answer instanceof Lookup.Found found
          ? new Lookup.Found(
              new Snapshot(shown(found.snapshot().facts()), found.snapshot().complete()))
          : answer;
    }
  }

  /** Does not see what others than we did, such as a refund at the console. */
  static final class SeesOnlyOurRefunds extends Shows {
    SeesOnlyOurRefunds(PaymentGateway behind) {
      super(behind);
    }

    @Override
    PaymentFacts shown(PaymentFacts facts) {
      SortedMap<String, Movement> ours = new TreeMap<>(facts.movements());
      ours.values().removeIf(m -> m.is(MovementKind.REFUND) && m.operation().isUnknown());
      return with(facts, facts.reference(), ours);
    }
  }

  /** Does not say whose payment it is, so that nobody can vouch that it is ours. */
  static final class KeepsTheReferenceBack extends Shows {
    KeepsTheReferenceBack(PaymentGateway behind) {
      super(behind);
    }

    @Override
    PaymentFacts shown(PaymentFacts facts) {
      return with(facts, Flat.unknown(), facts.movements());
    }

    @Override
    public Outcome charge(ChargeRequest request) {
      Outcome outcome = behind.charge(request);
      return outcome instanceof Outcome.Succeeded
          ? new Outcome.Succeeded(new Snapshot(shown(outcome.snapshot().facts()), Set.of()))
          : outcome;
    }
  }

  private static PaymentFacts with(
      PaymentFacts facts, Flat<String> reference, SortedMap<String, Movement> movements) {
    return new PaymentFacts(
        reference,
        facts.account(),
        facts.mode(),
        facts.currency(),
        facts.providerIds(),
        facts.attempts(),
        facts.authorizations(),
        movements,
        facts.disputes(),
        facts.totals(),
        facts.sends(),
        facts.credentials());
  }
}
