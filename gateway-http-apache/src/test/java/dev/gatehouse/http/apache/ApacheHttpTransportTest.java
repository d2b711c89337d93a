package dev.gatehouse.http.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.HttpTransportContract;
import org.junit.jupiter.api.Test;

/** The transport on Apache HttpClient keeps the contract. */
class ApacheHttpTransportTest extends HttpTransportContract {
  @Override
  protected HttpTransport open(HttpOptions options) {
    return new ApacheHttpTransport(options);
  }

  @Test
  void it_is_the_default_where_its_module_is_present() {
    try (HttpTransport found = HttpTransport.create(HttpOptions.defaults())) {
      assertThat(found).isInstanceOf(ApacheHttpTransport.class);
    }
  }

  @Test
  void missing_options_are_refused() {
    assertThat(catchThrowable(() -> new ApacheHttpTransport(null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("options");
  }
}
