package dev.gatehouse.http;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a transport behaves, for all of its calls. Anything out of range is a {@link
 * ConfigurationException} that names every wrong setting.
 *
 * @param connectTimeout the time for reaching the provider (name, TCP, TLS) within the whole call's
 *     limit; more than zero and at most {@link #MAX_TIME}
 * @param maxResponseBytes the largest body that is read; 1 byte to 1 GiB. A larger one makes the
 *     outcome unknown
 */
public record HttpOptions(Duration connectTimeout, int maxResponseBytes) {
  /** The longest time that a call or a connect may be given. */
  public static final Duration MAX_TIME = Duration.ofHours(1);

  private static final int MAX_RESPONSE_BYTES = 1 << 30;

  /** Refuses what is out of range. */
  public HttpOptions {
    List<Problem> problems = new ArrayList<>();
    if (!Inputs.isUsableTime(connectTimeout)) {
      problems.add(
          new Problem(
              "http.connect-timeout",
              "http.time-range",
              "the connect timeout is missing or out of range",
              "give a time greater than zero and at most " + MAX_TIME));
    }
    if (maxResponseBytes < 1 || maxResponseBytes > MAX_RESPONSE_BYTES) {
      problems.add(
          new Problem(
              "http.max-response-bytes",
              "http.size-range",
              "the largest response size is out of range",
              "give a number of bytes from 1 to " + MAX_RESPONSE_BYTES));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Ten seconds to connect, answers up to 8 MiB. */
  public static HttpOptions defaults() {
    return new HttpOptions(Duration.ofSeconds(10), 8 << 20);
  }

  /** The same with another connect timeout. */
  public HttpOptions withConnectTimeout(Duration timeout) {
    return new HttpOptions(timeout, maxResponseBytes);
  }

  /** The same with another cap on the answer's body, in bytes. */
  public HttpOptions withMaxResponseBytes(int bytes) {
    return new HttpOptions(connectTimeout, bytes);
  }
}
