package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.fake.ClosedTransport;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultTransportTest {
  @TempDir private Path folder;

  /** Opens what can't be sent through. */
  public static class First implements HttpTransportFactory {
    @Override
    public HttpTransport open(HttpOptions options) {
      return new ClosedTransport();
    }
  }

  /** Another one. */
  public static final class Second extends First {}

  private HttpTransport openWith(String... factories) throws IOException {
    Path services = folder.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(
        services.resolve(HttpTransportFactory.class.getName()), String.join("\n", factories));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, DefaultTransportTest.class.getClassLoader())) {
      return DefaultTransport.open(HttpOptions.defaults(), loader);
    }
  }

  private String refusalOf(String... factories) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> openWith(factories));
    assertThat(refused).as("refused").isNotNull();
    return refused.getMessage();
  }

  @Test
  void without_any_module_the_default_is_the_clients_of_the_jdk() throws IOException {
    try (HttpTransport opened = openWith()) {
      assertThat(opened).isInstanceOf(JdkHttpTransport.class);
    }
    try (HttpTransport opened = HttpTransport.create(HttpOptions.defaults())) {
      assertThat(opened).isInstanceOf(JdkHttpTransport.class);
    }
  }

  @Test
  void the_transport_of_the_only_module_is_the_default() throws IOException {
    try (HttpTransport opened = openWith(First.class.getName())) {
      assertThat(opened).isInstanceOf(ClosedTransport.class);
    }
  }

  @Test
  void several_transports_are_refused_by_name_and_none_wins_silently() {
    assertThat(refusalOf(First.class.getName(), Second.class.getName()))
        .contains(First.class.getName(), Second.class.getName(), "hand one to the builder");
  }

  @Test
  void a_transport_that_is_not_there_is_refused_by_name() {
    assertThat(refusalOf("com.example.Missing")).contains("com.example.Missing");
  }
}
