package dev.gatehouse.relay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are public, and how networks are written. */
class AddressRulesTest {
  private static final AddressRules PUBLIC = new AddressRules(List.of());

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private static AddressRules allowing(String network) {
    return new AddressRules(List.of(Network.parse(network).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:0:10.0.0.1",
        "0:0:0:0:0:ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "fe80::1",
        "febf:ffff::1",
        "fdff:ffff::1",
        "2001:1ff:ffff::1",
        "fec0::1",
        "feff:ffff::1",
        "ff02::1",
        "ff0e::1",
        "4000::1"
      })
  void these_are_not_public(String text) throws Exception {
    assertThat(PUBLIC.allows(address(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:4700:4700::1111",
        "3ffe::1"
      })
  void these_are(String text) throws Exception {
    assertThat(PUBLIC.allows(address(text))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255, 10.2.0.0",
    "127.0.0.1, 127.0.0.1, 127.0.0.2",
    "192.168.7.0/25, 192.168.7.127, 192.168.7.128",
    "fd00:1::/32, fd00:1:ffff::1, fd00:2::1",
    "::1, ::1, ::2",
    "64:ff9b::/96, 64:ff9b::1.2.3.4, 64:ff9b:1::1",
    "10.0.0.0/8, ::ffff:10.9.9.9, ::10.9.9.9"
  })
  void a_network_that_is_allowed_opens_itself_and_nothing_beside_it(
      String network, String inside, String outside) throws Exception {
    assertThat(allowing(network).allows(address(inside))).isTrue();
    assertThat(allowing(network).allows(address(outside))).isFalse();
  }

  @Test
  void one_address_that_is_not_allowed_forbids_the_host() throws Exception {
    InetAddress good = address("8.8.8.8");
    InetAddress bad = address("10.0.0.1");
    Translation none = new Translation(Optional.of(List.of()), host -> null, Clock.systemUTC());

    assertThat(PUBLIC.demandAllowed(new InetAddress[] {good}, none)).containsExactly(good);
    for (InetAddress[] mixed : new InetAddress[][] {{good, bad}, {bad, good}, {bad}}) {
      assertThatThrownBy(() -> PUBLIC.demandAllowed(mixed, none))
          .isInstanceOf(AddressRules.ForbiddenAddressException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "010.0.0.0/8",
        "10.0.0/8",
        "10.0.0.0./8",
        "256.0.0.0/8",
        "0x0a.0.0.0/8",
        "localhost",
        "shop.example/8",
        "fd00::/129",
        "fd00::1/32",
        "fd00:::/16",
        "fe80::1%eth0",
        "10.0.0.0/8/8"
      })
  void what_is_no_network_is_none(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
