package dev.gatehouse.http.apache;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Says where a transport may connect to, for requests whose address somebody else has chosen.
 * Thread-safe.
 */
@FunctionalInterface
public interface Destinations {
  /**
   * The addresses of a host, in the order in which they are tried. It is asked once for each
   * connection, and what it answers is connected to: names are not looked up again. It may block;
   * whoever waits for it stops when the call is over.
   *
   * @throws UnknownHostException if there are none, or it does not want them connected to; the
   *     cause of the {@link dev.gatehouse.http.TransportException.NotSent} that the caller sees
   */
  InetAddress[] of(String host) throws UnknownHostException;
}
