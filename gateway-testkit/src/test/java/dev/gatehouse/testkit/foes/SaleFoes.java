package dev.gatehouse.testkit.foes;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wrong about sales and what came of them. */
final class SaleFoes {
  private SaleFoes() {}

  /** Changes declines in the answer to a charge. */
  private abstract static class OfDeclines extends Foe {
    OfDeclines(String id, String must, String remedy) {
      super(id, must, remedy);
    }

    abstract Decline wrong(Decline right);

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome charge(ChargeRequest request) {
          Outcome outcome = super.charge(request);
          return outcome instanceof Outcome.Declined no
              ? new Outcome.Declined(no.snapshot(), wrong(no.decline()))
              : outcome;
        }
      };
    }
  }

  /** Changes what lookups see. */
  abstract static class OfLookups extends Foe {
    private final UnaryOperator<String> change;

    OfLookups(String id, String must, String remedy, UnaryOperator<String> change) {
      super(id, must, remedy);
      this.change = change;
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          Wire.isGet(request) ? Wire.with(next.send(request), change) : next.send(request);
    }
  }

  /** The bank's field for our reference takes 35 characters. */
  public static final class ReferenceCutAt35 extends Foe {
    private static final Pattern LONG = Pattern.compile("(\"reference\":\"[^\"]{35})[^\"]*\"");

    /** For {@link java.util.ServiceLoader}. */
    public ReferenceCutAt35() {
      super(
          "foe-12",
          "Sale: our reference reaches the provider",
          "Send the whole reference, up to 64 characters, where lookup finds it.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isCharge(request)
                  ? Wire.with(request, b -> LONG.matcher(b).replaceAll("$1\""))
                  : request);
    }
  }

  /** Reports the amount that was asked for, not the one that was charged. */
  public static final class AmountFromTheRequest extends Foe {
    private static final Pattern MONEY =
        Pattern.compile("\"amount\":\"[^\"]*\",\"currency\":\"[A-Z]{3}\"");

    /** For {@link java.util.ServiceLoader}. */
    public AmountFromTheRequest() {
      super(
          "foe-13",
          "Sale: amount and currency echoed equal (as the provider shows them)",
          "Read amount and currency from the provider's answer.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        HttpResponse answer = next.send(request);
        Matcher asked = MONEY.matcher(Wire.text(request));
        return Wire.isCharge(request) && asked.find()
            ? Wire.with(answer, b -> MONEY.matcher(b).replaceAll(asked.group()))
            : answer;
      };
    }
  }

  /** Keeps no raw code where it has none of its own for it. */
  public static final class UnknownCodeForgotten extends OfDeclines {
    /** For {@link java.util.ServiceLoader}. */
    public UnknownCodeForgotten() {
      super(
          "foe-14",
          "Sale: an unknown decline is a generic one with the raw code kept",
          "Keep the provider's code in Decline.rawCode.");
    }

    @Override
    Decline wrong(Decline right) {
      return right.code() == DeclineCode.GENERIC_DECLINE
          ? new Decline(right.code(), right.advice(), "", right.rawMessage())
          : right;
    }
  }

  /** Takes what it does not know for something that passes. */
  public static final class UnknownCodeMeansTryLater extends OfDeclines {
    /** For {@link java.util.ServiceLoader}. */
    public UnknownCodeMeansTryLater() {
      super(
          "foe-15",
          "Sale: an unknown decline is a generic one with the raw code kept",
          "Map codes that you don't know to GENERIC_DECLINE.");
    }

    @Override
    Decline wrong(Decline right) {
      return right.code() == DeclineCode.GENERIC_DECLINE
          ? new Decline(
              DeclineCode.TRY_AGAIN_LATER, DeclineAdvice.NONE, right.rawCode(), right.rawMessage())
          : right;
    }
  }

  /** Maps declines in the answer to a charge, and forgets to where it looks up. */
  public static final class LookupsForgetTheDecline extends OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public LookupsForgetTheDecline() {
      super(
          "foe-16",
          "Sale: every scripted decline maps to its code",
          "Map declines in lookups as in answers.",
          b ->
              b.replaceAll(
                  "\"decline\":\\{\"code\":\"[^\"]*\"", "\"decline\":{\"code\":\"declined\""));
    }
  }

  /** Calls a charge that is being worked on paid, when it looks up. */
  public static final class ProcessingIsPaidInLookups extends OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public ProcessingIsPaidInLookups() {
      super(
          "foe-17",
          "Sale: pending is pending",
          "Report a charge under way as PROCESSING.",
          b -> Wire.chargeStatus(b, "processing", "succeeded"));
    }
  }

  /** Takes a status that it does not know for a failure, when it looks up. */
  public static final class UnknownStatusFailsInLookups extends OfLookups {
    /** For {@link java.util.ServiceLoader}. */
    public UnknownStatusFailsInLookups() {
      super(
          "foe-18",
          "Sale: an unrecognised status is neither success nor failure",
          "Report a status that you don't know as STARTED.",
          b -> Wire.chargeStatus(b, "unheard_of", "failed"));
    }
  }

  /** A capture under status 200 is done, whatever the body says. */
  public static final class AnyCaptureUnder200IsDone extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public AnyCaptureUnder200IsDone() {
      super(
          "foe-19",
          "Sale: a 200 with an error body is no success",
          "Read the body; what is no capture of the provider is Unknown.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public Outcome capture(dev.gatehouse.spi.CaptureRequest request) {
          Outcome outcome = super.capture(request);
          return Outcomes.isUnknown(outcome, "http.200") ? Outcomes.fine() : outcome;
        }
      };
    }
  }

  /** Cuts descriptions much sooner than it declares. */
  public static final class DescriptionCutAt22 extends Foe {
    private static final Pattern LONG = Pattern.compile("(\"description\":\"[^\"]{22})[^\"]*\"");

    /** For {@link java.util.ServiceLoader}. */
    public DescriptionCutAt22() {
      super(
          "foe-20",
          "Validation: over-long description cut or refused as declared",
          "Declare the limit that holds (descriptionLimit), or send the whole description.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.isCharge(request)
                  ? Wire.with(request, b -> LONG.matcher(b).replaceAll("$1\""))
                  : request);
    }
  }

  /** Lookups show no reference of ours: it is only read from the answer to the charge. */
  public static final class LookupsForgetTheReference extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public LookupsForgetTheReference() {
      super(
          "foe-21",
          "writing-a-gateway: Report the reference, the mode, the currency and the amount as the"
              + " provider shows them; without the reference a payment is never paid",
          "Report the reference in lookups, too.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          Wire.isGet(request) && request.uri().getQuery() == null
              ? Wire.with(
                  next.send(request),
                  b -> b.replaceFirst("\"reference\":\"[^\"]*\"", "\"reference\":null"))
              : next.send(request);
    }
  }
}
