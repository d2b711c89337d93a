package dev.gatehouse.testkit.simulator;

import dev.gatehouse.http.HttpTransport;

/** A door that is closed with the one behind it. */
abstract class TransportAround implements HttpTransport {
  final HttpTransport behind;

  TransportAround(HttpTransport behind) {
    this.behind = behind;
  }

  @Override
  public void close() {
    behind.close();
  }
}
