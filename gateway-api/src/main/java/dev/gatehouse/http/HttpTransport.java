package dev.gatehouse.http;

import java.time.Duration;

/**
 * Sends one HTTP request and reads its whole answer. This is the only way from a gateway to its
 * provider, so the rules that keep money safe live here:
 *
 * <ul>
 *   <li>One call is at most one request on the wire: no retry, no redirect followed, whatever the
 *       method.
 *   <li>The time limit covers connecting, sending, the answer's headers and its whole body.
 *   <li>A failure says whether the request may have been seen: {@link TransportException.NotSent}
 *       only if that is provably impossible, {@link TransportException.Unknown} in every other
 *       case, a pooled connection that turned out to be stale included.
 *   <li>Every answer is returned as it is, whatever its status; a 500 is an answer.
 * </ul>
 *
 * <p>An answer without {@code Content-Length} and without chunks ends where its connection ends
 * (RFC 9112, section 6.3); that it was cut short can't be seen here.
 *
 * <p>Implementations are thread-safe, may block the calling thread, and are owned and closed by the
 * framework: a gateway never closes the transport that it was given.
 */
public interface HttpTransport extends AutoCloseable {

  /**
   * Opens the default transport; the caller closes it. That is the one whose {@link
   * HttpTransportFactory} is found on the class path or module path, such as that of {@code
   * gateway-http-apache}; if there is none, the JDK's client.
   *
   * @throws dev.gatehouse.error.ConfigurationException if several are found, or one that can't be
   *     loaded
   */
  static HttpTransport create(HttpOptions options) {
    return DefaultTransport.open(
        Inputs.required("options", options), HttpTransport.class.getClassLoader());
  }

  /** Opens a transport on the JDK's own client, whatever else is found; the caller closes it. */
  static HttpTransport onJdkClient(HttpOptions options) {
    return new JdkHttpTransport(Inputs.required("options", options));
  }

  /**
   * Sends the request and waits for the whole answer.
   *
   * <p>An interrupt ends the wait and is kept: the thread's flag is set when the exception arrives.
   *
   * @param limit the time for the whole call, more than zero and at most {@link
   *     HttpOptions#MAX_TIME}
   * @throws TransportException if there is no complete answer; it says whether the request may have
   *     been seen
   * @throws dev.gatehouse.error.InvalidInputException if the request or the limit is missing or the
   *     limit is out of range; nothing was sent
   */
  HttpResponse send(HttpRequest request, Duration limit);

  /**
   * Sends the request as one of those that share a deadline.
   *
   * @throws TransportException as above; {@link TransportException.NotSent} with the code {@code
   *     http.timeout} if the deadline is over
   * @throws dev.gatehouse.error.InvalidInputException if the request or the deadline is missing
   */
  default HttpResponse send(HttpRequest request, Deadline deadline) {
    Inputs.required("request", request);
    Duration left = Inputs.required("deadline", deadline).left();
    if (left.isZero()) {
      throw new TransportException.NotSent(
          request, "http.timeout", "no time was left for it", null);
    }
    return send(request, left);
  }

  /**
   * Ends the calls in flight, then frees threads and connections. Later calls fail as {@link
   * TransportException.NotSent}. Closing twice does nothing.
   */
  @Override
  void close();
}
