package dev.gatehouse.relay.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} (RFC 4632, RFC 4291). An IPv4 address that is
 * written as an IPv6 one ({@code ::ffff:10.0.0.1}) is an IPv4 address.
 */
final class Network {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final int IPV4_BYTES = 4;
  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /** The address that a text stands for; empty if it is a name, or written in any other way. */
  static Optional<InetAddress> literal(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // Of these two forms nobody is asked for a name.
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** What a text stands for: an address, and how many of its bits count, if not all. */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String length = slash < 0 ? "" : text.substring(slash + 1);
    Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty() || slash >= 0 && !LENGTH.matcher(length).matches()) {
      return Optional.empty();
    }
    byte[] prefix = address.get().getAddress();
    int all = prefix.length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(length);
    Network network = new Network(prefix, bits);
    return bits <= all && network.restIsZero() ? Optional.of(network) : Optional.empty();
  }

  /** The block of this size that an address is in. */
  static Network around(InetAddress address, int bits) {
    byte[] prefix = address.getAddress();
    for (int i = bits; i < prefix.length * Byte.SIZE; i++) {
      prefix[i / Byte.SIZE] &= (byte) ~(1 << (Byte.SIZE - 1 - i % Byte.SIZE));
    }
    return new Network(prefix, bits);
  }

  /** How many bits of an address count. */
  int bits() {
    return bits;
  }

  boolean isOfIpv6() {
    return prefix.length > IPV4_BYTES;
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (bit(bytes, i) != bit(prefix, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean restIsZero() {
    for (int i = bits; i < prefix.length * Byte.SIZE; i++) {
      if (bit(prefix, i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
  }
}
