package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Our verifier and the SDK's own helper are asked about the same headers and bodies. Where they
 * differ, a rule says why; and it is always ours that refuses. {@code -Dgatehouse.seed=7} begins
 * elsewhere.
 */
class StripeSignatureDifferentialTest {
  private static final int HEADERS = 10_000;
  private static final String SECRET = "whsec_main1234";
  private static final long TOLERANCE = 300;

  private final Bench bench = new Bench();
  private final long now = bench.clock.instant().getEpochSecond();

  /** What the SDK takes and we do not. */
  private enum Rule {
    /** The helper looks at the past alone. */
    FUTURE,
    /** Of two times, the helper takes the first. */
    TWO_TIMES,
    /**
     * The helper reads a number, as {@code +5} and {@code 007} are, and signs it as it writes it.
     */
    TIME_IN_ANOTHER_FORM,
    /** The helper passes over what is no pair of a name and a value. */
    NO_PAIR,
    /** The helper passes over a signature that can't be one, next to one that fits. */
    MALFORMED_SIGNATURE,
    /** The helper compares with any number of signatures. */
    MANY_SIGNATURES
  }

  private record Made(String header, String body) {}

  @Test
  void the_helper_takes_nothing_less_and_nothing_more_but_by_a_rule() {
    long seed = Long.getLong("gatehouse.seed", 20261122L);
    Random random = new Random(seed);
    Map<Rule, Integer> fired = new EnumMap<>(Rule.class);
    int both = 0;
    int neither = 0;
    for (int i = 0; i < HEADERS; i++) {
      Made made = made(random);
      boolean helper = helperTakes(made);
      boolean ours = weTake(made);
      String told = "seed " + seed + ", number " + i + ": " + made;
      if (helper == ours) {
        both += ours ? 1 : 0;
        neither += ours ? 0 : 1;
        continue;
      }
      assertThat(helper).as("only we take it; " + told).isTrue();
      List<Rule> rules = rules(made.header());
      assertThat(rules).as("no rule says why we refuse it; " + told).isNotEmpty();
      rules.forEach(rule -> fired.merge(rule, 1, Integer::sum));
    }
    assertThat(both).as("taken by both").isGreaterThan(HEADERS / 10);
    assertThat(neither).as("refused by both").isGreaterThan(HEADERS / 10);
    assertThat(fired).as("rules that told a difference").containsOnlyKeys(Rule.values());
  }

  private boolean helperTakes(Made made) {
    Clock clock = Clock.fixed(bench.clock.instant(), ZoneOffset.UTC);
    try {
      return Webhook.Signature.verifyHeader(made.body(), made.header(), SECRET, TOLERANCE, clock);
    } catch (SignatureVerificationException | RuntimeException e) {
      // It throws whatever a header makes it stumble over.
      return false;
    }
  }

  private boolean weTake(Made made) {
    WebhookAnswer answer =
        bench.gateway.receive(
            new WebhookRequest(
                "POST",
                URI.create("https://shop.test/webhooks/main"),
                Map.of("Stripe-Signature", List.of(made.header())),
                made.body().getBytes(StandardCharsets.UTF_8)));
    return answer instanceof WebhookAnswer.Verified;
  }

  private List<Rule> rules(String header) {
    List<Rule> rules = new ArrayList<>();
    List<String> times = new ArrayList<>();
    int signatures = 0;
    for (String part : header.split(",", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length < 2) {
        rules.add(Rule.NO_PAIR);
      } else if (pair[0].equals("t")) {
        times.add(pair[1]);
      } else if (pair[0].equals("v1")) {
        signatures++;
        if (!pair[1].matches("[0-9a-f]{64}")) {
          rules.add(Rule.MALFORMED_SIGNATURE);
        }
      }
    }
    if (times.size() > 1) {
      rules.add(Rule.TWO_TIMES);
    }
    if (signatures > 8) {
      rules.add(Rule.MANY_SIGNATURES);
    }
    String time = times.isEmpty() ? "" : times.get(0);
    if (!time.matches("[1-9][0-9]*")) {
      rules.add(Rule.TIME_IN_ANOTHER_FORM);
    } else if (Long.parseLong(time) > now + TOLERANCE) {
      rules.add(Rule.FUTURE);
    }
    return rules.stream().distinct().toList();
  }

  private Made made(Random random) {
    String body = body(random);
    long time = now + offset(random);
    String written = written(random, time);
    List<String> parts = new ArrayList<>();
    parts.add("t=" + written);
    parts.add("v1=" + signature(random, time, written, body));
    for (int more = random.nextInt(3); more > 0; more--) {
      parts.add(extra(random, time, body));
    }
    if (random.nextInt(20) == 0) {
      parts.addAll(Collections.nCopies(1 + random.nextInt(9), "v1=" + "0".repeat(64)));
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(parts, random);
    }
    if (random.nextInt(30) == 0) {
      parts.remove(random.nextInt(parts.size()));
    }
    return new Made(String.join(",", parts), body);
  }

  private static long offset(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> -TOLERANCE + random.nextInt(3) - 1;
      case 1 -> TOLERANCE + random.nextInt(3) - 1;
      case 2 -> (long) (random.nextGaussian() * 1e6);
      case 3 -> random.nextInt(1_000_000_000);
      default -> random.nextInt(500) - 250;
    };
  }

  private static String written(Random random, long time) {
    return switch (random.nextInt(25)) {
      case 0 -> "+" + time;
      case 1 -> "00" + time;
      case 2 -> " " + time;
      case 3 -> time + ".5";
      case 4 -> "-" + time;
      default -> Long.toString(time);
    };
  }

  /** Mostly the right one; else of another text, under another secret, or in another form. */
  private static String signature(Random random, long time, String written, String body) {
    String right = Hmac.sha256Hex(SECRET, time + ".", body.getBytes(StandardCharsets.UTF_8));
    return switch (random.nextInt(14)) {
      case 0 -> Hmac.sha256Hex("whsec_other", time + ".", body.getBytes(StandardCharsets.UTF_8));
      case 1 -> Hmac.sha256Hex(SECRET, written + ".", body.getBytes(StandardCharsets.UTF_8));
      case 2 -> right.toUpperCase(Locale.ROOT);
      case 3 -> right.substring(0, random.nextInt(64));
      case 4 -> Hmac.sha256Hex(SECRET, time + ".", (body + " ").getBytes(StandardCharsets.UTF_8));
      default -> right;
    };
  }

  private static String extra(Random random, long time, String body) {
    String right = Hmac.sha256Hex(SECRET, time + ".", body.getBytes(StandardCharsets.UTF_8));
    return switch (random.nextInt(9)) {
      case 0 -> "v0=" + right;
      case 1 -> "v1=" + right;
      case 2 -> "v1=" + "f".repeat(64);
      case 3 -> "v1=zz";
      case 4 -> "t=" + (time + random.nextInt(2));
      case 5 -> "v2=" + random.nextInt();
      case 6 -> random.nextBoolean() ? "" : "junk";
      case 7 -> "t";
      default -> "scheme=a=b";
    };
  }

  private static String body(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    String[] more = {"", "é", "€", "😀", "\\u0000", "\\\"", "%d%s", "\u2028"};
    return " ".repeat(random.nextInt(3))
        + "{\"id\":\"evt_"
        + random.nextInt(1_000_000)
        + "\",\"object\":\"event\",\"type\":\"charge.succeeded\",\"livemode\":false,\"text\":\""
        + text
        + more[random.nextInt(more.length)]
        + "\",\"data\":{\"object\":{}}}"
        + "\n".repeat(random.nextInt(2));
  }
}
