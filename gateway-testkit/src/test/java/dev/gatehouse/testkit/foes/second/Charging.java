package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wrong in sales, in what the customer does, in stored methods, in currencies. */
final class Charging {
  private Charging() {}

  /** Cuts descriptions at what fits on a statement. */
  static final class CutsDescriptions extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      String text = body.path("description").asString("");
      if (text.length() > 127) {
        body.put("description", text.substring(0, 127));
      }
    }
  }

  /** Drops what does not fit into two bytes from names. */
  static final class DropsEmojiFromNames extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (body.path("customer") instanceof ObjectNode customer && customer.has("name")) {
        customer.put("name", customer.path("name").asString().replaceAll("[^\\u0000-\\uFFFF]", ""));
      }
    }
  }

  /** One decline code is another one. */
  static final class TakesStolenForLost extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (charge.path("decline") instanceof ObjectNode d
          && d.path("code").asString("").equals("stolen_card")) {
        d.put("code", "lost_card");
      }
    }
  }

  /** Keeps the provider's word only for declines that it knows. */
  static final class LosesTheRawWordOfNewDeclines extends Slip {
    @Override
    public Outcome charge(ChargeRequest request) {
      Outcome outcome = super.charge(request);
      return outcome instanceof Outcome.Declined d
              && d.decline().code() == DeclineCode.GENERIC_DECLINE
          ? new Outcome.Declined(d.snapshot(), Decline.of(DeclineCode.GENERIC_DECLINE))
          : outcome;
    }
  }

  /** A status that it does not know is success, in lookups. */
  static final class LooksUpNewStatusAsDone extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      List<String> known =
          List.of("requires_action", "approved", "processing", "succeeded", "failed");
      if (Wire.isGet(request) && !known.contains(charge.path("status").asString(""))) {
        charge.put("status", "succeeded");
      }
    }
  }

  /** The reference is as long as the provider's field on statements. */
  static final class CutsReferencesAt50 extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      String text = body.path("reference").asString("");
      if (text.length() > 50) {
        body.put("reference", text.substring(0, 50));
      }
    }
  }

  /** Shows the amount that was ordered as the amount of every capture it looks up. */
  static final class CopiesTheAmountIntoCaptures extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request)) {
        for (JsonNode capture : charge.path("captures")) {
          ((ObjectNode) capture).put("amount", charge.path("amount").asString());
        }
      }
    }
  }

  /** Shows each customer the page that it saw first. */
  static final class RemembersTheFirstPage extends Slip {
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (charge.path("action") instanceof ObjectNode action) {
        String url = action.path("url").asString();
        action.put("url", pages.computeIfAbsent(charge.path("id").asString(), id -> url));
      }
    }
  }

  /** Who gave up is still waited for. */
  static final class WaitsForWhoGaveUp extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request)
          && charge.path("decline").path("code").asString("").equals("abandoned")) {
        charge.put("status", "requires_action").remove("decline");
      }
    }
  }

  /** A charge that was given up is declined without a word why. */
  static final class ForgetsTheDeclineAfterAnAction extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request) && !charge.path("decline").isMissingNode()) {
        charge.remove("decline");
      }
    }
  }

  /** The page is in the first answer, and in none after it. */
  static final class ShowsThePageOnce extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request)) {
        charge.remove("action");
      }
    }
  }

  /** Completing again is an error. */
  static final class RefusesASecondCompletion extends Slip {
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    @Override
    public Outcome complete(CompleteRequest request) {
      return done.add(request.attempt())
          ? super.complete(request)
          : new Outcome.NotSent(
              Failure.of(
                  dev.gatehouse.error.ErrorCategory.INVALID_STATE,
                  "completed",
                  "the charge was completed before"));
    }
  }

  /** A completion that was declined is pending. */
  static final class TakesADeclinedCompletionForPending extends Slip {
    @Override
    public Outcome complete(CompleteRequest request) {
      Outcome outcome = super.complete(request);
      return outcome instanceof Outcome.Declined d ? new Outcome.Pending(d.snapshot()) : outcome;
    }
  }

  /** Stores methods with sales only. */
  static final class StoresWithSalesOnly extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (body.path("capture").asString("").equals("manual")) {
        body.put("store", false);
      }
    }
  }

  /** Says in lookups nothing of the method that was stored. */
  static final class ShowsTheStoredMethodOnce extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request)) {
        charge.remove("stored_method");
      }
    }
  }

  /** Whoever pays with a stored method is away. */
  static final class TakesStoredForAway extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (body.path("payment_method").has("stored")) {
        body.put("initiator", "merchant");
      }
    }
  }

  /** Writes amounts of refunds with two decimals, rounded. */
  static final class RoundsRefunds extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (Wire.is(request, "/refunds")) {
        BigDecimal amount = new BigDecimal(body.path("amount").asString());
        body.put(
            "amount",
            amount.setScale(Math.min(2, amount.scale()), RoundingMode.HALF_UP).toPlainString());
      }
    }
  }

  /** Writes amounts of captures by way of a double. */
  static final class CapturesInDoubles extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (Wire.is(request, "/captures")) {
        double amount = Double.parseDouble(body.path("amount").asString());
        int scale = new BigDecimal(body.path("amount").asString()).scale();
        body.put(
            "amount",
            BigDecimal.valueOf(amount).setScale(scale, RoundingMode.HALF_UP).toPlainString());
      }
    }
  }

  /** Reads no more than three decimals. */
  static final class ReadsThreeDecimals extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      BigDecimal amount = new BigDecimal(charge.path("amount").asString("0"));
      if (amount.scale() > 3) {
        charge.put("amount", amount.setScale(3, RoundingMode.DOWN).toPlainString());
      }
    }
  }

  /** Refunds yen as if they had cents. */
  static final class RefundsYenInCents extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      BigDecimal amount = new BigDecimal(body.path("amount").asString("0"));
      if (Wire.is(request, "/refunds") && body.path("currency").asString().equals("JPY")) {
        body.put("amount", amount.movePointLeft(2).setScale(0, RoundingMode.UP).toPlainString());
      }
    }
  }

  /** Holds in currencies without decimals are taken at once. */
  static final class TakesYenAtOnce extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (body.path("currency").asString("").equals("JPY") && body.has("capture")) {
        body.put("capture", "automatic");
      }
    }
  }

  /** A wallet that was approved has paid. */
  static final class WalletsAreDoneOnceApproved extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (charge.path("method").asString("").equals("wallet")
          && charge.path("status").asString().equals("approved")) {
        charge.put("status", "succeeded");
      }
    }
  }
}
