package dev.gatehouse.testkit.conformance;

import java.util.Optional;

/**
 * A check of hooks, and how it is held against one.
 *
 * @param check the check
 * @param needs what the target must declare for it to be asked
 * @param body holds it
 */
record HookRule(Check check, Optional<HookTrait> needs, Body body) {
  /** Holds it against a hook; throws as {@link Rule.Body} does. */
  @FunctionalInterface
  interface Body {
    void run(HookBench bench) throws Exception;
  }

  static HookRule of(Rule.Builder check, Body body) {
    return new HookRule(check.check(), Optional.empty(), body);
  }

  HookRule needing(HookTrait trait) {
    return new HookRule(check, Optional.of(trait), body);
  }
}
