package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.LIMIT;
import static dev.gatehouse.relay.webhooks.Endpoints.event;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static dev.gatehouse.relay.webhooks.Endpoints.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.apache.Destinations;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that somebody chose to get into the network of the shop. */
class HostileAddressesTest {
  private static final HookResult REFUSED =
      new HookResult.Retry(Optional.empty(), "the endpoint gave no answer: webhook.address");

  private final Receiver receiver = new Receiver();

  @AfterEach
  void stop() {
    receiver.close();
  }

  /** By all the checks that there are at the start, those of the framework included. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://api.localhost/",
        "https://localhost./",
        "https://shop.example./",
        "https://127.0.0.1./",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0X7F.1/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.000.000.001/",
        "https://127.1/",
        "https://0/",
        "https://1.2.3/",
        "https://10.0.0.8:8443/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[0:0:0:0:0:ffff:a00:1]/",
        "https://[::127.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25lo]/",
        "https://[fd00::1]/",
        "https://[2002:7f00:1::]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://user@shop.example/",
        "https://shop.example@127.0.0.1/",
        "https://127.0.0.1#@shop.example/",
        "https://shop.example/#part",
        "https://shop.example:22/",
        "https://shop.example:0/",
        "https://shop.example:80/",
        "https://shop.example:65536/",
        "https://shop.example:-1/",
        "http://shop.example/",
        "http://8.8.8.8/",
        "http://127.0.0.2:8080/",
        "http://localhost:8080/",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "gopher://shop.example/",
        "jar:https://shop.example!/",
        "https:shop.example",
        "https:///hooks",
        "//shop.example/",
        "https://shop_example/",
        "https://ⓛocalhost/",
        "https://127。0。0。1/",
        "https://shop.example\\\\@127.0.0.1/",
        "https://shop example/",
        "not an address"
      })
  void these_are_refused_at_the_start_by_the_name_of_the_setting(String url) {
    Map<String, String> settings = settings(receiver.url(), "allowed-networks", "", "url", url);

    assertThatThrownBy(
            () -> WebhookPing.send(HookConfig.live("shop-a", "relay-webhooks", settings)))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .allSatisfy(
                        problem -> {
                          assertThat(problem.field()).isEqualTo("url");
                          assertThat(problem.remedy()).isNotBlank();
                        }));
    assertThat(receiver.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/hooks",
        "https://shop.example:443/",
        "https://shop.example:8443/hooks?key=value",
        "https://xn--bcher-kva.example/",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://1e100.example/",
        "https://0x7f.example/"
      })
  void these_are_fine(String url) {
    Endpoints.open(settings(receiver.url(), "allowed-networks", "", "url", url), Clock.systemUTC())
        .close();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:127.0.0.1",
    "2002:7f00:1::1",
    "64:ff9b::7f00:1",
    "224.0.0.1",
    "0.0.0.0"
  })
  void a_name_that_leads_inside_is_not_connected_to(String address) {
    assertThat(told(host -> new InetAddress[] {InetAddress.getByName(address)})).isEqualTo(REFUSED);
  }

  @Test
  void a_name_with_one_good_and_one_bad_address_is_not_connected_to() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertThat(told(host -> new InetAddress[] {InetAddress.getByName("192.0.9.1"), loopback}))
        .isEqualTo(REFUSED);
  }

  private HookResult told(Destinations names) {
    URI url = URI.create("https://shop.example:" + receiver.url().getPort() + "/");
    Map<String, String> settings =
        settings(receiver.url(), "allowed-networks", "", "url", url.toString());
    try (WebhookRelay relay =
        Endpoints.open(new WebhookRelayProvider(names), settings, Clock.systemUTC(), LIMIT)) {
      return tell(relay, event("evt-1"));
    }
  }

  /** The first answer is allowed and the next one is not: who looks up twice is led astray. */
  @Test
  void a_name_that_answers_otherwise_the_second_time_is_looked_up_once_for_a_connection() {
    AtomicInteger asked = new AtomicInteger();
    List<String> hosts = new CopyOnWriteArrayList<>();
    Destinations rebinding =
        host -> {
          hosts.add(host);
          return new InetAddress[] {
            InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2")
          };
        };
    URI url = URI.create("http://localhost:" + receiver.url().getPort() + "/");
    Map<String, String> settings = settings(url, "allowed-networks", "127.0.0.0/31");
    try (WebhookRelay relay =
        Endpoints.open(new WebhookRelayProvider(rebinding), settings, Clock.systemUTC(), LIMIT)) {
      assertThat(tell(relay, event("evt-1"))).isEqualTo(HookResult.delivered());
      assertThat(hosts).containsExactly("localhost");
      receiver.answer(204, "connection", "close");
      assertThat(tell(relay, event("evt-2"))).isEqualTo(HookResult.delivered());
      assertThat(tell(relay, event("evt-3"))).isEqualTo(REFUSED);
    }
    assertThat(receiver.requests()).hasSize(2);
  }

  @Test
  void a_redirect_into_the_network_is_not_followed() {
    try (Receiver inside = new Receiver();
        WebhookRelay relay = Endpoints.open(settings(receiver.url()), Clock.systemUTC())) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        receiver.answer(status, "location", inside.url().toString());
        assertThat(tell(relay, event("evt-1"))).isInstanceOf(HookResult.Retry.class);
      }
      assertThat(inside.requests()).isEmpty();
    }
  }
}
