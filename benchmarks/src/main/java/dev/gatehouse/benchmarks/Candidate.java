package dev.gatehouse.benchmarks;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.apache.ApacheHttpTransport;
import java.util.function.Function;

/**
 * The clients that a transport could be built on, each held to the contract as far as it can be.
 */
public enum Candidate {
  JDK("java.net.http", HttpTransport::onJdkClient),
  APACHE("Apache HttpClient 5", ApacheHttpTransport::new),
  OKHTTP("OkHttp 5", OkHttpTransport::new),
  URL_CONNECTION("HttpURLConnection", UrlConnectionTransport::new);

  private final String client;
  private final Function<HttpOptions, HttpTransport> opens;

  Candidate(String client, Function<HttpOptions, HttpTransport> opens) {
    this.client = client;
    this.opens = opens;
  }

  /** The client's name, for people. */
  public String client() {
    return client;
  }

  /** A transport on it; the caller closes it. */
  public HttpTransport open(HttpOptions options) {
    return opens.apply(options);
  }
}
