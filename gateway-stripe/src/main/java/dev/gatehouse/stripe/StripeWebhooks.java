package dev.gatehouse.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.SecretValue;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies and reads Stripe's deliveries. The header {@code Stripe-Signature} is {@code t=<epoch
 * seconds>,v1=<hex>…}; each {@code v1} is an HMAC-SHA256 of {@code t.body} over the raw bytes,
 * under the endpoint's secret as it is, its prefix included. Other schemes are ignored. Holds for 5
 * minutes either way. The SDK's own helper takes times of the future and throws what it likes.
 */
final class StripeWebhooks {
  private static final int MAX_BODY = 512 * 1024;
  private static final int MAX_HEADER = 2048;
  private static final int MAX_SIGNATURES = 8;
  private static final int MAX_DEPTH = 64;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern TIME = Pattern.compile("[1-9][0-9]{0,10}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,255}");

  private final List<SecretValue> secrets;
  private final GatewayEnvironment environment;

  StripeWebhooks(List<SecretValue> secrets, GatewayEnvironment environment) {
    this.secrets = secrets;
    this.environment = environment;
  }

  /** The parts of a signature header. */
  private record Signed(String time, List<byte[]> signatures) {}

  WebhookAnswer receive(WebhookRequest request) {
    if (!"POST".equals(request.method())) {
      return new WebhookAnswer.Rejected("the method is not POST");
    }
    if (request.size() > MAX_BODY) {
      return new WebhookAnswer.Rejected("the body is larger than " + MAX_BODY + " bytes");
    }
    List<String> headers = request.header("stripe-signature");
    if (headers.size() != 1) {
      return new WebhookAnswer.Rejected("there is not exactly one signature header");
    }
    Optional<Signed> signed = parse(headers.get(0));
    if (signed.isEmpty()) {
      return new WebhookAnswer.Rejected("the signature header is malformed");
    }
    byte[] body = request.body();
    if (!isGenuine(signed.get(), body)) {
      return new WebhookAnswer.Rejected(
          "no signature is Stripe's under setting '"
              + StripeGatewayProvider.WEBHOOK_SECRET
              + "' of gateway '"
              + environment.instance()
              + "'");
    }
    if (!isFresh(signed.get())) {
      return new WebhookAnswer.Rejected("the signature's time is too far from now");
    }
    return read(new String(body, StandardCharsets.UTF_8));
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
      byte[] wanted = hmac(secret, signed.time(), body);
      for (byte[] signature : signed.signatures()) {
        genuine |= MessageDigest.isEqual(wanted, signature);
      }
    }
    return genuine;
  }

  private static byte[] hmac(SecretValue secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private boolean isFresh(Signed signed) {
    Instant time = Instant.ofEpochSecond(Long.parseLong(signed.time()));
    return Duration.between(time, environment.clock().instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private WebhookAnswer read(String body) {
    try {
      if (isTooDeep(body) || !(JsonParser.parseString(body) instanceof JsonObject event)) {
        return new WebhookAnswer.Rejected("the body can't be read");
      }
      Optional<String> id = StripeHints.text(event, "id").filter(t -> ID.matcher(t).matches());
      Optional<String> type = StripeHints.text(event, "type").filter(t -> ID.matcher(t).matches());
      if (id.isEmpty() || type.isEmpty()) {
        return new WebhookAnswer.Rejected("the event's id or type is missing or malformed");
      }
      return new WebhookAnswer.Verified(
          notices(event, id.get(), type.get()), WebhookReply.status(200));
    } catch (JsonParseException e) {
      return new WebhookAnswer.Rejected("the body can't be read");
    }
  }

  /**
   * Events of the other mode, of accounts connected to ours, and of things that are no payments,
   * concern nobody here. One that says no mode is of none.
   */
  private List<WebhookNotice> notices(JsonObject event, String id, String type) {
    JsonElement live = event.get("livemode");
    boolean ours =
        live != null
            && live.isJsonPrimitive()
            && live.getAsBoolean() == (environment.mode() == Mode.LIVE)
            && (event.get("account") == null || event.get("account").isJsonNull());
    if (!ours
        || !StripeHints.matters(type)
        || !(event.get("data") instanceof JsonObject data)
        || !(data.get("object") instanceof JsonObject object)) {
      return List.of();
    }
    return StripeHints.of(object).map(hint -> WebhookNotice.of(id, type, hint)).stream().toList();
  }

  private static boolean isTooDeep(String body) {
    int depth = 0;
    boolean inText = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (inText && c == '\\') {
        i++;
      } else if (c == '"') {
        inText = !inText;
      } else if (!inText && (c == '{' || c == '[')) {
        depth++;
        if (depth > MAX_DEPTH) {
          return true;
        }
      } else if (!inText && (c == '}' || c == ']')) {
        depth--;
      }
    }
    return false;
  }
}
