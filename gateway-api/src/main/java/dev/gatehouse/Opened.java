package dev.gatehouse;

import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.hook.Hooks;
import org.jspecify.annotations.Nullable;

/** What a gatehouse opened and closes, in the order in which it can be closed. */
final class Opened implements AutoCloseable {
  @Nullable GatewayFolder folder;
  @Nullable Gateways gateways;
  @Nullable Hooks hooks;

  /** The hooks first, which send through the transport that the gateways own. */
  @Override
  public void close() {
    if (hooks != null) {
      hooks.close();
    }
    if (gateways != null) {
      gateways.close();
    }
    if (folder != null) {
      folder.close();
    }
  }
}
