package dev.gatehouse.relay.dropin;

import dev.gatehouse.hook.HookCatalog;

/** Says whether the relay is found, in a JVM that was started for nothing else. */
public final class Finder {
  private Finder() {}

  public static void main(String[] arguments) {
    try (HookCatalog catalog = HookCatalog.discover()) {
      HookCatalog.Entry found = catalog.provider("relay-webhooks").orElseThrow();
      System.out.println(
          "found " + found.provider().getClass().getModule().isNamed() + catalog.refused());
    }
  }
}
