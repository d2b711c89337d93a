package dev.gatehouse.testkit.simulator;

/**
 * Whether a fault may fire within a step.
 *
 * @param degree how likely it is
 * @param why why it is not demanded; empty text where it is
 */
public record Chance(Degree degree, String why) {
  /** How likely it is. */
  public enum Degree {
    /** It can, and among many seeds it must. */
    DEMANDED,
    /** It can, where that step does what something else left undone; nothing is demanded. */
    SELDOM,
    /** It can't. */
    NEVER
  }

  static final Chance DEMANDED = new Chance(Degree.DEMANDED, "");

  static Chance seldom(String why) {
    return new Chance(Degree.SELDOM, why);
  }

  static Chance never(String why) {
    return new Chance(Degree.NEVER, why);
  }

  boolean is(Degree wanted) {
    return degree == wanted;
  }
}
