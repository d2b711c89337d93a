package dev.gatehouse.testkit.foes;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Wrong about notices. */
final class WebhookFoes {
  private static final String HEADER = "reference-signature";

  private WebhookFoes() {}

  /** Reads another request than the one that came. */
  private abstract static class OfRequests extends Foe {
    OfRequests(String id, String must, String remedy) {
      super(id, must, remedy);
    }

    abstract WebhookRequest changed(
        WebhookRequest request, GatewaySettings settings, GatewayEnvironment environment);

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public WebhookAnswer receive(WebhookRequest request) {
          return super.receive(changed(request, settings, env));
        }
      };
    }

    static WebhookRequest withBody(WebhookRequest request, UnaryOperator<String> change) {
      String body = new String(request.body(), StandardCharsets.UTF_8);
      return new WebhookRequest(
          request.method(),
          request.uri(),
          request.headers(),
          change.apply(body).getBytes(StandardCharsets.UTF_8));
    }

    static WebhookRequest withSignature(WebhookRequest request, String value) {
      Map<String, List<String>> headers = new TreeMap<>(request.headers());
      headers.put(HEADER, List.of(value));
      return new WebhookRequest(request.method(), request.uri(), headers, request.body());
    }
  }

  /** Verifies what its JSON parser wrote, not what came. */
  public static final class VerifiesParsedJson extends OfRequests {
    /** For {@link java.util.ServiceLoader}. */
    public VerifiesParsedJson() {
      super(
          "foe-71",
          "Webhooks: raw bytes verified (white space, unicode, key order)",
          "Verify WebhookRequest.body() as it came.");
    }

    @Override
    WebhookRequest changed(WebhookRequest r, GatewaySettings settings, GatewayEnvironment env) {
      return withBody(r, b -> b.replaceAll("([,:{}])[ \\t\\r\\n]+", "$1"));
    }
  }

  /** Trims the body before it verifies it. */
  public static final class TrimsTheBody extends OfRequests {
    /** For {@link java.util.ServiceLoader}. */
    public TrimsTheBody() {
      super(
          "foe-72",
          "Webhooks: raw bytes verified (white space, unicode, key order)",
          "Verify WebhookRequest.body() as it came.");
    }

    @Override
    WebhookRequest changed(WebhookRequest r, GatewaySettings settings, GatewayEnvironment env) {
      return withBody(r, String::trim);
    }
  }

  /** A notice from the future is as good as a fresh one. */
  public static final class FutureIsFresh extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public FutureIsFresh() {
      super(
          "foe-73",
          "Webhooks: tolerance just inside, just outside, and in the future",
          "Tolerate clocks on both sides: refuse what is too far in the future.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new Reopening(good, settings, env) {
        @Override
        Instant now(Instant signed, Instant now) {
          return signed.isAfter(now) ? signed : now;
        }
      };
    }
  }

  /** Notices are good for a day. */
  public static final class StaleForADay extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public StaleForADay() {
      super(
          "foe-74",
          "Webhooks: tolerance just inside, just outside; replay after expiry rejected",
          "Refuse signatures older than a few minutes.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new Reopening(good, settings, env) {
        @Override
        Instant now(Instant signed, Instant now) {
          boolean today = Duration.between(signed, now).compareTo(Duration.ofDays(1)) < 0;
          return signed.isBefore(now) && today ? signed : now;
        }
      };
    }
  }

  /** Receives with a gateway whose clock shows another time. */
  private abstract static class Reopening extends GoodGateway {
    private final GatewaySettings settings;
    private final GatewayEnvironment env;

    Reopening(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      super(good);
      this.settings = settings;
      this.env = env;
    }

    abstract Instant now(Instant signed, Instant now);

    @Override
    public WebhookAnswer receive(WebhookRequest request) {
      String header = String.join("", request.header(HEADER));
      String digits = header.replaceFirst("(?s)^t=([0-9]{1,11}),.*$", "$1");
      if (!digits.matches("[0-9]{1,11}")) {
        return super.receive(request);
      }
      Instant signed = Instant.ofEpochSecond(Long.parseLong(digits));
      Clock clock = Clock.fixed(now(signed, env.clock().instant()), env.clock().getZone());
      var late =
          new GatewayEnvironment(env.instance(), env.mode(), env.http(), clock, env.timeLimit());
      try (var other =
          new dev.gatehouse.testkit.reference.ReferenceGatewayProvider().open(settings, late)) {
        return ((dev.gatehouse.spi.ReceivesWebhooks) other).receive(request);
      }
    }
  }

  /** Of two signature headers, the first counts. */
  public static final class FirstOfTwoHeaders extends OfRequests {
    /** For {@link java.util.ServiceLoader}. */
    public FirstOfTwoHeaders() {
      super(
          "foe-75",
          "Webhooks: missing, blank, doubled header",
          "Reject a delivery that has the signature header twice.");
    }

    @Override
    WebhookRequest changed(WebhookRequest r, GatewaySettings settings, GatewayEnvironment env) {
      return r.header(HEADER).size() > 1 ? withSignature(r, r.header(HEADER).get(0)) : r;
    }
  }

  /** Forgets the secret before this one. */
  public static final class OneSecretWhileRotating extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public OneSecretWhileRotating() {
      super(
          "foe-76",
          "Webhooks: two secrets during rotation",
          "Take signatures of both secrets while one is rolled.");
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      Map<String, String> kept = new TreeMap<>();
      settings.names().forEach(name -> kept.put(name, settings.required(name)));
      kept.remove("webhook-secret-previous");
      return super.open(GatewaySettings.of(kept), environment);
    }
  }

  /** Changes what was read from a genuine notice. */
  private abstract static class OfNotices extends Foe {
    OfNotices(String id, String must, String remedy) {
      super(id, must, remedy);
    }

    abstract WebhookAnswer changed(WebhookAnswer.Verified answer);

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public WebhookAnswer receive(WebhookRequest request) {
          WebhookAnswer answer = super.receive(request);
          return answer instanceof WebhookAnswer.Verified genuine ? changed(genuine) : answer;
        }
      };
    }
  }

  /** All notices of a payment have one id: only the first is heard. */
  public static final class NoticeIdOfThePayment extends OfNotices {
    /** For {@link java.util.ServiceLoader}. */
    public NoticeIdOfThePayment() {
      super(
          "foe-77",
          "writing-a-gateway: Never use the payment's id, which would hide all notices after the"
              + " first (Webhooks: duplicate: one effect)",
          "Give the notice the id of the provider's event.");
    }

    @Override
    WebhookAnswer changed(WebhookAnswer.Verified answer) {
      return new WebhookAnswer.Verified(
          answer.notices().stream()
              .map(
                  n ->
                      WebhookNotice.of(
                          n.hint().providerIds().stream()
                              .map(ProviderId::id)
                              .findFirst()
                              .orElse("none"),
                          n.type(),
                          n.hint()))
              .toList(),
          answer.reply());
    }
  }

  /** Each delivery has an id of its own. */
  public static final class NoticeIdOfTheDelivery extends OfNotices {
    /** For {@link java.util.ServiceLoader}. */
    public NoticeIdOfTheDelivery() {
      super(
          "foe-78",
          "Webhooks: duplicate: one effect (writing-a-gateway: the notice's id is the provider's id"
              + " of the event, not of the delivery)",
          "Give the notice the id of the provider's event.");
    }

    @Override
    WebhookAnswer changed(WebhookAnswer.Verified answer) {
      return new WebhookAnswer.Verified(
          answer.notices().stream()
              .map(n -> WebhookNotice.of(UUID.randomUUID().toString(), n.type(), n.hint()))
              .toList(),
          answer.reply());
    }
  }

  /** Notices of types that it does not know are an error. */
  public static final class UnknownTypesAreRejected extends OfNotices {
    /** For {@link java.util.ServiceLoader}. */
    public UnknownTypesAreRejected() {
      super(
          "foe-79",
          "Webhooks: unknown type or another's payment: ignored, not an error",
          "Answer Verified, with a hint or without, for types that you don't know.");
    }

    @Override
    WebhookAnswer changed(WebhookAnswer.Verified answer) {
      boolean known =
          answer.notices().stream()
              .allMatch(n -> n.type().matches("charge\\.(succeeded|failed|captured|voided)"));
      return known ? answer : new WebhookAnswer.Rejected("a type that is not known");
    }
  }

  /** Completes a charge as soon as a notice says that it was approved. */
  public static final class CompletesWhenTold extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public CompletesWhenTold() {
      super(
          "foe-80",
          "Unknown outcome: verify, parse and lookup have no side effect",
          "Only read in receive; the engine looks and completes.");
    }

    @Override
    PaymentGateway around(PaymentGateway good, GatewaySettings settings, GatewayEnvironment env) {
      return new GoodGateway(good) {
        @Override
        public WebhookAnswer receive(WebhookRequest request) {
          WebhookAnswer answer = super.receive(request);
          if (answer instanceof WebhookAnswer.Verified genuine) {
            for (WebhookNotice notice : genuine.notices()) {
              if (notice.type().equals("charge.approved")) {
                notice.hint().providerIds().forEach(id -> complete(id.id()));
              }
            }
          }
          return answer;
        }

        private void complete(String charge) {
          HttpHeaders headers =
              HttpHeaders.none()
                  .with("authorization", "Bearer " + settings.required("secret-key"))
                  .with("idempotency-key", "auto-" + charge)
                  .with("content-type", "application/json");
          URI uri =
              URI.create(settings.required("base-url") + "/v1/charges/" + charge + "/complete");
          try {
            env.http()
                .send(
                    new HttpRequest("POST", uri, headers, "{}".getBytes(StandardCharsets.UTF_8)),
                    env.deadline());
          } catch (TransportException e) {
            // The engine will do it.
          }
        }
      };
    }
  }

  /** Compares the first eight characters of signatures. */
  public static final class SignaturePrefixCounts extends OfRequests {
    /** For {@link java.util.ServiceLoader}. */
    public SignaturePrefixCounts() {
      super(
          "foe-81",
          "Webhooks: one flipped byte in body, header or timestamp rejected",
          "Compare the whole signature, in constant time.");
    }

    @Override
    WebhookRequest changed(WebhookRequest r, GatewaySettings settings, GatewayEnvironment env) {
      String header = String.join("", r.header(HEADER));
      if (!header.matches("t=[0-9]{1,11},v1=[0-9a-f]{64}")) {
        return r;
      }
      String time = header.substring(2, header.indexOf(','));
      String given = header.substring(header.indexOf("v1=") + 3);
      String wanted = mac(settings.required("webhook-secret"), time, r.body());
      return given.startsWith(wanted.substring(0, 8))
          ? withSignature(r, "t=" + time + ",v1=" + wanted)
          : r;
    }

    private static String mac(String secret, String time, byte[] body) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Throws where the header has no parts. */
  public static final class ThrowsAtMalformedHeaders extends OfRequests {
    /** For {@link java.util.ServiceLoader}. */
    public ThrowsAtMalformedHeaders() {
      super(
          "foe-82",
          "Webhooks: oversize, malformed, deeply nested: bounded rejection (writing-a-gateway:"
              + " receive is a total function)",
          "Answer Rejected for any header and any bytes.");
    }

    @Override
    WebhookRequest changed(WebhookRequest r, GatewaySettings settings, GatewayEnvironment env) {
      for (String header : r.header(HEADER)) {
        long unused = Long.parseLong(header.split("[=,]", -1)[1]);
      }
      return r;
    }
  }

  /** Says that something happened, and not to which payment. */
  public static final class HintAtNothing extends OfNotices {
    /** For {@link java.util.ServiceLoader}. */
    public HintAtNothing() {
      super(
          "foe-83",
          "Webhooks: webhook before the API's response",
          "Hint at the payment by our reference or its ids.");
    }

    @Override
    WebhookAnswer changed(WebhookAnswer.Verified answer) {
      return new WebhookAnswer.Verified(
          answer.notices().stream()
              .map(
                  n ->
                      new WebhookNotice(
                          n.id(),
                          n.type(),
                          new dev.gatehouse.spi.PaymentHint(
                              java.util.Optional.empty(), java.util.Set.of())))
              .toList(),
          answer.reply());
    }
  }
}
