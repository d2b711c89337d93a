package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that registers a webhook endpoint, against the emulator. */
class StripeWebhookEndpointTest {
  private static final String URL = "https://shop.test/webhooks/stripe";

  private final Bench bench = new Bench();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  private int register(String key, String... more) {
    String[] arguments = {
      more.length > 0 ? more[0] : URL,
      more.length > 1 ? more[1] : folder.resolve("secret").toString(),
      "https://stripe.test"
    };
    return StripeWebhookEndpoint.run(
        arguments, Map.of("STRIPE_SECRET_KEY", key), bench.door, out());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private long changes() {
    return bench.door.requests.stream().filter(one -> one.method().equals("POST")).count();
  }

  @Test
  void an_endpoint_is_made_once_with_every_event_and_its_secret_is_in_the_file_alone()
      throws IOException {
    assertThat(register("sk_test_main")).isZero();

    Path file = folder.resolve("secret");
    String secret = Files.readString(file);
    assertThat(secret).startsWith("whsec_");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("was made")
        .doesNotContain(secret)
        .doesNotContain("sk_test_main");
    String form = form(bench.door.requests.get(1));
    assertThat(StripeHints.TYPES).allMatch(type -> form.contains("]=" + type));
    assertThat(form).contains("api_version=" + StripeGatewayProvider.API_VERSION);

    assertThat(register("sk_test_main", URL, folder.resolve("other").toString())).isZero();

    assertThat(changes()).isEqualTo(1);
    assertThat(folder.resolve("other")).doesNotExist();
  }

  private static String form(HttpRequest request) {
    return URLDecoder.decode(
        new String(request.body(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Test
  void an_endpoint_that_lacks_events_gets_them_and_keeps_its_own() {
    new StripeEndpointsByHand(bench).made(URL, "invoice.paid", "charge.succeeded");

    assertThat(register("sk_test_main")).isZero();
    assertThat(register("sk_test_main")).isZero();

    assertThat(form(bench.door.requests.get(2)))
        .contains("=invoice.paid", "=checkout.session.expired", "disabled=false");
    // One was made by hand, and one change completed it.
    assertThat(changes()).isEqualTo(2);
    assertThat(folder.resolve("secret")).doesNotExist();
  }

  @Test
  void an_endpoint_for_all_events_lacks_none() {
    new StripeEndpointsByHand(bench).made(URL, "*");
    assertThat(register("sk_test_main")).isZero();
    assertThat(changes()).isEqualTo(1);
  }

  @Test
  void a_file_that_is_there_stays_as_it_is_and_nothing_is_made() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "mine");

    assertThat(register("sk_test_main")).isEqualTo(1);

    assertThat(file).hasContent("mine");
    assertThat(changes()).isZero();
    assertThat(register("sk_test_main", URL, folder.resolve("no/such").toString())).isEqualTo(1);
    assertThat(changes()).isZero();
  }

  @Test
  void what_stripe_refuses_leaves_no_file_behind() {
    assertThat(register("sk_test_main", "shop")).isEqualTo(1);
    assertThat(register("sk_test_wrong123")).isEqualTo(1);

    assertThat(folder).isEmptyDirectory();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("secret-key")
        .doesNotContain("sk_test_wrong123");
  }

  @Test
  void without_a_key_or_with_one_that_is_none_nothing_is_sent() {
    assertThat(register("")).isEqualTo(2);
    assertThat(register("pk_test_main1234")).isEqualTo(2);
    assertThat(StripeWebhookEndpoint.run(new String[] {URL}, Map.of(), bench.door, out()))
        .isEqualTo(2);
    assertThat(bench.door.requests).isEmpty();
  }
}
