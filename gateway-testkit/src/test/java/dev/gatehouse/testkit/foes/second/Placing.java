package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wrong at other places, at other times, with other data, with others at once. */
final class Placing {
  private Placing() {}

  /** Writes amounts of captures as the machine's language does. */
  static final class WritesCapturesInTheMachinesLanguage extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (Wire.is(request, "/captures")) {
        BigDecimal amount = new BigDecimal(body.path("amount").asString());
        body.put("amount", String.format("%." + amount.scale() + "f", amount));
      }
    }
  }

  /** Writes a word of renewals in lower case of the machine's language. */
  static final class LowersTheInitiator extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (body.has("initiator") && body.path("payment_method").has("stored")) {
        body.put("method_hint", "INITIATED_".toLowerCase(Locale.getDefault()));
      }
    }
  }

  /** Fails when a refund has a field that it does not know. */
  static final class FailsOnNewFieldsOfRefunds extends Slip {
    private static final Set<String> KNOWN =
        Set.of("object", "id", "status", "capture", "amount", "currency", "metadata", "charge");

    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      for (JsonNode refund : charge.path("refunds")) {
        if (!KNOWN.containsAll(refund.propertyNames())) {
          throw new IllegalArgumentException("unrecognized field");
        }
      }
    }
  }

  /** Fails on a field that is new in a notice. */
  static final class FailsOnNewFieldsOfNotices extends Slip {
    private static final Set<String> KNOWN =
        Set.of("object", "id", "type", "created_at", "account", "livemode", "data", "events");

    @Override
    public WebhookAnswer receive(WebhookRequest request) {
      WebhookAnswer answer = super.receive(request);
      return answer instanceof WebhookAnswer.Verified
              && !KNOWN.containsAll(Wire.JSON.readTree(request.body()).propertyNames())
          ? new WebhookAnswer.Rejected("the body can't be read")
          : answer;
    }
  }

  /** Adds a year to a date by hand, which fails on a leap day. */
  static final class FailsOnALeapDay extends Slip {
    @Override
    public Lookup lookup(Trace trace) {
      LocalDate day = environment.clock().instant().atOffset(ZoneOffset.UTC).toLocalDate();
      LocalDate.of(day.getYear() - 1, day.getMonth(), day.getDayOfMonth());
      return super.lookup(trace);
    }
  }

  /** Keeps the key of a refund in a field, which the next caller writes over. */
  static final class KeepsTheKeyInAField extends Slip {
    private volatile String key = "";

    @Override
    public Outcome refund(RefundRequest request) {
      key = request.idempotencyKey();
      Thread.yield();
      return super.refund(request);
    }

    @Override
    HttpRequest asked(HttpRequest request) {
      return Wire.is(request, "/refunds") ? Wire.withKey(request, k -> key) : request;
    }
  }

  /** Keeps the customer in a field, which the next caller writes over. */
  static final class KeepsTheReferenceInAField extends Slip {
    private volatile String reference = "";

    @Override
    public Outcome charge(ChargeRequest request) {
      reference = request.reference();
      Thread.yield();
      return super.charge(request);
    }

    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (body.has("reference")) {
        body.put("reference", reference);
      }
    }
  }
}
