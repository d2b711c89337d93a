package dev.gatehouse.examples.membership;

import dev.gatehouse.gateway.GatewayConfigs;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.id.GatewayInstanceId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which gateways there are beside the site's own. */
final class GatewaySources {
  private static final Pattern DECLARING = Pattern.compile("GATEWAY_.+_PROVIDER");

  @Option(
      names = "--gateways",
      paramLabel = "DIR",
      description = {
        "A folder of gateways: one sub-folder each, with",
        "its JAR and its libraries."
      })
  private @Nullable Path gateways;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = {
        "Their settings, as properties. Without it, each",
        "gateway of the folder is opened in test mode.",
        "Environment variables such as",
        "GATEWAY_ACME_SECRET_KEY win."
      })
  private @Nullable Path settings;

  /** Whether nobody said anything about other gateways than the site's own. */
  boolean areNone() {
    return gateways == null
        && settings == null
        && System.getenv().keySet().stream().noneMatch(name -> DECLARING.matcher(name).matches());
  }

  /** The folder, if there is one; for the caller to close. */
  Optional<GatewayFolder> open() {
    return Optional.ofNullable(gateways).map(GatewayFolder::open);
  }

  /** What is said about instances; without a word, each dropped gateway is one, in test mode. */
  GatewayConfigs configs(Optional<GatewayFolder> folder) {
    GatewayConfigs configs = GatewayConfigs.collect();
    if (settings != null) {
      configs.properties(settings);
    } else {
      folder.ifPresent(
          dropped ->
              dropped
                  .catalog()
                  .providers()
                  .keySet()
                  .forEach(
                      id ->
                          configs
                              .set(new GatewayInstanceId(id), "provider", id)
                              .set(new GatewayInstanceId(id), "mode", "test")));
    }
    return configs.environment(System.getenv());
  }
}
