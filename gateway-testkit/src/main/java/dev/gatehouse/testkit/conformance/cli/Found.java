package dev.gatehouse.testkit.conformance.cli;

import java.util.Map;
import java.util.Optional;

/**
 * A gateway or a target that was announced.
 *
 * @param type its class
 * @param source the JAR that announces it, or words for the class path
 * @param dropped whether it came in a JAR that was named
 * @param id the id of the gateway; empty if it could not be asked
 * @param name the gateway's name; empty text for a target
 * @param version the gateway's version; empty text for a target
 * @param settings the names of the gateway's settings, and their kinds
 * @param trouble what happened when it was asked; empty text if nothing did
 */
record Found(
    String type,
    String source,
    boolean dropped,
    Optional<String> id,
    String name,
    String version,
    Map<String, String> settings,
    String trouble) {

  static Found broken(String type, String source, boolean dropped, String trouble) {
    return new Found(type, source, dropped, Optional.empty(), "", "", Map.of(), trouble);
  }

  boolean isOf(String gateway) {
    return id.filter(gateway::equals).isPresent();
  }

  boolean isBroken() {
    return id.isEmpty();
  }

  String firstOfTrouble() {
    return trouble.lines().findFirst().orElse("");
  }

  String words() {
    return type + " in " + source;
  }
}
