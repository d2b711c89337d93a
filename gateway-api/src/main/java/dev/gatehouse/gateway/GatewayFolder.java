package dev.gatehouse.gateway;

import dev.gatehouse.plugin.PluginFolder;
import dev.gatehouse.spi.GatewayProvider;
import java.nio.file.Path;

/**
 * Gateways that were dropped into a folder: one sub-folder per gateway, holding its JAR and the
 * libraries that it needs, such as {@code gateways/stripe/*.jar}. Each sub-folder has a class
 * loader of its own, which sees the API, what that exposes, and the JDK; so two gateways may bring
 * two versions of one library. Nothing else is looked into: neither deeper folders nor what the
 * {@code Class-Path} of a manifest names. What is wrong with one sub-folder takes no other down: it
 * is among the {@linkplain GatewayCatalog#refusals() refusals}.
 *
 * <p>Owns the class loaders. Close it after the gateways; once nothing of theirs is referenced any
 * more, their classes can be collected.
 */
public final class GatewayFolder implements AutoCloseable {
  private final PluginFolder<GatewayProvider> folder;
  private final GatewayCatalog catalog;

  private GatewayFolder(PluginFolder<GatewayProvider> folder) {
    this.folder = folder;
    this.catalog = GatewayCatalog.of(folder.found(), folder.refused());
  }

  /**
   * Looks into a folder. Anything may lie in it; a sub-folder whose name begins with a dot is
   * passed over.
   *
   * @throws dev.gatehouse.error.ConfigurationException if the folder itself can't be read
   */
  public static GatewayFolder open(Path folder) {
    return new GatewayFolder(PluginFolder.open(GatewayKind.GATEWAY, folder));
  }

  /** The providers that were found, and what was refused. */
  public GatewayCatalog catalog() {
    return catalog;
  }

  /** Closes the class loaders and so their JARs. May be called twice. */
  @Override
  public void close() {
    folder.close();
  }
}
