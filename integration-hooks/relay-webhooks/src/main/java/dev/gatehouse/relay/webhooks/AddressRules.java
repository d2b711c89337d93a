package dev.gatehouse.relay.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those of the public internet, and those of networks that
 * were allowed. What is not public follows the registries of special-purpose addresses (RFC 6890).
 * Of IPv6 only what is handed out as global unicast is public ({@code 2000::/3}), and nothing that
 * carries an IPv4 address within (6to4, Teredo, NAT64): it would lead to that.
 */
final class AddressRules {
  private static final List<Network> CLOSED_V4 =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared by customers of a carrier
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, where clouds keep their metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // of protocols
          "192.0.2.0/24", // of documentation
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16", // private
          "198.18.0.0/15", // of measurements
          "198.51.100.0/24", // of documentation
          "203.0.113.0/24", // of documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  private static final List<Network> GLOBAL_V6 = networks("2000::/3");

  private static final List<Network> CLOSED_V6 =
      networks(
          "2001::/23", // of protocols, Teredo among them
          "2001:db8::/32", // of documentation
          "2002::/16", // 6to4
          "3fff::/20"); // of documentation

  private final List<Network> allowed;

  AddressRules(List<Network> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Some address of a host may not be connected to, so the host may not. */
  static final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException() {
      super("an address is not allowed");
    }
  }

  boolean allows(InetAddress address) {
    return isIn(allowed, address) || isPublic(address);
  }

  /**
   * These, if all of them may be connected to: who owns a name could put one good one first. Of an
   * address that the network translates, the IPv4 address within must be allowed, too.
   *
   * @throws Translation.UnknownTranslationException if nobody can say what an address leads to
   */
  InetAddress[] demandAllowed(InetAddress[] addresses, Translation translation)
      throws UnknownHostException {
    for (InetAddress address : addresses) {
      if (!allows(address) || !within(address, translation).stream().allMatch(this::allows)) {
        throw new ForbiddenAddressException();
      }
    }
    return addresses;
  }

  /** Networks that were allowed are the operator's own, who may have no other names than theirs. */
  private List<InetAddress> within(InetAddress address, Translation translation)
      throws Translation.UnknownTranslationException {
    return isIn(allowed, address)
        ? translation.withinAsKnown(address)
        : translation.within(address);
  }

  private static boolean isPublic(InetAddress address) {
    return address instanceof Inet4Address
        ? !isIn(CLOSED_V4, address)
        : isIn(GLOBAL_V6, address) && !isIn(CLOSED_V6, address);
  }

  private static boolean isIn(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(text -> Network.parse(text).orElseThrow()).toList();
  }
}
