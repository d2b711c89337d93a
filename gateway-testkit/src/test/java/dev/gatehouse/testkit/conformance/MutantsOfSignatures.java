package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantsOfWebhooks.SIGNATURE;
import static dev.gatehouse.testkit.conformance.MutantsOfWebhooks.header;
import static dev.gatehouse.testkit.conformance.MutantsOfWebhooks.receives;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.conformance.MutantsOfWebhooks.Inbox;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Gateways that do not look closely at who signed what, and when. */
final class MutantsOfSignatures {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = ReferenceGatewayProvider.WEBHOOK_SECRET;
  private static final String PREVIOUS = ReferenceGatewayProvider.WEBHOOK_SECRET_PREVIOUS;

  private MutantsOfSignatures() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "RefusesHeadersOfProxies",
            "It refuses a delivery with a header that it does not know.",
            receives(
                (inbox, request) ->
                    request.headers().size() > 2
                        ? new WebhookAnswer.Rejected("unknown headers")
                        : inbox.receive(request)),
            "GW-HOOK-05"),
        Mutant.of(
            "ForgivesTheTime",
            "It takes a signature for any time of the same ten seconds.",
            receives(
                (inbox, request) ->
                    isSignedAbout(inbox, request) ? inbox.trust(request) : inbox.receive(request)),
            "GW-HOOK-09"),
        Mutant.of(
            "TakesTheFirstSignature",
            "It looks at the first of two signatures.",
            receives((inbox, request) -> inbox.receive(one(request, false))),
            "GW-HOOK-10"),
        Mutant.of(
            "TakesTheLastSignature",
            "It looks at the last of two signatures.",
            receives((inbox, request) -> inbox.receive(one(request, true))),
            "GW-HOOK-10"),
        Mutant.of(
            "TrustsWithoutASecret",
            "Where no secret is set, it takes every notice.",
            MutantsOfSignatures::withOptionalSecret,
            "GW-HOOK-11"),
        Mutant.of(
            "ForgetsThePreviousSecret",
            "It looks at the new secret alone.",
            opened(settings -> without(settings, PREVIOUS)),
            "GW-HOOK-12"),
        Mutant.of(
            "WaitsForTheOldSecretToGo",
            "While there is a secret from before, it looks at that one alone.",
            opened(
                settings ->
                    settings.text(PREVIOUS).isPresent()
                        ? without(moved(settings), PREVIOUS)
                        : settings),
            "GW-HOOK-12"),
        Mutant.of(
            "ToleratesNoDelay",
            "A notice must come in the second in which it was signed.",
            receives(
                (inbox, request) ->
                    ageOf(inbox, request).isZero()
                        ? inbox.receive(request)
                        : new WebhookAnswer.Rejected("late")),
            "GW-HOOK-13"),
        Mutant.of(
            "AcceptsFutureTimestamps",
            "It bounds the age of a notice, which is negative for one from tomorrow.",
            receives(
                (inbox, request) ->
                    ageOf(inbox, request).isNegative() && inbox.isSigned(request, 64)
                        ? inbox.trust(request)
                        : inbox.receive(request)),
            "GW-HOOK-14"),
        Mutant.of(
            "TakesNoticesOfLastMonth",
            "It does not bound the age of a notice.",
            receives(
                (inbox, request) ->
                    !ageOf(inbox, request).isNegative() && inbox.isSigned(request, 64)
                        ? inbox.trust(request)
                        : inbox.receive(request)),
            "GW-HOOK-14"),
        Mutant.of(
            "VerifiesTheParsedBody",
            "It verifies what its parser would write, too.",
            receives(
                (inbox, request) -> {
                  WebhookRequest written = written(request);
                  return inbox.isSigned(written, 64)
                      ? inbox.trust(written)
                      : inbox.receive(request);
                }),
            "GW-HOOK-15"),
        Mutant.of(
            "VerifiesWhatItWouldWrite",
            "It verifies what its parser would write, and not what came.",
            receives((inbox, request) -> inbox.receive(written(request))),
            "GW-HOOK-16"),
        Mutant.of(
            "FetchesAnybodysCertificate",
            "It fetches the certificate from where the notice says.",
            receives(MutantsOfSignatures::fetching),
            "GW-HOOK-17"));
  }

  private static boolean isSignedAbout(Inbox inbox, WebhookRequest request) {
    String header = header(request);
    int comma = header.indexOf(',');
    if (!header.matches("t=[0-9]{9,11},v1=[0-9a-f]{64}")) {
      return false;
    }
    for (char last = '0'; last <= '9'; last++) {
      String near = header.substring(0, comma - 1) + last + header.substring(comma);
      if (inbox.isSigned(with(request, List.of(near)), 64)) {
        return true;
      }
    }
    return false;
  }

  private static WebhookRequest one(WebhookRequest request, boolean last) {
    List<String> values = request.header(SIGNATURE);
    return values.isEmpty()
        ? request
        : with(request, List.of(values.get(last ? values.size() - 1 : 0)));
  }

  private static WebhookRequest with(WebhookRequest request, List<String> signatures) {
    Map<String, List<String>> headers = new TreeMap<>(request.headers());
    headers.put(SIGNATURE, signatures);
    return new WebhookRequest(request.method(), request.uri(), headers, request.body());
  }

  private static WebhookRequest written(WebhookRequest request) {
    try {
      byte[] body = JSON.writeValueAsBytes(sorted(request.body()));
      return new WebhookRequest(request.method(), request.uri(), request.headers(), body);
    } catch (JacksonException e) {
      return request;
    }
  }

  private static Object sorted(byte[] body) {
    return JSON.readTree(body);
  }

  private static Duration ageOf(Inbox inbox, WebhookRequest request) {
    String time = header(request).replaceFirst("^t=([0-9]{1,11}),.*", "$1");
    return time.matches("[0-9]+")
        ? Duration.ofSeconds(
            inbox.environment().clock().instant().getEpochSecond() - Long.parseLong(time))
        : Duration.ZERO;
  }

  private static UnaryOperator<GatewayProvider> opened(UnaryOperator<GatewaySettings> how) {
    return MutantMeans.opens(
        (whole, settings, environment) -> whole.open(how.apply(settings), environment));
  }

  private static GatewaySettings without(GatewaySettings settings, String name) {
    Map<String, String> texts = texts(settings);
    texts.remove(name);
    return GatewaySettings.of(texts);
  }

  private static GatewaySettings moved(GatewaySettings settings) {
    Map<String, String> texts = texts(settings);
    texts.put(SECRET, settings.required(PREVIOUS));
    return GatewaySettings.of(texts);
  }

  private static Map<String, String> texts(GatewaySettings settings) {
    Map<String, String> texts = new TreeMap<>();
    for (String name : settings.names()) {
      texts.put(name, settings.required(name));
    }
    return texts;
  }

  private static GatewayProvider withOptionalSecret(GatewayProvider provider) {
    return new MutantProvider(provider) {
      @Override
      public GatewayDescription describe() {
        GatewayDescription whole = behind.describe();
        return new GatewayDescription(
            whole.name(),
            whole.version(),
            whole.methods(),
            whole.gatewayCapabilities(),
            whole.currencies(),
            whole.recovery(),
            whole.settings().stream().map(MutantsOfSignatures::optional).toList(),
            whole.descriptionLimit());
      }

      @Override
      public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
        Optional<String> secret = settings.text(SECRET);
        Map<String, String> texts = texts(settings);
        texts.put(SECRET, secret.orElse("whsec_none"));
        GatewaySettings all = GatewaySettings.of(texts);
        return new MutantGateway(behind.open(all, environment)) {
          @Override
          public WebhookAnswer receive(WebhookRequest request) {
            Inbox inbox = new Inbox(behind(ReceivesWebhooks.class), all, environment);
            return secret.isPresent() ? inbox.receive(request) : inbox.trust(request);
          }
        };
      }
    };
  }

  private static SettingSpec optional(SettingSpec spec) {
    return spec.name().equals(SECRET)
        ? SettingSpec.optional(SECRET, SettingKind.SECRET, "The secret, if there is one.")
        : spec;
  }

  private static WebhookAnswer fetching(Inbox inbox, WebhookRequest request) {
    request.headers().entrySet().stream()
        .filter(header -> header.getKey().endsWith("cert-url"))
        .map(header -> header.getValue().get(0))
        .filter(address -> address.startsWith("https://") && !address.contains("@"))
        .filter(address -> !address.contains(":8443."))
        .map(URI::create)
        .forEach(
            address ->
                inbox
                    .environment()
                    .http()
                    .send(
                        new HttpRequest("GET", address, HttpHeaders.none(), new byte[0]),
                        Duration.ofSeconds(1)));
    return inbox.receive(request);
  }
}
