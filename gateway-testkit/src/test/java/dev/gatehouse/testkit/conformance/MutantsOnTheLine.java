package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that trust notices, write amounts or tell secrets as they should not. */
final class MutantsOnTheLine {
  private static final String SIGNATURE = "reference-signature";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MutantsOnTheLine() {}

  /** What a gateway that gets a notice has at hand. */
  private record Inbox(
      ReceivesWebhooks whole, GatewaySettings settings, GatewayEnvironment environment) {
    WebhookAnswer receive(WebhookRequest request) {
      return whole.receive(request);
    }

    /** As if it came from the provider, now. */
    WebhookAnswer trust(WebhookRequest request) {
      String now = Long.toString(environment.clock().instant().getEpochSecond());
      Map<String, List<String>> headers = new TreeMap<>(request.headers());
      headers.put(SIGNATURE, List.of("t=" + now + ",v1=" + signature(now, request.body())));
      return whole.receive(
          new WebhookRequest(request.method(), request.uri(), headers, request.body()));
    }

    String signature(String time, byte[] body) {
      String secret = settings.required(ReferenceGatewayProvider.WEBHOOK_SECRET);
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The first so many characters of the signature are right, for its own time. */
    boolean isSigned(WebhookRequest request, int characters) {
      String[] parts = header(request).split(",v1=", 2);
      return parts.length == 2
          && parts[0].startsWith("t=")
          && signature(parts[0].substring(2), request.body())
              .regionMatches(0, parts[1], 0, characters);
    }
  }

  /** Receives a notice. */
  @FunctionalInterface
  private interface Receiving {
    WebhookAnswer receive(Inbox inbox, WebhookRequest request);
  }

  static List<Mutant> webhooks() {
    return List.of(
        Mutant.of(
            "NamesNobody",
            "Its notices do not say which payment they are about.",
            receives((inbox, request) -> nameless(inbox.receive(request))),
            "GW-HOOK-01"),
        Mutant.of(
            "TakesAnySignature",
            "It looks whether there is a signature, and no further.",
            receives(
                (inbox, request) ->
                    header(request).isBlank() ? inbox.receive(request) : inbox.trust(request)),
            "GW-HOOK-02",
            "GW-HOOK-03",
            "GW-HOOK-08"),
        Mutant.of(
            "VerifiesWhatItParsed",
            "It verifies the body as it would write it, and not as it came.",
            receives(MutantsOnTheLine::stripped),
            "GW-HOOK-02"),
        Mutant.of(
            "ComparesTheStartOfASignature",
            "It compares the first half of the signature.",
            receives(
                (inbox, request) ->
                    inbox.isSigned(request, 32) ? inbox.trust(request) : inbox.receive(request)),
            "GW-HOOK-03"),
        Mutant.of(
            "TakesWhatIsNotSigned",
            "It verifies a signature only if there is one.",
            receives(
                (inbox, request) ->
                    request.header(SIGNATURE).isEmpty()
                        ? inbox.trust(request)
                        : inbox.receive(request)),
            "GW-HOOK-04"),
        Mutant.of(
            "TakesABlankSignature",
            "It verifies a signature only if it is not blank.",
            receives(
                (inbox, request) ->
                    request.header(SIGNATURE).equals(List.of(""))
                        ? inbox.trust(request)
                        : inbox.receive(request)),
            "GW-HOOK-04"),
        Mutant.of(
            "LooksForHeadersAsWritten",
            "It asks the map of headers for a name with capitals.",
            receives(
                (inbox, request) ->
                    request.headers().containsKey("Reference-Signature")
                        ? inbox.receive(request)
                        : new WebhookAnswer.Rejected("no signature")),
            "GW-HOOK-01",
            "GW-HOOK-05"),
        Mutant.of(
            "ThrowsAtGarbage",
            "It parses before it verifies, and lets the parser throw.",
            receives(
                (inbox, request) -> {
                  JSON.readTree(request.body());
                  return inbox.receive(request);
                }),
            "GW-HOOK-06"),
        Mutant.of(
            "VerifiesGarbage",
            "It answers 200 to whatever it can't read, for the provider to be content.",
            receives(
                (inbox, request) ->
                    MutantMeans.isJson(request.body())
                        ? inbox.receive(request)
                        : new WebhookAnswer.Verified(List.of(), WebhookReply.status(200))),
            "GW-HOOK-06"),
        Mutant.of(
            "ActsOnANotice",
            "It completes the charge that a notice tells of.",
            receives(MutantsOnTheLine::acting),
            "GW-HOOK-07"),
        Mutant.of(
            "TakesOldNotices",
            "It does not look at when a notice was signed.",
            receives(
                (inbox, request) ->
                    inbox.isSigned(request, 64) ? inbox.trust(request) : inbox.receive(request)),
            "GW-HOOK-08"));
  }

  static List<Mutant> amounts() {
    return List.of(
        Mutant.of(
            "RoundsKuwaitiDinar",
            "It writes two decimals, whatever the currency.",
            writes("/v1/charges", body -> MutantsOfSales.round(body, 2)),
            "GW-CURR-01",
            "GW-CURR-02"),
        Mutant.of(
            "TakesYenForCents",
            "It multiplies every amount by a hundred, yen among them.",
            writes("/v1/charges", body -> inYen(body, 100)),
            "GW-CURR-01",
            "GW-CURR-02"),
        Mutant.of(
            "CutsDoubles",
            "It counts hundredths in double, and cuts what is left.",
            writes("/v1/charges", MutantsOnTheLine::cut),
            "GW-CURR-01"),
        Mutant.of(
            "CountsInFloat",
            "It counts in float, which has 24 bits.",
            writes("/v1/charges", MutantsOnTheLine::floated),
            "GW-CURR-01"),
        Mutant.of(
            "ReadsYenAsHundreds",
            "It reads an amount in yen as a hundred times as much.",
            reads("charge", charge -> inYen(charge, 100)),
            "GW-CURR-02"),
        Mutant.of(
            "ReadsCapturesInYenAsHundreds",
            "It reads a captured amount in yen as a hundred times as much.",
            reads("capture", capture -> inYen(capture, 100)),
            "GW-CURR-02"),
        Mutant.of(
            "ShowsNoCapturesInDinars",
            "It knows captures in two decimals only.",
            reads("charge", MutantsOnTheLine::withoutDinars),
            "GW-CURR-02"));
  }

  static List<Mutant> secrets() {
    return List.of(
        Mutant.of(
            "ShowsTheSecret",
            "Its failures quote the request, with its headers.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome charge(ChargeRequest request) {
                        return behind.charge(request) instanceof Outcome.Unknown unknown
                            ? new Outcome.Unknown(with(unknown.failure(), key))
                            : behind.charge(request);
                      }
                    }),
            "GW-SECR-01"),
        Mutant.of(
            "ThrowsTheSecret",
            "It throws what it got, with the request's headers.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome charge(ChargeRequest request) {
                        throw new IllegalStateException("Bearer " + key);
                      }
                    }),
            "GW-SECR-01"),
        Mutant.of(
            "ShowsTheSecretInALookup",
            "A lookup that fails quotes the request, with its headers.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public Lookup lookup(Trace trace) {
                        return behind.lookup(trace) instanceof Lookup.CannotTell unsure
                            ? new Lookup.CannotTell(with(unsure.failure(), key))
                            : behind.lookup(trace);
                      }
                    }),
            "GW-SECR-01"),
        Mutant.of(
            "ShowsTheSecretToStrangers",
            "It says what it would have verified a notice with.",
            receives(
                (inbox, request) ->
                    inbox.receive(request) instanceof WebhookAnswer.Rejected
                        ? new WebhookAnswer.Rejected(
                            "not by "
                                + inbox.settings.required(ReferenceGatewayProvider.WEBHOOK_SECRET))
                        : inbox.receive(request)),
            "GW-SECR-01"),
        Mutant.of(
            "TellsItsSettings",
            "Its text has its settings.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public String toString() {
                        return "Gateway[" + key + "]";
                      }
                    }),
            "GW-SECR-02"));
  }

  private static UnaryOperator<GatewayProvider> receives(Receiving how) {
    return opens(
        (whole, settings, environment) ->
            new MutantGateway(whole.open(settings, environment)) {
              @Override
              public WebhookAnswer receive(WebhookRequest request) {
                Inbox inbox = new Inbox(behind(ReceivesWebhooks.class), settings, environment);
                return how.receive(inbox, request);
              }
            });
  }

  /** A gateway that knows the key. */
  @FunctionalInterface
  private interface Telling {
    PaymentGateway around(PaymentGateway whole, String key);
  }

  private static UnaryOperator<GatewayProvider> telling(Telling how) {
    return opens(
        (whole, settings, environment) ->
            how.around(
                whole.open(settings, environment),
                settings.required(ReferenceGatewayProvider.SECRET_KEY)));
  }

  private static Failure with(Failure failure, String key) {
    return Failure.of(
        failure.category(), failure.code(), failure.message() + ", Authorization: Bearer " + key);
  }

  private static String header(WebhookRequest request) {
    return String.join(",", request.header(SIGNATURE));
  }

  private static WebhookAnswer nameless(WebhookAnswer answer) {
    return answer instanceof WebhookAnswer.Verified verified
        ? new WebhookAnswer.Verified(
            verified.notices().stream()
                .map(n -> new WebhookNotice(n.id(), n.type(), nobody()))
                .toList(),
            verified.reply())
        : answer;
  }

  private static PaymentHint nobody() {
    return new PaymentHint(Optional.empty(), Set.of());
  }

  private static WebhookAnswer stripped(Inbox inbox, WebhookRequest request) {
    byte[] body = request.body();
    int end = body.length;
    while (end > 0 && body[end - 1] == ' ') {
      end--;
    }
    return inbox.receive(
        new WebhookRequest(
            request.method(), request.uri(), request.headers(), Arrays.copyOf(body, end)));
  }

  private static WebhookAnswer acting(Inbox inbox, WebhookRequest request) {
    WebhookAnswer answer = inbox.receive(request);
    if (answer instanceof WebhookAnswer.Verified) {
      URI uri =
          URI.create(
              inbox.settings.required(ReferenceGatewayProvider.BASE_URL)
                  + "/v1/charges/ch_1/complete");
      inbox
          .environment
          .http()
          .send(
              new HttpRequest("POST", uri, HttpHeaders.none(), new byte[0]), Duration.ofSeconds(1));
    }
    return answer;
  }

  private static void inYen(ObjectNode node, int factor) {
    if (node.path("currency").asString("").equals("JPY")) {
      MutantsOfSales.scale(node, Integer.toString(factor));
    }
  }

  private static void cut(ObjectNode body) {
    BigDecimal amount = new BigDecimal(body.path("amount").asString("0"));
    if (amount.scale() == 2) {
      long cents = (long) (amount.doubleValue() * 100);
      body.put("amount", BigDecimal.valueOf(cents, 2).toPlainString());
    }
  }

  private static void floated(ObjectNode body) {
    BigDecimal amount = new BigDecimal(body.path("amount").asString("0"));
    body.put(
        "amount",
        new BigDecimal(amount.floatValue())
            .setScale(amount.scale(), RoundingMode.HALF_UP)
            .toPlainString());
  }

  private static void withoutDinars(ObjectNode charge) {
    if (charge.path("currency").asString("").equals("KWD")) {
      charge.putArray("captures");
    }
  }
}
