package dev.gatehouse.relay.webhooks;

import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.Hooks;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.conformance.HookConformanceTest;
import dev.gatehouse.testkit.conformance.HookPlace;
import dev.gatehouse.testkit.conformance.HookSink;
import dev.gatehouse.testkit.conformance.HookTarget;
import dev.gatehouse.testkit.conformance.HookTrait;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The relay, opened as a gatehouse opens it, keeps every rule of the kit. */
class WebhookRelayConformanceTest extends HookConformanceTest {
  @Override
  protected HookTarget target() {
    return new Target();
  }

  private static final class Target implements HookTarget {
    @Override
    public Set<HookTrait> traits() {
      return Set.of(HookTrait.RETRIES_REFUSALS, HookTrait.SENDS_TEST_MODE);
    }

    @Override
    public HookSink sink(Clock clock, String secret) {
      return new StrictReceiver(clock, secret);
    }

    @Override
    public LifecycleHook open(HookPlace place) {
      HookConfig live =
          HookConfig.live(
              "shop-a",
              "relay-webhooks",
              Endpoints.settings(place.baseUrl(), "secret", whsec(place.secret())));
      return Hooks.open(
              HookCatalog.of(new WebhookRelayProvider()),
              HookConfigs.collect().add(place.testMode() ? live.withTestEvents() : live),
              place.http(),
              place.clock(),
              place.timeLimit())
          .hooks()
          .get(0);
    }
  }

  /** The kit's secret is Base64 by itself, of 18 bytes. */
  private static String whsec(String secret) {
    return "whsec_" + secret + "0123456789abcdef";
  }

  /** A receiver that lets nothing pass that Standard Webhooks or CloudEvents forbid. */
  private static final class StrictReceiver implements HookSink {
    private static final long TOLERANCE = 300;

    /** As Standard Webhooks recommends. */
    private static final int LARGEST = 20 * 1024;

    private final Clock clock;
    private final String secret;
    private final List<Item> items = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    StrictReceiver(Clock clock, String secret) {
      this.clock = clock;
      this.secret = secret;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
      String id = request.headers().first("webhook-id").orElse("");
      String time = request.headers().first("webhook-timestamp").orElse("");
      String body = new String(request.body(), StandardCharsets.UTF_8);
      hold(!id.isEmpty() && !id.contains("."), "an id");
      hold(
          time.matches("\\d{1,12}")
              && Math.abs(Long.parseLong(time) - clock.instant().getEpochSecond()) <= TOLERANCE,
          "a time");
      hold(request.body().length <= LARGEST, "a body of " + request.body().length);
      hold(
          List.of(request.headers().first("webhook-signature").orElse("").split(" "))
              .contains("v1," + hmac(id + "." + time + "." + body)),
          "a signature");
      try {
        new JsonFormat().deserialize(request.body());
      } catch (CloudEventRWException e) {
        hold(false, "a body that is no CloudEvent");
      }
      items.add(new Item(id, false, body));
      return new HttpResponse(204, HttpHeaders.none(), new byte[0]);
    }

    private void hold(boolean holds, String what) {
      if (!holds) {
        violations.add(what);
      }
    }

    private String hmac(String text) {
      try {
        byte[] key = Base64.getDecoder().decode(whsec(secret).substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder()
            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<Item> items() {
      return List.copyOf(items);
    }

    @Override
    public List<String> violations() {
      return List.copyOf(violations);
    }
  }
}
