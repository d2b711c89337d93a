package dev.gatehouse.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.WebhookEndpoint;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointListParams;
import com.stripe.param.WebhookEndpointUpdateParams;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Registers the address at which webhooks are received, with the events that matter here. */
final class StripeEndpoints {
  private static final FileAttribute<?> FOR_ITS_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final StripeCall call;

  StripeEndpoints(StripeCall call) {
    this.call = call;
  }

  /**
   * Makes the endpoint, or gives one that is there the events that it lacks. Doing it again changes
   * nothing. Events that somebody else asked for stay.
   *
   * @param secretFile a new file for the signing secret, which Stripe shows once, when the endpoint
   *     is made; it is left alone if the endpoint is there
   * @return what was done, in words without the secret
   * @throws ConfigurationException if the file is there or can't be written; then nothing was sent
   *     that changes anything
   */
  String register(URI url, Path secretFile) throws StripeException {
    Optional<WebhookEndpoint> known =
        StripePages.all(
                after -> {
                  var params = WebhookEndpointListParams.builder().setLimit(StripePages.PAGE);
                  after.ifPresent(params::setStartingAfter);
                  return call.client().v1().webhookEndpoints().list(params.build());
                })
            .stream()
            .filter(endpoint -> url.toString().equals(endpoint.getUrl()))
            .findFirst();
    return known.isPresent() ? completed(known.get()) : made(url, secretFile);
  }

  private String completed(WebhookEndpoint endpoint) throws StripeException {
    Set<String> events = new LinkedHashSet<>(endpoint.getEnabledEvents());
    boolean all = events.contains("*");
    boolean lacking = !all && events.addAll(StripeHints.TYPES);
    boolean disabled = !"enabled".equals(endpoint.getStatus());
    String id = endpoint.getId();
    if (!lacking && !disabled) {
      return "endpoint " + id + " was there, with all events that are needed";
    }
    var params =
        WebhookEndpointUpdateParams.builder()
            .setDisabled(false)
            // By name: the SDK's list of events is closed, and Stripe's is not.
            .putExtraParam("enabled_events", List.copyOf(events));
    call.client().v1().webhookEndpoints().update(id, params.build());
    return "endpoint " + id + " was there, and has all events that are needed now";
  }

  private String made(URI url, Path secretFile) throws StripeException {
    reserve(secretFile);
    boolean written = false;
    try {
      var params =
          WebhookEndpointCreateParams.builder()
              .setUrl(url.toString())
              .setDescription("Gatehouse")
              .putExtraParam("api_version", StripeGatewayProvider.API_VERSION)
              .putExtraParam("enabled_events", StripeHints.TYPES);
      WebhookEndpoint endpoint = call.client().v1().webhookEndpoints().create(params.build());
      write(secretFile, Unreadable.demand("secret", endpoint.getSecret()));
      written = true;
      return "endpoint " + endpoint.getId() + " was made; its secret is in " + secretFile;
    } finally {
      if (!written) {
        discard(secretFile);
      }
    }
  }

  /** Before anything is made: a secret that could not be kept would be lost. */
  private static void reserve(Path file) {
    try {
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      Files.createFile(
          file, posix ? new FileAttribute<?>[] {FOR_ITS_OWNER} : new FileAttribute<?>[0]);
    } catch (FileAlreadyExistsException e) {
      throw unwritable(file, "is there");
    } catch (IOException e) {
      throw unwritable(file, "can't be written");
    }
  }

  private static void write(Path file, String secret) {
    try {
      Files.writeString(
          file, secret, StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw unwritable(file, "can't be written; show the secret at Stripe's dashboard");
    }
  }

  private static void discard(Path file) {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // It is empty, and somebody will see it; what failed before matters more.
    }
  }

  private static ConfigurationException unwritable(Path file, String what) {
    return new ConfigurationException(
        new Problem(
            "secret-file",
            "stripe.secret-file",
            "the file " + file + " " + what,
            "name a new file in a folder that can be written to"));
  }
}
