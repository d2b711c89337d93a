package dev.gatehouse.testkit.conformance.cli;

import java.util.Set;

/** The checks whose broken gateways are dropped as JARs, into a JVM of their own. */
public final class CommandMutants {
  /** By id; {@link RunTest} shows it. */
  public static final Set<String> KILLED = Set.of("GW-RSRC-07", "GW-LOCALE-07");

  private CommandMutants() {}
}
