package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.SecretValue;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Verifies and reads notices. The signature header is {@code t=<epoch seconds>,v1=<hex>…}; each
 * {@code v1} is an HMAC-SHA256 of {@code t.body} over the raw bytes. Holds for 5 minutes either
 * way.
 */
final class ReferenceWebhooks {
  private static final int MAX_BODY = 256 * 1024;
  private static final int MAX_HEADER = 2048;
  private static final int MAX_SIGNATURES = 8;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern TIME = Pattern.compile("[0-9]{1,11}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,255}");

  private final List<SecretValue> secrets;
  private final GatewayEnvironment environment;

  ReferenceWebhooks(ReferenceSettings settings, GatewayEnvironment environment) {
    this.secrets = settings.webhookSecrets();
    this.environment = environment;
  }

  /** The parts of a signature header. */
  private record Signed(String time, List<byte[]> signatures) {}

  WebhookAnswer receive(WebhookRequest request) {
    byte[] body = request.body();
    if (!"POST".equals(request.method())) {
      return new WebhookAnswer.Rejected("the method is not POST");
    }
    if (body.length > MAX_BODY) {
      return new WebhookAnswer.Rejected("the body is larger than " + MAX_BODY + " bytes");
    }
    List<String> headers = request.header(Signatures.HEADER);
    if (headers.size() != 1) {
      return new WebhookAnswer.Rejected("there is not exactly one signature header");
    }
    Optional<Signed> signed = parse(headers.get(0));
    if (signed.isEmpty()) {
      return new WebhookAnswer.Rejected("the signature header is malformed");
    }
    if (!isGenuine(signed.get(), body)) {
      return new WebhookAnswer.Rejected("no signature is ours");
    }
    if (!isFresh(signed.get())) {
      return new WebhookAnswer.Rejected("the signature's time is too far from now");
    }
    return read(body);
  }

  private static Optional<Signed> parse(String header) {
    if (header.length() > MAX_HEADER) {
      return Optional.empty();
    }
    String time = "";
    List<byte[]> signatures = new ArrayList<>();
    for (String part : header.split(",", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length != 2) {
        return Optional.empty();
      }
      // Other names are for other versions of the scheme.
      if (pair[0].equals("t")) {
        if (!time.isEmpty() || !TIME.matcher(pair[1]).matches()) {
          return Optional.empty();
        }
        time = pair[1];
      } else if (pair[0].equals("v1")) {
        if (signatures.size() == MAX_SIGNATURES || !SIGNATURE.matcher(pair[1]).matches()) {
          return Optional.empty();
        }
        signatures.add(HexFormat.of().parseHex(pair[1]));
      }
    }
    return time.isEmpty() || signatures.isEmpty()
        ? Optional.empty()
        : Optional.of(new Signed(time, signatures));
  }

  /** Compares every secret with every signature, so that the time taken tells nothing. */
  private boolean isGenuine(Signed signed, byte[] body) {
    boolean genuine = false;
    for (SecretValue secret : secrets) {
      byte[] wanted = Signatures.of(secret.reveal(), signed.time(), body);
      for (byte[] signature : signed.signatures()) {
        genuine |= MessageDigest.isEqual(wanted, signature);
      }
    }
    return genuine;
  }

  private boolean isFresh(Signed signed) {
    Instant time = Instant.ofEpochSecond(Long.parseLong(signed.time()));
    return Duration.between(time, environment.clock().instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private WebhookAnswer read(byte[] body) {
    try {
      JsonNode delivery = Json.read(body);
      List<WebhookNotice> notices = new ArrayList<>();
      // After an outage, many come at once.
      if (delivery.path("object").asString("").equals("batch")) {
        for (JsonNode event : ReferenceSnapshots.list(delivery, "events")) {
          read(event).ifPresent(notices::add);
        }
      } else {
        read(delivery).ifPresent(notices::add);
      }
      return new WebhookAnswer.Verified(notices, WebhookReply.status(200));
    } catch (JacksonException | ReferenceSnapshots.Unreadable e) {
      return new WebhookAnswer.Rejected("the body can't be read");
    }
  }

  /** Empty for what concerns nobody here. */
  private Optional<WebhookNotice> read(JsonNode event) {
    String id = ReferenceSnapshots.text(event, "id");
    String type = ReferenceSnapshots.text(event, "type");
    if (!ID.matcher(id).matches() || !ID.matcher(type).matches()) {
      throw new ReferenceSnapshots.Unreadable("id");
    }
    boolean ours = ReferenceSnapshots.flag(event, "livemode") == (environment.mode() == Mode.LIVE);
    return ReferenceChanges.hint(event)
        .filter(hint -> ours)
        .map(hint -> WebhookNotice.of(id, type, hint));
  }
}
