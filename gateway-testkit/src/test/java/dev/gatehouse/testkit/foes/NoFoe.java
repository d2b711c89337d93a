package dev.gatehouse.testkit.foes;

/** Changes nothing: what all foes are but for their bug. It must pass. */
public final class NoFoe extends Foe {
  /** For {@link java.util.ServiceLoader}. */
  public NoFoe() {
    super("foe-00", "", "");
  }
}
