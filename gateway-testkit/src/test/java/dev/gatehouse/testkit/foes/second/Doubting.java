package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/** Wrong in doubt: retries, certainty, lookups. */
final class Doubting {
  private Doubting() {}

  /** Sends a refund again when the provider is busy. */
  static final class RetriesRefundsOn503 extends Slip {
    @Override
    HttpResponse send(HttpRequest request, Duration limit, HttpTransport line) {
      HttpResponse response = line.send(request, limit);
      return Wire.is(request, "/refunds") && response.status() == 503
          ? line.send(request, limit)
          : response;
    }
  }

  /** Sends again what could not connect. */
  static final class RetriesLostCompletions extends Slip {
    @Override
    HttpResponse send(HttpRequest request, Duration limit, HttpTransport line) {
      try {
        return line.send(request, limit);
      } catch (TransportException.Unknown e) {
        if (Wire.is(request, "/complete")) {
          return line.send(request, limit);
        }
        throw e;
      }
    }
  }

  /** A gateway time-out says that a completion is pending. */
  static final class Takes504ForPending extends Slip {
    @Override
    public Outcome complete(CompleteRequest request) {
      Outcome outcome = super.complete(request);
      return outcome instanceof Outcome.Unknown u && u.failure().code().equals("http.504")
          ? new Outcome.Pending(Snapshot.empty())
          : outcome;
    }
  }

  /** A 502 says that nothing was captured. */
  static final class Takes502ForUnsent extends Slip {
    @Override
    public Outcome capture(CaptureRequest request) {
      Outcome outcome = super.capture(request);
      return outcome instanceof Outcome.Unknown u && u.failure().code().equals("http.502")
          ? new Outcome.NotSent(Failure.of(ErrorCategory.UNAVAILABLE, "http.502", "bad gateway"))
          : outcome;
    }
  }

  /** Any page of status 404 says that a charge is not there. */
  static final class TakesAnyones404ForAbsence extends Slip {
    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      if (Wire.isGet(request) && response.status() == 404) {
        ObjectNode body = Wire.JSON.createObjectNode();
        body.putObject("error").put("type", "not_found").put("code", "x").put("message", "x");
        return Wire.with(response, body);
      }
      return response;
    }
  }

  /** A list that is refused is an empty one. */
  static final class TakesARefusedListForEmpty extends Slip {
    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      if (Wire.isGet(request)
          && request.uri().getPath().endsWith("/charges")
          && (response.status() == 403 || response.status() == 429)) {
        ObjectNode body = Wire.JSON.createObjectNode().put("object", "list").put("has_more", false);
        body.putArray("data");
        return Wire.with(new HttpResponse(200, response.headers(), new byte[0]), body);
      }
      return response;
    }
  }

  /** Takes the seconds of Retry-After for milliseconds. */
  static final class ReadsRetryAfterAsMillis extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      Outcome outcome = super.refund(request);
      return outcome instanceof Outcome.NotSent n && n.failure().retryAfter().isPresent()
          ? new Outcome.NotSent(
              new Failure(
                  n.failure().category(),
                  n.failure().code(),
                  n.failure().message(),
                  n.failure().retryAfter().map(d -> Duration.ofMillis(d.toSeconds()))))
          : outcome;
    }
  }

  /** Each page of a list may take as long as the whole call. */
  static final class GivesEachPageAllTheTime extends Slip {
    @Override
    HttpResponse send(HttpRequest request, Duration limit, HttpTransport line) {
      return super.send(request, Wire.isGet(request) ? environment.timeLimit() : limit, line);
    }
  }

  /** Forgets that it was interrupted. */
  static final class SwallowsTheInterrupt extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      Outcome outcome = super.refund(request);
      if (outcome instanceof Outcome.Unknown) {
        Thread.interrupted();
      }
      return outcome;
    }
  }

  /** Looks at the clock when the answer is there. */
  static final class LooksAtTheClockAfterwards extends Slip {
    @Override
    public Lookup lookup(Trace trace) {
      Lookup lookup = super.lookup(trace);
      if (lookup instanceof Lookup.AbsentAsOf absent) {
        Instant now = environment.clock().instant();
        Instant sent = trace.operation().map(Trace.InDoubt::lastSentAt).orElse(trace.startedAt());
        return new Lookup.AbsentAsOf(now, !now.isBefore(sent.plusSeconds(5)));
      }
      return lookup;
    }
  }

  /** Reads one page of a list. */
  static final class ReadsOnePage extends Slip {
    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      ObjectNode body = Wire.json(response);
      if (request.uri().getPath().endsWith("/charges") && body.has("has_more")) {
        return Wire.with(response, body.put("has_more", false));
      }
      return response;
    }
  }

  /** Completes what it finds approved. */
  static final class CompletesWhileLooking extends Slip {
    @Override
    public Lookup lookup(Trace trace) {
      Lookup lookup = super.lookup(trace);
      if (lookup instanceof Lookup.Found found && trace.reference().isPresent()) {
        found
            .snapshot()
            .facts()
            .attempts()
            .forEach(
                (id, attempt) -> {
                  if (attempt.step().isAt(AttemptStep.APPROVED)) {
                    super.complete(
                        new CompleteRequest(trace, "auto-" + id, id, CaptureMode.AUTOMATIC));
                  }
                });
      }
      return lookup;
    }
  }

  /** Says of an answer to a refund that it shows all refunds. */
  static final class CallsAnAnswerComplete extends Slip {
    @Override
    public Outcome refund(RefundRequest request) {
      Outcome outcome = super.refund(request);
      return outcome instanceof Outcome.Succeeded s
          ? new Outcome.Succeeded(
              new Snapshot(s.snapshot().facts(), Set.of(FactList.REFUNDS, FactList.CAPTURES)))
          : outcome;
    }
  }

  /** Lists from the very moment at which, by our clock, the payment began. */
  static final class ListsFromOurClock extends Slip {
    private final ThreadLocal<Instant> start = new ThreadLocal<>();

    @Override
    public Lookup lookup(Trace trace) {
      start.set(trace.startedAt());
      return super.lookup(trace);
    }

    @Override
    HttpRequest asked(HttpRequest request) {
      String query = request.uri().getRawQuery();
      if (query == null || !query.contains("created_from") || start.get() == null) {
        return request;
      }
      String uri =
          request
              .uri()
              .toString()
              .replaceFirst("created_from=[^&]*", "created_from=" + start.get());
      return new HttpRequest("GET", URI.create(uri), request.headers(), request.body());
    }
  }

  /** Calls a charge that it knows all there is, though one is in question. */
  static final class SettledByTheFirstCharge extends Slip {
    @Override
    public Lookup lookup(Trace trace) {
      Lookup lookup = super.lookup(trace);
      if (lookup instanceof Lookup.Found found) {
        return new Lookup.Found(
            new Snapshot(found.snapshot().facts(), EnumSet.allOf(FactList.class)));
      }
      return lookup;
    }
  }

  /** Time does not go back. */
  static final class TakesTheLatestTimeItSaw extends Slip {
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    @Override
    GatewayEnvironment around(GatewayEnvironment e) {
      Clock clock =
          new Clock() {
            @Override
            public java.time.ZoneId getZone() {
              return e.clock().getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return latest.accumulateAndGet(e.clock().instant(), (a, b) -> a.isAfter(b) ? a : b);
            }
          };
      return new GatewayEnvironment(e.instance(), e.mode(), e.http(), clock, e.timeLimit());
    }
  }
}
