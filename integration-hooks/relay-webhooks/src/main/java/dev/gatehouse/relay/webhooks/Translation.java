package dev.gatehouse.relay.webhooks;

import dev.gatehouse.http.apache.Destinations;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the network that we are in leads from IPv6 to IPv4 (NAT64): prefixes behind which an IPv4
 * address stands (RFC 6052). There is a well-known one, and any network may have some of its own,
 * which look like other public addresses. They are known from the settings, or else found as RFC
 * 7050 says: by looking up a name that has IPv4 addresses only. Thread-safe.
 */
final class Translation {
  /** Where an IPv4 address may begin. */
  static final Set<Integer> LENGTHS = Set.of(32, 40, 48, 56, 64, 96);

  static final Network WELL_KNOWN = Network.parse("64:ff9b::/96").orElseThrow();

  /** It has the addresses 192.0.0.170 and 192.0.0.171, and none of IPv6. */
  private static final String IPV4_ONLY = "ipv4only.arpa";

  private static final List<byte[]> ITS_ADDRESSES =
      List.of(new byte[] {(byte) 192, 0, 0, (byte) 170}, new byte[] {(byte) 192, 0, 0, (byte) 171});

  private static final Duration KEPT = Duration.ofMinutes(10);

  /** This octet is skipped (RFC 6052, 2.2). */
  private static final int SKIPPED = 8;

  private static final int IPV4_BYTES = 4;

  private record Known(List<Network> prefixes, Instant until) {}

  private final Destinations names;
  private final Clock clock;
  private volatile Known known;

  /** One that is known from the settings, or found where there are none. */
  Translation(Optional<List<Network>> listed, Destinations names, Clock clock) {
    this.names = names;
    this.clock = clock;
    this.known =
        new Known(listed.orElse(List.of()), listed.isPresent() ? Instant.MAX : Instant.MIN);
  }

  /** Nobody says how this network leads to IPv4, so nobody can say where an address leads. */
  static final class UnknownTranslationException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    UnknownTranslationException(UnknownHostException why) {
      super(IPV4_ONLY + " can't be looked up");
      initCause(why);
    }
  }

  /**
   * The IPv4 addresses that an address leads to, if it leads to any.
   *
   * @throws UnknownTranslationException if the network can't be asked
   */
  List<InetAddress> within(InetAddress address) throws UnknownTranslationException {
    return address instanceof Inet6Address ? within(address, current()) : List.of();
  }

  /** The same, as far as it is known without asking. */
  List<InetAddress> withinAsKnown(InetAddress address) {
    return address instanceof Inet6Address ? within(address, known.prefixes()) : List.of();
  }

  private static List<InetAddress> within(InetAddress address, List<Network> prefixes) {
    return Stream.concat(Stream.of(WELL_KNOWN), prefixes.stream())
        .filter(prefix -> prefix.contains(address))
        .map(prefix -> ipv4(embedded(address, prefix.bits())))
        .toList();
  }

  private List<Network> current() throws UnknownTranslationException {
    Instant now = clock.instant();
    if (now.isAfter(known.until())) {
      try {
        known = new Known(found(names.of(IPV4_ONLY)), now.plus(KEPT));
      } catch (UnknownHostException e) {
        throw new UnknownTranslationException(e);
      }
    }
    return known.prefixes();
  }

  /** Whatever has one of those addresses within was made of it. */
  private static List<Network> found(InetAddress[] addresses) {
    List<Network> prefixes = new ArrayList<>();
    for (InetAddress address : addresses) {
      for (int bits : LENGTHS) {
        if (address instanceof Inet6Address && isOurs(embedded(address, bits))) {
          prefixes.add(Network.around(address, bits));
        }
      }
    }
    return List.copyOf(prefixes);
  }

  private static boolean isOurs(byte[] ipv4) {
    return ITS_ADDRESSES.stream().anyMatch(its -> Arrays.equals(its, ipv4));
  }

  private static byte[] embedded(InetAddress address, int bits) {
    byte[] all = address.getAddress();
    byte[] ipv4 = new byte[IPV4_BYTES];
    int from = bits / Byte.SIZE;
    for (int i = 0; i < IPV4_BYTES; i++, from++) {
      from += from == SKIPPED ? 1 : 0;
      ipv4[i] = all[from];
    }
    return ipv4;
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // Four bytes are an address.
    }
  }
}
