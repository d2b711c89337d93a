package dev.gatehouse.http;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Which transport is the default: the one that a module brings, or else the JDK's client. */
final class DefaultTransport {
  private DefaultTransport() {}

  /** Opens the one that a class loader finds; none is fine, several are not. */
  static HttpTransport open(HttpOptions options, ClassLoader loader) {
    List<HttpTransportFactory> found = found(loader);
    if (found.size() > 1) {
      throw refused(
          found.stream()
              .map(factory -> factory.getClass().getName())
              .collect(Collectors.joining(" and ", "there are several transports: ", "")),
          "leave one on the class path or module path, or hand one to the builder");
    }
    return found.isEmpty() ? new JdkHttpTransport(options) : found.get(0).open(options);
  }

  private static List<HttpTransportFactory> found(ClassLoader loader) {
    try {
      return ServiceLoader.load(HttpTransportFactory.class, loader).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw refused(
          "a transport could not be loaded ("
              + Inputs.printable(String.valueOf(e.getMessage()))
              + ")",
          "fix or remove its JAR and the libraries that it needs");
    }
  }

  private static ConfigurationException refused(String what, String remedy) {
    return new ConfigurationException(
        new Problem("http.transport", "http.transport", what, remedy));
  }
}
