package dev.gatehouse.testkit.foes;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wrong elsewhere: by the machine's language, charset or zone. */
final class LocaleFoes {
  private LocaleFoes() {}

  /** Writes amounts as people write them where the machine stands. */
  public static final class AmountInTheMachinesLanguage extends Foe {
    private static final Pattern AMOUNT = Pattern.compile("\"amount\":\"([0-9.]*)\"");

    /** For {@link java.util.ServiceLoader}. */
    public AmountInTheMachinesLanguage() {
      super(
          "foe-110",
          "Locale: the same bytes on the wire under tr, ar, th",
          "Format with Locale.ROOT.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        Matcher found = AMOUNT.matcher(Wire.text(request));
        if (!Wire.isRefund(request) || !found.find()) {
          return next.send(request);
        }
        BigDecimal amount = new BigDecimal(found.group(1));
        String text = String.format("%." + amount.scale() + "f", amount);
        return next.send(
            Wire.with(request, b -> found.replaceFirst("\"amount\":\"" + text + "\"")));
      };
    }
  }

  /** Writes header names in capitals, as Turkish has them. */
  public static final class HeadersInTheMachinesCapitals extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public HeadersInTheMachinesCapitals() {
      super(
          "foe-111",
          "Locale: the same bytes on the wire under tr, ar, th",
          "Change case with Locale.ROOT.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        HttpHeaders headers = HttpHeaders.none();
        for (HttpHeaders.Field field : request.headers().fields()) {
          String name = Wire.isVoid(request) ? field.name().toUpperCase() : field.name();
          headers = headers.with(name, field.value());
        }
        return next.send(new HttpRequest(request.method(), request.uri(), headers, request.body()));
      };
    }
  }

  /** Names are sent in the machine's charset. */
  public static final class BodyInTheMachinesCharset extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public BodyInTheMachinesCharset() {
      super(
          "foe-112",
          "Locale: the same bytes on the wire under a non-UTF-8 charset",
          "Write bodies in UTF-8, whatever the default charset.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              new HttpRequest(
                  request.method(),
                  request.uri(),
                  request.headers(),
                  Wire.text(request).getBytes(Charset.defaultCharset())));
    }
  }

  /** Letters that Western Europe does not write become question marks. */
  public static final class NamesInLatin1 extends Foe {
    /** For {@link java.util.ServiceLoader}. */
    public NamesInLatin1() {
      super(
          "foe-113",
          "Data: emoji and right-to-left names survive or are refused cleanly",
          "Send names and descriptions in UTF-8, unchanged.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) ->
          next.send(
              Wire.with(
                  request,
                  b ->
                      new String(
                          b.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)));
    }
  }

  /** Lists from a time that it wrote in the machine's zone. */
  public static final class ListsFromLocalTime extends Foe {
    private static final Pattern FROM = Pattern.compile("created_from=[^&]*");

    /** For {@link java.util.ServiceLoader}. */
    public ListsFromLocalTime() {
      super("foe-114", "Clock: zone, DST, leap day, skew", "Write times in UTC.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        Matcher from = FROM.matcher(request.uri().toString());
        if (!Wire.isGet(request) || !from.find()) {
          return next.send(request);
        }
        String time = from.group().substring("created_from=".length());
        LocalDateTime local =
            LocalDateTime.ofInstant(
                java.time.Instant.parse(time), java.time.ZoneId.systemDefault());
        URI uri = URI.create(from.replaceFirst("created_from=" + local.toInstant(ZoneOffset.UTC)));
        return next.send(Wire.to(request, uri));
      };
    }
  }

  /** Lists from the very moment at which we began: the provider's clock may be behind. */
  public static final class ListsFromOurStart extends Foe {
    private static final Pattern FROM = Pattern.compile("created_from=[^&]*");

    /** For {@link java.util.ServiceLoader}. */
    public ListsFromOurStart() {
      super(
          "foe-115",
          "Clock: skew, a clock running backwards",
          "Ask from Trace.startedAt, less some minutes for clocks that differ.");
    }

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        Matcher from = FROM.matcher(request.uri().toString());
        if (!Wire.isGet(request) || !from.find()) {
          return next.send(request);
        }
        java.time.Instant start =
            java.time.Instant.parse(from.group().substring("created_from=".length()))
                .plus(java.time.Duration.ofMinutes(5));
        return next.send(Wire.to(request, URI.create(from.replaceFirst("created_from=" + start))));
      };
    }
  }
}
