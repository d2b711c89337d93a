package dev.gatehouse.gateway;

import dev.gatehouse.error.Problem;
import dev.gatehouse.id.GatewayInstanceId;
import java.util.List;
import java.util.SortedMap;

/**
 * The instances that several sources declare together.
 *
 * @param configs those that can be opened, as far as can be told without their providers
 * @param refused those that can't, and why
 * @param problems what is wrong with no instance in particular, such as a file that can't be read
 */
record Resolved(
    List<GatewayConfig> configs,
    SortedMap<GatewayInstanceId, Refused> refused,
    List<Problem> problems) {

  /**
   * An instance that is not open.
   *
   * @param provider the id of its provider; empty if not said
   * @param problems why it is not open; at least one
   */
  record Refused(String provider, List<Problem> problems) {
    /** All of it in one line, for a log. */
    String describe() {
      return String.join(" | ", problems.stream().map(Problem::describe).toList());
    }
  }
}
