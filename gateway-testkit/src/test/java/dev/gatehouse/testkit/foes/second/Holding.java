package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.VoidRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Wrong with money that is held. */
final class Holding {
  private Holding() {}

  private static boolean isRefused(Outcome outcome, ErrorCategory category) {
    return outcome instanceof Outcome.NotSent n && n.failure().category() == category;
  }

  /** A void of what was taken already is done. */
  static final class VoidsWhatWasTaken extends Slip {
    @Override
    public Outcome voidAuthorization(VoidRequest request) {
      Outcome outcome = super.voidAuthorization(request);
      return isRefused(outcome, ErrorCategory.INVALID_STATE)
              && ((Outcome.NotSent) outcome).failure().code().endsWith("exhausted")
          ? new Outcome.Succeeded(Snapshot.empty())
          : outcome;
    }
  }

  /** A void of a hold that is not there is done. */
  static final class VoidsWhatIsNotThere extends Slip {
    @Override
    public Outcome voidAuthorization(VoidRequest request) {
      Outcome outcome = super.voidAuthorization(request);
      return isRefused(outcome, ErrorCategory.NOT_FOUND)
          ? new Outcome.Succeeded(Snapshot.empty())
          : outcome;
    }
  }

  /** An expired hold is a voided one. */
  static final class TakesExpiredForVoided extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (charge.path("authorization").path("status").asString("").equals("expired")) {
        ((ObjectNode) charge.path("authorization")).put("status", "voided");
      }
    }
  }

  /** Looks into its own memory before it captures, and refuses what it captured. */
  static final class RefusesACaptureThatItMade extends Slip {
    private final Set<String> over = ConcurrentHashMap.newKeySet();

    @Override
    public Outcome capture(CaptureRequest request) {
      if (over.contains(request.authorization())) {
        return new Outcome.NotSent(
            Failure.of(ErrorCategory.INVALID_STATE, "captured", "the hold was captured"));
      }
      Outcome outcome = super.capture(request);
      if (outcome instanceof Outcome.Succeeded && request.isFinal()) {
        over.add(request.authorization());
      }
      return outcome;
    }
  }

  /** The second part is the last one. */
  static final class ClosesWithTheSecondPart extends Slip {
    private final Map<String, Integer> parts = new ConcurrentHashMap<>();

    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (Wire.is(request, "/captures")
          && parts.merge(request.uri().getPath(), 1, Integer::sum) >= 2) {
        body.put("final", true);
      }
    }
  }

  /** Parts of the same amount are one, in lookups. */
  static final class MergesEqualCaptures extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (Wire.isGet(request)) {
        Set<String> amounts = new HashSet<>();
        ArrayNode kept = Wire.JSON.createArrayNode();
        for (JsonNode one : charge.path("captures")) {
          if (amounts.add(one.path("amount").asString())) {
            kept.add(one);
          }
        }
        charge.set("captures", kept);
      }
    }
  }

  /** Asked for too much, captures what is left. */
  static final class CapturesWhatIsLeft extends Slip {
    @Override
    public Outcome capture(CaptureRequest request) {
      Outcome outcome = super.capture(request);
      Authorization hold = request.trace().known().authorizations().get(request.authorization());
      if (!isRefused(outcome, ErrorCategory.VALIDATION) || hold == null) {
        return outcome;
      }
      Optional<Money> left = hold.capturable();
      return left.isEmpty() || !left.get().isSameCurrency(request.amount())
          ? outcome
          : super.capture(
              new CaptureRequest(
                  request.trace(),
                  request.idempotencyKey() + ".all",
                  request.authorization(),
                  left.get(),
                  request.isFinal()));
    }
  }

  /** Captures in the currency of the hold, whichever was asked for. */
  static final class CapturesInTheHoldsCurrency extends Slip {
    private final Map<String, String> currencies = new ConcurrentHashMap<>();

    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      JsonNode hold = charge.path("authorization");
      if (hold.isObject()) {
        currencies.put(hold.path("id").asString(), hold.path("currency").asString());
      }
    }

    @Override
    void body(HttpRequest request, ObjectNode body) {
      if (Wire.is(request, "/captures")) {
        String hold = request.uri().getPath().split("/")[3];
        body.put("currency", currencies.getOrDefault(hold, body.path("currency").asString()));
      }
    }
  }

  /** Reads when a hold expires as a time of this place. */
  static final class ReadsExpiryAsLocalTime extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      if (charge.path("authorization") instanceof ObjectNode hold) {
        String text = hold.path("expires_at").asString().replace("Z", "");
        hold.put(
            "expires_at",
            java.time.LocalDateTime.parse(text)
                .atZone(java.time.ZoneId.systemDefault())
                .toInstant()
                .toString());
      }
    }
  }

  /** Any answer of status 200 says that a void is done. */
  static final class BelievesAny200OfAVoid extends Slip {
    private final ThreadLocal<Boolean> ok = ThreadLocal.withInitial(() -> false);

    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      ok.set(response.status() == 200);
      return response;
    }

    @Override
    public Outcome voidAuthorization(VoidRequest request) {
      ok.set(false);
      Outcome outcome = super.voidAuthorization(request);
      return outcome instanceof Outcome.Unknown && ok.get()
          ? new Outcome.Succeeded(Snapshot.empty())
          : outcome;
    }
  }

  /** Of a void whose answer was lost, says that it was not sent. */
  static final class TakesALostVoidForUnsent extends Slip {
    @Override
    public Outcome voidAuthorization(VoidRequest request) {
      Outcome outcome = super.voidAuthorization(request);
      return outcome instanceof Outcome.Unknown u
              && u.failure().code().startsWith("http.")
              && !u.failure().code().matches("http\\.[0-9]+")
          ? new Outcome.NotSent(Failure.of(ErrorCategory.NOT_SENT, "io", "connection reset"))
          : outcome;
    }
  }
}
