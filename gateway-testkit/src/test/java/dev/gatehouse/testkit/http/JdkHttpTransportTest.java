package dev.gatehouse.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.HttpTransportContract;
import org.junit.jupiter.api.Test;

/** The transport on the JDK's client keeps the contract. */
class JdkHttpTransportTest extends HttpTransportContract {
  @Override
  protected HttpTransport open(HttpOptions options) {
    return HttpTransport.onJdkClient(options);
  }

  @Test
  void missing_options_are_refused() {
    assertThat(catchThrowable(() -> HttpTransport.create(null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("options");
    assertThat(catchThrowable(() -> HttpTransport.onJdkClient(null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("options");
  }
}
