package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wrong with webhooks, changes and disputes. */
final class Telling {
  private static final String HEADER = "reference-signature";

  private Telling() {}

  private static WebhookRequest with(WebhookRequest r, byte[] body) {
    return new WebhookRequest(r.method(), r.uri(), r.headers(), body);
  }

  private static WebhookRequest withSignature(WebhookRequest r, List<String> values) {
    Map<String, List<String>> headers = new HashMap<>(r.headers());
    headers.put(HEADER, values);
    return new WebhookRequest(r.method(), r.uri(), headers, r.body());
  }

  /** Takes a body for a text before it verifies, in a charset of its own. */
  static final class ReadsBodiesAsLatin extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      return super.receive(
          with(
              r,
              new String(r.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  /** Strips a body before it verifies. */
  static final class StripsBodies extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      String text = new String(r.body(), StandardCharsets.ISO_8859_1);
      return super.receive(with(r, text.strip().getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  /** Takes notices of the future, if they are not too far in it. */
  static final class TakesNoticesOfTomorrow extends Slip {
    private volatile Instant pretended = Instant.MIN;

    @Override
    GatewayEnvironment around(GatewayEnvironment e) {
      Clock clock =
          new Clock() {
            @Override
            public java.time.ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              Instant now = e.clock().instant();
              return pretended.isAfter(now) ? pretended : now;
            }
          };
      return new GatewayEnvironment(e.instance(), e.mode(), e.http(), clock, e.timeLimit());
    }

    @Override
    public synchronized WebhookAnswer receive(WebhookRequest r) {
      Matcher time = Pattern.compile("t=([0-9]{1,11})").matcher(String.join(",", r.header(HEADER)));
      pretended = time.find() ? Instant.ofEpochSecond(Long.parseLong(time.group(1))) : Instant.MIN;
      // A day ahead is a zone; more is a mistake.
      if (pretended.isAfter(environment.clock().instant().plusSeconds(86_400))) {
        pretended = Instant.MIN;
      }
      try {
        return super.receive(r);
      } finally {
        pretended = Instant.MIN;
      }
    }
  }

  /** Looks at the first signature of a header. */
  static final class ChecksTheFirstSignature extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      return super.receive(
          withSignature(
              r,
              r.header(HEADER).stream()
                  .map(h -> h.replaceFirst("(v1=[^,]*),v1=.*", "$1"))
                  .toList()));
    }
  }

  /** Of several headers takes the last. */
  static final class TakesTheLastHeader extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      List<String> all = r.header(HEADER);
      return super.receive(all.size() > 1 ? withSignature(r, List.of(all.get(all.size() - 1))) : r);
    }
  }

  /** Throws at a signature that is no hex. */
  static final class ThrowsAtOddHex extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      for (String header : r.header(HEADER)) {
        for (String part : header.split(",")) {
          if (part.startsWith("v1=")) {
            HexFormat.of().parseHex(part.substring(3));
          }
        }
      }
      return super.receive(r);
    }
  }

  /** Wants a content type to the letter. */
  static final class WantsOneContentType extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      return r.header("content-type").equals(List.of("application/json"))
          ? super.receive(r)
          : new WebhookAnswer.Rejected("the content type is not JSON");
    }
  }

  /** Names a notice after its charge. */
  static final class NamesNoticesAfterTheCharge extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      return super.receive(r) instanceof WebhookAnswer.Verified v
          ? new WebhookAnswer.Verified(
              v.notices().stream()
                  .map(
                      n ->
                          WebhookNotice.of(
                              n.hint().providerIds().iterator().next().id()
                                  + "."
                                  + n.type().split("\\.")[0],
                              n.type(),
                              n.hint()))
                  .toList(),
              v.reply())
          : super.receive(r);
    }
  }

  /** Reads ten of a batch. */
  static final class ReadsTenOfABatch extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      return super.receive(r) instanceof WebhookAnswer.Verified v
          ? new WebhookAnswer.Verified(v.notices().stream().limit(10).toList(), v.reply())
          : super.receive(r);
    }
  }

  /** Ends a batch at the first event that concerns nobody. */
  static final class EndsABatchAtAForeignEvent extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      WebhookAnswer answer = super.receive(r);
      if (!(answer instanceof WebhookAnswer.Verified v)) {
        return answer;
      }
      Set<String> read = new HashSet<>();
      for (JsonNode event : Wire.JSON.readTree(r.body()).path("events")) {
        if (event.path("data").path("charge").isMissingNode()) {
          return new WebhookAnswer.Verified(
              v.notices().stream().filter(n -> read.contains(n.id().orElse(""))).toList(),
              v.reply());
        }
        read.add(event.path("id").asString(""));
      }
      return answer;
    }
  }

  /** Repeats what was announced as another one when it is signed anew. */
  static final class NumbersNotices extends Slip {
    private final java.util.concurrent.atomic.AtomicInteger count =
        new java.util.concurrent.atomic.AtomicInteger();

    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      return super.receive(r) instanceof WebhookAnswer.Verified v
          ? new WebhookAnswer.Verified(
              v.notices().stream()
                  .map(
                      n ->
                          WebhookNotice.of(
                              n.id().orElse("") + "." + count.incrementAndGet(),
                              n.type(),
                              n.hint()))
                  .toList(),
              v.reply())
          : super.receive(r);
    }
  }

  /** Disputes are no news, neither here nor there. */
  static final class DisputesAreNoNews extends Slip {
    @Override
    public WebhookAnswer receive(WebhookRequest r) {
      WebhookAnswer answer = super.receive(r);
      return answer instanceof WebhookAnswer.Verified v
          ? new WebhookAnswer.Verified(
              v.notices().stream().filter(n -> !n.type().contains("dispute")).toList(), v.reply())
          : answer;
    }

    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      if (!request.uri().getPath().endsWith("/events")) {
        return response;
      }
      ObjectNode body = Wire.json(response);
      var kept = Wire.JSON.createArrayNode();
      for (JsonNode event : body.path("data")) {
        if (!event.path("type").asString("").contains("dispute")) {
          kept.add(event);
        }
      }
      return Wire.with(response, body.set("data", kept));
    }
  }

  /** A dispute that was won gives nothing back. */
  static final class KeepsNothingOfWonDisputes extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      for (JsonNode dispute : charge.path("disputes")) {
        ((ObjectNode) dispute).remove("reinstatement");
      }
    }
  }

  /** A dispute under review still waits for us. */
  static final class LosesWhatIsUnderReview extends Slip {
    @Override
    void charge(HttpRequest request, ObjectNode charge) {
      for (JsonNode dispute : charge.path("disputes")) {
        if (dispute.path("status").asString("").equals("won")) {
          ((ObjectNode) dispute).put("status", "under_review");
        }
      }
    }
  }

  /** Goes on from now, though the list lags. */
  static final class ChangesUpToNow extends Slip {
    @Override
    public Changes changesSince(Instant since) {
      return super.changesSince(since) instanceof Changes.Listed l
          ? new Changes.Listed(l.hints(), l.from(), environment.clock().instant())
          : super.changesSince(since);
    }
  }

  /** Asks for what came after, and leaves out what came at the very time. */
  static final class ChangesAfterSince extends Slip {
    @Override
    HttpRequest asked(HttpRequest request) {
      String uri = request.uri().toString();
      Matcher since = Pattern.compile("since=([^&]*)").matcher(uri);
      return since.find()
          ? new HttpRequest(
              "GET",
              URI.create(
                  since.replaceFirst("since=" + Instant.parse(since.group(1)).plusMillis(1))),
              request.headers(),
              request.body())
          : request;
    }
  }

  /** Reads one page of changes. */
  static final class ReadsOnePageOfChanges extends Slip {
    @Override
    HttpResponse answered(HttpRequest request, HttpResponse response) {
      ObjectNode body = Wire.json(response);
      return request.uri().getPath().endsWith("/events") && body.has("has_more")
          ? Wire.with(response, body.put("has_more", false))
          : response;
    }
  }
}
