package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RefundRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Wrong with money that goes back, and with keys. */
final class Returning {
  private Returning() {}

  /** A refund that the customer's bank sent back is still done. */
  static final class ForgetsThatRefundsComeBack extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      for (JsonNode refund : charge.path("refunds")) {
        if (refund.path("status").asString().equals("reversed")) {
          ((ObjectNode) refund).put("status", "succeeded");
        }
      }
    }
  }

  /** A pending refund that failed is pending for ever. */
  static final class WaitsForFailedRefunds extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      for (JsonNode refund : charge.path("refunds")) {
        if (refund.path("status").asString().equals("failed")) {
          ((ObjectNode) refund).put("status", "pending");
        }
      }
    }
  }

  /** Refunds of the same amount are one. */
  static final class MergesEqualRefunds extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      Map<String, JsonNode> byAmount = new LinkedHashMap<>();
      charge.path("refunds").forEach(r -> byAmount.put(r.path("amount").asString(), r));
      ArrayNode kept = Wire.JSON.createArrayNode();
      byAmount.values().forEach(kept::add);
      charge.set("refunds", kept);
    }
  }

  /** A refund of too much is pending. */
  static final class QueuesTooLargeRefunds extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      Outcome outcome = super.refund(request);
      return outcome instanceof Outcome.NotSent n && n.failure().code().equals("amount_too_large")
          ? new Outcome.Pending(Snapshot.empty())
          : outcome;
    }
  }

  /** Refunds go out of the first capture. */
  static final class RefundsTheFirstCapture extends Slip {
    @Override
    public Outcome refund(RefundRequest r) {
      String first =
          r.trace().known().movements().entrySet().stream()
              .filter(m -> m.getValue().is(MovementKind.CAPTURE))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(r.capture());
      return super.refund(
          new RefundRequest(r.trace(), r.idempotencyKey(), first, r.amount(), r.reason()));
    }
  }

  /** Shows the last two refunds in lookups. */
  static final class ShowsTheLastRefund extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request)
          && charge.path("refunds") instanceof ArrayNode refunds
          && refunds.size() > 2) {
        refunds.remove(0);
      }
    }
  }

  /** The key goes as far as the provider's column. */
  static final class CutsKeysAt36 extends Slip {
    @Override
    HttpRequest asked(HttpRequest request) {
      return Wire.withKey(request, key -> key.length() > 36 ? key.substring(0, 36) : key);
    }
  }

  /** Upper and lower case are the same to it. */
  static final class LowersKeys extends Slip {
    @Override
    HttpRequest asked(HttpRequest request) {
      return Wire.withKey(request, key -> key.toLowerCase(Locale.ROOT));
    }
  }

  /** The key of a refund is made of its capture and its amount. */
  static final class MakesRefundKeysOfTheCapture extends Slip {
    @Override
    HttpRequest asked(HttpRequest request) {
      if (!Wire.is(request, "/refunds")) {
        return request;
      }
      JsonNode body = Wire.JSON.readTree(request.body());
      return Wire.withKey(
          request,
          key ->
              "refund-"
                  + request.uri().getPath().split("/")[3]
                  + "-"
                  + body.path("amount").asString());
    }
  }

  /** The key of a void is its hold. */
  static final class MakesVoidKeysOfTheHold extends Slip {
    @Override
    HttpRequest asked(HttpRequest request) {
      return Wire.is(request, "/void")
          ? Wire.withKey(request, key -> "void-" + request.uri().getPath().split("/")[3])
          : request;
    }
  }

  /** The key of a refund holds something of the instance. */
  static final class SaltsRefundKeys extends Slip {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private final int instance = OPENED.incrementAndGet();

    @Override
    HttpRequest asked(HttpRequest request) {
      return Wire.is(request, "/refunds")
          ? Wire.withKey(request, key -> key + "." + instance)
          : request;
    }
  }

  /** A capture in doubt is sent under a new key. */
  static final class NewKeyAfterADoubtfulCapture extends Slip {
    private final Map<String, Integer> doubts = new ConcurrentHashMap<>();

    @Override
    HttpResponse send(HttpRequest request, Duration limit, HttpTransport line) {
      if (!Wire.is(request, "/captures")) {
        return super.send(request, limit, line);
      }
      String key = Wire.key(request);
      int tries = doubts.getOrDefault(key, 0);
      HttpRequest sent = tries == 0 ? request : Wire.withKey(request, k -> k + "." + tries);
      try {
        HttpResponse response = line.send(sent, limit);
        if (response.status() >= 500) {
          doubts.merge(key, 1, Integer::sum);
        }
        return response;
      } catch (TransportException e) {
        doubts.merge(key, 1, Integer::sum);
        throw e;
      }
    }
  }

  /** Remembers what it said of a capture, and says it again whatever is asked. */
  static final class AnswersCapturesFromMemory extends Slip {
    private final Map<String, Outcome> said = new ConcurrentHashMap<>();

    @Override
    public Outcome capture(CaptureRequest request) {
      Outcome known = said.get(request.idempotencyKey());
      if (known != null) {
        return known;
      }
      Outcome outcome = super.capture(request);
      if (outcome instanceof Outcome.Succeeded) {
        said.put(request.idempotencyKey(), outcome);
      }
      return outcome;
    }
  }

  /** A refund under a key that was used for another one was done. */
  static final class TakesARefundConflictForDone extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      Outcome outcome = super.refund(request);
      return outcome instanceof Outcome.NotSent n
              && n.failure().category() == ErrorCategory.IDEMPOTENCY_CONFLICT
          ? new Outcome.NotSent(
              new Failure(
                  ErrorCategory.DUPLICATE,
                  n.failure().code(),
                  n.failure().message(),
                  n.failure().retryAfter()))
          : outcome;
    }
  }

  /** Gives the provider no key of a refund to echo. */
  static final class EchoesNoKeyOfRefunds extends Slip {
    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (Wire.is(request, "/refunds")) {
        body.remove("metadata");
      }
    }
  }

  /** All captures of a charge were caused by whatever caused the last one. */
  static final class TakesTheLastKeyForAll extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      JsonNode last = null;
      for (JsonNode capture : charge.path("captures")) {
        last = capture.path("metadata");
      }
      for (JsonNode capture : charge.path("captures")) {
        ((ObjectNode) capture).set("metadata", last);
      }
    }
  }
}
