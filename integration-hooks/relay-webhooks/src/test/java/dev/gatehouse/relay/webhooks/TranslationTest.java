package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.LIMIT;
import static dev.gatehouse.relay.webhooks.Endpoints.event;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static dev.gatehouse.relay.webhooks.Endpoints.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.apache.Destinations;
import dev.gatehouse.testkit.TestClock;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that lead from IPv6 to IPv4 by a prefix of their own. */
class TranslationTest {
  private static final AddressRules PUBLIC = new AddressRules(List.of());

  /** The examples of RFC 6052, 2.4, under a prefix that is public. */
  @ParameterizedTest
  @CsvSource({
    "32, 2001:4db8:c000:aa::, 2001:4db8:a00:1::, 2001:4db8:808:808::",
    "40, 2001:4db8:1c0:0:aa::, 2001:4db8:10a:0:1::, 2001:4db8:108:808:8::",
    "48, 2001:4db8:122:c000:0:aa00::, 2001:4db8:122:a00:0:100::, 2001:4db8:122:808:8:800::",
    "56, 2001:4db8:122:3c0:0:aa::, 2001:4db8:122:30a:0:1::, 2001:4db8:122:308:8:808::",
    "64, 2001:4db8:122:344:c0:0:aa00::, 2001:4db8:122:344:a:0:100:0,"
        + " 2001:4db8:122:344:8:808:800:0",
    "96, 2001:4db8:122:344::192.0.0.170, 2001:4db8:122:344::10.0.0.1,"
        + " 2001:4db8:122:344::8.8.8.8"
  })
  void what_the_network_translates_is_judged_by_the_address_within(
      int bits, String ofIpv4Only, String inside, String outside) throws Exception {
    Translation found = found(ofIpv4Only, "192.0.0.170", "192.0.0.171");
    Translation listed = listed(Network.around(address(ofIpv4Only), bits));

    for (Translation translation : List.of(found, listed)) {
      assertThatThrownBy(() -> demand(inside, translation))
          .isInstanceOf(AddressRules.ForbiddenAddressException.class);
      assertThatCode(() -> demand(outside, translation)).doesNotThrowAnyException();
    }
    assertThatCode(() -> demand(inside, listed())).as("elsewhere").doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "127.0.0.1",
        "100.64.0.1",
        "192.168.1.1",
        "0.0.0.0",
        "224.0.0.1"
      })
  void no_address_within_that_is_not_public_is_reached(String inside) throws Exception {
    Translation found = found("2001:4db8::192.0.0.171");

    assertThatThrownBy(() -> demand("2001:4db8::" + inside, found))
        .isInstanceOf(AddressRules.ForbiddenAddressException.class);
  }

  @Test
  void to_allow_the_prefix_is_not_to_allow_what_is_behind_it() throws Exception {
    Network wellKnown = Network.parse("64:ff9b::/96").orElseThrow();
    AddressRules rules = new AddressRules(List.of(wellKnown));
    InetAddress[] outside = {address("64:ff9b::8.8.8.8")};
    InetAddress[] inside = {address("64:ff9b::10.0.0.1")};

    assertThat(rules.demandAllowed(outside, listed())).isSameAs(outside);
    assertThatThrownBy(() -> rules.demandAllowed(inside, listed()))
        .isInstanceOf(AddressRules.ForbiddenAddressException.class);
  }

  @Test
  void the_network_is_asked_now_and_then_and_only_for_what_is_of_ipv6() throws Exception {
    List<String> asked = new ArrayList<>();
    TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
    Translation translation =
        new Translation(
            Optional.empty(),
            host -> {
              asked.add(host);
              return new InetAddress[] {address("192.0.0.170")};
            },
            clock);

    demand("8.8.8.8", translation);
    assertThat(asked).isEmpty();
    demand("2606:4700::1", translation);
    demand("2606:4700::1", translation);
    assertThat(asked).containsExactly("ipv4only.arpa");
    clock.advance(Duration.ofMinutes(11));
    demand("2606:4700::1", translation);
    assertThat(asked).hasSize(2);
  }

  @Test
  void if_nobody_says_how_the_network_translates_nothing_of_ipv6_is_connected_to() {
    Destinations names =
        host -> {
          if (host.equals("ipv4only.arpa")) {
            throw new UnknownHostException(host);
          }
          return new InetAddress[] {address("2606:4700::1")};
        };
    var settings = settings(URI.create("https://shop.example/"), "allowed-networks", "");
    try (WebhookRelay relay =
        Endpoints.open(new WebhookRelayProvider(names), settings, Clock.systemUTC(), LIMIT)) {
      assertThat(tell(relay, event("evt-1")))
          .isEqualTo(
              new HookResult.Retry(
                  Optional.empty(), "the endpoint gave no answer: webhook.translation"));
    }
  }

  private static void demand(String address, Translation translation) throws UnknownHostException {
    PUBLIC.demandAllowed(new InetAddress[] {address(address)}, translation);
  }

  private static Translation listed(Network... prefixes) {
    return new Translation(Optional.of(List.of(prefixes)), host -> null, Clock.systemUTC());
  }

  private static Translation found(String... addresses) {
    InetAddress[] answer =
        Stream.of(addresses).map(TranslationTest::known).toArray(InetAddress[]::new);
    return new Translation(Optional.empty(), host -> answer, Clock.systemUTC());
  }

  private static InetAddress known(String text) {
    return Network.literal(text).orElseThrow();
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
