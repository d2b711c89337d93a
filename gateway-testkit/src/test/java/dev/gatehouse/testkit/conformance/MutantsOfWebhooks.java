package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.opens;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
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

/** Gateways that trust notices, or do more than read them. */
final class MutantsOfWebhooks {
  static final String SIGNATURE = "reference-signature";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MutantsOfWebhooks() {}

  /** What a gateway that gets a notice has at hand. */
  record Inbox(ReceivesWebhooks whole, GatewaySettings settings, GatewayEnvironment environment) {
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
  interface Receiving {
    WebhookAnswer receive(Inbox inbox, WebhookRequest request);
  }

  static List<Mutant> all() {
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
            receives(MutantsOfWebhooks::stripped),
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
            receives(MutantsOfWebhooks::acting),
            "GW-HOOK-07"),
        Mutant.of(
            "TakesOldNotices",
            "It does not look at when a notice was signed.",
            receives(
                (inbox, request) ->
                    inbox.isSigned(request, 64) ? inbox.trust(request) : inbox.receive(request)),
            "GW-HOOK-08"));
  }

  static UnaryOperator<GatewayProvider> receives(Receiving how) {
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

  static String header(WebhookRequest request) {
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
}
