package dev.gatehouse.http.apache;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.HttpTransportFactory;

/** Makes {@link ApacheHttpTransport} the default wherever this module is present. */
public final class ApacheHttpTransportFactory implements HttpTransportFactory {
  /** For the service loader. */
  public ApacheHttpTransportFactory() {}

  @Override
  public HttpTransport open(HttpOptions options) {
    return new ApacheHttpTransport(options);
  }
}
