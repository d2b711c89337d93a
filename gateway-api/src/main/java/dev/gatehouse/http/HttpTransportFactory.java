package dev.gatehouse.http;

/**
 * Opens transports of one kind. A module that brings a transport provides its factory as a service
 * ({@link java.util.ServiceLoader}); {@link HttpTransport#create} then opens it as the default.
 */
public interface HttpTransportFactory {

  /** Opens a transport; the caller closes it. */
  HttpTransport open(HttpOptions options);
}
