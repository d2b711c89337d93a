package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
import java.util.EnumSet;
import java.util.Set;

/** A check, and how it is held against a gateway. */
record Rule(Check check, Body body) {

  /** Holds it against a gateway. */
  @FunctionalInterface
  interface Body {
    /**
     * Throws {@link AssertionError} where it does not hold, {@link NotVerifiable} where the target
     * can't tell. Anything else came out of the gateway, and is a failure, too.
     */
    void run(Bench bench) throws Exception;
  }

  static Builder must(String id, Group group) {
    return new Builder(id, group, Level.MUST);
  }

  static Builder should(String id, Group group) {
    return new Builder(id, group, Level.SHOULD);
  }

  /** Collects a rule. Not thread-safe. */
  static final class Builder {
    private final String id;
    private final Group group;
    private final Level level;
    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private String rule = "";
    private String why = "";
    private String remedy = "";

    private Builder(String id, Group group, Level level) {
      this.id = id;
      this.group = group;
      this.level = level;
    }

    Builder needs(Capability... capabilities) {
      needs.addAll(Set.of(capabilities));
      return this;
    }

    Builder rule(String text) {
      rule = text;
      return this;
    }

    Builder why(String text) {
      why = text;
      return this;
    }

    Builder remedy(String text) {
      remedy = text;
      return this;
    }

    Rule by(Body body) {
      return new Rule(check(), body);
    }

    Check check() {
      return new Check(id, group, level, needs, rule, why, remedy);
    }
  }
}
